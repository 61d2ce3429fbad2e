"""Notices on days off: entered by one administrator, looked at and put in force by another."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from calendars import published
from calendars.errors import CalendarError
from calendars.growing import grown, same
from calendars.models import StoredNotice
from calendars.models.stored_notice import festivals_as_json
from calendars.notice import check, doubts, read_notice
from calendars.notice.dates import Context
from calendars.notice.reader import Draft
from calendars.years import Festival, Notice
from office import journal, parameters
from office.errors import Refusal
from office.models import User
from workflow.impact.applying import apply, notice_change, tell
from workflow.impact.assess import Impact
from workflow.locking import one_transaction

ENTERED = journal.register("notice.entered", "{by}录入{year}年放假安排（{cite}），等待复核")
CONFIRMED = journal.register("notice.confirmed", "{by}复核施行{year}年放假安排（{cite}）")
WITHDRAWN = journal.register("notice.withdrawn", "{by}撤回或退回{year}年放假安排（{cite}）")
LONGEST = 20_000


class Understood:
    """What was understood of a notice's text, with the checked notice and what is unusual about it."""

    def __init__(self, draft: Draft, notice: Notice) -> None:
        self.draft, self.notice, self.doubts = draft, notice, doubts(draft)


def understand(
    text: str, *, year: int, published_on: dt.date | None, address: str, despite_doubts: bool = False
) -> Understood:
    """Read the text of the State Council's notice of a year and check that it adds up and follows on.

    ``despite_doubts``: what is merely unusual is shown to a person, who compares it with the original.
    Raises Refusal with the reason and the field to correct.
    """
    if len(text) > LONGEST:
        raise Refusal("too_long", "原文过长，请只粘贴通知本身。", field="text")
    calendar = published.calendar()
    earlier = next((held for held in calendar.years if held.year == year), None)
    try:
        draft = read_notice(text, year, earlier=earlier)
        day = published_on or draft.issued_on
        if day is None:
            raise Refusal("no_day", "通知没有落款日期，请写明公布日期。", field="published_on")
        # What is unusual comes last: that the notice is held already, say, explains it better.
        notice = check(
            draft, published_on=day, address=address.strip() or "（未录入网址）", despite_doubts=True
        )
        grown(calendar, year, notice)
    except CalendarError as error:
        raise Refusal("bad_notice", error.message, field="text") from error
    told = Understood(draft, notice)
    if told.doubts and not despite_doubts:
        raise Refusal("doubtful", "".join(told.doubts), field="text")
    return told


def regional(
    *,
    year: int,
    title: str,
    number: str,
    published_on: dt.date,
    address: str,
    festival: str,
    off: str,
    work: str,
) -> Notice:
    """Make a region's own notice from its festival and its days, written as notices write them (8月6日至8日).

    Raises Refusal naming the field that cannot be read.
    """
    days = {}
    for field, written in (("off", off), ("work", work)):
        try:
            days[field] = (
                tuple(sorted(Context(year).read_list("".join(written.split())))) if written.strip() else ()
            )
        except CalendarError as error:
            raise Refusal("bad_days", error.message, field=field) from error
    if not days["off"]:
        raise Refusal("no_days", "请填写放假日期。", field="off")
    if both := sorted(set(days["off"]) & set(days["work"])):
        raise Refusal("both", f"{both[0]} 既放假又上班。", field="work")
    if idle := [day for day in days["work"] if day.weekday() < 5]:
        raise Refusal("idle", f"{idle[0]} 不是周末，本来就上班，不能作调休上班日。", field="work")
    return Notice(
        title.strip(), published_on, address.strip() or "（未录入网址）",
        (Festival(festival.strip(), days["off"], days["work"]),), number.strip(),
    )  # fmt: skip


def enter(
    *, notice: Notice, year: int, text: str, by: User, on: dt.date, now: dt.datetime, region_code: str = ""
) -> StoredNotice:
    """Enter a notice; it is not in force until another administrator confirms it. Raises Refusal."""
    parameters.require_administrator(by, None)
    with one_transaction():
        published.begin_change()
        waiting = StoredNotice.objects.filter(year=year, region_code=region_code, withdrawn_at__isnull=True)
        if any(same(row.as_notice(), notice) for row in waiting):
            raise Refusal("entered_before", f"这份通知已经录入（{notice.cite}）。", field="text")
        row = StoredNotice(
            region_code=region_code, year=year, number=notice.number, title=notice.title, issued_on=notice.issued_on,
            published_on=notice.published_on, address=notice.address, text=text.strip(),
            festivals=festivals_as_json(notice), entered_by=by, entered_at=now,
        )  # fmt: skip
        notice_change(row)
        row.save()
        _tell(ENTERED, row, by, on, now, uuid.uuid4())
    return row


def confirm(
    *, notice_id: int, by: User, on: dt.date, now: dt.datetime, seen: str | None = None
) -> tuple[StoredNotice, Impact]:
    """Put a notice in force and recompute every open case; refused to the person who entered it.

    :param seen: the digest of the impact the person was shown
    Raises Refusal; ImpactChanged where the cases have changed since.
    """
    with one_transaction():
        published.begin_change()
        row = _waiting(notice_id, by)
        if row.entered_by_id == by.pk:
            raise Refusal("same_person", "须由录入人以外的管理员复核。")
        change = notice_change(row)
        row.confirmed_by, row.confirmed_at = by, now
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        act_id = uuid.uuid4()
        found = apply(
            change,
            cause=f"{row.year}年放假安排（{row.cite}）",
            by=by,
            on=on,
            now=now,
            act_id=act_id,
            seen=seen,
        )
        _tell(CONFIRMED, row, by, on, now, act_id)
    return row, found


def withdraw(*, notice_id: int, by: User, on: dt.date, now: dt.datetime) -> StoredNotice:
    """Take back a notice that is not in force, or send it back; either administrator may. Raises Refusal."""
    with one_transaction():
        row = _waiting(notice_id, by)
        row.withdrawn_by, row.withdrawn_at = by, now
        row.save(update_fields=["withdrawn_by", "withdrawn_at"])
        _tell(WITHDRAWN, row, by, on, now, uuid.uuid4())
    return row


def _waiting(notice_id: int, by: User) -> StoredNotice:
    parameters.require_administrator(by, None)
    row = StoredNotice.objects.select_for_update(of=("self",)).filter(pk=notice_id).first()
    if row is None:
        raise Refusal("no_such_notice", "没有这份通知，请刷新页面。")
    if not row.is_open:
        raise Refusal("already_decided", "这份通知已经处理过了。")
    return row


def _tell(key: str, row: StoredNotice, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID) -> None:
    data: dict[str, Any] = {
        "notice": row.pk, "year": row.year, "cite": row.cite, "region": row.region_code,
    }  # fmt: skip
    tell(key, by=by, on=on, now=now, act_id=act_id, data=data)
