"""What a year holds, and whether the years' tables add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from calendars.days import Calendar
from calendars.statutory import statutory_festivals
from calendars.years import Year


def summary(calendar: Calendar, year: int) -> dict[str, Any]:
    """Tell a year's notices, festivals and number of working days.

    :raises UnknownYear: where no notice covers the year
    """
    calendar.is_working_day(date(year, 1, 1))
    held = next(y for y in calendar.years if y.year == year)
    first, last = date(year, 1, 1), date(year, 12, 31)
    working = calendar.working_days_between(first, last) + int(calendar.is_working_day(first))
    return {
        "year": year,
        "working_days": working,
        "notices": [
            {
                "cite": n.cite,
                "title": n.title,
                "published_on": n.published_on.isoformat(),
                "archive_date_only": n.archive_date_only,
                "address": n.address,
            }
            for n in held.notices
        ],
        "festivals": _festivals(calendar, held),
    }


def _festivals(calendar: Calendar, held: Year) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    days = sorted({d for n in held.notices for f in n.festivals for d in (*f.off, *f.work)})
    for day in days:
        entry = calendar.entries[day]
        row = rows.setdefault(entry.festival, {"name": entry.festival, "off": [], "work": []})
        row["work" if entry.working else "off"].append(day.isoformat())
    return list(rows.values())


def faults(calendar: Calendar) -> list[str]:
    """List, in Chinese, where the years' tables contradict the calendar or the statutory festivals."""
    return [fault for year in calendar.years for fault in year_faults(calendar, year)]


def year_faults(calendar: Calendar, year: Year) -> Iterator[str]:
    """List what does not add up in one year: make-up days, idle entries, statutory days not off."""
    for number, notice in enumerate(year.notices):
        for festival in notice.festivals:
            for day in festival.work:
                # Only a changing notice says of an ordinary weekday that work resumes.
                if day.weekday() < 5 and number == 0:
                    yield f"{day}：写作调休上班，但不是周末。"
    for statutory in statutory_festivals(year.year):
        for day in statutory.days:
            if calendar.is_working_day(day):
                yield f"{day}：{statutory.name}是法定假日（{statutory.source}），但没有放假。"
    for earlier, later in pairwise(year.notices):
        if later.published_on <= earlier.published_on:
            yield f"{year.year} 年：{later.cite} 不晚于 {earlier.cite}。"
