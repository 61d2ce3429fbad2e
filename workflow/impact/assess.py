"""Reckon every open case by the rules to come, and tell which dates would be others."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple

from law.clock import Reading
from workflow.clock import CACHED, Void, read_record
from workflow.impact.change import Change
from workflow.models import Case, ClockEvent
from workflow.rules import Rules
from workflow.selectors.timeliness import open_cases

CHUNK = 2000
COLUMNS = (*CACHED, "due_provisional", "due_may_change", "clock_status")
DUE, PROVISIONAL = COLUMNS.index("due_on"), COLUMNS.index("due_provisional")
_dates = attrgetter(*CACHED)
FACTS = ("pk", "year", "seq", "office_id", "channel", "arrived_on", "confirmed_on")


class Moved(NamedTuple):
    """One open case whose due date would be another."""

    case: int
    number: str
    office: int
    before: dt.date | None
    after: dt.date | None
    turns: str
    provisional: bool


class Stuck(NamedTuple):
    """One open case with a recorded event that has no effect by the rules to come."""

    case: int
    number: str
    office: int
    why: str


@dataclass
class Impact:
    """What a change does to the open cases: how many it reads, which move, which become late or in time."""

    on: dt.date
    read: int = 0
    moved: list[Moved] = field(default_factory=list)
    settled: int = 0
    stuck: list[Stuck] = field(default_factory=list)

    @property
    def late(self) -> list[Moved]:
        """List the cases that become overdue."""
        return [row for row in self.moved if row.turns == "late"]

    @property
    def cured(self) -> list[Moved]:
        """List the cases that are overdue no longer."""
        return [row for row in self.moved if row.turns == "cured"]

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        if not self.read:
            return "现在没有受影响的在办案件。"
        told = f"会移动 {len(self.moved)} 件在办案件：{len(self.late)} 件变为逾期，{len(self.cured)} 件不再逾期。"
        if self.settled:
            told += f"另有 {self.settled} 件的日期由暂定变为确定。"
        if self.stuck:
            told += f"{len(self.stuck)} 件有已登记的事件按新的日期不再成立，须逐件核对。"
        return told

    @property
    def digest(self) -> str:
        """Fingerprint what was shown, so that nobody confirms something else."""
        told = "\n".join([str(self.on), *map(repr, sorted(self.moved)), *map(repr, sorted(self.stuck))])
        return hashlib.sha256(told.encode()).hexdigest()

    def by_office(self) -> dict[int, tuple[int, int, int]]:
        """Count what moves, becomes late and is late no longer, for each office."""
        moved = Counter(row.office for row in self.moved)
        late = Counter(row.office for row in self.late)
        cured = Counter(row.office for row in self.cured)
        return {pk: (count, late[pk], cured[pk]) for pk, count in sorted(moved.items())}


Written = list[tuple[int, tuple[Any, ...]]]


def impact_of(change: Change, *, on: dt.date) -> Impact:
    """Tell what a change would do on a day; nothing is written."""
    found = Impact(on)
    for _ in reckoned(change, found, on=on):
        pass
    return found


def reckoned(change: Change, found: Impact, *, on: dt.date) -> Iterator[Written]:
    """Yield the stored dates that would be others, in chunks, and count into ``found`` as it goes.

    Reads the open cases of the offices reached and their events, whatever has been archived. No case is locked:
    who writes from this holds the edition, without which no act records an event (``published.pinned``).
    """
    everywhere = open_cases(Case.objects.filter(office_id__in=change.offices))
    ids = sorted(everywhere.order_by().values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        cases = open_cases(Case.objects.filter(pk__in=ids[start : start + CHUNK])).order_by("pk")
        rows = list(cases.values_list(*FACTS, *COLUMNS))
        events = _events([row[0] for row in rows])
        written: Written = []
        for row in rows:
            new = _reckon(change, found, row, events.get(row[0], []), on)
            if new != row[len(FACTS) :]:
                written.append((row[0], new))
        found.read += len(rows)
        yield written


def _events(ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    rows = ClockEvent.objects.filter(case_id__in=ids).order_by("case_id", "seq")
    for case, kind, on, data in rows.values_list("case_id", "type", "on", "data"):
        found.setdefault(case, []).append({"type": kind, "on": on, **data})
    return found


def _stored(seen: Reading) -> tuple[Any, ...]:
    """Give a reading in the order of the stored columns."""
    return (*_dates(seen), seen.provisional, seen.may_change, seen.status.value)


def _reckon(
    change: Change, found: Impact, row: tuple[Any, ...], events: list[dict[str, Any]], on: dt.date
) -> tuple[Any, ...]:
    pk, year, seq, office, channel, arrived, confirmed = row[: len(FACTS)]
    number = f"{year}-{seq:04d}"

    def read(by: Rules) -> tuple[Reading, list[Void]]:
        return read_record(channel, arrived, confirmed, events, as_of=max(on, arrived), by=by)

    seen, void = read(change.after[office])
    if void and not read(change.before[office])[1]:
        found.stuck.append(Stuck(pk, number, office, str(void[0][1])))
    new = _stored(seen)
    old = row[len(FACTS) :]
    if new == old:
        return new
    was_due, was_provisional = old[DUE], old[PROVISIONAL]
    if seen.assumed:
        # What differs may merely have moved with the day; only the change's own doing counts.
        was, _ = read(change.before[office])
        was_due, was_provisional = was.due_on, was.provisional
    if was_due != seen.due_on:
        turns = _turns(was_due, seen, on)
        found.moved.append(Moved(pk, number, office, was_due, seen.due_on, turns, seen.provisional))
    found.settled += was_provisional and not seen.provisional
    return new


def _turns(was_due: dt.date | None, now: Reading, on: dt.date) -> str:
    at = now.completed_on or on
    late = [due is not None and at > due for due in (was_due, now.due_on)]
    if late[0] == late[1]:
        return ""
    return "late" if late[1] else "cured"
