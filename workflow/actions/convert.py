"""Turn what was asked for into what is published for everybody (转为主动公开, 条例44)."""

from __future__ import annotations

import datetime as dt
import uuid

from law.gid.art44_conversion import conversion_due
from office.models import Office, User
from office.web.dates import chinese_date
from workflow import rules
from workflow.beside.step import Doing, make, take
from workflow.errors import BadRequest
from workflow.models import Case, Conversion, Item


def propose_conversion(
    *, office_id: int, by: User, on: dt.date, now: dt.datetime, title: str, reason: str, redaction: str,
    source: str = "office", case_id: int | None = None, item_seq: int | None = None, act_id: uuid.UUID | None = None,
) -> Conversion:  # fmt: skip
    """Propose to publish; ``redaction`` says how personal information is dealt with before (条例44)."""
    for name, text in (("title", title), ("reason", reason), ("redaction", redaction)):
        if not text.strip():
            raise BadRequest("missing", "请写明拟公开的信息、理由和去标识化处理", field=name)
    office = Office.objects.get(pk=office_id)

    def build(doing: Doing) -> Conversion:
        return started(
            office, doing, by=by, title=title, reason=reason, redaction=redaction, source=source,
            item=_item(office, case_id, item_seq),
        )  # fmt: skip

    return make("propose_conversion", office, build, by=by, on=on, now=now, act_id=act_id)


def started(
    office: Office,
    doing: Doing,
    *,
    by: User,
    title: str,
    reason: str,
    redaction: str,
    source: str,
    item: Item | None,
) -> Conversion:
    """Store a proposal, also one that a reassessment led to."""
    if item is not None and Conversion.objects.filter(item=item).exclude(stage="declined").exists():
        raise BadRequest("twice", "这一事项已经提出转为主动公开", field="item")
    return Conversion.objects.create(
        office=office, case=item.case if item else None, item=item, source=source, title=title.strip()[:200],
        reason=reason.strip(), redaction=redaction.strip(), proposed_by=by, proposed_on=doing.on, created_at=doing.now,
    )  # fmt: skip


def approve_conversion(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, opinion: str, act_id: uuid.UUID | None = None
) -> Conversion:
    """Approve with the approval sheet; publication is due in the office's own term of 20 working days (R10)."""

    def effect(row: Conversion, doing: Doing) -> None:
        _decided(row, by, on, opinion)
        calendar, overrides = rules.of(row.office)
        row.due_on = conversion_due(on, calendar, overrides=overrides).date
        row.approve()
        facts = {
            "office": rules.facts_of(row.office), "subject": row.title, "source": row.get_source_display(),
            "case_number": row.case.number if row.case else "", "reason": row.reason, "redaction": row.redaction,
            "proposer": row.proposed_by.display, "proposed_on": row.proposed_on.isoformat(), "opinion": row.opinion,
            "approver": by.display, "approved_on": on.isoformat(), "due_on": row.due_on.isoformat(),
        }  # fmt: skip
        row.paper = doing.seal(row.office, row.subject_ref, facts)
        doing.note["due_on"] = chinese_date(row.due_on)

    return take("approve_conversion", Conversion, record_id, effect, by=by, on=on, now=now, act_id=act_id)


def decline_conversion(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, opinion: str, act_id: uuid.UUID | None = None
) -> Conversion:
    """Decline, with the reason why it is not to be published."""

    def effect(row: Conversion, doing: Doing) -> None:
        _decided(row, by, on, opinion)
        row.decline()

    return take("decline_conversion", Conversion, record_id, effect, by=by, on=on, now=now, act_id=act_id)


def publish_conversion(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, place: str, published_on: dt.date,
    act_id: uuid.UUID | None = None,
) -> Conversion:  # fmt: skip
    """Enter where and when it was published."""

    def effect(row: Conversion, doing: Doing) -> None:
        if not place.strip():
            raise BadRequest("no_place", "请填写公开的网址或者栏目", field="place")
        if row.decided_on and not row.decided_on <= published_on <= on:
            raise BadRequest("bad_day", "公开日期应在批准日期与今天之间", field="published_on")
        row.place, row.published_on = place.strip(), published_on
        row.publish()
        doing.note["published_on"] = chinese_date(published_on)

    return take("publish_conversion", Conversion, record_id, effect, by=by, on=on, now=now, act_id=act_id)


def _decided(row: Conversion, by: User, on: dt.date, opinion: str) -> None:
    if row.proposed_by_id == by.pk:
        raise BadRequest("own_proposal", "提出人不能审批自己提出的事项", field="opinion")
    if not opinion.strip():
        raise BadRequest("no_opinion", "请填写审批意见", field="opinion")
    row.opinion, row.decided_by, row.decided_on = opinion.strip(), by, on


def _item(office: Office, case_id: int | None, item_seq: int | None) -> Item | None:
    if case_id is None:
        return None
    case = Case.objects.filter(pk=case_id, office=office).first()
    if case is None:
        raise BadRequest("no_case", "案件不属于本机关", field="case")
    found = next((item for item in case.items_in_order() if item.seq == (item_seq or 1)), None)
    if found is None:
        raise BadRequest("no_item", "本件没有这一项", field="item_seq")
    return found
