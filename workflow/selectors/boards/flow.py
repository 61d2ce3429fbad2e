"""What came in and what left, week by week, and how quickly each unit has been finishing."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case as When_
from django.db.models import CharField, Count, F, Q, QuerySet, Value, When

from calendars import published
from office.web.dates import chinese_date
from workflow.models import Case
from workflow.selectors.timeliness import finished_late, open_cases

#: So many weeks are shown, the present one last.
WEEKS = 12
#: A pace is what was finished in so many working days before.
PACE_DAYS = 20
IN, OUT = "in", "out"
#: How a case left: within its term, later on authority, late, or without a reply.
RESULTS = {
    "met": "原期限内答复",
    "extended": "依法延长后按期答复",
    "late": "逾期答复",
    "ended": "撤回、不再处理",
}


@dataclass
class Week:
    """A week from Monday to Sunday: what came, what left and how, and what was in hand at its end."""

    first: dt.date
    last: dt.date
    arrived: int = 0
    left: Counter[str] = field(default_factory=Counter)
    in_hand: int = 0

    @property
    def departed(self) -> int:
        """Return how many left."""
        return self.left.total()


def label(way: str, result: str, first: dt.date | None, last: dt.date | None) -> str:
    """Say in words what a list of arrivals or departures holds."""
    what = "新收" if way == IN else "办结" if not result else RESULTS[result]
    span = f"（{chinese_date(first)}至{chinese_date(last)}）" if first and last else ""
    return f"{what}{span}"


def weeks(cases: QuerySet[Case], *, on: dt.date) -> list[Week]:
    """Count arrivals by the legal day of receipt and departures by the day on which a case was finished.

    In hand is what was received and not finished, as the record now stands: a case that was reopened counts as
    if it had never left. So one week's end is the end of the one before, plus arrivals, minus departures.
    """
    monday = on - dt.timedelta(days=on.weekday())
    found = [
        Week(monday - dt.timedelta(weeks=back), monday - dt.timedelta(weeks=back) + dt.timedelta(days=6))
        for back in reversed(range(WEEKS))
    ]
    first = found[0].first

    def week(day: dt.date) -> Week:
        return found[(day - first).days // 7]

    came = cases.filter(received_on__range=(first, on)).order_by().values("received_on")
    for row in came.annotate(n=Count("pk")):
        week(row["received_on"]).arrived += row["n"]
    for row in _left(cases, first, on).order_by().values("closed_on", "result").annotate(n=Count("pk")):
        week(row["closed_on"]).left[row["result"]] += row["n"]
    in_hand = open_cases(cases).filter(received_on__lte=on).count()
    for one in reversed(found):
        one.in_hand = in_hand
        in_hand += one.departed - one.arrived
    return found


def chosen(
    cases: QuerySet[Case], way: str, result: str, first: dt.date | None, last: dt.date | None
) -> QuerySet[Case]:
    """Keep what came in or left between two days, by the same count as ``weeks``."""
    first, last = first or dt.date.min, last or dt.date.max
    if way == IN:
        return cases.filter(received_on__range=(first, last))
    left = _left(cases, first, last)
    return left.filter(result=result) if result else left


def pace_since(on: dt.date) -> dt.date:
    """Return the day after which what was finished makes the pace: so many working days back."""
    line = published.calendar().line_through(on)
    day, step = on, dt.timedelta(days=1)
    while line.count(day.toordinal(), on.toordinal()) < PACE_DAYS:
        day -= step
    return day


def paces(cases: QuerySet[Case], keys: tuple[str, ...], *, on: dt.date) -> dict[tuple[Any, ...], int]:
    """Count what each group finished in the last ``PACE_DAYS`` working days.

    :param keys: the columns that make a group
    """
    left = _left(cases, pace_since(on) + dt.timedelta(days=1), on).order_by().values(*keys)
    found: defaultdict[tuple[Any, ...], int] = defaultdict(int)
    for row in left.annotate(n=Count("pk")):
        found[tuple(row[key] for key in keys)] += row["n"]
    return dict(found)


def _left(cases: QuerySet[Case], first: dt.date, last: dt.date) -> QuerySet[Case]:
    """Give the finished cases of some days with their ``result``; what was never received never came in."""
    result = When_(
        When(completed_on__isnull=True, then=Value("ended")),
        When(finished_late(), then=Value("late")),
        When(Q(original_due_on__isnull=False, completed_on__gt=F("original_due_on")), then=Value("extended")),
        default=Value("met"), output_field=CharField(),
    )  # fmt: skip
    done = cases.filter(closed_on__range=(first, last), received_on__isnull=False)
    return done.annotate(result=result)
