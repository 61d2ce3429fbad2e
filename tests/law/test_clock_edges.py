"""Clocks at the edges of what is published."""

from datetime import date

import pytest

import calendars
from calendars.days import Calendar
from calendars.errors import UnknownYear
from law.clock import Status, evaluate
from law.clock.errors import ImpossibleEvent
from law.errors import UnknownValue

D = date.fromisoformat


def read(arrived, *events, as_of=None, **more):
    return evaluate(
        channel="counter", arrived_on=D(arrived), events=events, as_of=D(as_of or arrived), **more
    )


def test_before_the_regulation_a_clock_is_refused():
    with pytest.raises(UnknownValue):
        read("2008-04-30")
    assert read("2008-05-01").quota == 15


def test_before_the_first_notice_held_a_clock_is_refused():
    later = Calendar(y for y in calendars.load().years if y.year >= 2010)
    with pytest.raises(UnknownYear) as refusal:
        read("2009-12-31", calendar=later)
    assert refusal.value.year == 2009
    assert read("2010-01-01", calendar=later).due_on == D("2010-01-22")


def test_a_clock_read_years_later_still_counts():
    reading = read("2026-03-02", as_of="2029-03-01")
    assert (reading.status, reading.due_on, reading.provisional) == (Status.LATE, D("2026-03-30"), False)
    assert reading.left < -700


def test_an_event_far_beyond_the_last_notice_is_reckoned_provisionally():
    late = {"type": "ordered_rereply", "on": "2028-12-20", "days": 20}
    reading = read("2026-03-02", late, as_of="2028-12-20")
    assert reading.provisional
    assert reading.due_on.year == 2029
    assert reading.earliest_due_on < reading.due_on


def test_beyond_the_horizon_a_clock_is_refused():
    with pytest.raises(UnknownYear):
        read("2026-03-02", as_of="2050-01-01")


@pytest.mark.parametrize(
    "until,due",
    [
        ("2026-04-10", "2026-04-16"),
        ("2026-04-15", "2026-04-16"),
        ("2026-04-16", "2026-04-16"),
        ("2026-04-17", "2026-04-17"),
    ],
)
def test_a_delay_into_a_pause_is_met_on_the_first_counted_day_after_it(until, due):
    asked = {"type": "excess_asked", "on": "2026-03-10"}
    sent = {"type": "consultation_sent", "id": "a", "party": "third", "on": "2026-03-30"}
    answer = {"type": "opinion_received", "id": "a", "on": "2026-04-15"}
    delay = {"type": "excess_delay", "on": "2026-03-30", "until": until}
    assert read("2026-03-02", asked, sent, answer, delay).due_on == D(due)


def test_the_day_of_arrival_and_of_receipt_may_hold_events():
    assert read("2026-03-02", {"type": "extension", "on": "2026-03-02", "days": 20}).due_on == D("2026-04-28")
    reading = evaluate(
        channel="fax", arrived_on=D("2026-03-02"), confirmed_on=D("2026-03-04"), as_of=D("2026-03-04"),
        events=[{"type": "supplement_notice", "on": "2026-03-04"}],
    )  # fmt: skip
    assert reading.waiting == "supplement"


def test_a_silence_beyond_the_last_notice_can_end_earlier():
    sent = {
        "type": "consultation_sent",
        "id": "a",
        "party": "third",
        "on": "2026-12-01",
        "delivered_on": "2026-12-15",
    }
    reading = read("2026-11-20", sent, as_of="2026-12-05")
    assert (reading.due_on, reading.earliest_due_on) == (D("2027-01-25"), D("2027-01-19"))
    answered = {"type": "opinion_received", "id": "a", "on": "2026-12-21"}
    assert read("2026-11-20", sent, answered, as_of="2026-12-05").due_on == D("2027-01-08")


