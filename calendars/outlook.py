"""Days beyond the last notice: what is likely, and what is the earliest that can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from calendars.line import Line
from calendars.statutory import StatutoryFestival, statutory_festivals

# A notice has never set more than two make-up days for one festival, nor one further than 11 days from the
# festival's days off (2008–2026); two weeks hold every weekend that can become a make-up day.
MAKE_UP_DAYS = 2
REACH = 14
# Notices have altered 29 to 31 December of the year before theirs (2007, 2011, 2018, 2022), never an earlier day.
DOUBTFUL_FROM = (12, 29)


class Outlook:
    """Hold the days after the last notice: weekends and statutory days off count as off, all others as working.

    Built whole for the years up to `last_year` and never changed, so that threads may share it.
    """

    def __init__(self, published: Line, published_until: date, last_year: int) -> None:
        self.published_until = published_until
        self.last_year = last_year
        self.festivals: dict[int, StatutoryFestival] = {}
        self.doubtful_from = date(published_until.year, *DOUBTFUL_FROM).toordinal()
        # The candidates of each weekend day: which festivals could turn it into a make-up day.
        self.candidates: dict[int, list[str]] = {}
        for year in range(published_until.year + 1, last_year + 2):
            for festival in statutory_festivals(year):
                self._take(festival, year)
        for day_no in self.festivals:
            # What the law itself makes a day off no notice can make a working day.
            self.candidates.pop(day_no, None)
        self.line = Line(published.base, self._flags(published))

    def _take(self, festival: StatutoryFestival, year: int) -> None:
        for day in festival.days:
            self.festivals[day.toordinal()] = festival
        first, last = festival.days[0].toordinal() - REACH, festival.days[-1].toordinal() + REACH
        for day_no in range(max(first, self.doubtful_from), last + 1):
            if date.fromordinal(day_no).weekday() >= 5:
                self.candidates.setdefault(day_no, []).append(f"{year}{festival.name}")

    def _flags(self, published: Line) -> Iterator[bool]:
        previous = 0
        for value in published.before:
            yield value != previous
            previous = value
        day = self.published_until + timedelta(days=1)
        while day.year <= self.last_year:
            yield day.weekday() < 5 and day.toordinal() not in self.festivals
            day += timedelta(days=1)

    def earliest(self, start: int, n: int, pauses: Sequence[tuple[int, int]] = ()) -> int:
        """Find the earliest day that can turn out to be the n-th counted working day after a day.

        Up to two weekend days around each statutory festival are taken to become make-up days, the earliest
        that are not inside a pause; days off that a notice may add are ignored, they only move the day later.

        :param start: the day before the first counted day, as an ordinal
        :param n: working days, 1 or more
        :param pauses: (after, until] in ordinals, days that do not count
        """
        left: dict[str, int] = {}
        counted = 0
        day = start
        while True:
            day += 1
            working = self.line.working(day)
            if not working and day in self.candidates and not _inside(day, pauses):
                for festival in self.candidates[day]:
                    if left.setdefault(festival, MAKE_UP_DAYS):
                        left[festival] -= 1
                        working = True
                        break
            if working and not _inside(day, pauses):
                counted += 1
                if counted == n:
                    return day


def _inside(day: int, pauses: Sequence[tuple[int, int]]) -> bool:
    return any(after < day <= until for after, until in pauses)
