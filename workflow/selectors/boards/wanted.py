"""Which cases a number of the board stands for, as it is written in an address and asked of the database."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from law.clock.reading import MovedBy
from office.models import User
from workflow.machine import State
from workflow.models import Case
from workflow.selectors.boards import flow, forecast, held, pauses
from workflow.selectors.boards.scope import Scope, watched
from workflow.selectors.timeliness import (
    RUNNING,
    WAITING,
    Standing,
    date_band,
    late_on_authority,
    open_cases,
    standing_at,
)  # fmt: skip

COLUMNS = (*RUNNING, *WAITING)
#: The dates of a case rest on a holiday notice that is not out yet: counted in its band, and shown apart.
PROVISIONAL = "provisional"
ALL = "all"
LABELS = {ALL: "全部在办", **{str(column): str(column.label) for column in COLUMNS}, PROVISIONAL: "日期暂定"}
LATE = {"with": "超过原期限、依法延长", "without": "已逾期、没有依据"}


class Wanted(NamedTuple):
    """What a list is asked for; every part that is given narrows it.

    A tuple, since a page of the board makes and writes out hundreds of them.
    """

    standing: str = ALL
    office: int | None = None
    unit: int | None = None
    person: int | None = None
    original: str = ""
    late: str = ""
    moved: int | None = None
    stage: str = ""
    age: int | None = None
    reason: str = ""
    ahead: int | None = None
    pace: bool = False
    way: str = ""
    result: str = ""
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def scope(self) -> Scope:
        """Give the scope it is about."""
        return Scope(self.office, self.unit, self.person)

    def at(self, scope: Scope) -> Wanted:
        """Ask for the same in another scope."""
        return self._replace(office=scope.office, unit=scope.unit, person=scope.person)

    def asking(self, **parts: Any) -> Wanted:
        """Ask for more of the same, or for less."""
        return self._replace(**parts)

    def query(self, **changes: Any) -> dict[str, str]:
        """Give it as it stands in an address, with some parts changed."""
        wanted = self._replace(**changes) if changes else self
        return {
            name: "1" if value is True else str(value)
            for name, value in zip(self._fields, wanted, strict=True)
            if value is not None and value is not False and value != ""  # 0 says something: nobody yet
        }

    @property
    def label(self) -> str:
        """Say in words what is listed, its scope left out."""
        parts = [] if self.standing == ALL and self._narrowed else [LABELS[self.standing]]
        if self.original:
            parts.append(f"原届满日{Standing(self.original).label}")
        if self.late:
            parts.append(LATE[self.late])
        if self.moved is not None:
            parts.append(MovedBy(self.moved).label or "没有延长")
        if self.stage:
            parts.append(State(self.stage).label)
        if self.age is not None:
            parts.append(f"在本阶段{held.AGE_LABELS[self.age]}")
        if self.reason:
            parts.append(pauses.REASONS[self.reason])
        if self.ahead is not None:
            parts.append(forecast.label(self.ahead, pace=self.pace))
        if self.way:
            parts.append(flow.label(self.way, self.result, self.first, self.last))
        return " · ".join(parts)

    @property
    def _narrowed(self) -> bool:
        return bool(
            self.original or self.late or self.moved is not None or self.stage or self.age is not None
            or self.reason or self.ahead is not None or self.way
        )  # fmt: skip


def chosen(user: User, wanted: Wanted, *, on: dt.date) -> QuerySet[Case]:
    """Return the cases a number of the board counts, of those that a person watches."""
    cases = watched(user, wanted.scope)
    if wanted.way:
        return flow.chosen(cases, wanted.way, wanted.result, wanted.first, wanted.last)
    if wanted.ahead is not None:
        cases = forecast.chosen(cases, wanted.ahead, wanted.scope, pace=wanted.pace, on=on)
    if wanted.standing == PROVISIONAL:
        cases = open_cases(cases).filter(due_provisional=True)
    elif wanted.standing == ALL:
        cases = open_cases(cases)
    else:
        cases = standing_at(cases, wanted.standing, on=on)
    if wanted.original:
        cases = cases.alias(original=date_band(on, "original_due_on")).filter(original=wanted.original)
    if wanted.late == "with":
        cases = late_on_authority(cases, on=on)
    elif wanted.late:
        cases = standing_at(cases, Standing.OVERDUE, on=on)
    rule = Q()
    if wanted.moved is not None:
        rule &= Q(moved_by=wanted.moved)
    if wanted.stage:
        rule &= Q(state=wanted.stage)
    if wanted.reason:
        cases = pauses.of_reason(cases, wanted.reason, on=on)
    cases = cases.filter(rule)
    return cases if wanted.age is None else held.of_age(cases, wanted.age, on=on)
