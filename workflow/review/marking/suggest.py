"""Look for personal information in a document and lay down suggestions; what was rejected is not suggested again."""

from __future__ import annotations

import datetime as dt
import logging
import traceback
import uuid

from django.db.models import Q
from django.utils.timezone import localdate

from office.actors import SystemActor
from office.models import User
from workflow.holding_kinds import CopyStatus
from workflow.locking import one_transaction
from workflow.models import Case, Redacting, RedactionMark
from workflow.redaction_kinds import DetectState, GroundKind, Layer, MadeBy, MarkState
from workflow.review import copies, originals, sealed_json
from workflow.review.marking import detecting, looking
from workflow.review.marking.doing import MOST, STALE, marking, tell, void_copies
from workflow.review.marking.places import glyphs_of, hash_of, stored
from workflow.review.redaction.legend import told_pages

ASKED, SUGGESTED = "redaction.ask_suggestions", "redaction.suggest"
JOB = SystemActor("detect")

logger = logging.getLogger(__name__)


def ask(
    *, version_id: int, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID | None = None
) -> Redacting:
    """Ask for suggestions; a worker looks for them."""
    with marking(version_id, by=by, on=on, now=now, key=ASKED, act_id=act_id) as work:
        if work.redacting.detect_state != DetectState.QUEUED:
            work.redacting.detect_state, work.redacting.detect_note = DetectState.QUEUED, ""
            work.redacting.save(update_fields=["detect_state", "detect_note"])
            tell(work.case, work.version, ASKED, by=work.by, on=on, now=now, act_id=work.act_id, data={})
        return work.redacting


def waiting() -> list[int]:
    """Return the versions in which nobody has looked yet."""
    return list(
        Redacting.objects.filter(detect_state=DetectState.QUEUED)
        .order_by("pk")
        .values_list("version_id", flat=True)
    )


def find(version_id: int, *, now: dt.datetime) -> int:
    """Look through the text and the pictures of a version and lay down what is found as suggestions; returns how many are new.

    That the detectors are not installed, or fail, is kept with the document and shown in the room.
    """
    redacting = Redacting.objects.select_related("version__holding__case__office", "version__copy").get(
        version_id=version_id
    )
    if redacting.detect_state != DetectState.QUEUED:
        return 0
    try:
        marks, seen = _found(redacting, detecting.detectors(), now)
    except detecting.NoDetectors as absent:
        return _told(redacting, DetectState.MISSING, str(absent), now)
    except Exception as fault:  # noqa: BLE001 - whatever a detector does, the room says that there are no suggestions
        # Frames without the message: it may quote the text.
        frames = "".join(traceback.format_tb(fault.__traceback__))
        logger.error("detectors failed on version %s: %s\n%s", version_id, type(fault).__name__, frames)
        name = type(fault).__name__
        return _told(
            redacting, DetectState.FAILED, f"查找没有成功（{name}），请再试一次，并逐页人工查看", now
        )
    return _keep(redacting, marks, seen, now)


def _found(
    redacting: Redacting, find_in: detecting.Find, now: dt.datetime
) -> tuple[list[RedactionMark], looking.Looked]:
    version = redacting.version
    copy = version.copy
    subject, act_id = version.holding.case.subject_ref, uuid.uuid4()
    if copy.status != CopyStatus.READY or not originals.still_open(version):
        return [], looking.Looked()
    found: list[RedactionMark] = []
    unseal = sealed_json.opener(subject)
    why = "查找图像中的个人信息"
    seen = looking.look(version, copies.pdf_of(version, by=JOB, on=localdate(now), now=now, why=why))
    for page in copy.pages.order_by("number").iterator(chunk_size=50):
        glyphs = glyphs_of(copies.text_of(page, unseal=unseal))
        for one in [*detecting.suggestions(find_in, glyphs), *seen.suggestions.get(page.number, ())]:
            boxes = stored(one.boxes, page)
            if not boxes or len(found) >= MOST:
                continue
            said = one.text
            found.append(
                RedactionMark(
                    office_id=redacting.office_id, case_id=redacting.case_id, version=version, page=page.number, boxes=boxes,
                    layer=Layer.SUGGESTED, ground_kind=GroundKind.PERSONAL, ground=one.kind, made_by=MadeBy.RULE,
                    act_id=act_id, detector=one.rule, why=one.reason, confidence=one.confidence, status=MarkState.OPEN,
                    text_sealed=sealed_json.seal(subject, said) if said else "", text_hash=hash_of(said) if said else "", made_on=localdate(now), made_at=now,
                )
            )  # fmt: skip
    return found, seen


def _keep(redacting: Redacting, marks: list[RedactionMark], seen: looking.Looked, now: dt.datetime) -> int:
    with one_transaction():
        case = Case.objects.locked(redacting.case_id)
        version = redacting.version
        version.holding.refresh_from_db(fields=["status"])
        if not originals.still_open(version):  # put into quarantine meanwhile
            return 0
        known = _known(redacting)
        new = [mark for mark in marks if not known & _keys(mark)]
        left = sum(1 for mark in marks if _said(mark) in known)
        RedactionMark.objects.bulk_create(new, batch_size=500)
        if new:
            void_copies([version.pk], reason=STALE)
        redacting.unread = {str(number): why for number, why in sorted(seen.unread.items())}
        _told(redacting, DetectState.DONE, _note(len(marks), len(new), left, seen), now)
        tell(
            case, version, SUGGESTED, by=JOB, on=localdate(now), now=now, act_id=uuid.uuid4(), data={"count": len(new)}
        )  # fmt: skip
    return len(new)


def _known(redacting: Redacting) -> set[tuple[object, ...]]:
    """Return what is not suggested again: what has a mark here, and what was rejected in any document of the case."""
    here = Q(version_id=redacting.version_id) & (
        Q(layer=Layer.SUGGESTED) | Q(status=MarkState.ACCEPTED) | Q(detector__gt="")
    )
    before = Q(case_id=redacting.case_id, status=MarkState.REJECTED, layer=Layer.SUGGESTED)
    known: set[tuple[object, ...]] = set()
    for mark in RedactionMark.objects.filter(here | before).only(
        "version_id", "page", "boxes", "ground", "text_hash", "status", "layer"
    ):
        if mark.version_id == redacting.version_id:
            known.add(_at(mark))
        if mark.status == MarkState.REJECTED and mark.layer == Layer.SUGGESTED and mark.text_hash:
            known.add(_said(mark))
    return known


def _keys(mark: RedactionMark) -> set[tuple[object, ...]]:
    return {_at(mark), _said(mark)} if mark.text_hash else {_at(mark)}


def _at(mark: RedactionMark) -> tuple[object, ...]:
    return ("at", mark.page, str(mark.boxes))


def _said(mark: RedactionMark) -> tuple[object, ...]:
    return ("said", mark.ground, mark.text_hash)


def _note(count: int, new: int, left: int, seen: looking.Looked) -> str:
    told = f"共找到{count}处，其中新的{new}处"
    if left:
        told += f"；{left}处与本件材料中已经不采纳的相同，没有再次提出"
    if seen.unread:
        told += f"；{told_pages(sorted(seen.unread))}的图像没有识别，请人工查看"
    return "；".join((told, *seen.notes))


def _told(redacting: Redacting, status: str, note: str, now: dt.datetime) -> int:
    redacting.detect_state, redacting.detect_note, redacting.detected_at = status, note[:300], now
    redacting.save(update_fields=["detect_state", "detect_note", "detected_at", "unread"])
    return 0