@pytest.mark.parametrize("opinion,due,earliest", [
    ("2026-12-21", "2027-01-08", "2027-01-06"),
    ("2027-01-05", "2027-01-22", "2027-01-19"),
    ("2027-01-06", "2027-01-25", "2027-01-19"),
    ("2027-01-07", "2027-01-25", "2027-01-19"),
])  # fmt: skip
def test_silence_can_end_before_an_opinion_that_seems_to_be_in_time(opinion, due, earliest):
    sent = {
        "type": "consultation_sent", "id": "a", "party": "third", "on": "2026-12-01", "delivered_on": "2026-12-15",
    }  # fmt: skip
    answered = {"type": "opinion_received", "id": "a", "on": opinion}
    reading = read("2026-11-20", sent, answered, as_of="2026-12-05")
    assert (reading.due_on, reading.earliest_due_on) == (D(due), D(earliest))


@pytest.mark.parametrize("until,days,due,earliest", [
    ("2027-01-22", 0, "2027-01-22", "2027-01-22"),
    ("2027-01-22", 3, "2027-01-27", "2027-01-25"),
    ("2027-01-30", 0, "2027-02-01", "2027-01-30"),  # a Saturday that a notice can make a working day
    ("2027-01-30", 3, "2027-02-04", "2027-02-02"),
    ("2027-01-16", 0, "2027-01-18", "2027-01-18"),  # one that it cannot
    ("2027-02-06", 0, "2027-02-09", "2027-02-09"),  # New Year's Day of the Spring Festival is never worked
])  # fmt: skip
def test_a_delay_beyond_the_last_notice_has_an_earliest_day(until, days, due, earliest):
    told = [
        {"type": "excess_asked", "on": "2026-11-25"},
        {"type": "excess_delay", "on": "2026-11-27", "until": until},
        *([{"type": "extension", "on": "2026-12-01", "days": days}] if days else []),
    ]
    reading = read("2026-11-20", *told, as_of="2026-12-01")
    assert (reading.due_on, reading.earliest_due_on) == (D(due), D(earliest))
    paused = [
        {"type": "consultation_sent", "id": "a", "party": "third", "on": "2027-01-20"},
        {"type": "opinion_received", "id": "a", "on": "2027-02-10"},
    ]
    after = read("2026-11-20", *told, *paused, as_of="2026-12-01")
    if until > "2027-01-20":
        assert after.earliest_due_on >= reading.earliest_due_on
        assert after.earliest_due_on >= D("2027-02-11")


def test_an_extension_of_a_delay_waits_for_an_opinion_as_well():
    told = [
        {"type": "excess_asked", "on": "2026-11-25"},
        {"type": "excess_delay", "on": "2026-11-27", "until": "2027-01-22"},
        {"type": "extension", "on": "2026-12-01", "days": 3},
        {"type": "consultation_sent", "id": "a", "party": "third", "on": "2027-01-22"},
        {"type": "opinion_received", "id": "a", "on": "2027-02-10"},
    ]
    reading = read("2026-11-20", *told, as_of="2026-12-01")
    assert (reading.due_on, reading.earliest_due_on) == (D("2027-02-15"), D("2027-02-13"))


def test_reminders_go_by_the_earlier_of_arrival_and_confirmation():
    reading = evaluate(
        channel="email", arrived_on=D("2026-12-08"), confirmed_on=D("2026-12-10"), as_of=D("2026-12-10")
    )
    assert (reading.due_on, reading.earliest_due_on) == (D("2027-01-08"), D("2027-01-06"))
    assert reading.alert_due_on == D("2027-01-04")
    assert reading.is_open


def test_a_reading_knows_whether_the_reply_is_still_owed():
    replied = {"type": "replied", "on": "2026-03-20"}
    served = {"type": "served", "channel": "counter", "on": "2026-04-02"}
    assert read("2026-03-02", as_of="2026-05-01").is_open
    assert read("2026-03-02", replied, as_of="2026-05-01").is_open
    assert not read("2026-03-02", replied, served, as_of="2026-05-01").is_open
    assert not read("2026-03-02", {"type": "withdrawn", "on": "2026-04-02"}, as_of="2026-05-01").is_open


