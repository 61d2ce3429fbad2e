"""Settle marks: accept, reject with a reason, move, give another ground, take back; one or a whole kind of suggestion."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import Q

from office.models import User
from workflow.errors import BadRequest
from workflow.models import RedactionMark
from workflow.redaction_kinds import PERSONAL, Extent, GroundKind, Layer, MarkState
from workflow.review.marking.doing import GroundData, Marking, checked_ground, checked_reason, marking
from workflow.review.marking.places import Points, on_page, page_of
from workflow.review.marking.whole_set import others, tell_of_others

ACCEPTED, REJECTED, CHANGED, RULE = (
    "redaction.accept",
    "redaction.reject",
    "redaction.change",
    "redaction.rule",
)
TAKEN_BACK = "标记人撤回"


def accept(
    *, version_id: int, mark_id: int, by: User, on: dt.date, now: dt.datetime, ground: GroundData | None = None,
    act_id: uuid.UUID | None = None,
) -> RedactionMark:  # fmt: skip
    """Accept a suggestion or a third party's wish, on its own ground or on another."""
    told = checked_ground(ground) if ground else None
    with marking(version_id, by=by, on=on, now=now, key=ACCEPTED, act_id=act_id, data={"count": 1}) as work:
        mark = work.find(mark_id)
        if mark.status == MarkState.ACCEPTED:
            raise BadRequest("accepted_already", "这一处标记已经采纳", field="mark")
        more = {"ground_kind": told.kind, "ground": told.ground} if told else {}
        work.layer  # noqa: B018 - whoever accepts first is the first reviewer
        work.settle(mark, MarkState.ACCEPTED, **more)
        return mark


def reject(
    *, version_id: int, mark_id: int, by: User, on: dt.date, now: dt.datetime, reason: str = "",
    act_id: uuid.UUID | None = None,
) -> RedactionMark:  # fmt: skip
    """Reject a mark with a reason; whoever takes back a mark of their own need not give one. It is remembered."""
    with marking(version_id, by=by, on=on, now=now, key=REJECTED, act_id=act_id, data={"count": 1}) as work:
        mark = work.find(mark_id)
        own = mark.author_id is not None and mark.author_id in work.by.principals and mark.layer != Layer.WISH
        work.settle(
            mark,
            MarkState.REJECTED,
            reason=TAKEN_BACK if own and not reason.strip() else checked_reason(reason),
        )
        return mark


def change(
    *, version_id: int, mark_id: int, by: User, on: dt.date, now: dt.datetime, boxes: Sequence[Points] | None = None,
    ground: GroundData | None = None, made_by: str = "keyboard", reason: str = "", act_id: uuid.UUID | None = None,
) -> RedactionMark:  # fmt: skip
    """Move or resize a mark, or give it another ground.

    A mark of one's own is changed as it is; anybody else's, a suggestion included, stays on record as changed, and the new
    mark stands on one's own layer.
    """
    told = checked_ground(ground) if ground else None
    with marking(version_id, by=by, on=on, now=now, key=CHANGED, act_id=act_id, data={"count": 1}) as work:
        if done := work.done_before():
            return done[0]
        mark = work.find(mark_id)
        if boxes is not None and mark.extent != Extent.AREA:
            raise BadRequest("whole_page", "整页、整份不公开的标记没有区域，不能移动", field="box")
        held = on_page(page_of(work.copy, mark.page), boxes) if boxes is not None else mark.boxes
        kind = told or GroundData(mark.ground_kind, mark.ground)
        if (held, kind.kind, kind.ground) == (mark.boxes, mark.ground_kind, mark.ground):
            return mark
        if mark.author_id in work.by.principals and mark.layer in (Layer.REVIEWER, Layer.SECOND):
            return _changed_as_it_is(work, mark, held, kind)
        new = work.add(
            kind, made_by=made_by, extent=mark.extent, page=mark.page, boxes=held, text_sealed=mark.text_sealed,
            text_hash=mark.text_hash, detector=mark.detector, why=mark.why,
        )  # fmt: skip
        new.save()
        work.settle(mark, MarkState.CHANGED, reason=reason.strip()[:300], became=new)
        return new


def accept_kind(
    *, version_id: int, by: User, on: dt.date, now: dt.datetime, kind: str, sure_from: int = 0, whole_set: bool = False,
    act_id: uuid.UUID | None = None,
) -> int:  # fmt: skip
    """Accept by rule every open suggestion of one kind, in a document or in every document of the case; returns how many.

    :param kind: the code of the kind of personal information, e.g. "mobile"
    :param sure_from: only those of which the detector is so sure, in per cent
    :param whole_set: in every document of the case that may be worked on
    """
    if kind not in PERSONAL:
        raise BadRequest("bad_kind", "请选择个人信息的类别", field="kind")
    data = {"ground": kind}
    with marking(version_id, by=by, on=on, now=now, key=RULE, act_id=act_id, data=data) as work:
        waiting = Q(ground=kind, confidence__gte=sure_from)
        counts = _settle_open(work, waiting, MarkState.ACCEPTED, whole_set=whole_set)
        if not sum(counts.values()):
            raise BadRequest("nothing_to_accept", f"没有待定的“{PERSONAL[kind]}”建议", field="kind")
        tell_of_others(work, RULE, counts, data)
        return sum(counts.values())


def reject_same(
    *, version_id: int, mark_id: int, by: User, on: dt.date, now: dt.datetime, reason: str,
    act_id: uuid.UUID | None = None,
) -> int:  # fmt: skip
    """Reject a suggestion and every open one of the same kind and text in the documents of the case; returns how many.

    All of them are remembered: none is suggested again in this case.
    """
    told = checked_reason(reason)
    with marking(version_id, by=by, on=on, now=now, key=REJECTED, act_id=act_id) as work:
        mark = work.find(mark_id)
        if mark.layer != Layer.SUGGESTED or mark.status != MarkState.OPEN or not mark.text_hash:
            raise BadRequest("no_suggestion", "只有待定的、有文字的系统建议可以一并不采纳", field="mark")
        same = Q(ground=mark.ground, text_hash=mark.text_hash)
        counts = _settle_open(work, same, MarkState.REJECTED, reason=told, whole_set=True)
        tell_of_others(work, REJECTED, counts, {})
        return sum(counts.values())


def _settle_open(
    work: Marking, which: Q, status: str, *, whole_set: bool, reason: str = ""
) -> dict[int, int]:
    """Settle open suggestions of personal information alike; returns how many by version."""
    work.layer  # noqa: B018 - whoever settles first is the first reviewer
    counts = {}
    for one in [work, *(others(work) if whole_set else ())]:
        rows = one.version.redaction_marks.filter(
            which, layer=Layer.SUGGESTED, status=MarkState.OPEN, ground_kind=GroundKind.PERSONAL
        )
        counts[one.version.pk] = rows.update(
            status=status, reason=reason, settled_by=work.by.duty_of, settled_on=work.on
        )
    own = counts[work.version.pk]
    work.changed, work.noted["count"] = own > 0, own
    return counts


def _changed_as_it_is(
    work: Marking, mark: RedactionMark, boxes: list[list[int]], ground: GroundData
) -> RedactionMark:
    work.changed = True
    mark.boxes, mark.ground_kind, mark.ground = boxes, ground.kind, ground.ground
    mark.save(update_fields=["boxes", "ground_kind", "ground"])
    return mark
