"""Reckon every open case by the rules to come, and tell which dates would be others."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.models.functions import Cast

from law.clock import Reading
from workflow.clock import CACHED, Void, read_record
from workflow.impact.change import Change
from workflow.models import Case, ClockEvent
from workflow.rules import Rules
from workflow.selectors.timeliness import open_cases

CHUNK = 2000
COLUMNS = (*CACHED, "due_provisional", "due_may_change", "clock_status", "moved_by")
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
Facts = tuple[str, dt.date, dt.date | None, tuple[tuple[str, dt.date, str], ...]]
"""What a clock is reckoned from: channel, arrival, confirmation, and each event's type, day and data as text."""


class Judged(NamedTuple):
    """What the rules before and after say of one clock."""

    stored: tuple[Any, ...]
    due: dt.date | None
    provisional: bool
    completed: dt.date | None
    # By the rules before, where the stored dates may merely have moved with the day.
    before: tuple[dt.date | None, bool] | None
    stuck: str


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
    judges: dict[int, Judge] = {}
    by_rules: dict[tuple[int, int], Judge] = {}
    for office, after in change.after.items():
        # Offices that go by the same rules share what was reckoned.
        pair = (id(change.before[office]), id(after))
        judges[office] = by_rules.setdefault(pair, Judge(change.before[office], after, on))
    for start in range(0, len(ids), CHUNK):
        cases = open_cases(_among(Case, "id", ids[start : start + CHUNK])).order_by("pk")
        rows = list(cases.values_list(*FACTS, *COLUMNS))
        events = _events([row[0] for row in rows])
        written: Written = []
        for row in rows:
            pk, office, channel, arrived, confirmed = row[0], *row[3 : len(FACTS)]
            judged = judges[office].of((channel, arrived, confirmed, tuple(events.get(pk, ()))))
            _count(found, row, judged, on)
            if judged.stored != row[len(FACTS) :]:
                written.append((pk, judged.stored))
        found.read += len(rows)
        yield written


def _among(model: type[models.Model], column: str, ids: list[int]) -> models.QuerySet[Any, Any]:
    """Pick rows by many ids: as one array where the database knows arrays, else one by one."""
    if connection.vendor == "postgresql":
        any_of = f'"{model._meta.db_table}"."{column}" = ANY(%s)'
        return model._default_manager.extra(where=[any_of], params=[ids])  # noqa: S610
    return model._default_manager.filter(**{f"{column}__in": ids})


def _events(ids: list[int]) -> dict[int, list[tuple[str, dt.date, str]]]:
    found: dict[int, list[tuple[str, dt.date, str]]] = {}
    rows = _among(ClockEvent, "case_id", ids).order_by("case_id", "seq")
    # As text: most clocks have been reckoned before, and need not be read again.
    told = rows.annotate(told=Cast("data", models.TextField()))
    for case, kind, on, data in told.values_list("case_id", "type", "on", "told"):
        found.setdefault(case, []).append((kind, on, data))
    return found


class Judge:
    """Reckon clocks by the rules before and after, each different clock once."""

    # Beyond this many different clocks the memory starts anew.
    HELD = 50_000

    def __init__(self, before: Rules, after: Rules, on: dt.date) -> None:
        self.before, self.after, self.on = before, after, on
        self.held: dict[Facts, Judged] = {}

    def of(self, facts: Facts) -> Judged:
        """Tell what the rules say of a clock."""
        judged = self.held.get(facts)
        if judged is None:
            if len(self.held) >= self.HELD:
                self.held.clear()
            judged = self.held[facts] = self._judge(facts)
        return judged

    def _judge(self, facts: Facts) -> Judged:
        channel, arrived, confirmed, told = facts
        events = [{"type": kind, "on": on, **json.loads(data)} for kind, on, data in told]

        def read(by: Rules) -> tuple[Reading, list[Void]]:
            return read_record(channel, arrived, confirmed, events, as_of=max(self.on, arrived), by=by)

        seen, void = read(self.after)
        stuck = str(void[0][1]) if void and not read(self.before)[1] else ""
        before = None
        if seen.assumed:
            # What differs may merely have moved with the day; only the change's own doing counts.
            was, _ = read(self.before)
            before = (was.due_on, was.provisional)
        stored = (*_dates(seen), seen.provisional, seen.may_change, seen.status.value, int(seen.moved_by))
        return Judged(stored, seen.due_on, seen.provisional, seen.completed_on, before, stuck)


def _count(found: Impact, row: tuple[Any, ...], judged: Judged, on: dt.date) -> None:
    """Count one case into an impact."""
    old = row[len(FACTS) :]
    if judged.stored == old and not judged.stuck:
        return
    pk, year, seq, office = row[:4]
    number = f"{year}-{seq:04d}"
    if judged.stuck:
        found.stuck.append(Stuck(pk, number, office, judged.stuck))
        if judged.stored == old:
            return
    was_due, was_provisional = judged.before or (old[DUE], old[PROVISIONAL])
    if was_due != judged.due:
        turns = _turns(was_due, judged, on)
        found.moved.append(Moved(pk, number, office, was_due, judged.due, turns, judged.provisional))
    found.settled += was_provisional and not judged.provisional


def _turns(was_due: dt.date | None, now: Judged, on: dt.date) -> str:
    at = now.completed or on
    late = [due is not None and at > due for due in (was_due, now.due)]
    if late[0] == late[1]:
        return ""
    return "late" if late[1] else "cured"
