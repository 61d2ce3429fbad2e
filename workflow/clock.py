"""Bring a case's stored dates to what the pure clock says of its events."""

from __future__ import annotations

import datetime as dt
from typing import Any

from law.clock import Reading, evaluate
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
    days, overrides = by or rules.of(case.office)
    return evaluate(
        channel=case.channel,
        arrived_on=case.arrived_on,
        confirmed_on=case.confirmed_on,
        events=[as_event(event) for event in case.clock_events()],
        as_of=as_of,
        calendar=days,
        overrides=overrides,
        ledger=ledger,
    )


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


def refresh_clock(case: Case, *, as_of: dt.date) -> None:
    """Write the clock's dates into the case's cached columns, without saving the row."""
    case.forget_facts()
    now = reading(case, as_of=as_of)
    for name in CACHED:
        setattr(case, name, getattr(now, name))
    case.due_provisional = now.provisional
    case.due_may_change = now.may_change
    case.clock_status = str(now.status)
