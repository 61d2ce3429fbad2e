"""Random cases with random clocks, written as rows, and what a plain reading of their events says of them."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from dataclasses import dataclass, field
from typing import Any

import calendars
from calendars.days import Calendar
from law.clock import Reading, Status, evaluate
from office.models import Office, Unit, User
from workflow.clock import columns
from workflow.models import Case, ClockEvent, Consultation

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
OPEN_STATES = ("registered", "handling", "reviewing", "signing", "replied")


@dataclass
class History:
    """One case to be: how it came, what happened to its clock, and its consultations."""

    channel: str
    arrived_on: dt.date
    confirmed_on: dt.date | None
    events: list[dict[str, Any]] = field(default_factory=list)
    consultations: list[dict[str, Any]] = field(default_factory=list)
    state: str = "handling"
    calendar: Calendar = field(default_factory=calendars.load)

    def reading(self, as_of: dt.date) -> Reading:
        """Read the clock from the events alone."""
        return evaluate(
            channel=self.channel, arrived_on=self.arrived_on, confirmed_on=self.confirmed_on,
            events=self.events, as_of=as_of, calendar=self.calendar,
        )  # fmt: skip

    def last_act(self) -> dt.date:
        """Return the last day on which somebody did something to the case."""
        days = [e["on"] for e in self.events] + [self.arrived_on, self.confirmed_on or self.arrived_on]
        return max(days + [c["delivered_on"] for c in self.consultations if c["delivered_on"]])


def random_history(rng: random.Random, on: dt.date, calendar: Calendar | None = None) -> History:
    """Draw a case that had arrived by a day, with nothing on record after that day."""
    calendar = calendar or calendars.load()
    arrived = on - dt.timedelta(days=rng.randrange(0, 75))
    channel = rng.choice(["portal", "counter", "post_signed", "email", "post_plain"])
    confirmed = None
    if channel in ("email", "post_plain") and rng.random() < 0.7:
        confirmed = arrived + dt.timedelta(days=rng.randrange(0, 4))
        confirmed = confirmed if confirmed <= on else None
    one = History(channel, arrived, confirmed, calendar=calendar)
    start = one.reading(on).clock_start_on
    if start is None:
        one.state = "submitted"
        return one

    def after(day: dt.date, least: int, most: int) -> dt.date:
        return calendar.project(day, rng.randrange(least, most)).date

    if rng.random() < 0.25:
        notice = after(start, 1, 7)
        if notice <= on:
            one.events.append({"type": "supplement_notice", "on": notice, "days": 15})
            one.state = "supplementing"
            back = after(notice, 1, 20)
            if rng.random() < 0.5 and back <= on:
                one.events.append({"type": "supplement_received", "on": back})
                one.state, start = "handling", back
            else:
                return one
    if rng.random() < 0.45:
        _consult(one, rng, on, after(start, 1, 19))
        if rng.random() < 0.3:
            _consult(one, rng, on, after(start, 1, 19))
    day = after(start, 5, 20)
    if rng.random() < 0.25 and day <= on and day <= (one.reading(on).due_on or day):
        one.events.append({"type": "extension", "on": day, "days": rng.randrange(5, 21)})
    if rng.random() < 0.08:
        _delay(one, rng, on, after(start, 2, 10))
    _reply(one, rng, on, after(start, 8, 45))
    return one


def _delay(one: History, rng: random.Random, on: dt.date, day: dt.date) -> None:
    due = one.reading(on).due_on
    if due is None or day > min(on, due) or any(event["on"] > day for event in one.events):
        return
    until = one.calendar.project(due, rng.randrange(3, 15)).date
    one.events += [{"type": "excess_asked", "on": day}, {"type": "excess_delay", "on": day, "until": until}]


def _consult(one: History, rng: random.Random, on: dt.date, sent: dt.date) -> None:
    due = one.reading(on).due_on
    if sent > on or due is None or sent > due:
        return
    name = str(len(one.consultations) + 1)
    delivered = opinion = None
    if rng.random() < 0.7:
        delivered = sent + dt.timedelta(days=rng.randrange(0, 6))
        delivered = delivered if delivered <= on else None
    if delivered and rng.random() < 0.4:
        opinion = delivered + dt.timedelta(days=rng.randrange(0, 30))
        opinion = opinion if opinion <= on else None
    event = {"type": "consultation_sent", "on": sent, "id": name, "party": "third", "delivered_on": delivered}
    one.events.append(event)
    one.consultations.append({"sent_on": sent, "delivered_on": delivered, "opinion_on": opinion})
    if opinion:
        one.events.append({"type": "opinion_received", "on": opinion, "id": name})


def _reply(one: History, rng: random.Random, on: dt.date, day: dt.date) -> None:
    if rng.random() < 0.6 or any(e["on"] > day for e in one.events) or day > on:
        one.state = rng.choice(OPEN_STATES[:4])
        return
    if rng.random() < 0.15:
        one.events.append({"type": "withdrawn", "on": day})
        one.state = "withdrawn"
        return
    one.events.append({"type": "replied", "on": day})
    one.state = "replied"
    served = day + dt.timedelta(days=rng.randrange(0, 5))
    if served <= on and rng.random() < 0.7:
        one.events.append({"type": "served", "on": served, "channel": "post"})
        one.state = rng.choice(["served", "archived"])


def store(
    one: History, *, office: Office, seq: int, unit: Unit | None = None, handler: User | None = None
) -> Case:
    """Write a history as rows, its dates cached as of the last act: nothing refreshed them since."""
    case = Case(
        office=office, unit=unit, handler=handler, submission_id=uuid.uuid4(), year=one.arrived_on.year, seq=seq,
        title=f"申请{seq}", channel=one.channel, applicant_kind="natural", applicant_name="赵某",
        wanted_form="paper", service="post", arrived_on=one.arrived_on, confirmed_on=one.confirmed_on,
        created_at=NOW, updated_at=NOW, state=one.state,
    )  # fmt: skip
    seen = one.reading(one.last_act())
    for name, told in columns(seen).items():
        setattr(case, name, told)
    case.replied_on = seen.replied_on
    _place(case, one, random.Random(seq))
    case.save()
    order = sorted(one.events, key=lambda e: e["on"])
    for place, event in enumerate(order, start=1):
        data = {
            key: value.isoformat() if isinstance(value, dt.date) else value
            for key, value in event.items()
            if key not in ("type", "on")
        }
        ClockEvent.objects.create(
            case=case, office=office, seq=place, type=event["type"], on=event["on"], data=data
        )
    for row in one.consultations:
        Consultation.objects.create(
            case=case, kind="third", party_name="第三方", subject="拟公开内容",
            opinion="agree" if row["opinion_on"] else "", **row,
        )  # fmt: skip
    return case


def _place(case: Case, one: History, rng: random.Random) -> None:
    """Say since when it is where it is: days between its arrival and the last act."""
    last = one.last_act()
    spread = (last - one.arrived_on).days
    case.stage_on = one.arrived_on + dt.timedelta(days=rng.randint(0, spread))
    if case.unit_id is not None:
        case.unit_on = one.arrived_on + dt.timedelta(days=rng.randint(0, spread))
    if case.handler_id is not None:
        case.handler_on = one.arrived_on + dt.timedelta(days=rng.randint(0, spread))
    if one.state in ("served", "archived", "withdrawn"):
        case.closed_on = case.completed_on or max(event["on"] for event in one.events)


def expected(one: History, on: dt.date) -> str:
    """Say by hand where a history stands on a day: the status of its clock and a count of days."""
    seen = one.reading(on)
    if one.state == "withdrawn":
        return "ended"
    if seen.completed_on is not None:
        return "late" if seen.status is Status.LATE else "met"
    if seen.status is Status.STOPPED:
        return "stopped"
    if seen.status is Status.PAUSED:
        return "paused"
    assert seen.due_on is not None
    if seen.due_on < on:
        return "overdue"
    if seen.due_on == on:
        return "today"
    counted = 0
    day = on
    while day < seen.due_on:
        day += dt.timedelta(days=1)
        counted += one.calendar.fact(day).working
    return "soon" if counted <= 3 else "near" if counted <= 10 else "later"
