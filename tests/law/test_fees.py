"""The information processing fee, by the figures of 国办函〔2020〕109号."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import fees
from law.fees import (
    BadFee,
    Bracket,
    Fee,
    item_rate,
    items_fee,
    month_day,
    month_fee,
    pages_fee,
    request_fee,
    tariff,
)
from tests.amount import OFTEN

ON = date(2026, 11, 20)


@pytest.mark.parametrize(
    "count,total",
    [(0, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (45, 5500), (50, 7000), (60, 11000)],
)
def test_items_of_a_month(count, total):
    assert items_fee(count, ON).total == total


@pytest.mark.parametrize(
    "nth,each",
    [
        (1, 0),
        (10, 0),
        (11, 100),
        (30, 100),
        (31, 200),
        (40, 200),
        (41, 300),
        (50, 300),
        (51, 400),
        (131, 1200),
    ],
)
def test_the_nth_item(nth, each):
    assert item_rate(nth, ON) == each


@pytest.mark.parametrize(
    "count,total",
    [
        (0, 0),
        (30, 0),
        (31, 10),
        (68, 380),
        (100, 700),
        (101, 720),
        (150, 1700),
        (200, 2700),
        (201, 2740),
        (250, 4700),
    ],
)
def test_pages_of_a_request(count, total):
    assert pages_fee(count, ON).total == total


@OFTEN
@given(st.integers(0, 300), st.integers(0, 300))
def test_items_sum_over_the_month(first, second):
    together = items_fee(first + second, ON).total
    assert items_fee(first, ON).total + items_fee(second, ON, already=first).total == together


@OFTEN
@given(st.integers(0, 300), st.integers(0, 300))
def test_brackets_add_up_and_follow_each_other(count, already):
    fee = items_fee(count, ON, already=already)
    assert sum(b.count for b in fee.brackets) == count
    assert sum(b.amount for b in fee.brackets) == fee.total
    numbers = [n for b in fee.brackets for n in range(b.first, b.last + 1)]
    assert numbers == list(range(already + 1, already + count + 1))


@OFTEN
@given(st.integers(0, 1000))
def test_pages_never_cost_less(count):
    assert pages_fee(count + 1, ON).total >= pages_fee(count, ON).total


def test_never_both_for_one_request():
    with pytest.raises(BadFee, match="只能在按件、按量中选一种"):
        request_fee(ON, items=1, pages=10)
    with pytest.raises(BadFee):
        request_fee(ON)
    assert request_fee(ON, items=1, already=30).total == 200
    assert request_fee(ON, pages=68).total == 380


def test_before_2021_there_is_no_such_fee():
    for call in (items_fee, pages_fee, item_rate):
        with pytest.raises(BadFee, match="尚未实行"):
            call(11, date(2020, 12, 31))
    assert items_fee(11, date(2021, 1, 1)).total == 100


@pytest.mark.parametrize(
    "call",
    [
        lambda: items_fee(-1, ON),
        lambda: pages_fee(-1, ON),
        lambda: item_rate(0, ON),
        lambda: items_fee(1, ON, already=-1),
    ],
)
def test_negative_counts_are_refused(call):
    with pytest.raises(BadFee):
        call()


MARCH = [(date(2026, 3, 2), 8), (date(2026, 3, 20), 4), (date(2026, 2, 27), 30)]


def test_a_count_beyond_a_million_is_a_slip():
    assert pages_fee(fees.MOST, date(2026, 3, 2)).total > 0
    with pytest.raises(fees.BadFee) as refused:
        pages_fee(fees.MOST + 1, date(2026, 3, 2))
    assert refused.value.message == "页数不能超过1000000（1000001）。"


def test_a_month_is_summed_per_applicant_and_office():
    """12 items of March come before: the next three are the 13th to the 15th; those of February do not count."""
    assert month_fee(date(2026, 3, 31), items=3, earlier=MARCH).total == 300
    assert month_fee(date(2026, 4, 1), items=3, earlier=MARCH).total == 0
    assert month_fee(date(2026, 3, 3), items=45, earlier=[]).total == 5500
    whole = [(date(2026, 3, 31), 10), *MARCH]
    assert month_fee(date(2026, 3, 31), items=10, earlier=whole).total == 8 * 100 + 2 * 200


def test_an_office_may_add_up_by_arrival():
    own = {"fees.month_by": [(date(2026, 3, 1), "arrived")]}
    received, arrived = date(2026, 4, 2), date(2026, 3, 31)
    assert month_day(received, arrived) == received
    assert month_day(received, arrived, own) == arrived
    assert month_day(date(2026, 2, 27), date(2026, 1, 30), own) == date(2026, 2, 27)
    with pytest.raises(BadFee, match="尚未实行"):
        month_day(date(2020, 12, 31), date(2020, 12, 31))


def test_a_fee_shows_its_brackets_and_what_it_rests_on():
    by_item = items_fee(45, ON)
    assert by_item == Fee(
        "items", 45, 5500,
        (
            Bracket(1, 10, 10, 0, 0), Bracket(11, 30, 20, 100, 2000), Bracket(31, 40, 10, 200, 2000),
            Bracket(41, 45, 5, 300, 1500),
        ),
        by_item.citation,
    )  # fmt: skip
    by_page = pages_fee(205, ON)
    assert by_page == Fee(
        "pages", 205, 2900,
        (
            Bracket(1, 30, 30, 0, 0), Bracket(31, 100, 70, 10, 700), Bracket(101, 200, 100, 20, 2000),
            Bracket(201, 205, 5, 40, 200),
        ),
        by_page.citation,
    )  # fmt: skip
    assert by_item.citation == by_page.citation
    assert "国办函〔2020〕109号" in by_item.citation


def test_a_request_by_item_starts_with_the_free_ones():
    assert request_fee(ON, items=11).total == 100


def test_a_tariff_ends_on_its_last_day(monkeypatch):
    old = {"from": date(2021, 1, 1), "until": date(2025, 12, 31), "name": "old"}
    new = {"from": date(2026, 6, 1), "name": "new"}
    monkeypatch.setattr(tariff, "tariffs", lambda: [old, new])
    days = [date(2020, 12, 31), date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 1)]
    assert [tariff.in_force(day) for day in days] == [None, old, None, new]


def test_a_tariff_of_more_steps_counts_them_all(monkeypatch):
    """What comes next goes on from the last step, however many there are."""
    made = {
        "items": [{"upto": 2, "each": 0}, {"upto": 3, "each": 5}, {"upto": 5, "each": 7}],
        "items_beyond": {"first_each": 11, "step": 2, "step_each": 4},
        "pages": [{"upto": 2, "each": 0}, {"upto": 5, "each": 1}, {"upto": 9, "each": 2}],
        "pages_beyond": {"each": 3},
        "citation": "none",
    }
    monkeypatch.setattr(fees, "in_force", lambda on: made)
    assert [item_rate(n, ON) for n in range(1, 11)] == [0, 0, 5, 7, 7, 11, 11, 15, 15, 19]
    assert [pages_fee(n, ON).total for n in (9, 10, 12)] == [11, 14, 20]
    assert pages_fee(9, ON).brackets[-1] == Bracket(6, 9, 4, 2, 8)
