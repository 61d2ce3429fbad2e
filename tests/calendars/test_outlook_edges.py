"""The days beyond the last notice, one by one: which festival each is, and which weekend can still be worked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import calendars
from calendars.clock import counted
from calendars.days import Calendar, DayFact
from calendars.errors import BadYear, UnknownYear
from calendars.line import Line
from calendars.notice.text import even, paragraphs
from calendars.outlook import REACH, Outlook
from calendars.statutory import statutory_festivals


@pytest.fixture
def calendar() -> Calendar:
    """Give a calendar that nobody has asked anything yet."""
    return Calendar(calendars.load().years)


def test_what_is_published_stays_as_it_is(calendar: Calendar) -> None:
    line = calendar.outlook(2027).line
    assert line.before[: len(calendar.line.before)] == calendar.line.before
    assert line.ordinals[: len(calendar.line.ordinals)] == calendar.line.ordinals
    first = Outlook(Line(date(2026, 1, 5).toordinal(), [True, False, True]), date(2026, 1, 7), 2026)
    assert first.line.before[:5] == [1, 1, 2, 3, 4]


def test_a_statutory_day_beyond_the_last_notice(calendar: Calendar) -> None:
    festival = next(one for one in statutory_festivals(2027) if one.name == "国庆节")
    for day in festival.days:
        assert calendar.fact(day) == DayFact(
            day, False, "国庆节法定假日（暂定）", festival.source, provisional=True
        )
    assert calendar.outlook(2027).festivals[date(2027, 10, 1).toordinal()] == festival


def test_weekends_that_a_festival_can_turn_into_working_days(calendar: Calendar) -> None:
    """Those within reach of its statutory days, before and after, and none that the law itself makes a day off."""
    outlook = calendar.outlook(2028)
    for festival in statutory_festivals(2028):
        reach = timedelta(days=REACH)
        span = [
            festival.days[0] - reach + timedelta(days=n)
            for n in range((festival.days[-1] - festival.days[0]).days + 2 * REACH + 1)
        ]
        weekend = {day for day in span if day.weekday() >= 5 and day.toordinal() not in outlook.festivals}
        named = {
            date.fromordinal(day)
            for day, names in outlook.candidates.items()
            if f"2028{festival.name}" in names
        }
        assert named == weekend, festival.name
    assert not set(outlook.candidates) & set(outlook.festivals)
    assert {name[:4] for names in outlook.candidates.values() for name in names} == {"2027", "2028", "2029"}


def test_each_years_festival_has_its_own_two_days(calendar: Calendar) -> None:
    """What one year's festival took, the same festival of the next year may take again."""
    outlook = calendar.outlook(2031)
    start = calendar.published_until.toordinal()
    day, days, left = (
        start,
        0,
        dict.fromkeys({name for names in outlook.candidates.values() for name in names}, 2),
    )
    while days < 600:
        day += 1
        working = outlook.line.working(day)
        open_ones = [name for name in outlook.candidates.get(day, ()) if left[name]]
        if not working and open_ones:
            left[open_ones[0]] -= 1
            working = True
        days += working
    assert outlook.earliest(start, 600) == day
    assert day < outlook.line.add(start, 600) - 20


def test_no_days_are_counted_where_none_lie_between() -> None:
    line = Line(100, [True] * 20)
    assert counted(line, 110, 110, []) == counted(line, 110, 105, []) == 0
    assert counted(line, 110, 111, []) == 1


def test_a_calendar_without_years_and_one_asked_too_far_ahead(calendar: Calendar) -> None:
    with pytest.raises(BadYear) as refused:
        Calendar([])
    assert refused.value.message == "没有任何年度的放假安排。"
    with pytest.raises(UnknownYear) as unknown:
        calendar.outlook(2099)
    first, last = calendar.published_from.year, calendar.published_until.year
    assert f"2099 年的放假安排尚未公布（现有 {first}—{last} 年）" in unknown.value.message


def test_days_that_nothing_is_said_of_are_no_arrangement() -> None:
    assert paragraphs(even("会议定于2026年5月1日举行。")) == []
    assert paragraphs(even("2026年5月1日放假。")) != []
