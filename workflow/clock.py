"""Bring a case's stored dates to what the pure clock says of its events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from law.clock import ImpossibleEvent, Reading, evaluate
from workflow import rules
from workflow.models import Case, ClockEvent
from workflow.rules import Rules

CACHED = (
    "received_on", "risk_received_on", "clock_start_on", "original_due_on", "due_on", "alert_due_on",
    "supplement_notice_due_on", "completed_on",
)  # fmt: skip


def reading(case: Case, *, as_of: dt.date, ledger: bool = False, by: Rules | None = None) -> Reading:
    """Evaluate the clock of a case on a day from its recorded events; a pure function of the record.

    :param by: the rules to go by, where they are not those in force for the case's office
    """
    return read_record(
        case.channel, case.arrived_on, case.confirmed_on, [as_event(event) for event in case.clock_events()],
        as_of=as_of, by=by or rules.of(case.office), ledger=ledger,
    )[0]  # fmt: skip


def columns(seen: Reading) -> dict[str, Any]:
    """Give what a reading tells under the names of the case's stored columns."""
    return {
        **{name: getattr(seen, name) for name in CACHED}, "due_provisional": seen.provisional,
        "due_may_change": seen.may_change, "clock_status": str(seen.status), "moved_by": int(seen.moved_by),
    }  # fmt: skip


Void = tuple[int, ImpossibleEvent]


def read_record(
    channel: str, arrived_on: dt.date, confirmed_on: dt.date | None, events: Sequence[Mapping[str, Any]], *,
    as_of: dt.date, by: Rules, ledger: bool = False,
) -> tuple[Reading, list[Void]]:  # fmt: skip
    """Evaluate a clock from what is on record, and name the events that have no effect.

    A notice that is entered late can move a due date before the day of an extension that was recorded in good
    faith. Such an event stays on record without effect: the case must go on, late as it then is.
    """

    def evaluated(kept: Sequence[Mapping[str, Any]], *, explain: bool) -> Reading:
        return evaluate(
            channel=channel, arrived_on=arrived_on, confirmed_on=confirmed_on, events=kept, as_of=as_of,
            calendar=by.calendar, overrides=by.overrides, ledger=explain,
        )  # fmt: skip

    try:
        return evaluated(events, explain=ledger), []
    except ImpossibleEvent:
        kept: list[Mapping[str, Any]] = []
        void: list[Void] = []
        for place, event in enumerate(events):
            try:
                evaluated([*kept, event], explain=False)
            except ImpossibleEvent as error:
                void.append((place, error))
            else:
                kept.append(event)
        return evaluated(kept, explain=ledger), void


def reading_of_new(case: Case) -> Reading:
    """Evaluate the clock of a case that is not stored yet and has no events."""
    days, overrides = rules.of(case.office)
    return evaluate(
        channel=case.channel,
        arrived_on=case.arrived_on,
        confirmed_on=case.confirmed_on,
        calendar=days,
        overrides=overrides,
        events=[],
        as_of=max(case.arrived_on, case.confirmed_on or case.arrived_on),
    )


def reading_with(case: Case, event: dict[str, Any], *, as_of: dt.date) -> Reading:
    """Evaluate the clock of a case as if one more event had happened; nothing is stored."""
    days, overrides = rules.of(case.office)
    return evaluate(
        channel=case.channel,
        arrived_on=case.arrived_on,
        confirmed_on=case.confirmed_on,
        calendar=days,
        overrides=overrides,
        events=[*(as_event(row) for row in case.clock_events()), event],
        as_of=as_of,
    )


def as_event(event: ClockEvent) -> dict[str, Any]:
    """Give one stored event the form the clock reads."""
    return {"type": event.type, "on": event.on, **event.data}


def refresh_clock(case: Case, *, as_of: dt.date, recorded: int) -> None:
    """Write the clock's dates into the case's cached columns, without saving the row.

    :param recorded: how many events were on record before; one recorded since must be possible
    Raises ImpossibleEvent.
    """
    events = [as_event(event) for event in case.clock_events()]
    now, void = read_record(
        case.channel, case.arrived_on, case.confirmed_on, events, as_of=as_of, by=rules.of(case.office)
    )
    for place, error in void:
        if place >= recorded:
            raise error
    for name, told in columns(now).items():
        setattr(case, name, told)
