"""条例第三十三条: the reply term and its one extension."""

from __future__ import annotations

from datetime import date

from calendars.days import Calendar, Projection
from law.values import number


def reply_due(clock_start_on: date, calendar: Calendar) -> Projection:
    """Tell the last day to reply, 20 working days (15 before 2019-05-15) after the clock's day 0."""
    return calendar.project(clock_start_on, number("art33.reply_days", clock_start_on))


def extended_due(clock_start_on: date, days: int, calendar: Calendar) -> Projection:
    """Tell the last day to reply after an extension of so many working days."""
    return calendar.project(clock_start_on, number("art33.reply_days", clock_start_on) + days)


def longest_extension(on: date) -> int:
    """Tell the most working days a reply term may be extended by."""
    return number("art33.extension_days_max", on)
