"""Chinese wording of days and instants for screens."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

WEEKDAYS = "一二三四五六日"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def as_day(value: date | datetime | str | None) -> date | None:
    """Turn a day, an instant or an ISO text into a day of Asia/Shanghai.

    Returns None for an empty value, so that a template can show a dash.
    Raises ValueError for a text that is not an ISO date.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10])


def chinese_date(day: date) -> str:
    """Write a day as letters and sentences do, without filling zeros: 2026年3月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def long_day(value: date | datetime | str | None) -> str:
    """Write a day in full: 2026年11月21日（周六）."""
    day = as_day(value)
    return f"{chinese_date(day)}（周{WEEKDAYS[day.weekday()]}）" if day else ""


def short_day(value: date | datetime | str | None) -> str:
    """Write a day within a sentence or a list: 11月26日周四."""
    day = as_day(value)
    return f"{day.month}月{day.day}日周{WEEKDAYS[day.weekday()]}" if day else ""


def long_instant(value: datetime | None) -> str:
    """Write an instant with its day in Asia/Shanghai: 2026年11月21日（周六）15:04."""
    if not value:
        return ""
    local = value.astimezone(SHANGHAI) if value.tzinfo else value
    return f"{long_day(local)}{local:%H:%M}"
