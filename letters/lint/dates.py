"""Rules on the dates of a paper: they agree with each other and with the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from letters.lint.finding import BLOCK, WARN, Finding, Looked
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
)


def in_order(looked: Looked) -> Iterator[Finding]:
    """Find days in the wrong order, and days after the day of signature."""
    for earlier, later, message in ORDER:
        a, b = looked.day(earlier), looked.day(later)
        if a and b and b < a:
            yield Finding("date_order", BLOCK, f"{message}（{day(b)}、{day(a)}）", later)
    for name in ("received_on", "supplemented_on", "notice_on", "served_on", "withdrawn_on"):
        found = looked.day(name)
        if found and found > looked.on:
            yield Finding("date_ahead", BLOCK, f"文中的{day(found)}晚于成文日期{day(looked.on)}", name)
    for item in looked.items if looked.is_reply else ():
        for record in item.get("searches") or ():
            if record.get("searched_on") and date.fromisoformat(record["searched_on"]) > looked.on:
                yield Finding("search_ahead", BLOCK, "检索日期晚于成文日期", item["label"])


def received_as_registered(looked: Looked) -> Iterator[Finding]:
    """Find a text that does not give the registered day of receipt."""
    found = looked.day("received_on")
    if (
        found
        and looked.kind.form == "letter"
        and looked.kind.recipient == "申请人"
        and day(found) not in looked.composed.text
    ):
        yield Finding(
            "received_day", BLOCK, f"文中没有写登记的收到日期{day(found)}", "received_on", "条例第三十一条"
        )


def extension_in_time(looked: Looked) -> Iterator[Finding]:
    """Find an extension told after the term it extends."""
    due = looked.day("original_due_on")
    if looked.kind.code == "extension_notice" and due and looked.on > due:
        yield Finding(
            "late_extension",
            BLOCK,
            f"原答复期限已于{day(due)}届满，不能再告知延期",
            "original_due_on",
            "条例第三十三条第二款",
        )


def lapse_after_term(looked: Looked) -> Iterator[Finding]:
    """Find a no-longer-handled notice made before the term has passed."""
    end = looked.day("deadline_on")
    if looked.kind.code == "lapse_notice" and end and looked.on <= end:
        yield Finding(
            "early_lapse",
            BLOCK,
            f"期限于{day(end)}届满，当日及以前不能认定逾期",
            "deadline_on",
            "条例第三十条",
        )


def signed_in_time(looked: Looked) -> Iterator[Finding]:
    """Find a reply signed after the due day."""
    due = looked.day("due_on")
    if looked.is_reply and due and looked.on > due:
        yield Finding(
            "overdue",
            WARN,
            f"答复期限已于{day(due)}届满，本件已逾期，请尽快签发并送达",
            "due_on",
            "条例第三十三条",
        )


RULES = (in_order, received_as_registered, extension_in_time, lapse_after_term, signed_in_time)