def test_a_reply_ordered_before_receipt_was_confirmed_is_explained_from_its_arrival():
    reading = evaluate(
        channel="email", arrived_on=D("2026-03-02"), as_of=D("2026-05-11"), ledger=True,
        events=[{"type": "ordered_rereply", "on": "2026-05-11", "days": 3}],
    )  # fmt: skip
    assert (reading.received_on, reading.due_on) == (None, D("2026-05-14"))
    assert [d.n for d in reading.ledger if d.counted] == [1, 2, 3]
    assert reading.ledger[0].date == D("2026-03-02")
    assert reading.ledger[0].why == "申请到达，尚待与申请人确认"


def test_an_opinion_counts_on_its_day_though_nothing_is_known_of_the_delivery():
    sent = {"type": "consultation_sent", "id": "a", "party": "third", "on": "2026-03-09"}
    answer = {"type": "opinion_received", "id": "a", "on": "2026-05-20"}
    for as_of in ("2026-03-09", "2026-05-20", "2026-07-01"):
        reading = read("2026-03-02", sent, answer, as_of=as_of)
        assert (reading.due_on, reading.assumed) == (D("2026-06-10"), False)


def test_an_opinion_given_twice_is_refused_at_its_second_place():
    sent = {"type": "consultation_sent", "id": "a", "party": "third", "on": "2026-03-09"}
    answers = [{"type": "opinion_received", "id": "a", "on": day} for day in ("2026-03-11", "2026-03-12")]
    with pytest.raises(ImpossibleEvent) as refusal:
        read("2026-03-02", sent, *answers)
    assert (refusal.value.code, refusal.value.event.on) == ("opinion_twice", D("2026-03-12"))


def test_a_clock_started_anew_reminds_by_its_own_date_and_breaks_nothing_by_waiting():
    told = [
        {"type": "supplement_notice", "on": "2026-03-05"},
        {"type": "supplement_received", "on": "2026-05-20"},
    ]
    reading = evaluate(
        channel="email",
        arrived_on=D("2026-03-02"),
        confirmed_on=D("2026-03-04"),
        as_of=D("2026-05-20"),
        events=told,
    )
    assert reading.alert_due_on == reading.due_on == D("2026-06-17")
    assert not reading.earlier_breach
    late = read("2026-03-02", {"type": "ordered_rereply", "on": "2026-04-30"})
    assert late.earlier_breach


def test_what_a_reading_leaves_out_unless_it_is_asked_for():
    plain = read("2026-03-02")
    assert plain.ledger == ()
    assert plain.earlier_breach is False


def test_an_office_may_read_receipt_by_mail_as_arrival():
    told = {"channel": "email", "arrived_on": D("2026-03-02"), "as_of": D("2026-03-02")}
    assert evaluate(**told).received_on is None
    assert evaluate(**told, overrides={"art31.receipt.email": "arrived"}).received_on == D("2026-03-02")


@pytest.mark.parametrize("arrived,due,provisional,may_change", [
    ("2026-11-30", "2026-12-28", False, False),
    ("2026-12-01", "2026-12-29", False, True),
    ("2026-12-03", "2026-12-31", False, True),  # published, though a notice to come can alter it
    ("2026-12-04", "2027-01-04", True, False),
])  # fmt: skip
def test_how_sure_a_date_about_the_end_of_the_year_is(arrived, due, provisional, may_change):
    reading = read(arrived)
    assert (reading.due_on, reading.provisional, reading.may_change) == (D(due), provisional, may_change)


def test_a_fee_notice_of_a_day_with_other_events_comes_last_unless_it_was_paid_at_once():
    notice, extended = (
        {"type": "fee_notice", "on": "2026-03-10"},
        {"type": "extension", "on": "2026-03-10", "days": 20},
    )
    waiting = read("2026-03-02", notice, extended)
    assert (waiting.waiting, waiting.extended_days) == ("fee", 20)
    assert read("2026-03-02", notice, extended, {"type": "fee_paid", "on": "2026-03-20"}).due_on == D(
        "2026-04-20"
    )
    early = {"type": "fee_notice", "on": "2026-03-05"}
    same_day = [{"type": "supplement_notice", "on": "2026-03-06"}, {"type": "fee_paid", "on": "2026-03-06"}]
    assert read("2026-03-02", early, *same_day).waiting == "supplement"
