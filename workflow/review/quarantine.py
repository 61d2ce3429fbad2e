"""Quarantine (隔离): a document that bears a mark of classification is hidden from all but the secrecy reviewer."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from office import journal, outbox
from office.actors import Actor
from workflow.holding_kinds import CopyStatus, HoldingStatus
from workflow.models import Case, Holding, HoldingVersion, PageImage, SecrecyMark, WorkingCopy, WorkingPage
from workflow.review import sealed_json
from workflow.review.secrecy.marks import Found

QUARANTINED = "case.quarantine"
ALERT = "workflow.quarantined"


def keep_marks(version: HoldingVersion, found: Iterable[Found]) -> None:
    """Put the marks that were found on record as suggestions; what was found of this version before is kept."""
    subject = version.holding.case.subject_ref
    SecrecyMark.objects.bulk_create(
        SecrecyMark(
            version=version, kind=one.kind, place=one.place, page=one.page, box=list(one.box) if one.box else None,
            snippet_sealed=sealed_json.seal(subject, one.snippet), quarantines=one.quarantines,
        )
        for one in found
    )  # fmt: skip


def put(case: Case, holding: Holding, *, by: Actor, on: dt.date, now: dt.datetime) -> None:
    """Put a document into quarantine: its copies go, its jobs stop, the secrecy reviewers are alerted.

    Done under the case's lock, in the caller's transaction. Done twice, nothing happens.
    """
    if holding.status != HoldingStatus.OPEN:
        return
    holding.status, holding.quarantined_at = HoldingStatus.QUARANTINED, now
    holding.save(update_fields=["status", "quarantined_at"])
    drop_copies(holding)
    journal.write(
        subject=case.subject_ref, key=QUARANTINED, by=by, on=on, now=now, office_id=case.office_id, act_id=uuid.uuid4(),
        data={"holding": holding.seq},
    )  # fmt: skip
    outbox.post(
        kind=ALERT, dedupe_key=f"{case.subject_ref}:quarantine:{holding.pk}:{now.isoformat()}", payload={"case": case.pk},
        now=now,
    )  # fmt: skip


def drop_copies(holding: Holding) -> None:
    """Drop the working copies of a document with their pages and pictures; the files are swept with the other orphans."""
    copies = WorkingCopy.objects.filter(version__holding=holding)
    PageImage.objects.filter(page__copy__in=copies).delete()
    WorkingPage.objects.filter(copy__in=copies).delete()
    copies.update(
        status=CopyStatus.STOPPED,
        reason="",
        pdf=None,
        table=None,
        page_count=0,
        notes=[],
        metadata_sealed="",
        made_at=None,
    )
