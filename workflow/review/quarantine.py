"""Quarantine (隔离): a document that bears a mark of classification is hidden from all but the secrecy reviewer."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction

from office import files, journal, outbox
from office.actors import Actor
from workflow.holding_kinds import CopyStatus, HoldingStatus
from workflow.models import (
    Case,
    DisclosedCopy,
    Holding,
    HoldingVersion,
    PageImage,
    RedactionMark,
    SecrecyMark,
    WorkingCopy,
    WorkingPage,
)
from workflow.redaction_kinds import DiscloseState
from workflow.review import sealed_json
from workflow.review.secrecy.marks import Found

QUARANTINED = "case.quarantine"
ALERT = "workflow.quarantined"


def keep_marks(version: HoldingVersion, found: Iterable[Found]) -> list[Found]:
    """Put the marks that were found on record as suggestions and return those that are new.

    What a person has settled in any version of the document is remembered: it is neither suggested nor acted upon again.
    """
    subject = version.holding.case.subject_ref
    known = {
        (mark.kind, mark.place, sealed_json.unseal(subject, mark.snippet_sealed))
        for mark in SecrecyMark.objects.filter(version__holding=version.holding)
        if mark.status != SecrecyMark.Status.SUGGESTED or mark.version_id == version.pk
    }
    new = [one for one in found if (one.kind, one.place, one.snippet) not in known]
    SecrecyMark.objects.bulk_create(
        SecrecyMark(
            version=version, kind=one.kind, place=one.place, page=one.page, box=list(one.box) if one.box else None,
            snippet_sealed=sealed_json.seal(subject, one.snippet), quarantines=one.quarantines,
        )
        for one in new
    )  # fmt: skip
    return new


def put(case: Case, holding: Holding, *, by: Actor, on: dt.date, now: dt.datetime) -> None:
    """Put a document into quarantine: its copies go, its jobs stop, the secrecy reviewers are alerted.

    Done under the case's lock, in the caller's transaction. Done twice, nothing happens.
    """
    if holding.status != HoldingStatus.OPEN:
        return
    holding.status, holding.quarantined_at = HoldingStatus.QUARANTINED, now
    holding.save(update_fields=["status", "quarantined_at"])
    drop_copies(holding)
    drop_redaction(holding)
    journal.write(
        subject=case.subject_ref, key=QUARANTINED, by=by, on=on, now=now, office_id=case.office_id, act_id=uuid.uuid4(),
        data={"holding": holding.seq},
    )  # fmt: skip
    outbox.post(
        kind=ALERT, dedupe_key=f"{case.subject_ref}:quarantine:{holding.pk}:{now.isoformat()}", payload={"case": case.pk},
        now=now,
    )  # fmt: skip


def drop_redaction(holding: Holding) -> None:
    """Drop the disclosed copies of a document and the texts its marks were made for; the marks themselves stay on record."""
    copies = DisclosedCopy.objects.filter(version__holding=holding)
    made = [pk for pair in copies.values_list("file_id", "table_id") for pk in pair]
    copies.update(
        status=DiscloseState.VOID,
        reason="材料已隔离",
        file=None,
        table=None,
        certificate_sealed="",
        claimed_until=None,
    )
    forget(made)
    RedactionMark.objects.filter(version__holding=holding).update(text_sealed="", text_hash="")


def drop_copies(holding: Holding) -> None:
    """Drop the working copies of a document with their pages and pictures, from the disk as well once this is committed."""
    copies = WorkingCopy.objects.filter(version__holding=holding)
    pictures = PageImage.objects.filter(page__copy__in=copies)
    made = [*pictures.values_list("file_id", flat=True), *copies.values_list("table_id", flat=True)]
    made += copies.values_list(
        "pdf_id", flat=True
    )  # of a PDF the original itself, which something still points to
    pictures.delete()
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
    forget(made)


def forget(stored: Iterable[int | None]) -> None:
    """Take stored files off the disk once the transaction is committed, unless something points to them then."""
    pks = sorted({pk for pk in stored if pk})
    if pks:
        transaction.on_commit(lambda: files.discard(pks))
