"""One act on the marks of a document: locked, allowed, done once, journaled, and the copies made before it void."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from office import journal
from office.models import User
from workflow.errors import BadRequest
from workflow.locking import one_transaction
from workflow.models import Case, DisclosedCopy, HoldingVersion, Redacting, RedactionMark, WorkingCopy
from workflow.redaction_kinds import (
    LIVE,
    PERSONAL,
    DiscloseState,
    Extent,
    GroundKind,
    Layer,
    MarkState,
    article_choices,
)
from workflow.review.marking.allowed import hat_of, why_not

#: Marks that one document may hold; more is a rule gone wrong.
MOST = 50_000
LONGEST_REASON = 300
STALE = "遮盖标记有改动，须重新制作"


@dataclass(frozen=True)
class GroundData:
    """On what a mark rests: the kind, and the provision, the code of personal information, or the other law."""

    kind: str
    ground: str


@dataclass
class Marking:
    """The document under its lock, and what the act does to it."""

    case: Case
    version: HoldingVersion
    copy: WorkingCopy
    redacting: Redacting
    by: User
    on: dt.date
    now: dt.datetime
    act_id: uuid.UUID
    changed: bool = False
    noted: dict[str, Any] = field(default_factory=dict)

    @property
    def layer(self) -> str:
        """Return the layer this person draws on; whoever draws first is the first reviewer."""
        if self.redacting.redactor_id is None:
            self.redacting.redactor = self.by.duty_of
            self.redacting.save(update_fields=["redactor"])
        mine = self.redacting.redactor_id in self.by.principals
        return Layer.REVIEWER if mine else Layer.SECOND

    def done_before(self) -> list[RedactionMark]:
        """Return the marks that this very act has made before, where a form was sent twice."""
        return list(self.version.redaction_marks.filter(act_id=self.act_id))

    def add(self, ground: GroundData, *, made_by: str, layer: str = "", **values: Any) -> RedactionMark:
        """Build a mark of this person that is not written yet."""
        self.changed = True
        wish = layer == Layer.WISH
        return RedactionMark(
            office_id=self.case.office_id, case=self.case, version=self.version, layer=layer or self.layer,
            ground_kind=ground.kind, ground=ground.ground, made_by=made_by, act_id=self.act_id, author=self.by.duty_of,
            made_on=self.on, made_at=self.now, status=MarkState.OPEN if wish else MarkState.ACCEPTED, **values,
        )  # fmt: skip

    def settle(self, mark: RedactionMark, status: str, *, reason: str = "", **more: Any) -> None:
        """Write what became of a mark, and who said so."""
        self.changed = True
        mark.status, mark.reason, mark.settled_by, mark.settled_on = status, reason, self.by.duty_of, self.on
        for name, value in more.items():
            setattr(mark, name, value)
        mark.save()

    def find(self, mark_id: int) -> RedactionMark:
        """Return a mark of this document that still counts. Raises BadRequest."""
        mark = self.version.redaction_marks.filter(pk=mark_id).first()
        if mark is None:
            raise BadRequest("no_such_mark", "没有这一处标记，请刷新页面", field="mark")
        if mark.status in (MarkState.REJECTED, MarkState.CHANGED):
            raise BadRequest("mark_settled", "这一处标记已经处理过了，请刷新页面", field="mark")
        return mark


@contextmanager
def marking(
    version_id: int, *, by: User, on: dt.date, now: dt.datetime, key: str, act_id: uuid.UUID | None = None,
    data: Mapping[str, Any] | None = None,
) -> Iterator[Marking]:  # fmt: skip
    """Do one act on the marks of a version in one transaction, under the lock of its case.

    :param key: the journal's key; its line is written where the act changed something, without anything personal
    :raises CaseRefusal: where this person may not mark this version now
    """
    with one_transaction():
        version = (
            HoldingVersion.objects.select_related("holding__case__office", "copy")
            .filter(pk=version_id)
            .first()
        )
        if version is None:
            raise BadRequest("no_such_version", "没有这份材料", field="mark")
        case = Case.objects.locked(version.holding.case_id)
        version.holding.refresh_from_db(fields=["status"])
        copy = getattr(version, "copy", None)
        if refusal := why_not(by, case, version, copy):
            raise refusal
        hat = hat_of(by, case)
        assert hat is not None  # why_not has seen both
        assert copy is not None
        redacting, _ = Redacting.objects.get_or_create(
            version=version, defaults={"office": case.office, "case": case, "opened_on": on}
        )
        work = Marking(case, version, copy, redacting, hat, on, now, act_id or uuid.uuid4())
        yield work
        if work.changed:
            void_copies([version.pk], reason=STALE)
            tell(
                case,
                version,
                key,
                by=hat,
                on=on,
                now=now,
                act_id=work.act_id,
                data={**(data or {}), **work.noted},
            )


def tell(
    case: Case, version: HoldingVersion, key: str, *, by: Any, on: dt.date, now: dt.datetime, act_id: uuid.UUID,
    data: Mapping[str, Any],
) -> None:  # fmt: skip
    """Write a line about the marks of a version, in a chain of their own: a case's trail is not for every stroke."""
    acting = {"acting_for": f"user:{by.acting_for.pk}"} if getattr(by, "acting_for", None) else {}
    journal.write(
        subject=f"redaction:{version.pk}", key=key, by=by, on=on, now=now, office_id=case.office_id, act_id=act_id,
        data={"holding": version.holding.seq, "version": version.number, **data, **acting},
    )  # fmt: skip


