"""Enter what became of the sealed copy of a paper beside the cases (登记盖章件存卷)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from letters.models import Paper, SealUse
from office import files, journal
from office.models import JournalEntry, User
from office.roles import Role
from workflow.errors import BadRequest, NotYourRole
from workflow.locking import one_transaction
from workflow.models import Complaint, RecordCorrection, Rectification
from workflow.requests import FileData

#: Of which kind of record a paper beside the cases is, and in which of its columns it stands there.
MADE_OF: dict[str, tuple[Any, str]] = {
    "correction_answer": (RecordCorrection, "answer"), "supervision_notice": (Rectification, "paper"),
    "criticism_notice": (Rectification, "paper"), "rectification_notice": (Complaint, "notice"),
    "complaint_answer": (Complaint, "answer"),
}  # fmt: skip


def file_sealed_copy(
    *, use_id: int, by: User, on: dt.date, now: dt.datetime, returned_on: dt.date, scan: FileData | None = None,
    act_id: uuid.UUID | None = None,
) -> SealUse:  # fmt: skip
    """Enter that the sealed copy of a paper beside the cases came back into the file, on paper or as a scan.

    What belongs to a case goes by the act of the case, ``return_sealed_copy``.
    Raises BadRequest naming the field, NotYourRole for who does not use the seal of that office.
    """
    act_id = act_id or uuid.uuid4()
    with one_transaction():
        rows = SealUse.objects.select_related("paper", "office")
        use = rows.filter(pk=use_id, voided_on__isnull=True, paper__kind__in=list(MADE_OF)).first()
        if use is None:
            raise BadRequest("no_use", "请选择一次用印", field="use")
        if not by.roles_in(use.office_id) & {Role.SEAL, Role.INTAKE}:
            raise NotYourRole("not_your_role", "「登记盖章件存卷」须由印章管理员、登记员办理")
        subject = _locked(use.paper).subject_ref
        if JournalEntry.objects.filter(subject=subject, act_id=act_id).exists():
            return use
        if not use.used_on <= returned_on <= on:
            raise BadRequest("bad_day", "存卷日期应在用印日期与今天之间", field="returned_on")
        if scan is not None:
            use.scan = files.put(office=use.office, content=scan.content, name=scan.name, now=now)
        use.copy = SealUse.Copy.SCANNED if use.scan_id else SealUse.Copy.RETURNED
        use.copy_on = returned_on
        use.save(update_fields=["scan", "copy", "copy_on"])
        journal.write(
            subject=subject, key="beside.file_sealed_copy", by=by, on=on, now=now, office_id=use.office_id, act_id=act_id,
            data={"paper": use.paper.number_text},
        )  # fmt: skip
    return use


def _locked(paper: Paper) -> Any:
    """Return the record a paper was made of, locked: its row is the lock of its journal."""
    model, column = MADE_OF[paper.kind]
    return model.objects.select_for_update().get(**{column: paper})
