"""Clocks that run beyond the last notice, or begin before the first: what is answered, and what is refused by year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

import calendars
from calendars.days import HORIZON_YEARS, Calendar
from calendars.errors import UnknownYear
from law.clock import evaluate
from law.clock.events import Event, in_order
from law.clock.reading import Reading
from law.gid.art31_receipt import waits_for_confirmation
from law.values import number

D = date.fromisoformat
LAST = calendars.load().published_until.year


def _read(arrived: date, *events: dict[str, Any], calendar: Calendar | None = None, **more: Any) -> Reading:
    # One that was asked about a later year holds the days up to it: a fresh one shows what is looked up, and when.
    fresh = calendar or Calendar(calendars.load().years)
    return evaluate(
        channel="counter", arrived_on=arrived, events=events, calendar=fresh, **{"as_of": arrived, **more}
    )


def test_a_clock_that_begins_on_the_first_day_held_and_ends_after_the_last() -> None:
    """Only what comes before the first notice is refused for it."""
    short = Calendar(year for year in calendars.load().years if year.year == 2026)
    sent = {
        "type": "consultation_sent",
        "id": "a",
        "party": "third",
        "on": "2026-01-05",
        "delivered_on": "2026-12-20",
    }
    reading = _read(date(2026, 1, 1), sent, calendar=short)
    assert reading.provisional
    assert reading.due_on is not None
    assert reading.due_on.year == 2027
    with pytest.raises(UnknownYear) as refused:
        _read(date(2025, 12, 31), calendar=short)
    assert refused.value.day == date(2025, 12, 31)
    assert refused.value.message == "没有 2025 年的放假安排（现有 2026—2026 年），不能推算。"


def test_a_term_of_years_runs_beyond_the_last_notice() -> None:
    on = date(LAST, 11, 20)
    ordered = {"type": "ordered_rereply", "on": on.isoformat(), "days": 1000}
    reading = _read(on, ordered)
    assert reading.provisional
    assert reading.due_on is not None
    assert reading.due_on > on + timedelta(days=1300)


def test_an_offices_own_reading_counts_beyond_the_last_notice_as_well() -> None:
    arrived = date(LAST, 12, 1)
    events = [
        {"type": "fee_notice", "on": (arrived + timedelta(days=1)).isoformat()},
        {"type": "fee_paid", "on": (arrived + timedelta(days=40)).isoformat()},
    ]
    restarted, went_on = (
        _read(arrived, *events, overrides=own) for own in ({}, {"fees.clock_restarts": False})
    )
    assert restarted.clock_start_on == arrived + timedelta(days=40)
    assert went_on.clock_start_on == arrived


def test_how_far_ahead_a_clock_can_be_read() -> None:
    """Up to the eleventh year after the last notice; the refusal names the year after what was asked about."""
    arrived = date(LAST, 1, 5)
    assert _read(arrived, as_of=date(LAST + HORIZON_YEARS - 1, 6, 1)).status == "late"
    ordered = {"type": "ordered_rereply", "on": f"{LAST + HORIZON_YEARS - 1}-06-01", "days": 1000}
    with pytest.raises(UnknownYear) as refused:
        _read(arrived, ordered)
    assert refused.value.year == LAST + HORIZON_YEARS
    first = calendars.load().published_from.year
    assert f"{LAST + HORIZON_YEARS} 年的放假安排尚未公布（现有 {first}—{LAST} 年）" in refused.value.message


def test_a_payment_comes_first_on_its_day_unless_its_notice_is_of_that_day() -> None:
    told = [
        Event("fee_notice", D("2026-03-02")),
        Event("fee_paid", D("2026-03-02")),
        Event("fee_notice", D("2026-03-04")),
        Event("supplement_notice", D("2026-03-06")),
        Event("fee_paid", D("2026-03-06")),
    ]
    expected = ["fee_notice", "fee_paid", "fee_notice", "fee_paid", "supplement_notice"]
    assert [event.type for event in in_order(told)] == expected


@pytest.mark.parametrize(("own", "on", "found"), [([("2022-01-01", 3), ("2020-01-01", 5)], "2023-01-01", 3)])
def test_of_an_offices_own_values_the_latest_counts(own: list[tuple[str, int]], on: str, found: int) -> None:
    key = "art30.supplement_term_days"
    pairs = [(D(day), value) for day, value in own]
    assert number(key, D(on), {key: pairs}) == found
    assert number(key, D("2021-01-01"), {key: pairs}) == 5


def test_an_office_may_read_a_channel_otherwise() -> None:
    on = D("2026-03-02")
    assert not waits_for_confirmation("email", on, {"art31.receipt.email": "arrived"})
    assert waits_for_confirmation("email", on, {"fees.payment_days": 5})
    assert not waits_for_confirmation("portal", on, {"fees.payment_days": 5})
