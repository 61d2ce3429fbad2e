"""The lunar days the statutory festivals hang on, through a maintained library."""

from __future__ import annotations

from datetime import date

# The library's tables end with the lunar year 2100; nobody computes a due date beyond it.
LAST_YEAR = 2099


def new_year(year: int) -> date:
    """Find the first day of the first lunar month (正月初一) of a year."""
    return _solar(year, 1, 1)


def dragon_boat(year: int) -> date:
    """Find the fifth day of the fifth lunar month (端午)."""
    return _solar(year, 5, 5)


def mid_autumn(year: int) -> date:
    """Find the fifteenth day of the eighth lunar month (中秋)."""
    return _solar(year, 8, 15)


def qingming(year: int) -> date:
    """Find the day of the solar term 清明."""
    from borax.calendars.lunardate import TermUtils  # type: ignore[import-untyped]

    found: date = TermUtils.day_start_from_term(year, "清明")
    return found


def _solar(year: int, month: int, day: int) -> date:
    # Imported here: a plain working day is counted without the library.
    from borax.calendars.lunardate import LunarDate

    found: date = LunarDate(year, month, day).to_solar_date()
    return found
