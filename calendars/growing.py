"""Adding a notice to the years that are held: what may follow what."""

from __future__ import annotations

from collections.abc import Iterable

from calendars.days import Calendar
from calendars.errors import BadYear
from calendars.years import Notice, Year


def same(one: Notice, other: Notice) -> bool:
    """Say whether two records are of one notice: by number, or by all the days they set."""
    return one.festivals == other.festivals or bool(one.number and one.number == other.number)


def grown(calendar: Calendar, year: int, notice: Notice) -> Calendar:
    """Give a calendar with one more notice of the State Council.

    :raises BadYear: where the year would leave a gap, or the notice is there already
    """
    held = next((y for y in calendar.years if y.year == year), None)
    if held is None:
        if year != calendar.published_until.year + 1:
            raise BadYear(f"现有安排到 {calendar.published_until.year} 年为止，不能跳过录入 {year} 年。")
        return Calendar((*calendar.years, Year(year, (notice,))), regional=calendar.regional)
    if any(same(notice, other) for other in held.notices):
        raise BadYear(f"这份通知已经录入（{notice.cite}）。")
    merged = Year(year, tuple(sorted((*held.notices, notice), key=lambda n: n.published_on)))
    return Calendar((merged if y is held else y for y in calendar.years), regional=calendar.regional)


def joined(calendar: Calendar, notices: Iterable[tuple[int, Notice]]) -> Calendar:
    """Give a calendar with (year, notice) pairs added; one that the calendar already holds is passed over.

    A year that a later release ships as a file may have been entered by hand before.
    """
    for year, notice in sorted(notices, key=lambda pair: (pair[0], pair[1].published_on)):
        held = next((y for y in calendar.years if y.year == year), None)
        if held is None or not any(same(notice, other) for other in held.notices):
            calendar = grown(calendar, year, notice)
    return calendar


def regions_of(code: str) -> frozenset[str]:
    """Name the regions whose own days off count in a region: its province's, its prefecture's and its own.

    :param code: 行政区划代码 of six digits
    """
    return frozenset({f"{code[:2]}0000", f"{code[:4]}00", code[:6]}) if len(code) >= 6 else frozenset()
