"""What holds for every clock, by Hypothesis."""

from datetime import date, timedelta

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

import calendars
from calendars.days import Calendar
from law.clock import Event, ImpossibleEvent, Status, evaluate
from law.clock.events import in_order

CALENDAR = calendars.load()
# From the old text (15 working days) into years whose notice is not out.
STARTS = st.dates(date(2008, 5, 1), date(2027, 6, 30)) | st.dates(date(2026, 9, 1), date(2027, 1, 31))
# The quick ones are as few in every run: the many ask the same of more.
FEW, LONG = settings(max_examples=200), settings(max_examples=10_000)


def clock(start, events, *, as_of=None, **more):
    """Evaluate; a third of the days stand for plain post confirmed later, one in 31 for mail not confirmed yet."""
    last = max([e.on for e in events], default=start)
    how = {"channel": "counter"}
    if start.day % 3 == 0:
        how = {"channel": "post_plain", "confirmed_on": start + timedelta(days=start.day % 5)}
    elif start.day == 31:
        how = {"channel": "email"}
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
                    "withdrawal",
                ]
            )
        )
        later = on + timedelta(days=draw(st.integers(0, 30)))
        if kind == "consultation":
            delivered = draw(st.none() | st.integers(0, 5).map(lambda n, on=on: on + timedelta(days=n)))
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
                events.append(Event("excess_explained", later))
            if draw(st.booleans()):
                until = later + timedelta(days=draw(st.integers(10, 60)))
                events.append(Event("excess_delay", later, {"until": until}))
        elif kind == "rereply":
            events.append(Event("ordered_rereply", on, {"days": draw(st.none() | st.integers(1, 30))}))
        elif kind == "withdrawal":
            events.append(Event("withdrawn", later))
        else:
            events.append(Event("replied", on))
            channel = draw(st.sampled_from(["counter", "post", "courier", "portal", "email"]))
            events.append(Event("served", later, {"channel": channel}))
    return start, keep_possible(start, events)


def keep_possible(start, events):
    """Keep of a story what the clock accepts, event by event in order of date."""
    kept = []
    for event in in_order(events):
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
    assert all(d.why and d.source for d in reading.ledger)
    if reading.due_on is not None:
        counted = [d for d in reading.ledger if d.counted]
        assert [d.n for d in counted] == list(range(1, reading.quota + 1))
        assert reading.ledger[-1].date == reading.due_on
    first = reading.received_on or start
    assert [d.date for d in reading.ledger] == [first + timedelta(days=n) for n in range(len(reading.ledger))]


def _more_pause_never_makes_it_earlier(story, offset, length):
    start, events = story
    on = start + timedelta(days=offset)
    more = [
        Event("consultation_sent", on, {"id": "more", "party": "third", "delivered_on": on}),
        Event("opinion_received", on + timedelta(days=length), {"id": "more"}),
    ]
    as_of = max([more[-1].on, *(e.on for e in events)])
    before = clock(start, events, as_of=as_of)
    try:
        after = clock(start, [*events, *more], as_of=as_of)
    except ImpossibleEvent:
        return
    assert after.clock_start_on == before.clock_start_on
    if before.due_on is not None and after.due_on is None:
        assert after.status is Status.STOPPED  # taken back in time instead of late
        assert before.status is Status.LATE
    elif before.due_on is not None:
        assert after.due_on >= before.due_on
        assert after.earliest_due_on >= before.earliest_due_on


def _nothing_cures_a_breach(story, kind, delay, length):
    start, events = story
    broken = clock(start, events)
    due = broken.due_on
    if due is None or broken.completed_on is not None or {"withdrawn", "assumed"} & set(broken.flags):
        return
    on = due + timedelta(days=delay)
    later = on + timedelta(days=length)
    acts = {
        "pause": [
            Event("consultation_sent", on, {"id": "new", "party": "joint", "delivered_on": on}),
            Event("opinion_received", later, {"id": "new"}),
        ],
        "open pause": [Event("consultation_sent", on, {"id": "new", "party": "third", "delivered_on": None})],
        "extension": [Event("extension", on, {"days": 15})],
        "payment": [Event("fee_notice", on), Event("fee_paid", later)],
        "supplement": [Event("supplement_notice", on, {}), Event("supplement_received", later)],
        "delay": [
            Event("excess_asked", on),
            Event("excess_delay", later, {"until": later + timedelta(days=9)}),
        ],
        "withdrawal": [Event("withdrawn", on)],
        "reply": [Event("replied", on), Event("served", later, {"channel": "post"})],
    }
    as_of = max([later, *(e.on for e in events)])
    for number in range(1, len(acts[kind]) + 1):
        try:
            reading = clock(start, [*events, *acts[kind][:number]], as_of=as_of)
        except ImpossibleEvent:
            return
        assert reading.due_on == due
        assert reading.status is Status.LATE
        assert reading.left < 0 or CALENDAR.fact(on).working is False


