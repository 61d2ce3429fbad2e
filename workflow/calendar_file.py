"""Days to keep as a calendar that other programs subscribe to (RFC 5545): numbers and days, nothing of anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from icalendar import Calendar, Event

CONTENT_TYPE = "text/calendar; charset=utf-8"
#: How often a subscriber is asked to look again.
EVERY = dt.timedelta(hours=6)


def calendar_file(days: Iterable[Any], *, now: dt.datetime) -> bytes:
    """Write days as all-day events; one that may still move is marked as tentative in field and words.

    :param days: rows with ``key``, ``number``, ``what``, ``on``, ``unsure`` and ``changed_at``
    """
    book = Calendar()
    book.add("prodid", "-//gongkai//due dates//ZH")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", "政府信息公开期限")
    book.add("x-wr-timezone", "Asia/Shanghai")
    book.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    book.add("x-published-ttl", "PT6H")
    for day in days:
        event = Event()
        event.add("uid", f"{day.key}@gongkai")
        event.add("dtstamp", day.changed_at or now)
        event.add("dtstart", day.on)
        event.add("dtend", day.on + dt.timedelta(days=1))
        event.add("summary", f"{'〔暂定〕' if day.unsure else ''}{day.number} {day.what}")
        event.add("status", "TENTATIVE" if day.unsure else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        book.add_component(event)
    return bytes(book.to_ical())
