"""Rebuild the cached dates of cases from their events, and tell what differed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from calendars import published
from law.clock import Status
from office import journal
from office.actors import Actor
from workflow.clock import columns, reading
from workflow.models import Case, ClockEvent

RECOMPUTED = journal.register("case.recomputed", "{by}按期限事件重新计算日期，更正{changed}项")
# An undelivered consultation is reckoned as if delivered on the day of asking: these dates move by themselves.
DRIFTING = frozenset({"due_on", "moved_by", "alert_due_on", "due_provisional", "due_may_change"})
BATCH = 500


@dataclass(frozen=True)
class Difference:
    """One stored date that is not what the events say."""

    case_id: int
    number: str
    column: str
    stored: Any
    computed: Any

    def __str__(self) -> str:
        return f"case:{self.case_id} {self.number} {self.column}: {self.stored} → {self.computed}"


@dataclass(frozen=True)
class Progress:
    """What one batch came to: how many cases were read, what differed, how many merely moved with the day."""

    read: int
    differences: list[Difference]
    moved: int


def check(cases: QuerySet[Case], *, on: dt.date) -> Iterator[Progress]:
    """Compare the stored dates of cases with their events as of a day, batch by batch; nothing is written."""
    for ids in _batches(cases):
        found: list[Difference] = []
        moved = 0
        with published.moment():
            rows = _with_events(Case.objects.select_related("office").filter(pk__in=ids))
            for case in rows:
                differences, drift = _compare(case, on)
                found += differences
                moved += bool(drift)
        yield Progress(len(rows), found, moved)


def rebuild(cases: QuerySet[Case], *, by: Actor, on: dt.date, now: dt.datetime) -> Iterator[Progress]:
    """Write the dates that the events give as of a day; a stored date that was wrong is journalled."""
    for ids in _batches(cases):
        found: list[Difference] = []
        moved = 0
        with transaction.atomic(), published.pinned():
            # The case row is the lock of the case; events are read behind it.
            locked = Case.objects.select_for_update(of=("self",)).select_related("office")
            rows = _with_events(locked.filter(pk__in=ids).order_by("pk"))
            for case in rows:
                differences, drift = _compare(case, on)
                if not differences and not drift:
                    continue
                found += differences
                moved += not differences
                for name in {*drift, *(d.column for d in differences)}:
                    setattr(case, name, _computed(case, on)[name])
                case.save(update_fields=[*drift, *(d.column for d in differences)])
                if differences:
                    journal.write(
                        subject=case.subject_ref, key=RECOMPUTED, by=by, on=on, now=now, office_id=case.office_id,
                        act_id=uuid.uuid4(),
                        data={"changed": len(differences), "columns": sorted(d.column for d in differences)},
                    )  # fmt: skip
        yield Progress(len(rows), found, moved)


def _batches(cases: QuerySet[Case]) -> Iterator[list[int]]:
    last = 0
    ordered = cases.order_by("pk")
    while ids := list(ordered.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        yield ids
        last = ids[-1]


def _with_events(cases: QuerySet[Case]) -> list[Case]:
    rows = list(cases)
    events: dict[int, list[ClockEvent]] = {case.pk: [] for case in rows}
    for event in ClockEvent.objects.filter(case_id__in=events).order_by("case_id", "seq"):
        events[event.case_id].append(event)
    for case in rows:
        case.__dict__.setdefault("_facts", {})["events"] = events[case.pk]
    return rows


def _computed(case: Case, on: dt.date) -> dict[str, Any]:
    return columns(reading(case, as_of=max(on, case.arrived_on)))


def _compare(case: Case, on: dt.date) -> tuple[list[Difference], list[str]]:
    """Return the columns that are wrong, and those that only moved because the day is another."""
    seen = reading(case, as_of=max(on, case.arrived_on))
    wrong: list[Difference] = []
    drift: list[str] = []
    settled = seen.completed_on is not None or seen.status is Status.STOPPED
    for name, computed in columns(seen).items():
        stored = getattr(case, name)
        if stored == computed:
            continue
        if (name == "clock_status" and not settled) or (seen.assumed and name in DRIFTING):
            drift.append(name)
        else:
            wrong.append(Difference(case.pk, case.number, name, stored, computed))
    return wrong, drift


def every_nth(cases: QuerySet[Case], n: int) -> QuerySet[Case]:
    """Take every n-th case by its id, for a sample."""
    from django.db.models import F
    from django.db.models.functions import Mod

    return cases.alias(place=Mod(F("pk"), n)).filter(place=0) if n > 1 else cases


def total(progress: Iterable[Progress]) -> tuple[int, list[Difference], int]:
    """Add batches up."""
    read, found, moved = 0, [], 0
    for one in progress:
        read, moved = read + one.read, moved + one.moved
        found += one.differences
    return read, found, moved
