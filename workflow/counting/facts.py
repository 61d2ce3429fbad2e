"""One case as it is counted, and what it adds to which pot: the plain reading of the rules that the database counts by."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from calendars.days import Calendar
from law.annual.tally import Period, result_row
from workflow.counting.keys import EVENTS, Counts, Key, Pot, month_of, working_days_until


@dataclass(slots=True)
class Facts:
    """What counts of one case: how it came, its first round (READINGS R34), and what happened about it.

    ``due_on`` and ``completed_on`` are of the first round.
    """

    id: int
    office: int
    kind: str
    channel: str
    received_on: dt.date | None = None
    done_on: dt.date | None = None
    outcome: str = ""
    due_on: dt.date | None = None
    completed_on: dt.date | None = None
    events: list[tuple[str, dt.date]] = field(default_factory=list)
    paid: tuple[dt.date, int] | None = None
    #: (road, received, result, decided)
    remedies: list[tuple[str, dt.date, str, dt.date | None]] = field(default_factory=list)
    returned: list[dt.date] = field(default_factory=list)
    reopened: list[dt.date] = field(default_factory=list)
    #: (day of the draft, warnings of the lint)
    drafts: list[tuple[dt.date, int]] = field(default_factory=list)


def moves(one: Facts, span: Period, calendar: Calendar) -> Counts:
    """Tell what one case adds over a span of days."""
    found: Counter[Pot] = Counter()
    for day, count, key in (*_rounds(one, calendar), *_beside(one)):
        if span.first <= day <= span.last and count:
            found[Pot(one.office, month_of(day), key)] += count
    if one.received_on and one.received_on < span.first and not (one.done_on and one.done_on < span.first):
        found[Pot(one.office, month_of(span.first), Key("carried_in", one.kind))] += 1
    return found


Moves = Iterator[tuple[dt.date, int, Key]]


def _rounds(one: Facts, calendar: Calendar) -> Moves:
    if one.received_on is None:
        return
    yield one.received_on, 1, Key("new", one.kind, one.channel)
    if one.done_on is None:
        return
    yield one.done_on, 1, Key("done", result_row(one.outcome), one.kind)
    taken = working_days_until(one.done_on, calendar) - working_days_until(one.received_on, calendar)
    yield one.done_on, taken, Key("days")
    if one.completed_on is not None and one.due_on is not None:
        yield one.done_on, 1, Key("judged")
        yield one.done_on, int(one.completed_on > one.due_on), Key("late")


def _beside(one: Facts) -> Moves:
    for kind, day in one.events:
        if kind in EVENTS:
            yield day, 1, Key("event", kind)
    if one.paid:
        yield one.paid[0], 1, Key("fee", "count")
        yield one.paid[0], one.paid[1], Key("fee", "total")
    for road, received, result, decided in one.remedies:
        yield received, 1, Key("remedy", road)
        if decided:
            yield decided, 1, Key("decided", road, result)
    for day in one.returned:
        yield day, 1, Key("returned")
    for day in one.reopened:
        yield day, 1, Key("reopened")
    for day, warnings in one.drafts:
        yield day, 1, Key("draft")
        yield day, warnings, Key("warning")
