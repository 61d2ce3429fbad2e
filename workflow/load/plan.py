"""Which cases an office has: when each came, which road it took and how far it has got, numbered without gaps."""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect
from dataclasses import dataclass, field
from itertools import accumulate

import calendars
from workflow.load.roads import Step, road
from workflow.load.words import FORMS, OUTCOMES

OPEN_SHARE = 0.02
GOLDEN = 0.6180339887498949
CHANNELS = {"portal": 52, "post_signed": 24, "counter": 12, "email": 5, "post_plain": 3, "fax": 2, "oral": 2}
WAITS = frozenset({"email", "post_plain", "fax"})
PATHS = {"plain": 76, "extended": 8, "supplement": 7, "consulted": 5, "withdrawn": 3, "lapsed": 1}
PACES = {3: 4, 5: 8, 8: 14, 10: 14, 12: 14, 14: 12, 16: 10, 17: 7, 18: 6, 19: 5, 20: 3, 22: 2, 24: 1}
LAGS = {"portal": 0, "email": 0, "post": 1, "counter": 2}
# Where open cases stand: the last act done, and how many of a hundred.
STOPS = {
    "submit": 6, "register": 6, "assign": 46, "request_supplement": 8, "record_search": 4, "propose": 6,
    "send_to_review": 5, "clear_secrecy": 2, "clear_redaction": 4, "sign": 3, "extend": 6, "consult": 4,
}  # fmt: skip
NEEDS = {"request_supplement": "supplement", "extend": "extended", "consult": "consulted"}
ENDS = frozenset({"served", "lapsed", "withdrawn", "archived"})


class Draw:
    """Draw from weighted choices with one random number."""

    def __init__(self, weights: dict[object, int]) -> None:
        self.values, self.edges = list(weights), list(accumulate(weights.values()))

    def __call__(self, rng: random.Random) -> object:
        return rng.choices(self.values, cum_weights=self.edges)[0]

    def spread(self, place: int) -> object:
        """Return the choice of one place of a row in which every run of places is well mixed."""
        return self.values[bisect(self.edges, place * GOLDEN % 1 * self.edges[-1])]


CHANNEL, PATH, PACE, STOP = Draw(CHANNELS), Draw(PATHS), Draw(PACES), Draw(STOPS)
OUTCOME = Draw({name: row[0] for name, row in OUTCOMES.items()})


@dataclass(slots=True)
class Planned:
    """One case to be written."""

    channel: str
    service: str
    path: str
    outcome: str
    items: int
    form: str
    arrived: dt.date
    received: dt.date | None
    steps: tuple[Step, ...]
    open: bool
    id: int = 0
    seq: int = 0
    numbers: list[int] = field(default_factory=list)

    def day(self, step: Step) -> dt.date:
        """Return the day of one of the steps."""
        if step.day < 0 or self.received is None:
            return self.arrived
        return later(self.received, step.day)


def later(day: dt.date, n: int) -> dt.date:
    """Return the n-th working day after a day; 0 is the day itself."""
    return calendars.load().add_working_days(day, n)


def plan(
    rng: random.Random, number: int, first: dt.date, until: dt.date, *, before: int = 0
) -> list[Planned]:
    """Draw the cases of one office between two days, in order of arrival; ``before`` counts those of others."""
    start, end = round(before * OPEN_SHARE), round((before + number) * OPEN_SHARE)
    waiting = end - start
    drawn = [_open(rng, until, str(STOP.spread(place))) for place in range(start, end)]
    drawn += [_closed(rng, first, until) for _ in range(number - waiting)]
    drawn.sort(key=lambda case: case.arrived)
    return drawn


def _traits(rng: random.Random) -> tuple[str, str, int]:
    channel = str(CHANNEL(rng))
    if channel == "portal":
        service = "portal"
    else:
        service = "email" if channel == "email" else rng.choice(("post", "post", "counter"))
    return channel, service, 1 if rng.random() < 0.85 else rng.choice((2, 2, 3))


