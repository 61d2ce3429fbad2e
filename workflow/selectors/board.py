"""The supervisor's board: how many open cases stand where, by office and unit, and the cases behind a number."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.fields import IntegerField
from django.db.models.functions import Cast

from calendars import published
from office.models import Office, Unit, User
from office.roles import Role
from workflow.machine import State
from workflow.models import Case
from workflow.selectors.access import visible_cases
from workflow.selectors.timeliness import (
    RUNNING,
    WAITING,
    Borders,
    Standing,
    badge,
    borders,
    by_due,
    date_band,
    open_cases,
    paused_cases,
    standing_at,
    with_standing,
    working_days_left,
)  # fmt: skip

WATCHERS = frozenset({Role.SUPERVISOR, Role.HEAD, Role.ALLOCATOR})
COLUMNS = (*RUNNING, *WAITING)
PAGE = 50
#: Rows of an export that are read at a time.
BATCH = 2000
#: The dates of a case rest on a holiday notice that is not out yet: counted in its band, and shown apart.
PROVISIONAL = "provisional"
ALL = "all"


@dataclass
class Line:
    """The numbers of one office or unit; every open case is in exactly one of ``counts``."""

    name: str
    office: int | None = None
    unit: int | None = None
    counts: Counter[str] = field(default_factory=Counter)
    provisional: int = 0

    @property
    def total(self) -> int:
        """Return the number of open cases."""
        return sum(self.counts.values())

    def cells(self) -> list[tuple[str, str, int]]:
        """Return (standing, label, number) for every column of the board."""
        return [(str(key), key.label, self.counts[key]) for key in COLUMNS]

    def add(self, other: Line) -> None:
        """Add the numbers of another line."""
        self.counts.update(other.counts)
        self.provisional += other.provisional


@dataclass
class OfficeLines:
    """One office's own line and those of its units; cases not assigned yet have a line of their own."""

    line: Line
    units: list[Line] = field(default_factory=list)


@dataclass
class Board:
    """Everything the board shows on a day."""

    on: dt.date
    borders: Borders
    total: Line
    offices: list[OfficeLines]


@dataclass(frozen=True)
class Row:
    """One case of a list."""

    id: int
    number: str
    title: str
    office: str
    unit: str
    handler: str
    state: str
    state_label: str
    received_on: dt.date
    original_due_on: dt.date | None
    due_on: dt.date | None
    left: int | None
    standing: str
    badge: str
    provisional: bool


@dataclass(frozen=True)
class Listed:
    """One page of a list: what it lists, its rows, and the key behind which the next page begins."""

    heading: str
    count: int
    rows: tuple[Row, ...]
    following: str


def watched_offices(user: User) -> list[int]:
    """Return the offices whose numbers a person may see: supervised, or headed or allocated in person."""
    return sorted(office for office, roles in user.reach().items() if roles & WATCHERS)


def board(user: User, *, on: dt.date) -> Board:
    """Count the open cases of every watched office and unit by their standing on a day.

    Two grouped queries over the open cases alone, whatever has been archived: all by the band of their due
    date, then those whose clock is paused, which are taken out of their band.
    """
    ids = watched_offices(user)
    lines: dict[tuple[int, int | None], Line] = {}
    cases = open_cases(_watched(user, ids))
    for found in _grouped(cases, on):
        line = lines.setdefault((found["office_id"], found["unit_id"]), Line(""))
        line.counts[found["band"]] += found["n"]
        line.provisional += found["unsure"] or 0
    for found in _grouped(paused_cases(cases, on=on), on):
        line = lines[found["office_id"], found["unit_id"]]
        line.counts[found["band"]] -= found["n"]
        line.counts[str(Standing.PAUSED)] += found["n"]
    return _assembled(ids, lines, on)


def case_list(
    user: User, *, on: dt.date, standing: str = ALL, office: int | None = None, unit: int | None = None,
    after: str = "", size: int = PAGE,
) -> Listed:  # fmt: skip
    """List the open cases behind one number of the board, nearest due date first.

    ``unit`` 0 means not assigned yet. ``after`` is the key given by the page before.
    """
    cases = _chosen(user, on, standing, office, unit)
    page = list(_behind(by_due(cases), after).values_list("pk", "due_on")[: size + 1])
    following = ""
    if len(page) > size:
        pk, due_on = page[size - 1]
        following = f"{due_on.isoformat() if due_on else 'none'}_{pk}"
    rows = tuple(_rows([pk for pk, _ in page[:size]], on))
    return Listed(_heading(standing, office, unit), cases.count(), rows, following)


HEADER = (
    "案件编号", "事由", "机关", "科室", "承办人", "状态", "收到日", "原届满日", "届满日", "暂定", "剩余工作日", "期限情况",
)  # fmt: skip


