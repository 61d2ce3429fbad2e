"""Steps that the acts on documents share."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from office import files
from office.models import StoredFile, User
from workflow import tasks
from workflow.errors import BadRequest
from workflow.fire import Work
from workflow.holding_kinds import CopyStatus, ReviewStatus
from workflow.models import Case, Holding, HoldingVersion, SecrecyReview, WorkingCopy
from workflow.review import quarantine
from workflow.review.secrecy import marks
from workflow.review.taking import Taken

WAITING_COPIES = (CopyStatus.WAITING,)


def holding_of(case: Case, holding_id: int, *, status: str = "open") -> Holding:
    """Return one document of a case. Raises BadRequest for any other, and for one that is elsewhere than asked."""
    found = next((one for one in case.all_holdings() if one.pk == holding_id and one.status == status), None)
    if found is None:
        raise BadRequest("no_such_holding", "请选择本件的一份材料", field="holding_id")
    return found


def seal_version(
    case: Case, work: Work, holding: Holding, taken: Taken, *, by: User, reason: str = ""
) -> HoldingVersion:
    """Seal a file as the next version of a document and let a worker make its copy."""
    number = holding.versions.count() + 1
    stored = _put(case, taken.content, taken.name, taken.kind, work.now)
    archive = _put(case, taken.archive, taken.name, "zip", work.now) if taken.archive else None
    version = HoldingVersion.objects.create(
        holding=holding, number=number, file=stored, sha256=stored.sha256, size=stored.size, kind=taken.kind,
        name=taken.name, archive=archive, by=by, uploaded_on=work.on, uploaded_at=work.now, reason=reason.strip(),
    )  # fmt: skip
    version.holding = holding
    quarantine.keep_marks(version, marks.in_name(taken.name))
    copy = WorkingCopy.objects.create(version=version, notes=list(taken.notes), queued_at=work.now)
    tasks.make_copy.enqueue(copy.version_id)
    return version


def stop_copies(holding: Holding) -> None:
    """Stop the jobs on a document's earlier versions that have not begun."""
    WorkingCopy.objects.filter(version__holding=holding, status__in=WAITING_COPIES).update(
        status=CopyStatus.STOPPED
    )


def void_reviews(holding: Holding, reason: str) -> list[SecrecyReview]:
    """Void the review of a document that runs or holds; returns what was void."""
    found = [review for review in holding.secrecy_reviews.all() if review.in_force]
    for review in found:
        review.status, review.void_reason = ReviewStatus.VOID, reason
        review.save(update_fields=["status", "void_reason"])
    return found


def day_in_the_past(day: dt.date | None, on: dt.date, field: str, what: str) -> None:
    """Refuse a day that is still to come. Raises BadRequest."""
    if day is not None and day > on:
        raise BadRequest("in_the_future", f"{what}不能晚于今天", field=field)


def _put(case: Case, content: bytes, name: str, kind: str, now: dt.datetime) -> StoredFile:
    return files.put(
        office=case.office, content=content, name=name, now=now, allow=files.ALL | files.DEEPER,
        most=int(settings.HOLDING_MAX_BYTES), kind=files.BY_NAME[kind],
    )  # fmt: skip
