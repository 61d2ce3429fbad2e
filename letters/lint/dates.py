"""Rules on the dates of a paper: they agree with each other, with the register and with the terms of the law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import calendars
from calendars.days import Calendar
from calendars.errors import CalendarError
from law.errors import LawError
from law.gid.art33_reply import longest_extension
from law.values import number
from letters.lint.finding import WARN, Finding, finding
from letters.lint.looked import Looked
from letters.vocabulary import day

# What must not come after what, in the order of a case.
ORDER = (
    ("received_on", "supplement_notice_on", "补正告知日早于收到日"),
    ("supplement_notice_on", "supplemented_on", "收到补正之日早于补正告知日"),
    ("received_on", "sent_on", "征求意见书发出日早于收到日"),
    ("notice_on", "served_on", "送达日早于告知书日期"),
    ("served_on", "deadline_on", "期限届满日早于送达日"),
    ("original_due_on", "new_due_on", "延长后的届满日早于原届满日"),
    ("extension_notice_on", "extended_due_on", "延长后的届满日早于延期告知日"),
    ("consulted_on", "objected_on", "收到意见之日早于征求意见之日"),
    ("fee_notice_on", "paid_on", "缴费日早于缴费通知日"),
    ("asked_on", "explained_on", "收到理由之日早于要求说明理由之日"),
)
PAST = (
    "received_on", "supplemented_on", "notice_on", "served_on", "withdrawn_on", "paid_on", "objected_on",
    "supplement_notice_on", "extension_notice_on", "fee_notice_on", "delay_notice_on", "asked_on", "explained_on",
    "consulted_on", "sent_on", "old_on", "again_on", "opinion_on", "complaint_on", "copy_on", "arrived_on",
)  # fmt: skip
#: Facts that make the term longer by days the facts do not tell.
PAUSES = ("consultations", "override_notes")


@cache
def shipped() -> Calendar:
    """Return the days of the notices that come with the program; no office's own, no database."""
    return calendars.load()


def in_order(looked: Looked) -> Iterator[Finding]:
    """Find days in the wrong order, and days after the day of signature."""
    for earlier, later, message in ORDER:
        a, b = looked.day(earlier), looked.day(later)
        if a and b and b < a:
            yield finding("date_order", f"{message}（{day(b)}、{day(a)}）", where=later, field=later)
    for name in PAST:
        found = looked.day(name)
        if found and found > looked.on:
            yield finding(
                "date_ahead", f"文中的{day(found)}晚于成文日期{day(looked.on)}", where=name, field=name
            )


def received(looked: Looked) -> Iterator[Finding]:
    """Find a day of receipt that is not in the text, or is not the register's."""
    found = looked.day("received_on")
    if found and _before_the_regulation(found):
        yield finding(
            "date_order", f"收到日期{day(found)}早于条例施行之日", where="received_on", field="received_on"
        )
    told = looked.kind.form == "letter" and looked.kind.recipient == "申请人"
    if found and told and not _written(found, re.sub(r"\s", "", looked.text)):
        yield finding("received_day", f"文中没有写登记的收到日期{day(found)}", where="received_on")
    known = looked.registered("received_on")
    if found and known and found != known:
        yield finding(
            "received_register",
            f"文书写的收到日期是{day(found)}，登记的是{day(known)}",
            where="received_on",
        )


def _written(found: date, text: str) -> bool:
    return day(found) in text or f"{found:%Y年%m月%d日}" in text


def _before_the_regulation(on: date) -> bool:
    try:
        number("art33.reply_days", on)
    except LawError:
        return True
    return False


def extension(looked: Looked) -> Iterator[Finding]:
    """Find an extension told after the term it extends, beyond the most there is, or wrongly counted."""
    if looked.kind.code != "extension_notice":
        return
    due, new, days = looked.day("original_due_on"), looked.day("new_due_on"), looked.facts.get("days")
    if due and looked.on > due:
        yield finding(
            "late_extension", f"原答复期限已于{day(due)}届满，不能再告知延期", where="original_due_on"
        )
    if not isinstance(days, int):
        return
    try:
        most = longest_extension(looked.on)
        right = shipped().project(due, days).date if due and days > 0 else None
    except (LawError, CalendarError):
        return
    if not 1 <= days <= most:
        yield finding("extension_days", f"延长的期限最长{most}个工作日，不能是{days}个工作日", where="days")
    elif right and new and new > right and not looked.register:
        yield finding(
            "extension_days",
            f"自{day(str(due))}起延长{days}个工作日应于{day(right)}届满，文中写的是{day(new)}",
            where="new_due_on",
        )