def export(
    user: User, *, on: dt.date, standing: str = ALL, office: int | None = None, unit: int | None = None
) -> Iterator[list[str]]:
    """Yield a whole list as rows of text, its heading first; no applicant is named."""
    yield list(HEADER)
    pks = list(by_due(_chosen(user, on, standing, office, unit)).values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        # The list is sent as a stream, when the request's own moment is over.
        with published.moment():
            rows = list(_rows(pks[start : start + BATCH], on))
        for row in rows:
            yield [
                row.number, row.title, row.office, row.unit, row.handler, row.state_label, _iso(row.received_on),
                _iso(row.original_due_on), _iso(row.due_on), "是" if row.provisional else "",
                "" if row.left is None else str(row.left), Standing(row.standing).label,
            ]  # fmt: skip


def choices(user: User) -> list[tuple[int, str]]:
    """Return the watched offices by id and name, for choosing one."""
    return list(Office.objects.filter(pk__in=watched_offices(user)).values_list("pk", "name"))


def _watched(user: User, ids: list[int]) -> QuerySet[Case]:
    cases = visible_cases(user)
    # Said twice, a condition is believed twice as narrow, and the planner takes an index that does not help.
    return cases if set(ids) == set(user.reach()) else cases.filter(office_id__in=ids)


def _grouped(cases: QuerySet[Case], on: dt.date) -> Any:
    return (
        cases.annotate(band=date_band(on))
        .order_by()
        .values("office_id", "unit_id", "band")
        .annotate(n=Count("pk"), unsure=Sum(Cast("due_provisional", IntegerField())))
    )


def _assembled(ids: list[int], lines: dict[tuple[int, int | None], Line], on: dt.date) -> Board:
    total = Line("合计")
    offices = {pk: OfficeLines(Line(name, pk)) for pk, name in _names(ids)}
    units = {unit.pk: unit for unit in Unit.objects.filter(office_id__in=ids).order_by("office_id", "code")}
    order = [*units, None]
    for (office_id, unit_id), line in sorted(lines.items(), key=lambda pair: order.index(pair[0][1])):
        line.name = units[unit_id].name if unit_id else "尚未分办"
        line.office, line.unit = office_id, unit_id or 0
        offices[office_id].units.append(line)
        offices[office_id].line.add(line)
        total.add(line)
    return Board(on, borders(on), total, list(offices.values()))


def _names(ids: list[int]) -> QuerySet[Office, tuple[int, str]]:
    return Office.objects.filter(pk__in=ids).order_by("code").values_list("pk", "name")


def _chosen(user: User, on: dt.date, standing: str, office: int | None, unit: int | None) -> QuerySet[Case]:
    ids = watched_offices(user)
    cases = _watched(user, [pk for pk in ids if office in (None, pk)])
    if unit is not None:
        cases = cases.filter(unit_id=unit) if unit else cases.filter(unit__isnull=True)
    if standing == PROVISIONAL:
        return open_cases(cases).filter(due_provisional=True)
    return open_cases(cases) if standing == ALL else standing_at(cases, standing, on=on)


def _behind(cases: QuerySet[Case], after: str) -> QuerySet[Case]:
    day, _, pk = after.partition("_")
    if not pk.isdecimal():
        return cases
    if day == "none":
        return cases.filter(due_on__isnull=True, pk__gt=int(pk))
    try:
        due = dt.date.fromisoformat(day)
    except ValueError:
        return cases
    return cases.filter(Q(due_on__gt=due) | Q(due_on=due, pk__gt=int(pk)) | Q(due_on__isnull=True))


def _rows(pks: list[int], on: dt.date) -> Iterator[Row]:
    found = with_standing(Case.objects.filter(pk__in=pks), on=on).select_related("office", "unit", "handler")
    for case in by_due(found):
        yield Row(
            id=case.pk, number=case.number, title=case.title, office=case.office.name,
            unit=case.unit.name if case.unit else "", handler=case.handler.display if case.handler else "",
            state=case.state, state_label=State(case.state).label, received_on=case.arrived_at_day,
            original_due_on=case.original_due_on, due_on=case.due_on, left=working_days_left(case.due_on, on, case.office_id),
            standing=case.standing, badge=badge(case.standing), provisional=case.due_provisional,
        )  # fmt: skip


def _heading(standing: str, office: int | None, unit: int | None) -> str:
    if standing == ALL:
        parts = ["全部在办"]
    else:
        parts = ["日期暂定" if standing == PROVISIONAL else str(Standing(standing).label)]
    if office is not None:
        parts += Office.objects.filter(pk=office).values_list("name", flat=True)
    if unit:
        parts += Unit.objects.filter(pk=unit).values_list("name", flat=True)
    elif unit == 0:
        parts.append("尚未分办")
    return " · ".join(parts)


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
