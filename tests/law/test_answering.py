"""What the office owes a reconsideration body or a court, by the day the paper arrived."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calendars
from law.errors import BadFacts, UnknownValue
from law.remedies.answering import Duty, answer_due, may_serve_as_evidence
from tests.amount import OFTEN

D = date.fromisoformat
CALENDAR = calendars.load()


@pytest.mark.parametrize(
    "duty,received,last",
    [
        ("reconsideration_simple", "2026-03-02", "2026-03-09"),
        ("reconsideration_ordinary", "2026-03-02", "2026-03-16"),
        ("reconsideration_ordinary", "2026-09-18", "2026-10-09"),
        ("defence", "2026-03-02", "2026-03-17"),
        ("defence", "2026-09-18", "2026-10-08"),
        ("defence", "2014-03-03", "2014-03-13"),
        ("opinion_report", "2026-03-02", "2026-05-06"),
        ("rereply", "2026-03-02", "2026-03-30"),
    ],
)
def test_the_last_day_to_answer(duty, received, last):
    found = answer_due(duty, D(received), CALENDAR)
    assert (found.date, found.provisional) == (D(last), False)
    assert Duty(duty).citation(D(received))


def test_an_order_may_name_its_own_days():
    assert answer_due("rereply", D("2026-03-02"), CALENDAR, days=10).date == D("2026-03-16")
    own = {"rereply.days": [(D("2026-03-01"), 15)]}
    assert answer_due("rereply", D("2026-03-02"), CALENDAR, overrides=own).date == D("2026-03-23")
    assert answer_due("rereply", D("2026-02-27"), CALENDAR, overrides=own).date == D("2026-03-26")


@pytest.mark.parametrize(
    "duty,days,field",
    [("appeal", None, "duty"), ("defence", 20, "days"), ("rereply", 0, "days"), ("rereply", -1, "days")],
)
def test_what_is_not_asked_is_refused(duty, days, field):
    with pytest.raises(BadFacts) as refusal:
        answer_due(duty, D("2026-03-02"), CALENDAR, days=days)
    assert refusal.value.field == field


def test_before_the_law_of_2023_there_is_no_such_term():
    with pytest.raises(UnknownValue):
        answer_due("reconsideration_simple", D("2023-12-29"), CALENDAR)


@OFTEN
@given(st.dates(D("2024-01-01"), D("2027-06-01")), st.sampled_from([Duty.DEFENCE, Duty.REPORT]))
def test_a_calendar_term_ends_on_no_day_off_and_never_early(received, duty):
    found = answer_due(duty, received, CALENDAR)
    assert CALENDAR.fact(found.date).working
    assert found.earliest <= found.date
    assert found.earliest - received in (timedelta(days=15), timedelta(days=60), found.date - received)
    assert found.provisional == (found.date > CALENDAR.published_until)


@pytest.mark.parametrize("duty,received,last", [
    ("defence", "2026-09-17", "2026-10-08"),  # the fifteenth day lies in the National Day holiday
    ("opinion_report", "2026-03-03", "2026-05-06"),  # the sixtieth in that of Labour Day
])  # fmt: skip
def test_a_term_rolled_over_a_published_holiday_cannot_end_earlier(duty, received, last):
    found = answer_due(duty, D(received), CALENDAR)
    assert (found.date, found.earliest, found.provisional) == (D(last), D(last), False)


def test_every_duty_says_what_follows():
    for duty in Duty:
        assert duty.label
        assert duty.failing.startswith("逾期不")


def test_only_what_was_there_proves_an_act():
    on = D("2026-03-30")
    assert may_serve_as_evidence(existed_on=on, acted_on=on)
    assert not may_serve_as_evidence(existed_on=D("2026-03-31"), acted_on=on)
