"""Show how the parties of a case are reached, and log who read it (查看联系方式)."""

from __future__ import annotations

import datetime as dt
import uuid

from office import journal
from office.models import User
from workflow.locking import one_transaction
from workflow.models import Case
from workflow.selectors.contact import REACH, Contact, contacts_of, may_reach

READ = "case.read_contact"


def read_contact(
    case: Case, *, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID | None = None
) -> tuple[Contact, ...] | None:  # fmt: skip
    """Return how each party of a case is reached, unmasked; None where that is not the person's duty.

    Leaves a line in the case's journal before anything is shown, as reading a proof of identity does.
    """
    if not may_reach(case, by):
        return None
    reader = next((one for one in by.hats() if REACH & one.roles_in(case.office_id)), by)
    principal = reader.acting_for
    with one_transaction():
        locked = Case.objects.locked(case.pk)
        journal.write(
            subject=locked.subject_ref, key=READ, by=reader, on=on, now=now, office_id=locked.office_id,
            act_id=act_id or uuid.uuid4(), data={journal.ACTING_FOR: principal.ref} if principal else {},
        )  # fmt: skip
    return contacts_of(case)
