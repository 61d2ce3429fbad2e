"""The board counted by hand: one case after another, one day after another, from the events alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

from tests.workflow.supervision.histories import History, expected
from workflow.models import Case

DAY = dt.timedelta(days=1)
OPEN = {"overdue", "today", "soon", "near", "later", "paused", "stopped"}
AHEAD = (5, 10, 20)


def working_after(one: History, day: dt.date, number: int) -> dt.date:
    """Walk to the n-th working day after a day."""
    while number:
        day += DAY
        number -= one.calendar.fact(day).working
    return day


def working_before(one: History, day: dt.date, number: int) -> dt.date:
    """Walk back to the day after which so many working days lie up to a day."""
    while number:
        number -= one.calendar.fact(day).working
        day -= DAY
    return day


def pausing(one: History, day: dt.date) -> list[dt.date]:
    """Name the days of sending of the consultations that keep a day from being counted."""
    seen = one.reading(day)
    held = []
    for row in one.consultations:
        sent, delivered, opinion = row["sent_on"], row["delivered_on"], row["opinion_on"]
        if seen.clock_start_on is None or sent < seen.clock_start_on or not sent < day:
            continue
        over = opinion is not None and day > opinion
        silent = delivered is not None and day > working_after(one, delivered, 15)
        if not over and not silent and (seen.due_on is None or sent < seen.due_on):
            held.append(sent)
    return held


def days_there(one: History, since: dt.date, on: dt.date) -> int:
    """Count the working days after a day up to another on which no consultation stopped the clock."""
    count, day = 0, since
    # What the record of the last day says of an earlier one; only the days themselves are walked.
    silent = {
        n: working_after(one, row["delivered_on"], 15)
        for n, row in enumerate(one.consultations)
        if row["delivered_on"]
    }
    seen = one.reading(on)
    while day < on:
        day += DAY
        stopped = any(
            row["sent_on"] < day
            and not (row["opinion_on"] and day > row["opinion_on"])
            and not (n in silent and day > silent[n])
            and seen.due_on is not None
            and seen.clock_start_on is not None
            and seen.clock_start_on <= row["sent_on"] < seen.due_on
            for n, row in enumerate(one.consultations)
        )
        count += one.calendar.fact(day).working and not stopped
    return count


def authority(one: History) -> int:
    """Tell from the events what the due date rests on: 1 extension, 2 consultation, 4 delay."""
    found, last = 0, one.reading(one.last_act())
    for event in sorted(one.events, key=lambda e: e["on"]):
        if event["type"] == "supplement_received":
            found = 0
        found |= {"extension": 1, "excess_delay": 4}.get(event["type"], 0)
    for row in one.consultations:
        ends = [
            day
            for day in (
                row["opinion_on"], working_after(one, row["delivered_on"], 15) if row["delivered_on"] else None,
            )
            if day
        ]  # fmt: skip
        begun = last.clock_start_on is not None and row["sent_on"] >= last.clock_start_on
        before_due = last.due_on is None or row["sent_on"] < last.due_on
        if begun and before_due and (not ends or min(ends) > row["sent_on"]):
            found |= 2
    return found


class ByHand:
    """Everything the board tells of some cases on a day."""

    def __init__(self, cases: list[Case], histories: dict[int, History], on: dt.date) -> None:
        self.standing: Counter[tuple[Any, ...]] = Counter()
        self.provisional = 0
        self.late: Counter[tuple[str, int]] = Counter()
        self.dates: Counter[tuple[str, str]] = Counter()
        self.waiting: defaultdict[str, list[int]] = defaultdict(list)
        self.stages: defaultdict[str, list[int]] = defaultdict(list)
        self.units: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        self.people: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
        self.overdue_after: dict[int, set[int]] = {ahead: set() for ahead in AHEAD}
        self.finished: Counter[tuple[int, int]] = Counter()
        self.order: dict[int, tuple[dt.date, int]] = {}
        self.unit_of: dict[int, tuple[int, int]] = {}
        for case in cases:
            self._add(case, histories[case.pk], on)

    def _add(self, case: Case, one: History, on: dt.date) -> None:
        where = expected(one, on)
        unit = (case.office_id, case.unit_id or 0)
        if where not in OPEN:
            begins = working_before(one, on, 20)
            left = case.closed_on
            if case.received_on and left is not None and begins < left <= on:
                self.finished[unit] += 1
            return
        seen = one.reading(on)
        self.standing[*unit, case.handler_id or 0, where] += 1
        self.provisional += case.due_provisional
        moved = authority(one)
        if where == "overdue":
            self.late["without", moved] += 1
        elif where != "stopped" and seen.original_due_on and seen.original_due_on < on:
            self.late["with", moved] += 1
        if seen.original_due_on:
            self.dates[band(one, seen.original_due_on, on), where] += 1
        if where == "paused":
            self.waiting["third"].append(days(one, min(pausing(one, on)), on))
        elif where == "stopped":
            named = one.state if one.state in ("supplementing", "submitted") else "other"
            assert case.stage_on
            self.waiting[named].append(days(one, case.stage_on, on))
        self._hold(case, one, where, on)

    def _hold(self, case: Case, one: History, where: str, on: dt.date) -> None:
        unit, seen = (case.office_id, case.unit_id or 0), one.reading(on)
        assert case.stage_on
        self.stages[one.state].append(days_there(one, case.stage_on, on))
        if where != "stopped":
            start = seen.clock_start_on
            assert start
            if case.unit_on:
                self.units[unit].append(days_there(one, max(case.unit_on, start), on))
            if case.handler_on:
                self.people[*unit, case.handler_id or 0].append(
                    days_there(one, max(case.handler_on, start), on)
                )
        if case.due_on:
            self.order[case.pk], self.unit_of[case.pk] = (case.due_on, case.pk), unit
        for ahead in AHEAD:
            if expected(one, working_after(one, on, ahead)) == "overdue":
                self.overdue_after[ahead].add(case.pk)

    def paced(self, ahead: int) -> set[int]:
        """Take from what will be overdue what each unit finishes till then, that which is due first first."""
        left = set()
        for unit in {self.unit_of[pk] for pk in self.overdue_after[ahead]}:
            mine = sorted(
                (pk for pk in self.overdue_after[ahead] if self.unit_of[pk] == unit),
                key=self.order.__getitem__,
            )
            left |= set(mine[self.finished[unit] * ahead // 20 :])
        return left


def days(one: History, since: dt.date, on: dt.date) -> int:
    """Count the working days after a day up to another."""
    count, day = 0, since
    while day < on:
        day += DAY
        count += one.calendar.fact(day).working
    return count


def band(one: History, due: dt.date, on: dt.date) -> str:
    """Tell the band of a date by counting."""
    if due <= on:
        return "overdue" if due < on else "today"
    left = days(one, on, due)
    return "soon" if left <= 3 else "near" if left <= 10 else "later"