def _a_clock_given_up_keeps_its_breach(start, delay):
    due = clock(start, []).due_on
    if due is None:
        return
    events = [Event("ordered_rereply", due + timedelta(days=delay), {"days": 20})]
    assert clock(start, events).earlier_breach is True
    assert clock(start, [Event("ordered_rereply", due, {"days": 20})]).earlier_breach is False


def _replaying_a_prefix_gives_what_was_shown_then(story):
    start, events = story
    shown = []
    for n in range(len(events) + 1):
        as_of = events[n - 1].on if n else start
        shown.append(clock(start, events[:n], as_of=as_of, ledger=True))
    # Told from its own end backwards, by days read anew: nothing is remembered from one reading to the next.
    fresh = Calendar(CALENDAR.years)
    for n in reversed(range(len(events) + 1)):
        as_of = events[n - 1].on if n else start
        assert clock(start, events[:n], as_of=as_of, ledger=True, calendar=fresh) == shown[n]


def _outcome(start, events, **more):
    try:
        return clock(start, events, **more)
    except ImpossibleEvent as error:
        return error.code


def _removing_an_event_undoes_it(story, place):
    start, events = story
    if not events:
        return
    place %= len(events)
    as_of = events[-1].on
    without = [e for n, e in enumerate(events) if n != place]
    never = _outcome(start, without, as_of=as_of, ledger=True)
    told = list(events)
    clock(start, told, as_of=as_of, ledger=True)
    del told[place]
    assert told == without
    assert _outcome(start, told, as_of=as_of, ledger=True) == never


def _what_was_possible_stays_possible(story, later):
    start, events = story
    last = max([e.on for e in events], default=start)
    clock(start, events, as_of=last + timedelta(days=later))  # raises nothing as the days pass


def _read_on(story, offset):
    """Read a clock on any day, also one before its last events.

    An open consultation is read as delivered on the day of reading; read too early, its silence may end before
    something that happened during it, which is then refused by name.
    """
    start, events = story
    as_of = start + timedelta(days=offset)
    try:
        return clock(start, events, as_of=as_of)
    except ImpossibleEvent:
        if as_of >= max(e.on for e in events):
            raise
        reject()


def _used_and_left_make_the_quota(story, offset):
    reading = _read_on(story, offset)
    if reading.left is not None:
        assert reading.used + reading.left == reading.quota


def _status_follows_from_the_days_left(story, offset):
    start, events = story
    reading = _read_on(story, offset)
    ended = [e.on for e in events if e.type == "withdrawn"]
    at = (ended or [reading.completed_on or start + timedelta(days=offset)])[0]
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
    # Two of a kind on one day stay in the order of the list; all else follows from day and kind.
    if len({(e.on, e.type) for e in events}) == len(events):
        assert clock(start, order, ledger=True) == clock(start, events, ledger=True)


def _adding_then_counting_back_gives_the_number(start, n):
    found = CALENDAR.project(start, n).date
    line = CALENDAR.outlook(found.year).line
    assert line.count(start.toordinal(), found.toordinal()) == n
    assert line.working(found.toordinal())
    if found <= CALENDAR.published_until:
        assert CALENDAR.working_days_between(start, found) == n


def _a_delay_never_comes_before_the_stated_day(story):
    start, events = story
    reading = clock(start, events)
    stated = [e.data["until"] for e in events if e.type == "excess_delay" and e.on >= reading.clock_start_on]
    if stated and reading.due_on is not None and not any(e.type in RESTARTS for e in events):
        assert reading.due_on >= stated[-1]


RESTARTS = {"ordered_rereply", "supplement_received", "fee_paid"}
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
            stories(),
            st.sampled_from(
                ["pause", "open pause", "extension", "payment", "supplement", "delay", "withdrawal", "reply"]
            ),
            st.integers(1, 60),
            st.integers(0, 60),
        ],
    ),
    "a_clock_given_up_keeps_its_breach": (_a_clock_given_up_keeps_its_breach, [STARTS, st.integers(1, 300)]),
    "replaying_a_prefix": (_replaying_a_prefix_gives_what_was_shown_then, [stories()]),
    "removing_an_event_undoes_it": (_removing_an_event_undoes_it, [stories(), st.integers(0, 20)]),
    "what_was_possible_stays_possible": (_what_was_possible_stays_possible, [stories(), st.integers(0, 400)]),
    "adding_then_counting_back": (_adding_then_counting_back_gives_the_number, [STARTS, st.integers(1, 300)]),
    "a_delay_keeps_its_stated_day": (_a_delay_never_comes_before_the_stated_day, [stories()]),
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
    FEW(given(*strategies)(check))()


@pytest.mark.slow
@pytest.mark.parametrize("name", PROPERTIES)
def test_many(name):
    check, strategies = PROPERTIES[name]
    LONG(given(*strategies)(check))()
