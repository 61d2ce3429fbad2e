"""Hand out one file of a case, and log who read a paper that shows an identity (查阅身份材料)."""

from __future__ import annotations

import datetime as dt
import uuid

from office import journal
from office.models import User
from workflow.kinds import AttachmentKind
from workflow.locking import one_transaction
from workflow.models import Case
from workflow.selectors.documents import PERSONAL, Document, attachment

READ = "case.read_identity"


def read_file(case: Case, attachment_id: int, *, by: User, on: dt.date, now: dt.datetime) -> Document | None:
    """Return a file of a case as far as the person may see it; None for any other.

    Reading a proof of identity or authority leaves a line in the case's journal before anything is handed out.
    """
    found = attachment(case, attachment_id, by)
    kind = case.attachments.filter(pk=attachment_id).values_list("kind", flat=True).first()
    if found is None or kind not in PERSONAL:
        return found
    with one_transaction():
        locked = Case.objects.locked(case.pk)
        journal.write(
            subject=locked.subject_ref, key=READ, by=by, on=on, now=now, office_id=locked.office_id, act_id=uuid.uuid4(),
            data={"attachment": attachment_id, "kind": AttachmentKind(kind).label},
        )  # fmt: skip
    return found
