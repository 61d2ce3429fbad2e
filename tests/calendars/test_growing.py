"""Adding a notice to the years held: what may follow what, and what is passed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import calendars
from calendars.days import Calendar
from calendars.errors import BadYear
from calendars.growing import grown, joined, regions_of, same
from calendars.years import Festival, Notice, Year

D = date.fromisoformat
SHIPPED = calendars.load()


def notice(year: int, *, number: str = "", published_on: str = "", off: str = "01-01") -> Notice:
    days = (D(f"{year}-{off}"),)
    return Notice(
        "某通知", D(published_on or f"{year - 1}-11-04"), "", (Festival("元旦", days),), number=number
    )


@pytest.mark.parametrize(
    "one,other,expected",
    [
        (notice(2027, number="甲"), notice(2027, number="甲", off="01-02"), True),
        (notice(2027, number="甲"), notice(2027, number="乙"), True),  # the same days under another number
        (notice(2027), notice(2027), True),
        (notice(2027, number="甲"), notice(2027, number="乙", off="01-02"), False),
        (notice(2027), notice(2027, off="01-02"), False),
        (notice(2027, number="甲"), notice(2027, off="01-02"), False),
    ],
)
def test_two_records_of_one_notice(one, other, expected):
    assert same(one, other) is expected
    assert same(other, one) is expected


def test_a_year_follows_on_the_last():
    regional = SHIPPED.with_regional([notice(2026, off="08-06")])
    found = grown(regional, 2027, notice(2027, off="01-04"))
    assert found.published_until == D("2027-12-31")
    assert found.years[:-1] == SHIPPED.years
    assert found.years[-1] == Year(2027, (notice(2027, off="01-04"),))
    assert not found.is_working_day(D("2027-01-04"))
    assert not found.is_working_day(D("2026-08-06")), "the region's own days stay"


@pytest.mark.parametrize("year", [2028, 2025, 2007, 2040])
def test_a_year_that_leaves_a_gap_or_is_held_by_others_is_not_begun(year):
    short = Calendar(y for y in SHIPPED.years if 2010 <= y.year <= 2026 and y.year != year) if year > 2026 else Calendar(
        y for y in SHIPPED.years if y.year in (2010, 2011)
    )  # fmt: skip
    with pytest.raises(BadYear) as refusal:
        grown(short, year, notice(year))
    until = short.published_until.year
    assert refusal.value.message == f"现有安排到 {until} 年为止，不能跳过录入 {year} 年。"


def test_a_later_notice_of_a_year_changes_it_and_nothing_else():
    later = notice(2025, number="改", published_on="2025-05-01", off="06-03")
    regional = SHIPPED.with_regional([notice(2026, off="08-06")])
    found = grown(regional, 2025, later)
    held = {y.year: y for y in SHIPPED.years}
    assert [y for y in found.years if y.year != 2025] == [y for y in SHIPPED.years if y.year != 2025]
    assert next(y for y in found.years if y.year == 2025).notices == (*held[2025].notices, later)
    assert not found.is_working_day(D("2025-06-03"))
    assert not found.is_working_day(D("2026-08-06"))


def test_notices_stand_in_the_order_of_their_publication():
    early = notice(2025, number="先", published_on="2024-11-01", off="06-03")
    found = grown(SHIPPED, 2025, early)
    assert [n.published_on for n in next(y for y in found.years if y.year == 2025).notices] == [
        D("2024-11-01"),
        next(y for y in SHIPPED.years if y.year == 2025).notices[0].published_on,
    ]


def test_a_notice_entered_twice_is_refused():
    held = next(y for y in SHIPPED.years if y.year == 2025).notices[0]
    for again in (held, replace(held, number=""), replace(held, festivals=())):
        with pytest.raises(BadYear) as refusal:
            grown(SHIPPED, 2025, again)
        assert refusal.value.message == f"这份通知已经录入（{again.cite}）。"


def test_what_a_release_ships_is_passed_over_and_the_rest_is_added_in_order():
    held = next(y for y in SHIPPED.years if y.year == 2026).notices[0]
    changed = notice(2027, number="改", published_on="2027-05-01", off="06-03")
    added = [(2028, notice(2028)), (2027, changed), (2027, notice(2027, off="01-04")), (2026, held)]
    found = joined(SHIPPED, added)
    assert [len(y.notices) for y in found.years[-3:]] == [1, 2, 1]
    assert found.years[-2].notices == (notice(2027, off="01-04"), changed)
    assert found.published_until == D("2028-12-31")
    assert joined(SHIPPED, []) is SHIPPED
    assert joined(SHIPPED, [(2026, held)]) is SHIPPED


@pytest.mark.parametrize(
    "code,expected",
    [
        ("513423", {"510000", "513400", "513423"}),
        ("513423123456", {"510000", "513400", "513423"}),
        ("510000", {"510000"}),
        ("51342", set()),
        ("", set()),
    ],
)
def test_the_regions_a_code_lies_in(code, expected):
    assert regions_of(code) == expected
