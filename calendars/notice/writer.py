"""A notice as TOML, in the form of `calendars/data`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from calendars.years import Notice, Year


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    # TOML takes no control characters as they stand.
    return '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'


def _days(days: Iterable[date]) -> str:
    return "[" + ", ".join(d.isoformat() for d in days) + "]"


def _notice(notice: Notice) -> Iterable[str]:
    yield "[[notice]]"
    if notice.number:
        yield f"number = {_text(notice.number)}"
    yield f"title = {_text(notice.title)}"
    if notice.issued_on:
        yield f"issued_on = {notice.issued_on}"
    yield f"published_on = {notice.published_on}"
    if notice.archive_date_only:
        yield "archive_date_only = true"
    yield f"address = {_text(notice.address)}"
    for festival in notice.festivals:
        yield ""
        yield "  [[notice.festival]]"
        yield f"  name = {_text(festival.name)}"
        if festival.off:
            yield f"  off = {_days(festival.off)}"
        if festival.work:
            yield f"  work = {_days(festival.work)}"
    yield ""


def to_toml(year: Year) -> str:
    """Write a year's table; reading it back gives the same year."""
    lines = [f"year = {year.year}", ""]
    for notice in year.notices:
        lines += _notice(notice)
    return "\n".join(lines).rstrip() + "\n"
