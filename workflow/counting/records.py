"""Read single cases as they count, now and as they were known at the end of an earlier day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.timezone import localdate

from office.models import JournalEntry
from workflow import rules
from workflow.clock import read_record
from workflow.counting.database import fill_from, one_outcome
from workflow.counting.facts import Facts
from workflow.models import Case
from workflow.rules import Rules
from workflow.selectors.as_known import RECORDS, known_of

#: Cases read at a time.
BATCH = 1000
RELATED = ("items", "events", "remedies", "deliveries", "reopenings", "drafts")
#: Which act records what is counted beside the clock.
CONFIRMS, PAYS, CONCLUDES, REOPENS = (
    ("case.confirm_receipt",), ("case.record_payment",), ("case.conclude_remedy",),
    ("case.reopen", "case.restart_term", "case.withdraw_reply"),
)  # fmt: skip
RETURNS = ("case.record_return", "case.record_bounce")
WANTED = frozenset({*RECORDS, *CONFIRMS, *PAYS, *CONCLUDES, *REOPENS, *RETURNS})

Lines = list[tuple[str, dt.datetime, dict[str, Any]]]


def read(pks: Iterable[int]) -> Iterator[Any]:
    """Read cases with everything that counts of them, a batch at a time."""
    wanted = sorted(pks)
    for start in range(0, len(wanted), BATCH):
        rows = Case.objects.filter(pk__in=wanted[start : start + BATCH]).select_related("office", "fee")
        yield from rows.prefetch_related(*RELATED).order_by("pk")


def as_it_counts(case: Any) -> Facts:
    """Return what counts of a case today."""
    one = _begun(case)
    one.received_on = case.received_on
    one.done_on, one.due_on, one.completed_on = case.replied_on, case.due_on, case.completed_on
    overrides = rules.of(case.office).overrides
    if case.replied_on:
        one.outcome = one_outcome(_outcomes(case), case.replied_on, overrides)
    _first_round(one, sorted(case.reopenings.all(), key=lambda row: row.seq), overrides)
    one.events = [(row.type, row.on) for row in case.events.all()]
    fee = getattr(case, "fee", None)
    if fee is not None and fee.paid_on:
        one.paid = (fee.paid_on, fee.total)
    one.remedies = [(row.road, row.received_on, row.result, row.decided_on) for row in case.remedies.all()]
    one.returned = [row.returned_on for row in case.deliveries.all() if row.returned_on]
    one.reopened = [row.on for row in case.reopenings.all()]
    one.drafts = [(row.drafted_on, row.warnings) for row in case.drafts.all() if row.warnings is not None]
    return one


def as_known(case: Any, lines: Lines, *, day: dt.date, by: Rules) -> Facts | None:
    """Return what counted of a case at the end of an earlier day; None where nobody had entered it by then.

    :param lines: the journal's lines of the case that record what counts, in order: key, instant and data
    :param by: the rules with the calendar as it was known on that day
    """
    if localdate(case.created_at) > day:
        return None
    one = _begun(case)
    kept = [row for row in lines if localdate(row[1]) <= day]
    confirmed_on = case.confirmed_on
    confirmations = [at for key, at, _ in lines if key in CONFIRMS]
    if confirmations and localdate(confirmations[0]) > day:
        confirmed_on = None
    told = known_of(list(case.events.all()), list(lines), day=day)
    seen = read_record(
        case.channel, case.arrived_on, confirmed_on, told, as_of=max(day, case.arrived_on), by=by
    )[0]  # fmt: skip
    one.received_on, one.due_on, one.completed_on = seen.received_on, seen.due_on, seen.completed_on
    one.done_on = next((event["on"] for event in reversed(told) if event["type"] in ENDS), None)
    again = sorted(case.reopenings.all(), key=lambda row: row.seq)
    known_again = again[: sum(key in REOPENS for key, _, _ in kept)]
    overrides = by.overrides
    if one.done_on:
        # A later round has cleared the items: what the first came to was kept when it ended.
        later = next((row.before for row in again if row.before.get("replied_on")), None)
        outcomes = [item["outcome"] for item in later["items"]] if later else _outcomes(case)
        one.outcome = one_outcome(outcomes, one.done_on, overrides)
    _first_round(one, known_again, overrides)
    one.events = [(event["type"], event["on"]) for event in told]
    fee = getattr(case, "fee", None)
    if fee is not None and fee.paid_on and any(key in PAYS for key, _, _ in kept):
        one.paid = (fee.paid_on, fee.total)
    one.remedies = list(_remedies(case, lines, day))
    sent_back = sorted((row for row in case.deliveries.all() if row.returned_on), key=lambda row: row.pk)
    one.returned = [row.returned_on for row in sent_back[: sum(key in RETURNS for key, _, _ in kept)]]
    one.reopened = [row.on for row in known_again]
    one.drafts = [
        (row.drafted_on, row.warnings)
        for row in case.drafts.all()
        if row.warnings is not None and localdate(row.created_at) <= day
    ]
    return one


ENDS = frozenset({"replied", "withdrawn"})


def lines_of(pks: Sequence[int]) -> dict[int, Lines]:
    """Read the journal's lines that record what counts, by case."""
    found: dict[int, Lines] = defaultdict(list)
    for start in range(0, len(pks), BATCH):
        subjects = [f"case:{pk}" for pk in pks[start : start + BATCH]]
        rows = JournalEntry.objects.filter(subject__in=subjects, key__in=WANTED).order_by("subject", "seq")
        for subject, key, at, data in rows.values_list("subject", "key", "at", "data"):
            found[int(subject.removeprefix("case:"))].append((key, at, data))
    return found


def _begun(case: Any) -> Facts:
    return Facts(case.pk, case.office_id, case.applicant_kind, case.channel)


def _outcomes(case: Any) -> list[str]:
    return [item.outcome for item in sorted(case.items.all(), key=lambda item: item.seq)]


def _first_round(one: Facts, reopenings: Iterable[Any], overrides: Any) -> None:
    before = next((row.before for row in reopenings if row.before.get("replied_on")), None)
    if before:
        fill_from(one, before, overrides)


def _remedies(case: Any, lines: Lines, day: dt.date) -> Iterator[tuple[str, dt.date, str, dt.date | None]]:
    concluded = {data.get("remedy"): localdate(at) for key, at, data in lines if key in CONCLUDES}
    for row in sorted(case.remedies.all(), key=lambda row: row.seq):
        if localdate(row.created_at) > day:
            continue
        known = row.decided_on is not None and concluded.get(row.seq, row.decided_on) <= day
        yield row.road, row.received_on, row.result if known else "", row.decided_on if known else None
