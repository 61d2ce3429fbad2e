"""Days and clocks: which days count, and on which day a term ends."""

from __future__ import annotations

from functools import lru_cache

from calendars.days import Calendar
from calendars.years import read_years


@lru_cache(maxsize=1)
def load() -> Calendar:
    """Give the calendar of the years shipped in `calendars/data`, read once per process."""
    return Calendar(read_years())
