"""The calendar: which day is a working day, who says so, and which day is the n-th."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from calendars.errors import BadCount, BadYear, UnknownNoticeDate, UnknownYear
from calendars.line import Line
from calendars.outlook import Outlook
from calendars.years import Entry, Notice, Year, entries

__all__ = ["Calendar", "DayFact", "Projection", "UnknownYear"]

# Fields named `date` hide the class inside a record.
_Date = date

WORK_WEEK = "《国务院关于职工工作时间的规定》第七条"
WEEKDAYS = "一二三四五六日"
# A projection further than this is a slip of the pen, not a due date.
HORIZON_YEARS = 12


@dataclass(frozen=True, slots=True)
class DayFact:
    """Hold what is known of a day: working or not, why (in Chinese), and by which notice or rule."""

    date: _Date
    working: bool
    why: str
    source: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Projection:
    """Hold a computed day and how sure it is.

    `provisional`: beyond the last notice. `may_change`: final, but on 29–31 December, which the next year's
    notice may still alter. `earliest`: the earliest it can turn out to be, for reminders.
    """

    date: _Date
    provisional: bool
    may_change: bool
    earliest: _Date


class Calendar:
    """Answer questions about days from the notices of consecutive years.

    Nothing is assumed: a year without a notice is refused with UnknownYear. `project` goes beyond the last
    notice and says so. A calendar never changes; new notices make a new calendar.

    :param regional: a region's own notices (民族地方节日, 放假办法 第四条), which count before the national ones
    """

    def __init__(self, years: Iterable[Year], *, regional: Iterable[Notice] = ()) -> None:
        ordered = sorted(years, key=lambda y: y.year)
        if not ordered:
            raise BadYear("没有任何年度的放假安排。")
        for earlier, later in pairwise(ordered):
            if later.year != earlier.year + 1:
                raise BadYear(f"{earlier.year} 年之后是 {later.year} 年：年度必须连续且不重复。")
        self.years: tuple[Year, ...] = tuple(ordered)
        self.regional: tuple[Notice, ...] = tuple(regional)
        self.published_from = date(ordered[0].year, 1, 1)
        self.published_until = date(ordered[-1].year, 12, 31)
        self.entries: dict[date, Entry] = entries(n for y in ordered for n in y.notices)
        self.entries.update(entries(self.regional))
        self._until = self.published_until.toordinal()
        base = self.published_from.toordinal()
        self.line = Line(base, (self._flag(date.fromordinal(o)) for o in range(base, self._until + 1)))
        self._base = base
        self._before = self.line.before
        self._working = [date.fromordinal(o) for o in self.line.ordinals]
        self._outlook: Outlook | None = None
        self._facts: dict[int, DayFact] = {}
        self.doubtful_from = date(self.published_until.year, 12, 29).toordinal()

    def _flag(self, day: date) -> bool:
        entry = self.entries.get(day)
        return day.weekday() < 5 if entry is None else entry.working

    # ------------------------------------------------------------------------------ the published days

    def is_working_day(self, day: date) -> bool:
        """Say whether a day is a working day: Monday to Friday, less days off, plus make-up days.

        :raises UnknownYear: where no notice covers the day
        """
        try:
            return self.line.working(day.toordinal())
        except IndexError:
            raise self._unknown(day) from None

    def add_working_days(self, day: date, n: int) -> date:
        """Find the n-th working day after a day; the day itself is day 0 and may be a day off (民诉法85).

        :param n: working days, 0 or more; 0 gives the day itself
        :raises UnknownYear: where the start or the result lies outside the published years
        """
        i = day.toordinal() - self._base
        if n > 0 and i >= 0:
            try:
                return self._working[self._before[i] + n - 1]
            except IndexError:
                raise self._beyond(day) from None
        if i < 0:
            raise self._unknown(day)
        if n != 0:
            raise BadCount(f"工作日数应为 0 以上的整数，不能是 {n}。")
        if i > self._until - self._base:
            raise self._unknown(day)
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """Count the working days after one day up to and including another.

        :returns: working days; negative when `until` is before `after`
        :raises UnknownYear: where either day lies outside the published years
        """
        a, b = after.toordinal(), until.toordinal()
        for day, ordinal in ((after, a), (until, b)):
            if not self._base <= ordinal <= self._until:
                raise self._unknown(day)
        return self._before[b - self._base] - self._before[a - self._base]

    def next_working_day(self, day: date) -> date:
        """Find the day itself if it is a working day, else the next that is (末日顺延, 民诉法85)."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def explain(self, day: date) -> DayFact:
        """Tell whether a day is a working day, why, and by which notice or rule.

        :raises UnknownYear: where no notice covers the day
        """
        working = self.is_working_day(day)
        entry = self.entries.get(day)
        if entry is None:
            why = "工作日" if working else f"周末（星期{WEEKDAYS[day.weekday()]}）"
            return DayFact(day, working, why, WORK_WEEK)
        if not entry.working:
            return DayFact(day, False, f"{entry.festival}放假", entry.notice.cite)
        # A notice may also say of an ordinary weekday that work resumes (2020-02-03).
        why = f"调休上班（{entry.festival}）" if day.weekday() >= 5 else "工作日"
        return DayFact(day, True, why, entry.notice.cite)

    # ------------------------------------------------------------------------------ beyond the last notice

    def outlook(self, year: int) -> Outlook:
        """Give the days up to the end of a year, those beyond the last notice being provisional.

        :raises UnknownYear: more than twelve years beyond the last notice
        """
        if year > self.published_until.year + HORIZON_YEARS:
            raise UnknownYear(None, year, first=self.published_from.year, last=self.published_until.year)
        held = self._outlook
        if held is None or held.last_year < year:
            held = Outlook(self.line, self.published_until, max(year, self.published_until.year + 2))
            self._outlook = held
        return held

    def line_through(self, day: date) -> Line:
        """Give the line of days that reaches a day: the published one, or beyond it the provisional one.

        :raises UnknownYear: more than twelve years beyond the last notice
        """
        return self.line if day <= self.published_until else self.outlook(day.year).line

    def project(self, day: date, n: int) -> Projection:
        """Find the n-th working day after a day, also beyond the last notice, and say how sure it is.

        :param n: working days, 1 or more
        :raises UnknownYear: before the first notice, or too far beyond the last
        """
        if n < 1:
            raise BadCount(f"工作日数应为 1 以上的整数，不能是 {n}。")
        start = day.toordinal()
        if start < self._base:
            raise self._unknown(day)
        try:
            found = self.line.add(start, n)
        except IndexError:
            found = self.beyond(start, n).line.add(start, n)
        return self.judge(start, n, found)

    def judge(self, start: int, n: int, found: int, pauses: Sequence[tuple[int, int]] = ()) -> Projection:
        """Say how sure a computed n-th counted day (ordinals) is, and the earliest it can turn out to be."""
        date_found = date.fromordinal(found)
        if found < self.doubtful_from:
            return Projection(date_found, False, False, date_found)
        provisional = found > self._until
        earliest = self.outlook(date_found.year).earliest(start, n, pauses)
        return Projection(date_found, provisional, not provisional, date.fromordinal(earliest))

    def beyond(self, start: int, n: int) -> Outlook:
        """Give an outlook long enough to hold n counted days after a day (ordinals)."""
        year = date.fromordinal(max(start, self._until)).year
        # 230 working days is fewer than any year has.
        return self.outlook(year + 1 + n // 230)

    def fact(self, day: date) -> DayFact:
        """Explain a day, also one beyond the last notice; such a one is marked provisional (暂定)."""
        return self.fact_at(day.toordinal())

    def fact_at(self, ordinal: int) -> DayFact:
        """Explain the day of an ordinal, as `fact` does."""
        held = self._facts.get(ordinal)
        if held is None:
            day = date.fromordinal(ordinal)
            held = self.explain(day) if ordinal <= self._until else self._likely(day)
            self._facts[ordinal] = held
        return held

    def _likely(self, day: date) -> DayFact:
        outlook = self.outlook(day.year)
        festival = outlook.festivals.get(day.toordinal())
        if festival is not None:
            return DayFact(day, False, f"{festival.name}法定假日（暂定）", festival.source, provisional=True)
        if day.weekday() >= 5:
            return DayFact(
                day, False, f"周末（星期{WEEKDAYS[day.weekday()]}，暂定）", WORK_WEEK, provisional=True
            )
        return DayFact(day, True, "工作日（暂定）", WORK_WEEK, provisional=True)

    # ------------------------------------------------------------------------------ as known on a day

    def as_known_on(self, day: date) -> Calendar:
        """Give the calendar as it was known at the end of a day: only notices published by then.

        :raises UnknownNoticeDate: where a notice that may have been known bears only its archive's date
        """
        kept: list[Year] = []
        for year in self.years:
            known: list[Notice] = []
            for notice in year.notices:
                if notice.published_on <= day:
                    known.append(notice)
                elif notice.archive_date_only:
                    raise UnknownNoticeDate(
                        f"{year.year} 年通知只知道存档日期（{notice.published_on}），不能断定 {day} 时是否已公布。"
                    )
            if known:
                kept.append(Year(year.year, tuple(known)))
        return Calendar(kept, regional=(n for n in self.regional if n.published_on <= day))

    def with_regional(self, notices: Iterable[Notice]) -> Calendar:
        """Give this calendar with a region's own notices added (放假办法 第四条)."""
        return Calendar(self.years, regional=(*self.regional, *notices))

    # ------------------------------------------------------------------------------ refusals

    def _unknown(self, day: date) -> UnknownYear:
        return UnknownYear(day, day.year, first=self.published_from.year, last=self.published_until.year)

    def _beyond(self, day: date) -> UnknownYear:
        if day > self.published_until:
            return self._unknown(day)
        return self._unknown(self.published_until + timedelta(days=1))
