"""Rebuild what cases keep of their events and items, and tell what differed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from calendars import published
from law.clock import Reading, Status
from office import journal
from office.actors import Actor
from workflow.clock import columns, reading
from workflow.models import Case, ClockEvent, Item
from workflow.models.case import joined

RECOMPUTED = journal.register("case.recomputed", "{by}按期限事件和申请事项重新核算，更正{changed}项")
# An undelivered consultation is reckoned as if delivered on the day of asking: these dates move by themselves.
DRIFTING = frozenset({"due_on", "moved_by", "alert_due_on", "due_provisional", "due_may_change"})
BATCH = 500


@dataclass(frozen=True)
class Difference:
    """One stored value that is not what the events or the items say."""

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
    """Compare what is stored with a case with its events and items as of a day, batch by batch; nothing is written."""
    for ids in _batches(cases):
        found: list[Difference] = []
        moved = 0
        with published.moment():
            rows = _with_record(Case.objects.select_related("office").filter(pk__in=ids))
            for case in rows:
                differences, drift = _compare(case, on)
                found += differences
                moved += bool(drift)
        yield Progress(len(rows), found, moved)


def rebuild(cases: QuerySet[Case], *, by: Actor, on: dt.date, now: dt.datetime) -> Iterator[Progress]:
    """Write what the events and items give as of a day; a stored value that was wrong is journalled."""
    for ids in _batches(cases):
        found: list[Difference] = []
        moved = 0
        with transaction.atomic(), published.pinned():
            # The case row is the lock of the case; events are read behind it.
            locked = Case.objects.select_for_update(of=("self",)).select_related("office")
            rows = _with_record(locked.filter(pk__in=ids).order_by("pk"))
            for case in rows:
                differences, drift = _compare(case, on)
                if not differences and not drift:
                    continue
                found += differences
                moved += not differences
                told = _computed(case, _read(case, on))
                for name in {*drift, *(d.column for d in differences)}:
                    setattr(case, name, told[name])
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


def _with_record(cases: QuerySet[Case]) -> list[Case]:
    rows = list(cases)
    events: dict[int, list[ClockEvent]] = {case.pk: [] for case in rows}
    for event in ClockEvent.objects.filter(case_id__in=events).order_by("case_id", "seq"):
        events[event.case_id].append(event)
    items: dict[int, list[Item]] = {case.pk: [] for case in rows}
    for item in (
        Item.objects.filter(case_id__in=items).only("case_id", "seq", "outcome").order_by("case_id", "seq")
    ):
        items[item.case_id].append(item)
    for case in rows:
        facts = case.__dict__.setdefault("_facts", {})
        facts["events"], facts["items"] = events[case.pk], items[case.pk]
    return rows


def _computed(case: Case, seen: Reading) -> dict[str, Any]:
    outcomes = joined(item.outcome for item in case.items_in_order()) if case.replied_on else ""
    return {**columns(seen), "outcomes": outcomes}


def _read(case: Case, on: dt.date) -> Reading:
    return reading(case, as_of=max(on, case.arrived_on))


def _compare(case: Case, on: dt.date) -> tuple[list[Difference], list[str]]:
    """Return the columns that are wrong, and those that only moved because the day is another."""
    seen = _read(case, on)
    wrong: list[Difference] = []
    drift: list[str] = []
    settled = seen.completed_on is not None or seen.status is Status.STOPPED
    for name, computed in _computed(case, seen).items():
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
