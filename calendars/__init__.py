"""Days and clocks: which days count, and on which day a term ends."""

from __future__ import annotations

from functools import lru_cache

from calendars.days import Calendar
from calendars.years import read_region, read_years


@lru_cache(maxsize=512)
def load(region: str = "") -> Calendar:
    """Give the calendar of the years shipped in `calendars/data`, read once per process.

    :param region: 行政区划代码 of an office, whose region may have days off of its own (放假办法 第四条)
    """
    if region:
        notices = read_region(region)
        return load().with_regional(notices) if notices else load()
    return Calendar(read_years())
