"""The board itself: how many open cases stand where, by office, unit and person."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Count, Q, QuerySet, Sum, Value, When
from django.db.models import Case as When_
from django.db.models.fields import IntegerField
from django.db.models.functions import Cast

from office.models import User
from workflow.models import Case
from workflow.selectors.boards import pauses
from workflow.selectors.boards.held import Total
from workflow.selectors.boards.scope import Names, Scope, names, narrowed, watched
from workflow.selectors.boards.table import Cell, Row, Table
from workflow.selectors.boards.wanted import COLUMNS, PROVISIONAL, Wanted
from workflow.selectors.timeliness import Borders, Standing, borders, open_cases, standing_in_groups

PASSED = "passed"


@dataclass
class Line:
    """The numbers of one office, unit or person; every open case is in exactly one of ``counts``."""

    name: str
    office: int | None = None
    unit: int | None = None
    person: int | None = None
    counts: Counter[str] = field(default_factory=Counter)
    provisional: int = 0
    # Longer than the term, by what the due date rests on: covered by it, or not.
    covered: Counter[int] = field(default_factory=Counter)
    uncovered: Counter[int] = field(default_factory=Counter)

    @property
    def scope(self) -> Scope:
        """Return whose numbers these are."""
        return Scope(self.office, self.unit, self.person)

    @property
    def total(self) -> int:
        """Return the number of open cases."""
        return sum(self.counts.values())

    @property
    def on_authority(self) -> int:
        """Return how many are past their original date, but covered."""
        return self.covered.total()

    def cells(self) -> list[tuple[str, str, int]]:
        """Return (standing, label, number) for every column of the board."""
        return [(str(key), key.label, self.counts[key]) for key in COLUMNS]

    def add(self, other: Line) -> None:
        """Add the numbers of another line."""
        self.counts.update(other.counts)
        self.provisional += other.provisional
        self.covered.update(other.covered)
        self.uncovered.update(other.uncovered)

    def count(self, row: dict[str, Any]) -> None:
        """Add one group of cases that stand alike."""
        standing, number = row["standing"], row["n"]
        self.counts[standing] += number
        self.provisional += row["unsure"] or 0
        if standing == Standing.OVERDUE:
            self.uncovered[row["moved_by"]] += number
        elif row[PASSED] and standing != Standing.STOPPED:
            self.covered[row["moved_by"]] += number


@dataclass
class OfficeLines:
    """One office's own line and those of its units; cases not assigned yet have a line of their own."""

    line: Line
    units: list[Line] = field(default_factory=list)


@dataclass
class Board:
    """Everything the board shows on a day; people only where it is about one office."""

    on: dt.date
    borders: Borders
    scope: Scope
    names: Names
    total: Line
    offices: list[OfficeLines]
    people: list[Line]
    waiting: dict[str, Total]


def board(user: User, *, on: dt.date, scope: Scope | None = None) -> Board:
    """Count the open cases of a scope by their standing on a day: of every watched office where none is named.

    One grouped query over the open cases alone, whatever has been archived, and one for what stands still.
    """
    scope = narrowed(user, scope or Scope())
    cases = watched(user, scope)
    known = names(user, scope)
    rows = counted(cases, scope.keys, on=on)
    total = Line("合计", scope.office, scope.unit, scope.person)
    units: dict[tuple[int, int], Line] = {}
    people: dict[tuple[int, int, int], Line] = {}
    for row in rows:
        office, unit = row["office_id"], row["unit_id"] or 0
        total.count(row)
        units.setdefault((office, unit), Line("", office, unit)).count(row)
        if "handler_id" in row:
            one = row["handler_id"] or 0
            people.setdefault((office, unit, one), Line("", office, unit, one)).count(row)
    return Board(
        on, borders(on, scope.office), scope, known, total, _by_office(scope, known, units),
        _named(known, people.values()), pauses.waiting(cases, on=on),
    )  # fmt: skip


def counted(cases: QuerySet[Case], keys: tuple[str, ...], *, on: dt.date) -> QuerySet[Case, dict[str, Any]]:
    """Count open cases by some columns, by standing, and by what tells lateness with authority from that without."""
    passed = When_(
        When(Q(original_due_on__lt=on), then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    return (
        open_cases(cases)
        .annotate(standing=standing_in_groups(on), **{PASSED: passed})
        .order_by()
        .values(*keys, "standing", "moved_by", PASSED)
        .annotate(n=Count("pk"), unsure=Sum(Cast("due_provisional", IntegerField())))
    )


def _by_office(scope: Scope, known: Names, units: dict[tuple[int, int], Line]) -> list[OfficeLines]:
    shown = [pk for pk in known.offices if scope.office in (None, pk)]
    offices = {pk: OfficeLines(Line(known.offices[pk], pk)) for pk in shown}
    for line in _named(known, units.values()):
        place = offices[line.office or 0]
        place.units.append(line)
        place.line.add(line)
    return list(offices.values())


def _named(known: Names, lines: Any) -> list[Line]:
    ordered = sorted(lines, key=lambda line: known.order(line.scope))
    for line in ordered:
        line.name = known.of(line.scope)
    return ordered


def lines_table(board: Board) -> Table:
    """Lay out the board's lines: offices with their units, within one office its people as well."""
    rows = []
    if board.scope.level in ("county", "office"):
        for office in board.offices:
            rows.append(_table_row(office.line, "office"))
            rows += [_table_row(unit, "unit") for unit in office.units]
    if board.scope.level != "county":
        rows += [_table_row(line, "person", board.names) for line in board.people]
    rows.append(_table_row(board.total, "total"))
    head = ("机关、科室、承办人" if board.scope.level != "county" else "机关、科室",
            *(str(key.label) for key in COLUMNS), "其中日期暂定", "超期有依据", "在办合计")  # fmt: skip
    return Table(f"lines-{board.scope.level}", "按机关和科室", head, tuple(rows))


def waiting_table(board: Board) -> Table:
    """Lay out what stands still: for what, how many, for how many working days."""
    at = Wanted().at(board.scope)
    rows = tuple(
        Row(
            pauses.REASONS[reason],
            (Cell(one.cases, at.asking(reason=reason)), Cell(one.mean), Cell(one.most)),
        )
        for reason, one in board.waiting.items()
    )
    return Table("waiting", "暂停、停止计时的", ("原因", "件数", "平均已停工作日", "最长已停工作日"), rows)


def _table_row(line: Line, kind: str, known: Names | None = None) -> Row:
    at = Wanted().at(line.scope)
    name = line.name
    if known and line.unit:
        name = f"{name}（{known.of(Scope(line.office, line.unit))}）"
    cells = (
        *(Cell(number, at.asking(standing=key), key) for key, _, number in line.cells()),
        Cell(line.provisional, at.asking(standing=PROVISIONAL)), Cell(line.on_authority, at.asking(late="with")),
        Cell(line.total, at),
    )  # fmt: skip
    return Row(name, cells, None if kind == "total" else line.scope, kind)
