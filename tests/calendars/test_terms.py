"""Arithmetic of terms: pauses, calendar days, months; and what holds for all days."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import calendars
from calendars.clock import after_days, after_months, counted, nth_counted, union
from calendars.errors import BadCount
from tests.amount import OFTEN

CALENDAR = calendars.load()
LINE = CALENDAR.line
DAYS = st.dates(date(2008, 1, 1), date(2026, 9, 1))
PAUSES = st.lists(
    st.tuples(st.integers(0, 90), st.integers(0, 40)).map(lambda p: (p[0], p[0] + p[1])), max_size=5
)
D = date.fromisoformat


@OFTEN
@given(DAYS, st.integers(1, 60))
def test_adding_then_counting_back_gives_the_number(day, n):
    found = CALENDAR.add_working_days(day, n)
    assert CALENDAR.working_days_between(day, found) == n
    assert CALENDAR.is_working_day(found)


@OFTEN
@given(DAYS, st.integers(1, 30), st.integers(1, 30))
def test_adding_twice_is_adding_the_sum(day, n, m):
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(day, n), m) == CALENDAR.add_working_days(
        day, n + m
    )


@OFTEN
@given(DAYS, st.integers(1, 40))
def test_adding_by_index_is_adding_by_walking(day, n):
    walked, left = day, n
    while left:
        walked += timedelta(days=1)
        left -= CALENDAR.is_working_day(walked)
    assert CALENDAR.add_working_days(day, n) == walked


@OFTEN
@given(st.dates(date(2008, 1, 1), date(2026, 12, 31)), st.dates(date(2008, 1, 1), date(2026, 12, 31)))
def test_counting_backwards_is_the_negative(first, second):
    assert CALENDAR.working_days_between(first, second) == -CALENDAR.working_days_between(second, first)


@OFTEN
@given(
    st.dates(date(2008, 1, 1), date(2026, 6, 1)), st.integers(1, 40), PAUSES
)  # pauses may push it 130 days on
@example(date(2026, 6, 1), 40, [(0, 40), (40, 80), (80, 120), (90, 130), (0, 3)])
def test_the_nth_counted_day_by_walking(day, n, offsets):
    start = day.toordinal()
    pauses = [(start + a, start + b) for a, b in offsets]
    walked, left = start, n
    while left:
        walked += 1
        if LINE.working(walked) and not any(a < walked <= b for a, b in pauses):
            left -= 1
    found = nth_counted(LINE, start, n, union(pauses))
    assert found == walked
    assert counted(LINE, start, found, union(pauses)) == n


@pytest.mark.parametrize(
    "pauses,merged",
    [
        ([], []),
        ([(5, 5), (6, 8)], [(6, 8)]),
        ([(7, 3), (8, 9)], [(8, 9)]),
        ([(1, 3), (3, 5)], [(1, 5)]),
        ([(1, 3), (4, 5)], [(1, 3), (4, 5)]),
        ([(1, 9), (2, 4), (9, 10)], [(1, 10)]),
        ([(4, 6), (1, 5)], [(1, 6)]),
    ],
)
def test_pauses_that_touch_are_one(pauses, merged):
    assert union(pauses) == merged


def test_a_pause_before_the_start_hides_none_after_it():
    start = D("2026-03-02").toordinal()
    pauses = [(start - 9, start - 5), (start + 1, start + 3)]
    assert date.fromordinal(nth_counted(LINE, start, 3, pauses)) == D("2026-03-09")
    assert counted(LINE, start, start + 7, pauses) == 3
    assert counted(LINE, start, start + 2, pauses) == 1


@OFTEN
@given(PAUSES)
def test_a_union_is_disjoint_in_order_and_covers_the_same_days(pauses):
    merged = union(pauses)
    assert all(a < b for a, b in merged)
    assert all(earlier[1] < later[0] for earlier, later in itertools.pairwise(merged))

    def covered(held):
        return {d for a, b in held for d in range(a + 1, b + 1)}

    assert covered(merged) == covered(pauses)


@pytest.mark.parametrize(
    "start,days,end",
    [
        ("2026-03-02", 60, "2026-05-06"),  # 05-01 is a holiday until 05-05
        ("2026-09-16", 15, "2026-10-08"),  # 10-01 falls in the holiday
        ("2026-09-05", 15, "2026-09-20"),  # a Sunday that is a make-up day ends the term
        ("2026-03-02", 15, "2026-03-17"),
        ("2026-11-20", 60, "2027-01-19"),
        ("2026-12-03", 30, "2027-01-04"),
    ],
)
def test_calendar_days_roll_forward(start, days, end):
    assert after_days(CALENDAR, D(start), days) == D(end)


@pytest.mark.parametrize(
    "start,months,end",
    [
        ("2025-08-31", 6, "2026-02-28"),  # no 31 February; the 28th is a make-up day
        ("2026-03-02", 6, "2026-09-02"),
        ("2025-11-14", 6, "2026-05-14"),
        ("2025-11-01", 6, "2026-05-06"),
        ("2026-07-02", 6, "2027-01-04"),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start, months, end):
    assert after_months(CALENDAR, D(start), months) == D(end)


@pytest.mark.parametrize("n", [0, -5])
def test_an_empty_term_is_refused(n):
    with pytest.raises(BadCount):
        after_days(CALENDAR, D("2026-03-02"), n)
    with pytest.raises(BadCount):
        after_months(CALENDAR, D("2026-03-02"), n)
