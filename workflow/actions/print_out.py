"""Print one sheet of a case, and log who printed how somebody is reached (打印用表)."""

from __future__ import annotations

import datetime as dt
import uuid

from office import journal
from office.models import User
from workflow.locking import one_transaction
from workflow.models import Case
from workflow.print_outs.offered import PrintOut, drawn, find
from workflow.selectors.contact import REACH
from workflow.selectors.documents import Document

PRINTED = "case.print_contact"


def print_out(
    case: Case, kind: str, about: int, *, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID | None = None
) -> Document | None:  # fmt: skip
    """Return a sheet of a case as PDF; None for one that is not there or not for this person.

    A sheet with an address or a telephone number leaves a line in the case's journal before it is handed out, as
    opening the contact does.

    :param about: the paper or the consultation the sheet is about, 0 for a sheet of the whole case
    """
    sheet = find(case, by, kind, about)
    if sheet is None:
        return None
    made = drawn(case, sheet, on=on)
    if sheet.personal:
        _log(case, sheet, by=by, on=on, now=now, act_id=act_id or uuid.uuid4())
    return made


def _log(case: Case, sheet: PrintOut, *, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID) -> None:
    reader = next((one for one in by.hats() if REACH & one.roles_in(case.office_id)), by)
    principal = reader.acting_for
    data = {"sheet": sheet.label, **({journal.ACTING_FOR: principal.ref} if principal else {})}
    with one_transaction():
        locked = Case.objects.locked(case.pk)
        journal.write(
            subject=locked.subject_ref, key=PRINTED, by=reader, on=on, now=now, office_id=locked.office_id, act_id=act_id,
            data=data,
        )  # fmt: skip
