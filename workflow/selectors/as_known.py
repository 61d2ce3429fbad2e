"""A case's clock as it was known on a day: what had been recorded by then, by the notices published by then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.timezone import localdate

from calendars.errors import CalendarError
from law.clock import Reading
from office.errors import Refusal
from office.models import JournalEntry
from workflow import rules
from workflow.clock import as_event, read_record

#: Which act records which event of the clock.
RECORDS = {
    "case.request_supplement": "supplement_notice", "case.receive_supplement": "supplement_received",
    "case.extend": "extension", "case.consult": "consultation_sent", "case.consult_list": "consultation_sent",
    "case.consult_joint": "consultation_sent", "case.ask_assistance": "consultation_sent",
    "case.record_opinion": "opinion_received", "case.answer_letter": "opinion_received",
    "case.charge_fee": "fee_notice", "case.record_payment": "fee_paid", "case.ask_reasons": "excess_asked",
    "case.receive_reasons": "excess_explained", "case.delay_reply": "excess_delay",
    "case.sign": "replied", "case.confirm_signed_sheet": "replied", "case.reply_at_once": "replied",
    "case.lapse": "replied", "case.lapse_fee": "replied", "case.serve": "served", "case.withdraw": "withdrawn",
    "case.reopen": "ordered_rereply", "case.restart_term": "ordered_rereply", "case.withdraw_reply": "ordered_rereply",
}  # fmt: skip
#: Acts that record several events at once.
SEVERAL = frozenset({"case.consult_list"})

Lines = Sequence[tuple[str, dt.datetime, dict[str, Any]]]


def reading_as_known(case: Any, *, day: dt.date) -> Reading:
    """Evaluate the clock of a case, day by day, as it stood at the end of an earlier day.

    Raises Refusal before the request arrived, or where nobody can tell which notices were out.
    """
    if day < case.arrived_on:
        raise Refusal("before_arrival", "这一天申请还没有到达。", field="as_of")
    confirmed = case.confirmed_on if case.confirmed_on and case.confirmed_on <= day else None
    try:
        known = rules.of(case.office).as_known_on(day)
    except CalendarError as error:
        raise Refusal("not_told", error.message, field="as_of") from error
    return read_record(
        case.channel,
        case.arrived_on,
        confirmed,
        known_events(case, day=day),
        as_of=day,
        by=known,
        ledger=True,
    )[0]


def known_events(case: Any, *, day: dt.date) -> list[dict[str, Any]]:
    """List the events of the clock that were on record at the end of a day, with what was known of them."""
    entries = JournalEntry.objects.filter(subject=case.subject_ref, key__in=RECORDS).order_by("seq")
    return known_of(case.clock_events(), list(entries.values_list("key", "at", "data")), day=day)


def known_of(events: Iterable[Any], lines: Lines, *, day: dt.date) -> list[dict[str, Any]]:
    """Say the same of events and journal lines that were read already.

    :param lines: the case's lines in order: key, instant and data; those that record nothing of the clock are passed over
    """
    left = [line for line in lines if line[0] in RECORDS]
    found = []
    for row in sorted(events, key=lambda event: event.seq):
        recorded_on = _recorded_on(row, left)
        if recorded_on > day or row.on > day:
            continue
        event = as_event(row)
        if event.get("delivered_on") and dt.date.fromisoformat(event["delivered_on"]) > day:
            event["delivered_on"] = None
        found.append(event)
    return found


def _recorded_on(event: Any, lines: list[tuple[str, dt.datetime, dict[str, Any]]]) -> dt.date:
    """Find the act that recorded an event, and take it off the list; without one the event's own day counts."""
    for place, (key, at, data) in enumerate(lines):
        if RECORDS[key] != event.type or (key == "case.record_opinion" and not data.get("opinion")):
            continue
        if key not in SEVERAL:
            del lines[place]
        return localdate(at)
    return event.on
