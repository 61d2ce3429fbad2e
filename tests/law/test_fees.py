"""The information processing fee, by the figures of 国办函〔2020〕109号."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.fees import BadFee, item_rate, items_fee, month_day, month_fee, pages_fee, request_fee

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


@given(st.integers(0, 300), st.integers(0, 300))
def test_items_sum_over_the_month(first, second):
    together = items_fee(first + second, ON).total
    assert items_fee(first, ON).total + items_fee(second, ON, already=first).total == together


@given(st.integers(0, 300), st.integers(0, 300))
def test_brackets_add_up_and_follow_each_other(count, already):
    fee = items_fee(count, ON, already=already)
    assert sum(b.count for b in fee.brackets) == count
    assert sum(b.amount for b in fee.brackets) == fee.total
    numbers = [n for b in fee.brackets for n in range(b.first, b.last + 1)]
    assert numbers == list(range(already + 1, already + count + 1))


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
