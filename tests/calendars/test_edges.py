"""The first and the last days of everything: spans, pauses, horizons."""

from datetime import date

import pytest

import calendars
from calendars.clock import after_days, after_months, is_paused, nth_counted
from calendars.days import HORIZON_YEARS, Calendar
from calendars.errors import BadCount, UnknownYear
from calendars.line import Line

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
    assert date.fromordinal(outlook.earliest(start, 1, [(end - 1, end)])) == D("2027-01-02")
    assert date.fromordinal(outlook.earliest(start, 6, [(begin, end)])) == D("2027-01-09")


def test_a_projection_minds_pauses():
    start, found, begin, end = (
        D(d).toordinal() for d in ("2026-12-31", "2027-01-04", "2027-01-01", "2027-01-03")
    )
    assert CALENDAR.judge(start, 1, found).earliest == D("2027-01-02")
    assert CALENDAR.judge(start, 1, found, [(begin, end)]).earliest == D("2027-01-04")


def test_each_year_has_make_up_days_of_its_own():
    outlook = CALENDAR.outlook(2028)
    start = D("2026-12-31").toordinal()
    worked = outlook.line.count(start, D("2028-12-28").toordinal())
    # Two for each of seven festivals of two years, and for the New Year that follows.
    assert date.fromordinal(outlook.earliest(start, worked + 2 * (7 + 7 + 1))) == D("2028-12-28")


def test_terms_of_one():
    assert after_days(CALENDAR, D("2026-03-02"), 1) == D("2026-03-03")
    assert after_months(CALENDAR, D("2026-03-02"), 1) == D("2026-04-02")


def test_a_term_that_ends_on_the_last_days_of_a_year_off_rolls_into_the_next():
    until_2022 = Calendar(y for y in CALENDAR.years if y.year <= 2022)
    assert not until_2022.is_working_day(D("2022-12-31"))
    assert after_days(until_2022, D("2022-12-16"), 15) == D("2023-01-02")
    assert after_months(until_2022, D("2022-11-30"), 1) == D("2022-12-30")
    assert after_months(until_2022, D("2022-10-31"), 2) == D("2023-01-02")
    assert after_days(CALENDAR, D("2026-12-19"), 15) == D("2027-01-04")


def test_the_first_day_and_none_more():
    assert CALENDAR.add_working_days(FIRST, 0) == FIRST
    assert CALENDAR.add_working_days(D("2008-01-02"), 0) == D("2008-01-02")


@pytest.mark.parametrize(
    "term,told",
    [
        (lambda: after_days(CALENDAR, FIRST, 0), "期限应为 1 日以上，不能是 0。"),
        (lambda: after_months(CALENDAR, FIRST, -1), "期限应为 1 个月以上，不能是 -1。"),
        (lambda: CALENDAR.add_working_days(FIRST, -2), "工作日数应为 0 以上的整数，不能是 -2。"),
        (lambda: CALENDAR.project(FIRST, 0), "工作日数应为 1 以上的整数，不能是 0。"),
    ],
)
def test_a_number_that_cannot_be_is_told(term, told):
    with pytest.raises(BadCount) as refusal:
        term()
    assert refusal.value.message == told


@pytest.mark.parametrize(
    "ask,day,message",
    [
        (lambda: CALENDAR.is_working_day(D("2007-12-31")), D("2007-12-31"), "没有 2007 年的放假安排（现有 2008—2026 年），不能推算。"),
        (lambda: CALENDAR.add_working_days(LAST, 1), D("2027-01-01"), "2027 年的放假安排尚未公布（现有 2008—2026 年），请在国务院办公厅通知发布后录入该年度。"),
        (lambda: CALENDAR.add_working_days(D("2028-02-01"), 3), D("2028-02-01"), "2028 年的放假安排尚未公布（现有 2008—2026 年），请在国务院办公厅通知发布后录入该年度。"),
    ],
)  # fmt: skip
def test_an_unknown_year_is_told_with_its_day_and_the_years_held(ask, day, message):
    with pytest.raises(UnknownYear) as refusal:
        ask()
    assert (refusal.value.day, refusal.value.year, refusal.value.message) == (day, day.year, message)


def test_a_line_that_begins_with_a_working_day():
    line = Line(10, [True, False, True])
    assert [line.working(day) for day in (10, 11, 12)] == [True, False, True]
    assert (line.count(10, 12), line.count(9 + 1, 10), line.count(12, 10)) == (1, 0, 0)
    assert (line.add(10, 1), line.ordinals, line.before) == (12, [10, 12], [1, 1, 2])
    for question in (lambda: line.working(9), lambda: line.add(9, 1), lambda: line.count(9, 11)):
        with pytest.raises(IndexError):
            question()


def test_a_pause_that_touches_the_nth_day():
    start = D("2026-03-02").toordinal()
    due = D("2026-03-30").toordinal()
    line = CALENDAR.line
    assert nth_counted(line, start, 20, [(due, due + 10)]) == due
    assert nth_counted(line, start, 20, [(due - 1, due)]) == due + 1
    assert nth_counted(line, start, 20, [(start - 10, start)]) == due
    assert nth_counted(line, start, 20, [(start - 10, start + 1)]) == due + 1