def void_copies(versions: Sequence[int], *, reason: str) -> int:
    """Make every copy of some versions void; returns how many."""
    live = DisclosedCopy.objects.filter(version_id__in=versions, status__in=[*LIVE, DiscloseState.RETURNED])
    return live.update(status=DiscloseState.VOID, reason=reason, claimed_until=None)


def checked_ground(ground: GroundData) -> GroundData:
    """Return a ground that exists. Raises BadRequest."""
    if ground.kind == GroundKind.ARTICLE and ground.ground in dict(article_choices()):
        return ground
    if ground.kind == GroundKind.PERSONAL and ground.ground in PERSONAL:
        return ground
    if ground.kind == GroundKind.OTHER_LAW:
        text = ground.ground.strip()
        if (
            not (text.startswith("《") and "》" in text and "条" in text)
            or len(text) > 100
            or not text.isprintable()
        ):
            raise BadRequest(
                "bad_ground",
                "其他法律、行政法规请写明名称和条款，如《中华人民共和国测绘法》第四十七条",
                field="ground",
            )
        return GroundData(ground.kind, text)
    raise BadRequest("no_ground", "请选择遮盖的依据", field="ground")


def checked_reason(reason: str) -> str:
    """Return a reason that says something. Raises BadRequest."""
    told = " ".join(reason.split())
    if not told:
        raise BadRequest("no_reason", "请写明理由", field="reason")
    if len(told) > LONGEST_REASON:
        raise BadRequest("long_reason", f"理由不得超过{LONGEST_REASON}个字", field="reason")
    return told


def room_for(work: Marking, count: int) -> None:
    """Refuse more marks than a document may hold. Raises BadRequest."""
    if work.version.redaction_marks.count() + count > MOST:
        raise BadRequest(
            "too_many_marks", f"一份材料最多{MOST}处标记，请改用整页或者整份不公开", field="mark"
        )


def write(marks: Iterable[RedactionMark]) -> list[RedactionMark]:
    """Write marks that were built."""
    return RedactionMark.objects.bulk_create(list(marks), batch_size=500)


__all__ = [
    "Extent", "GroundData", "Marking", "checked_ground", "checked_reason", "marking", "room_for", "tell", "void_copies", "write",
]  # fmt: skip
