"""Burn and prove a copy, as a worker does; what became of it is kept, shown, and written into the trail."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import tempfile
import uuid
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from office import files, journal
from office.actors import SystemActor
from workflow.errors import NotNow
from workflow.locking import one_transaction
from workflow.models import Case, DisclosedCopy
from workflow.redaction_kinds import UNDER_WAY, DiscloseState
from workflow.review import copies, originals, sealed_json
from workflow.review.disclosing.apart import BROKEN, Refused, burn_apart
from workflow.review.disclosing.hands import accepted, digest, job_of
from workflow.review.marking.doing import STALE

MADE, REFUSED = "case.disclosed_copy", "case.copy_refused"
JOB = SystemActor("burn")
#: How long one worker has a copy to itself; a dead one's lease runs out by itself.
LEASE = dt.timedelta(minutes=90)
MOST_TRIES = 2
MOST_BYTES = 400 * 1024 * 1024
#: Progress is written once for so many pages: a row a page would cost as much as the page.
EVERY = 5


def waiting(now: dt.datetime) -> list[int]:
    """Return the copies no worker is at, the oldest first."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    rows = DisclosedCopy.objects.filter(free, status__in=UNDER_WAY).order_by("asked_at")
    return list(rows.values_list("pk", flat=True))


def run(copy_id: int, *, now: dt.datetime) -> str:
    """Make one copy and return what became of it; one that another worker is at, or that is made, is left as it is."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    if not DisclosedCopy.objects.filter(free, pk=copy_id, status__in=UNDER_WAY).update(
        claimed_until=now + LEASE
    ):
        return ""
    copy = DisclosedCopy.objects.select_related(
        "version__holding__case__office", "version__copy__pdf", "version__copy__table"
    ).get(pk=copy_id)
    copy.tries += 1
    if copy.tries > MOST_TRIES:
        return _refused(copy, Refused("broken", BROKEN), now)
    copy.status = DiscloseState.BURNING
    DisclosedCopy.objects.filter(pk=copy_id).update(tries=copy.tries, status=copy.status, pages_done=0)
    place = Path(tempfile.mkdtemp(prefix="burn-"))
    try:
        certificate = _burn(copy, place, now)
        table = place / "table_out.xlsx"
        clean = table.read_bytes() if table.is_file() else None
        return _keep(copy, (place / "out.pdf").read_bytes(), clean, certificate, now)
    except Refused as refused:
        return _refused(copy, refused, now)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _burn(copy: DisclosedCopy, place: Path, now: dt.datetime) -> dict[str, Any]:
    version, working = copy.version, copy.version.copy
    try:
        content = copies.pdf_of(version, by=JOB, on=localdate(now), now=now, why="制作公开副本")
    except NotNow as gone:
        raise Refused("no_copy", f"{gone.message}，不能制作公开副本") from gone
    copy.source_sha256 = hashlib.sha256(content).hexdigest()
    (place / "in.pdf").write_bytes(content)
    if working.table is not None:
        (place / "table.xlsx").write_bytes(files.read(working.table))
    marks = accepted(version)
    if digest(marks) != copy.marks_sha256:
        raise Refused("stale", STALE)
    wanted = job_of(marks, list(working.pages.all()))
    rows = DisclosedCopy.objects.filter(pk=copy.pk)

    def progress(stage: str, done: int) -> None:
        if done % EVERY == 0 or stage == DiscloseState.PROVING:
            rows.filter(status__in=UNDER_WAY).update(status=stage, pages_done=done)

    return burn_apart(place, wanted, pages=working.page_count, progress=progress, layer=copy.searchable)


def _keep(
    copy: DisclosedCopy, content: bytes, table: bytes | None, certificate: dict[str, Any], now: dt.datetime
) -> str:
    version = copy.version
    told = certificate | {"original": {"sha256": version.sha256, "version": version.number}}
    sealed_text = json.dumps(told, ensure_ascii=False, indent=2)
    stored = files.put(office=copy.office, content=content, name="copy.pdf", now=now, most=MOST_BYTES)
    kept = (
        files.put(office=copy.office, content=table, name="table.xlsx", now=now, most=MOST_BYTES)
        if table
        else None
    )
    with one_transaction():
        case = Case.objects.locked(copy.case_id)
        version.holding.refresh_from_db(fields=["status"])
        current = DisclosedCopy.objects.get(pk=copy.pk)
        if current.status not in UNDER_WAY or not originals.still_open(version):
            return current.status  # its marks changed, or the document was put into quarantine meanwhile
        copy.status = DiscloseState.TO_CHECK if copy.needs_check else DiscloseState.PASSED
        copy.file, copy.sha256, copy.made_at, copy.claimed_until = stored, stored.sha256, now, None
        copy.table, copy.table_sha256 = kept, kept.sha256 if kept else ""
        copy.certificate_sealed = sealed_json.seal(case.subject_ref, sealed_text)
        copy.certificate_sha256 = hashlib.sha256(sealed_text.encode()).hexdigest()
        copy.pages_done, copy.reason, copy.findings = copy.page_count, "", []
        copy.save()
        _tell(case, copy, MADE, now, {
            "count": len(told["boxes"]), "source": copy.source_sha256, "copy": copy.sha256, "certificate": copy.certificate_sha256,
        })  # fmt: skip
    return copy.status


def _refused(copy: DisclosedCopy, refused: Refused, now: dt.datetime) -> str:
    leaks = refused.code == "leaks"
    with one_transaction():
        case = Case.objects.locked(copy.case_id)
        current = DisclosedCopy.objects.get(pk=copy.pk)
        if current.status not in UNDER_WAY:
            return current.status
        copy.status = DiscloseState.REFUSED if leaks else DiscloseState.FAILED
        copy.reason, copy.findings, copy.claimed_until = refused.message[:400], refused.findings, None
        copy.save(update_fields=["status", "reason", "findings", "claimed_until", "source_sha256"])
        _tell(case, copy, REFUSED, now, {"code": refused.code})
    return copy.status


def _tell(case: Case, copy: DisclosedCopy, key: str, now: dt.datetime, data: dict[str, Any]) -> None:
    holding = copy.version.holding
    journal.write(
        subject=case.subject_ref, key=key, by=JOB, on=localdate(now), now=now, office_id=case.office_id, act_id=uuid.uuid4(),
        data={"holding": holding.seq, "version": copy.version.number, "number": copy.number, **data},
    )  # fmt: skip


def certificate_of(copy: DisclosedCopy) -> str:
    """Return the certificate of a copy as it was sealed: JSON."""
    return str(sealed_json.unseal(copy.version.holding.case.subject_ref, copy.certificate_sealed))
