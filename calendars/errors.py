"""What the days refuse, by name."""

from __future__ import annotations

from datetime import date


class CalendarError(Exception):
    """Stand for every refusal of this floor; `message` is Chinese and says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UnknownYear(CalendarError):
    """Say that a day lies in a year for which no notice is held."""

    def __init__(self, day: date | None, year: int, *, first: int, last: int) -> None:
        if year > last:
            text = f"{year} 年的放假安排尚未公布（现有 {first}—{last} 年），请在国务院办公厅通知发布后录入该年度。"
        else:
            text = f"没有 {year} 年的放假安排（现有 {first}—{last} 年），不能推算。"
        super().__init__(text)
        self.day = day
        self.year = year


class UnknownNoticeDate(CalendarError):
    """Say that what was known on a day cannot be told, because a notice's own date is not known."""


class BadYear(CalendarError):
    """Say that a year's table contradicts itself; the message names the year and the day."""


class BadCount(CalendarError):
    """Say that a number of working days is not a whole number from 0 upwards."""