def supplement(looked: Looked) -> Iterator[Finding]:
    """Find a supplement notice told too late, or for the second time."""
    if looked.kind.code != "supplement_notice":
        return
    start = looked.day("received_on")
    if start:
        try:
            days = number("art30.notice_days", start)
            last = shipped().project(start, days).date
        except (LawError, CalendarError):
            days, last = 0, None
        if last and looked.on > last and not looked.register:
            yield finding(
                "late_supplement",
                f"收到申请{days}个工作日的补正告知期限已于{day(last)}届满，只能用沟通函，答复期限照算",
                where="received_on",
            )
    if looked.register.get("supplements") or looked.facts.get("supplemented_on"):
        yield finding("second_supplement", "本件已经告知过一次补正，不得再次要求补正", where="supplements")


def receipt_term(looked: Looked) -> Iterator[Finding]:
    """Find a receipt that promises a longer term than the law gives the office."""
    start, days = looked.day("received_on"), looked.facts.get("reply_days")
    if looked.kind.code != "registration_receipt" or start is None or not isinstance(days, int):
        return
    try:
        most = number("art33.reply_days", start)
    except LawError:
        return
    if not 1 <= days <= most:
        yield finding("reply_term", f"法定答复期限是{most}个工作日，不能写{days}个工作日", where="reply_days")


def lapse_after_term(looked: Looked) -> Iterator[Finding]:
    """Find a no-longer-handled notice made before the term has passed."""
    end = looked.day("deadline_on")
    if looked.kind.remedies == "cause" and end and looked.on <= end:
        yield finding("early_lapse", f"期限于{day(end)}届满，当日及以前不能认定逾期", where="deadline_on")


def signed_in_time(looked: Looked) -> Iterator[Finding]:
    """Find a reply signed after the due day.

    A warning only where the register holds the lateness, or where neither the due day nor the paper's day was told.
    """
    if not looked.is_reply or looked.kind.code.startswith("correction"):
        return
    due = due_day(looked)
    if said := _extended_too_far(looked):
        yield finding("extension_days", said, where="extended_due_on")
    if void := _extended_too_late(looked):
        yield finding(
            "overdue",
            f"答复期限已于{day(void)}届满，届满以后才告知延期，延期不算，本件已逾期；请登记逾期原因",
            where="extension_notice_on",
        )
        return
    if due and looked.on > due:
        held = bool(looked.register.get("late_on_record"))
        yield finding(
            "overdue",
            f"答复期限已于{day(due)}届满，没有在届满前延期，本件已逾期"
            + ("（已记入台账），请尽快签发并送达" if held else "；请登记逾期原因，尽快签发并送达"),
            where="due_on",
            severity=WARN if held or _only_reckoned(looked) else "",
        )


def _extended_too_late(looked: Looked) -> date | None:
    """Return the day that had passed when the extension was told; None where it was told in time or that is not known."""
    told, extended = looked.day("extension_notice_on"), looked.day("extended_due_on")
    if told is None or extended is None or looked.register or any(name in looked.facts for name in PAUSES):
        return None
    first = looked.day("due_on")
    if first is None or first >= extended:
        first = _plain_due(looked)
    return first if first and told > first else None


def _extended_too_far(looked: Looked) -> str:
    """Say that the facts of a reply tell of a longer extension than the law allows; nothing where they do not."""
    extended, plain = looked.day("extended_due_on"), _plain_due(looked)
    unknown = looked.register or any(name in looked.facts for name in (*PAUSES, "delayed_until_on"))
    if extended is None or plain is None or unknown:
        return ""
    told = looked.day("due_on")
    first = told if told and told < extended else plain
    try:
        most = longest_extension(looked.on)
        last = shipped().project(max(first, plain), most).date
    except (LawError, CalendarError):
        return ""
    return (
        f"延长的期限最长{most}个工作日，至迟{day(last)}届满，文中写的是{day(extended)}"
        if extended > last
        else ""
    )


def _plain_due(looked: Looked) -> date | None:
    """Return the last day to reply by the days of the facts alone, without an extension."""
    start = next(
        (d for name in ("again_on", "paid_on", "supplemented_on", "received_on") if (d := looked.day(name))),
        None,
    )
    if start is None:
        return None
    try:
        return shipped().project(start, number("art33.reply_days", start)).date
    except (LawError, CalendarError):
        return None


def _only_reckoned(looked: Looked) -> bool:
    told = looked.registered("due_on") or looked.day("due_on")
    return not told and bool(looked.register.get("day_assumed"))


def due_day(looked: Looked) -> date | None:
    """Return the last day to reply: the register's, the facts', or by the days of the facts; None where they do not tell."""
    told = [looked.registered("due_on"), looked.day("due_on")]
    own = [looked.day(name) for name in ("extended_due_on", "delayed_until_on")]
    if known := [d for d in told if d]:
        return max([*known[:1], *(d for d in own if d)])
    if longer := [d for d in own if d]:
        return max(longer)
    return None if any(name in looked.facts for name in PAUSES) else _plain_due(looked)


RULES: tuple[Any, ...] = (
    in_order,
    received,
    extension,
    supplement,
    receipt_term,
    lapse_after_term,
    signed_in_time,
)
