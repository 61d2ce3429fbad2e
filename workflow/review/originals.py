"""Reading a sealed original: never without a line in the case's journal (原件调阅记录)."""

from __future__ import annotations

import datetime as dt
import uuid

from office import files, journal
from office.actors import Actor
from office.models import JournalEntry
from workflow.errors import NotNow
from workflow.holding_kinds import HoldingStatus
from workflow.locking import one_transaction
from workflow.models import Case, HoldingVersion

READ_ORIGINAL, READ_PAGES = "case.read_original", "case.read_pages"


def read_original(version: HoldingVersion, *, by: Actor, on: dt.date, now: dt.datetime, why: str) -> bytes:
    """Return the original of a version as it came, its hash checked, after the journal says who reads it and why.

    The caller has seen to it that the person may see the document. Raises NotNow for a file that was removed.
    """
    if version.file is None:
        raise NotNow("holding_removed", "原件已经清除，只留有摘要", field="version")
    _log(READ_ORIGINAL, version, by=by, on=on, now=now, why=why)
    return files.read(version.file)


def log_look(version: HoldingVersion, *, by: Actor, on: dt.date, now: dt.datetime) -> None:
    """Leave a line that a person looked at the pages of a version: once a day for each person and version."""
    seen = JournalEntry.objects.filter(
        subject=version.holding.case.subject_ref, key=READ_PAGES, by_ref=by.ref, on=on,
        data__holding=version.holding.seq, data__version=version.number,
    )  # fmt: skip
    if not seen.exists():
        _log(READ_PAGES, version, by=by, on=on, now=now)


def reads_of(case: Case) -> list[JournalEntry]:
    """Return the lines that tell of reads of this case's originals and pages, newest first."""
    lines = JournalEntry.objects.filter(subject=case.subject_ref, key__in=(READ_ORIGINAL, READ_PAGES))
    return list(lines.order_by("-seq"))


def still_open(version: HoldingVersion) -> bool:
    """Tell whether a document may be worked on: neither quarantined nor removed, and the version not superseded."""
    holding = version.holding
    return holding.status == HoldingStatus.OPEN and version.file_id is not None


def _log(key: str, version: HoldingVersion, *, by: Actor, on: dt.date, now: dt.datetime, **more: str) -> None:
    with one_transaction():
        case = Case.objects.locked(version.holding.case_id)
        journal.write(
            subject=case.subject_ref, key=key, by=by, on=on, now=now, office_id=case.office_id, act_id=uuid.uuid4(),
            data={"holding": version.holding.seq, "version": version.number, **more},
        )  # fmt: skip