def _closed(rng: random.Random, first: dt.date, until: dt.date) -> Planned:
    """Draw a case that is over; one that came so late that it cannot be is drawn again."""
    channel, service, items = _traits(rng)
    path, pace = str(PATH(rng)), int(str(PACE(rng)))
    steps = road(
        path, pace, LAGS[service], channel == "portal", channel in WAITS, items, rng.choice((2, 5, 10))
    )
    span, line = (until - first).days, calendars.load().line
    while True:
        received = _receipt(channel, first + dt.timedelta(days=rng.randrange(span)))
        elapsed = line.count(received.toordinal(), until.toordinal())
        done = steps if steps[-1].day <= elapsed else tuple(step for step in steps if step.day <= elapsed)
        if done and done[-1].state in ENDS and _whole(done, steps):
            break
    arrived = received - dt.timedelta(days=rng.randrange(1, 4)) if channel in WAITS else received
    return Planned(
        channel,
        service,
        path,
        str(OUTCOME(rng)),
        items,
        rng.choice(FORMS),
        arrived,
        received,
        done,
        open=False,
    )


def _whole(done: tuple[Step, ...], steps: tuple[Step, ...]) -> bool:
    """Say whether what ended has also been served: a notice's delivery belongs to its ending."""
    return len(done) == len(steps) or steps[len(done)].act == "archive"


def _open(rng: random.Random, until: dt.date, stop: str) -> Planned:
    """Draw a case that waits somewhere on its road, sometimes for too long."""
    channel, service, items = _traits(rng)
    path, pace = NEEDS.get(stop, "plain"), int(str(PACE(rng)))
    if stop == "submit" and channel in WAITS:
        # Nobody has reached the applicant yet: the legal day of receipt is open.
        arrived = until - dt.timedelta(days=rng.randrange(0, 6))
        return Planned(
            channel, service, path, str(OUTCOME(rng)), items, rng.choice(FORMS), arrived, None,
            road(path, pace, 0, False, True, items, 2)[:1], open=True,
        )  # fmt: skip
    steps = road(path, pace, LAGS[service], channel == "portal", channel in WAITS, items, 2)
    last = max(place for place, step in enumerate(steps) if step.act == stop)
    steps = steps[: last + 1]
    idle = rng.randrange(0, 26 if rng.random() < 0.08 else 7 if steps[-1].day > 2 else 15)
    if steps[-1].state == "submitted":
        idle = rng.randrange(0, 2)
    line = calendars.load().line
    # The working day on which, counted back from the last one, the last act falls where it should.
    place = line.before[until.toordinal() - line.base] - 1 - max(steps[-1].day, 0) - idle
    received = dt.date.fromordinal(line.ordinals[place])
    arrived = received - dt.timedelta(days=rng.randrange(1, 4)) if channel in WAITS else received
    return Planned(
        channel,
        service,
        path,
        str(OUTCOME(rng)),
        items,
        rng.choice(FORMS),
        arrived,
        received,
        steps,
        open=True,
    )


def _receipt(channel: str, day: dt.date) -> dt.date:
    """Only the portal receives on days off."""
    return day if channel == "portal" else calendars.load().next_working_day(day)


def number(cases: list[Planned], first_id: int) -> dict[int, int]:
    """Give cases in order of arrival their ids and their running numbers by year; return the last of each year."""
    last: dict[int, int] = {}
    for place, case in enumerate(cases):
        case.id = first_id + place
        last[case.arrived.year] = case.seq = last.get(case.arrived.year, 0) + 1
    return last


def number_papers(cases: list[Planned], series_of: dict[str, str]) -> dict[tuple[str, int], int]:
    """Number every paper within its series and year in order of its day; return the last of each."""
    slots: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
    for place, case in enumerate(cases):
        count = 0
        for step in case.steps:
            if step.papers:
                day = case.day(step)
                for kind in step.papers:
                    slots.setdefault((series_of[kind], day.year), []).append((day.toordinal(), place, count))
                    count += 1
        case.numbers = [0] * count
    for rows in slots.values():
        rows.sort()
        for given, (_, place, count) in enumerate(rows, start=1):
            cases[place].numbers[count] = given
    return {key: len(rows) for key, rows in slots.items()}
