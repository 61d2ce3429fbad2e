"""Marks of secrecy: reported, settled, and what becomes of a document in quarantine."""

from __future__ import annotations

import datetime as dt
import uuid

from office.models import User
from workflow import tasks
from workflow.actions._holdings import day_in_the_past, holding_of, void_reviews
from workflow.actions.classified_card import CardData, checked
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.holding_kinds import CopyStatus, HoldingStatus, MarkKind, MarkPlace, Secrecy
from workflow.models import Case, Holding, HoldingVersion, SecrecyMark, WorkingCopy
from workflow.review import quarantine, sealed_json

FATES = {
    "release": "不属于国家秘密，解除隔离",
    "declassified": "已经解密，解除隔离",
    "remove": "属于国家秘密，从本系统清除",
}


def report_mark(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, holding_id: int, where: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Report that a document bears a mark of classification: it goes into quarantine at once, on anybody's word."""
    if not where.strip():
        raise BadRequest("no_place", "请写明标志在哪里（页、位置），不要抄录内容", field="where")

    def effect(case: Case, work: Work) -> None:
        row = holding_of(case, holding_id)
        version = row.current
        SecrecyMark.objects.create(
            version=version, kind=MarkKind.REPORTED, place=MarkPlace.PERSON, quarantines=True,
            snippet_sealed=sealed_json.seal(case.subject_ref, where.strip()[:300]),
        )  # fmt: skip
        void_reviews(row, "材料因疑似密级标志被隔离")
        quarantine.put(case, row, by=by, on=on, now=now)
        work.note["holding"] = row.seq

    return fire(
        case_id,
        "report_mark",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def settle_mark(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, mark_id: int, accepted: bool, reason: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Accept a mark that was suggested, or reject it with a reason; either is remembered.

    Accepting a mark of classification on a document that was not declassified puts it into quarantine.
    """
    if not reason.strip():
        raise BadRequest("no_reason", "请写明认定或者排除的理由", field="reason")

    def effect(case: Case, work: Work) -> None:
        mark = SecrecyMark.objects.filter(pk=mark_id, version__holding__case=case, status="suggested").first()
        if mark is None:
            raise BadRequest("no_such_mark", "请选择一处等待认定的标志", field="mark_id")
        row = holding_of(case, mark.version.holding_id)
        _settle([mark], accepted=accepted, reason=reason, by=by, on=on)
        work.note.update(
            holding=row.seq, kind=mark.get_kind_display(), finding="认定" if accepted else "排除"
        )
        if accepted and mark.quarantines and row.secrecy != Secrecy.DECLASSIFIED:
            void_reviews(row, "材料因密级标志被隔离")
            quarantine.put(case, row, by=by, on=on, now=now)

    return fire(
        case_id,
        "settle_mark",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def settle_quarantine(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, holding_id: int, fate: str, reason: str,
    former_mark: str = "", declassified_on: dt.date | None = None, card: CardData | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Release a document from quarantine, or remove it from this system for good and leave a card.

    Removed, its file is no longer referred to and the next sweep takes it off the disk; hash and trail stay. Backups made
    before still hold it, which the screen tells the reviewer. ``card`` is needed for removal only.
    """
    if fate not in FATES:
        raise BadRequest("no_fate", "请选择处理方式", field="fate")
    if not reason.strip():
        raise BadRequest("no_reason", "请写明认定的依据和理由", field="reason")
    if fate == "remove" and card is None:
        raise BadRequest("no_card", "清除的同时须登记涉密文件卡片", field="number")
    if fate == "declassified" and (declassified_on is None or not former_mark.strip()):
        raise BadRequest("no_former_mark", "请填写原密级和期限、解密日期", field="former_mark")
    day_in_the_past(declassified_on, on, "declassified_on", "解密日期")

    def effect(case: Case, work: Work) -> None:
        row = holding_of(case, holding_id, status="quarantined")
        marks = SecrecyMark.objects.filter(version__holding=row, status="suggested", quarantines=True)
        _settle(marks, accepted=fate != "release", reason=reason, by=by, on=on)
        if fate == "remove":
            assert card is not None  # refused above
            checked(case, row.item.seq, card, by=by, on=on).save()
            _remove(row, now)
        else:
            if fate == "declassified":
                row.secrecy, row.former_mark = Secrecy.DECLASSIFIED, former_mark.strip()
                row.declassified_on, row.declassified_basis = declassified_on, reason.strip()[:200]
            _release(row, now)
        work.note.update(holding=row.seq, finding=FATES[fate])
        work.remark(reason)

    return fire(
        case_id, "settle_quarantine", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def _settle(rows: object, *, accepted: bool, reason: str, by: User, on: dt.date) -> None:
    for mark in rows:  # type: ignore[attr-defined]
        mark.status = SecrecyMark.Status.ACCEPTED if accepted else SecrecyMark.Status.REJECTED
        mark.reason, mark.settled_by, mark.settled_on = reason.strip()[:300], by, on
        mark.save()


def _release(row: Holding, now: dt.datetime) -> None:
    row.status, row.quarantined_at = HoldingStatus.OPEN, None
    row.save()
    version = row.current
    WorkingCopy.objects.filter(version=version).update(status=CopyStatus.WAITING, tries=0, queued_at=now)
    tasks.make_copy.enqueue(version.pk)


def _remove(row: Holding, now: dt.datetime) -> None:
    """Let go of a document's files, also where the archive it came in holds them for its other members."""
    versions = list(row.versions.all())
    archives = {version.archive_id for version in versions} - {None}
    HoldingVersion.objects.filter(archive__in=archives).update(archive=None)
    row.status, row.title, row.doc_number = HoldingStatus.REMOVED, "（已清除）", ""
    row.save()
    row.versions.update(file=None, archive=None, removed_at=now, name="（已清除）")
    SecrecyMark.objects.filter(version__holding=row).update(snippet_sealed="", box=None)
    quarantine.forget([*(version.file_id for version in versions), *archives])
