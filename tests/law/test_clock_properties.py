"""What holds for every clock, by Hypothesis."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calendars
from law.clock import Event, ImpossibleEvent, Status, evaluate

CALENDAR = calendars.load()
STARTS = st.dates(date(2019, 5, 15), date(2026, 11, 20))
LONG = settings(max_examples=10_000)


def clock(start, events, *, as_of=None, **more):
    """Evaluate; a third of the days stand for plain post confirmed a few days after its arrival."""
    last = max([e.on for e in events], default=start)
    how = {"channel": "counter"}
    if start.day % 3 == 0:
        how = {"channel": "post_plain", "confirmed_on": start + timedelta(days=start.day % 5)}
    return evaluate(arrived_on=start, events=events, as_of=as_of or last, **how, **more)


@st.composite
def stories(draw):
    """Tell the events of one request in order: offsets in days, most of them possible, some not."""
    start = draw(STARTS)
    events = []
    for number in range(draw(st.integers(0, 6))):
        on = start + timedelta(days=draw(st.integers(0, 70)))
        kind = draw(
            st.sampled_from(
                [
                    "consultation",
                    "consultation",
                    "extension",
                    "supplement",
                    "fee",
                    "excess",
                    "rereply",
                    "reply",
                ]
            )
        )
        later = on + timedelta(days=draw(st.integers(0, 30)))
        if kind == "consultation":
            delivered = on + timedelta(days=draw(st.integers(0, 5)))
            party = draw(st.sampled_from(["third", "agency", "joint"]))
            events.append(
                Event("consultation_sent", on, {"id": number, "party": party, "delivered_on": delivered})
            )
            if draw(st.booleans()):
                events.append(Event("opinion_received", later, {"id": number}))
        elif kind == "extension":
            events.append(Event("extension", on, {"days": draw(st.integers(1, 20))}))
        elif kind == "supplement":
            events.append(Event("supplement_notice", on, {"days": 15}))
            events.append(Event("supplement_received", later))
        elif kind == "fee":
            events.append(Event("fee_notice", on))
            events.append(Event("fee_paid", later))
        elif kind == "excess":
            events.append(Event("excess_asked", on))
            if draw(st.booleans()):
                events.append(Event("excess_delay", later, {"until": later + timedelta(days=40)}))
        elif kind == "rereply":
            events.append(Event("ordered_rereply", on, {"days": draw(st.integers(1, 30))}))
        else:
            events.append(Event("replied", on))
            events.append(Event("served", later, {"channel": "counter"}))
    return start, keep_possible(start, events)


def keep_possible(start, events):
    """Keep of a story what the clock accepts, event by event in order of date."""
    kept = []
    for event in sorted(events, key=lambda e: e.on):
        try:
            clock(start, [*kept, event])
        except ImpossibleEvent:
            continue
        kept.append(event)
    return kept


def _due_is_never_a_day_off(story):
    start, events = story
    due = clock(start, events).due_on
    if due is not None:
        assert CALENDAR.fact(due).working


def _the_ledger_counts_exactly_the_quota(story):
    start, events = story
    reading = clock(start, events, ledger=True)
    if reading.due_on is not None:
        counted = [d for d in reading.ledger if d.counted]
        assert [d.n for d in counted] == list(range(1, reading.quota + 1))
        assert reading.ledger[-1].date == reading.due_on
    first = reading.received_on
    assert [d.date for d in reading.ledger] == [first + timedelta(days=n) for n in range(len(reading.ledger))]


def _more_pause_never_makes_it_earlier(story, offset, length):
    start, events = story
    on = start + timedelta(days=offset)
    more = [
        Event("consultation_sent", on, {"id": "more", "party": "third", "delivered_on": on}),
        Event("opinion_received", on + timedelta(days=length), {"id": "more"}),
    ]
    before = clock(start, events)
    try:
        after = clock(start, [*events, *more])
    except ImpossibleEvent:
        return
    assert after.clock_start_on == before.clock_start_on
    if before.due_on is not None:
        assert after.due_on >= before.due_on
        assert after.earliest_due_on >= before.earliest_due_on


def _nothing_cures_a_breach(start, kind, delay, length):
    due = clock(start, []).due_on
    on = due + timedelta(days=delay)
    later = on + timedelta(days=length)
    acts = {
        "pause": [
            Event("consultation_sent", on, {"id": 1, "party": "joint", "delivered_on": on}),
            Event("opinion_received", later, {"id": 1}),
        ],
        "extension": [Event("extension", on, {"days": 20})],
        "payment": [Event("fee_notice", on), Event("fee_paid", later)],
        "supplement": [Event("supplement_notice", on, {}), Event("supplement_received", later)],
        "delay": [
            Event("excess_asked", start + timedelta(days=7)),
            Event("excess_delay", on, {"until": later}),
        ],
        "withdrawal": [Event("withdrawn", on)],
    }
    try:
        reading = clock(start, acts[kind], as_of=later)
    except ImpossibleEvent:
        return
    assert reading.due_on == due
    assert reading.status is Status.LATE
    assert reading.left < 0 or CALENDAR.fact(on).working is False


def _a_clock_given_up_keeps_its_breach(start, delay):
    due = clock(start, []).due_on
    events = [Event("ordered_rereply", due + timedelta(days=delay), {"days": 20})]
    assert clock(start, events).earlier_breach is True
    assert clock(start, [Event("ordered_rereply", due, {"days": 20})]).earlier_breach is False


def _replaying_a_prefix_gives_what_was_shown_then(story):
    start, events = story
    shown = []
    for n in range(len(events) + 1):
        as_of = events[n - 1].on if n else start
        shown.append(clock(start, list(events[:n]), as_of=as_of))
    for n in reversed(range(len(events) + 1)):
        as_of = events[n - 1].on if n else start
        assert clock(start, list(events)[:n], as_of=as_of) == shown[n]


def _removing_the_last_event_undoes_it(story):
    start, events = story
    if not events:
        return
    as_of = events[-1].on
    without = clock(start, events[:-1], as_of=as_of)
    clock(start, events, as_of=as_of)
    assert clock(start, events[:-1], as_of=as_of) == without


def _used_and_left_make_the_quota(story, offset):
    start, events = story
    reading = clock(start, events, as_of=start + timedelta(days=offset))
    if reading.left is not None:
        assert reading.used + reading.left == reading.quota


def _status_follows_from_the_days_left(story, offset):
    start, events = story
    reading = clock(start, events, as_of=start + timedelta(days=offset))
    at = reading.completed_on or start + timedelta(days=offset)
    if reading.due_on is not None:
        assert (reading.status is Status.LATE) == (at > reading.due_on)


def _reminders_never_come_after_the_due_date(story):
    start, events = story
    reading = clock(start, events)
    if reading.due_on is not None:
        assert reading.alert_due_on <= reading.earliest_due_on <= reading.due_on


def _the_order_of_the_list_does_not_matter(story, shuffled):
    start, events = story
    order = [events[i] for i in shuffled if i < len(events)]
    order += [e for e in events if e not in order]
    same_day = len({e.on for e in events}) < len(events)
    if not same_day:
        assert clock(start, order) == clock(start, events)


DAYS = st.integers(0, 120)
PROPERTIES = {
    "due_is_never_a_day_off": (_due_is_never_a_day_off, [stories()]),
    "the_ledger_counts_exactly_the_quota": (_the_ledger_counts_exactly_the_quota, [stories()]),
    "more_pause_never_makes_it_earlier": (
        _more_pause_never_makes_it_earlier,
        [stories(), st.integers(0, 60), st.integers(0, 30)],
    ),
    "nothing_cures_a_breach": (
        _nothing_cures_a_breach,
        [
            STARTS,
            st.sampled_from(["pause", "extension", "payment", "supplement", "delay", "withdrawal"]),
            st.integers(1, 60),
            st.integers(0, 60),
        ],
    ),
    "a_clock_given_up_keeps_its_breach": (_a_clock_given_up_keeps_its_breach, [STARTS, st.integers(1, 300)]),
    "replaying_a_prefix": (_replaying_a_prefix_gives_what_was_shown_then, [stories()]),
    "removing_the_last_event_undoes_it": (_removing_the_last_event_undoes_it, [stories()]),
    "used_and_left_make_the_quota": (_used_and_left_make_the_quota, [stories(), DAYS]),
    "status_follows_from_the_days_left": (_status_follows_from_the_days_left, [stories(), DAYS]),
    "reminders_never_come_late": (_reminders_never_come_after_the_due_date, [stories()]),
    "the_order_of_the_list_does_not_matter": (
        _the_order_of_the_list_does_not_matter,
        [stories(), st.permutations(list(range(12)))],
    ),
}


@pytest.mark.parametrize("name", PROPERTIES)
def test_quick(name):
    check, strategies = PROPERTIES[name]
    given(*strategies)(check)()


@pytest.mark.slow
@pytest.mark.parametrize("name", PROPERTIES)
def test_many(name):
    check, strategies = PROPERTIES[name]
    LONG(given(*strategies)(check))()
