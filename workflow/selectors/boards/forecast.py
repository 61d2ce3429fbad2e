"""What will be overdue in some working days: if nobody does anything, and at the pace of each unit."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case as When_
from django.db.models import Count, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from workflow.models import Case
from workflow.selectors.boards.flow import PACE_DAYS, paces
from workflow.selectors.boards.scope import Scope
from workflow.selectors.timeliness import Standing, by_due, open_cases, overdue_after, standing_at

#: So many working days ahead.
AHEAD = (5, 10, 20)


@dataclass
class Outlook:
    """One line: what is overdue now, what will be by each of the days ahead, and what will be left at its own pace."""

    now: int = 0
    pace: int = 0
    nothing: dict[int, int] = field(default_factory=lambda: dict.fromkeys(AHEAD, 0))
    paced: dict[int, int] = field(default_factory=lambda: dict.fromkeys(AHEAD, 0))

    def add(self, other: Outlook) -> None:
        """Add the numbers of another line."""
        self.now += other.now
        self.pace += other.pace
        for ahead in AHEAD:
            self.nothing[ahead] += other.nothing[ahead]
            self.paced[ahead] += other.paced[ahead]


def label(ahead: int, *, pace: bool) -> str:
    """Say in words what is foreseen."""
    return f"按现有办结速度，{ahead}个工作日后逾期" if pace else f"不再办理的话，{ahead}个工作日后逾期"


def finished_by(pace: int, ahead: int) -> int:
    """Tell how many cases a group finishes in so many working days, going on as in the last ones."""
    return pace * ahead // PACE_DAYS


def outlooks(cases: QuerySet[Case], scope: Scope, *, on: dt.date) -> dict[tuple[Any, ...], Outlook]:
    """Foresee the open cases of every unit (of one person: that person's).

    At its own pace a unit finishes the cases that are due first first; what comes in meanwhile is due later.
    """
    keys = group(scope)
    found: defaultdict[tuple[Any, ...], Outlook] = defaultdict(Outlook)
    for row in _counted(standing_at(cases, Standing.OVERDUE, on=on), keys):
        found[tuple(row[key] for key in keys)].now = row["n"]
    for key, pace in paces(cases, keys, on=on).items():
        found[key].pace = pace
    for ahead in AHEAD:
        for row in _counted(overdue_after(cases, ahead, on=on), keys):
            key = tuple(row[name] for name in keys)
            one = found[key]
            one.nothing[ahead] = row["n"]
            one.paced[ahead] = max(0, row["n"] - finished_by(one.pace, ahead))
    return dict(found)


def chosen(cases: QuerySet[Case], ahead: int, scope: Scope, *, pace: bool, on: dt.date) -> QuerySet[Case]:
    """Keep the cases that are foreseen to be overdue, by the same count as ``outlooks``."""
    late = overdue_after(cases, ahead, on=on)
    if not pace:
        return late
    keys = group(scope)
    done = [
        When(**_of(keys, key), then=Value(finished))
        for key, each in paces(cases, keys, on=on).items()
        if (finished := finished_by(each, ahead))
    ]
    finished = When_(*done, default=Value(0), output_field=IntegerField())
    ranked = late.annotate(
        place=Window(RowNumber(), partition_by=[F(key) for key in keys], order_by=list(by_due(late).query.order_by)),
        finished=finished,
    )  # fmt: skip
    # The places are given before a page begins: a list is read in pages, and its pages must not be counted anew.
    return open_cases(cases).filter(pk__in=ranked.filter(place__gt=F("finished")).order_by().values("pk"))


def group(scope: Scope) -> tuple[str, ...]:
    """Name the columns that make a group with a pace of its own."""
    return ("office_id", "unit_id", "handler_id") if scope.level == "person" else ("office_id", "unit_id")


def _of(keys: tuple[str, ...], key: tuple[Any, ...]) -> dict[str, Any]:
    return {
        (f"{name}__isnull" if value is None else name): True if value is None else value
        for name, value in zip(keys, key, strict=True)
    }


def _counted(cases: QuerySet[Case], keys: tuple[str, ...]) -> Any:
    return cases.order_by().values(*keys).annotate(n=Count("pk"))
