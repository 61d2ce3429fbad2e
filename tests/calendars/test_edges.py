"""The first and the last days of everything: spans, pauses, horizons."""

from datetime import date

import pytest

import calendars
from calendars.clock import after_days, after_months, is_paused, nth_counted
from calendars.days import HORIZON_YEARS
from calendars.errors import UnknownYear

D = date.fromisoformat
CALENDAR = calendars.load()
FIRST, LAST = D("2008-01-01"), D("2026-12-31")


def test_the_first_published_day_is_held():
    assert not CALENDAR.is_working_day(FIRST)
    assert CALENDAR.add_working_days(FIRST, 1) == D("2008-01-02")
    assert CALENDAR.project(FIRST, 1).date == D("2008-01-02")
    assert CALENDAR.working_days_between(FIRST, D("2008-01-02")) == 1


def test_the_last_published_day_is_held_and_final():
    assert CALENDAR.is_working_day(LAST)
    assert CALENDAR.add_working_days(LAST, 0) == LAST
    assert CALENDAR.add_working_days(D("2026-12-30"), 1) == LAST
    fact = CALENDAR.fact(LAST)
    assert (fact.why, fact.provisional) == ("工作日", False)
    projection = CALENDAR.project(D("2026-12-30"), 1)
    assert (projection.date, projection.provisional, projection.may_change) == (LAST, False, True)
    assert after_days(CALENDAR, D("2026-12-16"), 15) == LAST


def test_the_day_before_the_doubtful_ones_is_certain():
    projection = CALENDAR.project(D("2026-12-25"), 1)
    assert (projection.date, projection.may_change) == (D("2026-12-28"), False)


def test_a_pause_begins_after_its_first_day_and_holds_its_last():
    assert [is_paused(day, [(10, 12)]) for day in (10, 11, 12, 13)] == [False, True, True, False]


def test_the_horizon():
    far = LAST.year + HORIZON_YEARS
    outlook = CALENDAR.outlook(far)
    assert outlook.last_year == far
    assert outlook.line.working(date(far, 12, 31).toordinal()) is (date(far, 12, 31).weekday() < 5)
    assert CALENDAR.fact(date(far, 12, 31)).provisional
    with pytest.raises(UnknownYear):
        CALENDAR.outlook(far + 1)


def test_an_outlook_grows_and_stays():
    fresh = calendars.days.Calendar(CALENDAR.years)
    near = fresh.outlook(2027)
    assert near.last_year == 2028
    assert fresh.outlook(2027) is near
    assert fresh.outlook(2030).last_year == 2030
    assert fresh.outlook(2027).last_year == 2030


def test_the_earliest_day_minds_pauses():
    outlook = CALENDAR.outlook(2027)
    start, begin, end = (D(d).toordinal() for d in ("2026-12-31", "2027-01-01", "2027-01-03"))
    # Both weekend days are paused: the make-up days can only lie in the week after.
    assert date.fromordinal(outlook.earliest(start, 1, [(begin, end)])) == D("2027-01-04")
    assert date.fromordinal(outlook.earliest(start, 1, [(begin, end - 1)])) == D("2027-01-03")
    assert date.fromordinal(outlook.earliest(start, 1)) == D("2027-01-02")
    assert date.fromordinal(outlook.earliest(start, 6, [(begin, end)])) == D("2027-01-09")


def test_terms_of_one():
    assert after_days(CALENDAR, D("2026-03-02"), 1) == D("2026-03-03")
    assert after_months(CALENDAR, D("2026-03-02"), 1) == D("2026-04-02")


def test_a_pause_that_touches_the_nth_day():
    start = D("2026-03-02").toordinal()
    due = D("2026-03-30").toordinal()
    line = CALENDAR.line
    assert nth_counted(line, start, 20, [(due, due + 10)]) == due
    assert nth_counted(line, start, 20, [(due - 1, due)]) == due + 1
    assert nth_counted(line, start, 20, [(start - 10, start)]) == due
    assert nth_counted(line, start, 20, [(start - 10, start + 1)]) == due + 1
