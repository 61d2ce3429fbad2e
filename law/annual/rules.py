"""The rules between the cells of an annual report (law.md: R1 to R9), and what a report breaks of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from law.annual.figures import Cell, Figures, Number
from law.annual.layout import ALL, layout

#: Broken, these keep a report from being published; the others only warn.
BLOCKING = ("R1", "R2", "R3", "R4", "R5", "R6")
WARNING = ("R7", "R8", "R9")


@dataclass(frozen=True, slots=True)
class Finding:
    """Say which rule a report breaks, where, what had to stand there and what does."""

    rule: str
    where: str
    expected: Number | str
    found: Number | str
    #: The cells of table three or four that the rule reads here: (table, row or road, column or result).
    cells: tuple[tuple[str, str, str], ...] = ()

    @property
    def blocks(self) -> bool:
        """Say whether the report may not go out like this."""
        return self.rule in BLOCKING

    @property
    def sentence(self) -> str:
        """Word the finding for a person."""
        return f"{self.rule} {self.where}：应为 {self.expected}，表中为 {self.found}"

    def as_dict(self) -> dict[str, Any]:
        """Give the finding to other systems."""
        return {
            "rule": self.rule, "where": self.where, "expected": _plain(self.expected), "found": _plain(self.found),
        }  # fmt: skip


def _plain(value: Number | str) -> int | float | str:
    return float(value) if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of cells: what is known of it, and whether a cell in it says nothing and may add something."""

    known: Number
    open_end: bool

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> Sum:
        """Add up cells; one without a number is not nought, it is unknown."""
        seen = list(cells)
        return cls(
            sum((cell.value for cell in seen if cell.value is not None), start=0),
            any(cell.value is None for cell in seen),
        )

    def cannot_be(self, other: Sum) -> bool:
        """Say whether no count in the unknown cells makes both sides equal."""
        if self.open_end and other.open_end:
            return False
        if self.open_end:
            return self.known > other.known
        if other.open_end:
            return other.known > self.known
        return self.known != other.known


def check(figures: Figures) -> list[Finding]:
    """List what a report breaks, in the order of the rules; what cannot be told for a blank cell is no breach."""
    found = [
        *_counts(figures), *_balance(figures), *_totals(figures), *_results(figures), *_carried(figures), *_remedies(figures),
        *_in_force(figures), *_direct(figures), *_text(figures),
    ]  # fmt: skip
    return sorted(found, key=lambda finding: finding.rule)


def column_label(column: str) -> str:
    """Name a column of table three."""
    return next((one.label for one in layout().columns if one.id == column), column)


def _counts(figures: Figures) -> Iterator[Finding]:
    """R6: every cell that says something says a whole number from nought upwards."""
    for row, cells in figures.table3.items():
        for column, cell in cells.items():
            if not cell.blank and not cell.is_count:
                where = f"表三 {figures.name(row)} · {column_label(column)}"
                yield Finding("R6", where, "非负整数", cell.raw, (("3", row, column),))
    roads = {one.id: one.label for one in layout().roads}
    results = {one.id: one.label for one in layout().results}
    for road, cells in figures.table4.items():
        for result, cell in cells.items():
            if not cell.blank and not cell.is_count:
                where = f"表四 {roads[road]} · {results[result]}"
                yield Finding("R6", where, "非负整数", cell.raw, (("4", road, result),))
    yield from _hand_counts(figures)


def _hand_counts(figures: Figures) -> Iterator[Finding]:
    tables = (*layout().hand, *layout().old_hand)
    free = frozenset().union(*(table.money | table.signed for table in tables))
    for row, cells in figures.table2.items():
        for column, cell in cells.items():
            if cell.blank or cell.is_count or any(name[:4] in column for name in free):
                continue
            yield Finding("R6", f"表二 {row} · {column}", "非负整数", cell.raw)


def _balance(figures: Figures) -> Iterator[Finding]:
    """R1: in every column, what came in and was carried in equals what was done and is carried out."""
    for column in _columns(figures):
        came = Sum.of([figures.cell("new", column), figures.cell("carried_in", column)])
        went = Sum.of([figures.cell("total", column), figures.cell("carried_out", column)])
        if came.cannot_be(went):
            where = f"表三 {column_label(column)}列：一＋二＝三（七）＋四"
            cells = tuple(("3", row, column) for row in ("new", "carried_in", "total", "carried_out"))
            yield Finding("R1", where, came.known, went.known, cells)


def _columns(figures: Figures) -> list[str]:
    """Return the columns the report prints at all."""
    printed = {column for cells in figures.table3.values() for column in cells}
    return [column.id for column in layout().columns if column.id in printed]


def _totals(figures: Figures) -> Iterator[Finding]:
    """R2: in every row, the total is the sum of the six kinds of applicants."""
    for row, cells in figures.table3.items():
        parts = Sum.of(figures.cell(row, kind) for kind in layout().kinds)
        stated = Sum.of([figures.cell(row, ALL)])
        if ALL in cells and parts.cannot_be(stated):
            read = tuple(("3", row, column.id) for column in layout().columns)
            where = f"表三 {figures.name(row)}：总计＝六列之和"
            yield Finding("R2", where, parts.known, stated.known, read)


def leaves(figures: Figures, column: str) -> list[tuple[str, Cell]]:
    """List the cells of a column that its total adds up: each row of a group, or the group's own line where it has none."""
    groups: dict[str, list[tuple[str, Cell]]] = {}
    singles: list[tuple[str, Cell]] = []
    for row in figures.table3:
        known = layout().rows.get(row)
        group = known.group if known else figures.extra.get(row, "")
        if row == "total" or not group or row in layout().groups:
            continue
        place = singles if group == "results" else groups.setdefault(group, [])
        place.append((row, figures.cell(row, column)))
    found = singles
    for group in layout().groups:
        if group == "results":
            continue
        parts = groups.get(group, [])
        own = figures.cell(group, column)
        if own.value is not None and (not parts or any(cell.value is None for _, cell in parts)):
            # The line of the group itself knows what its rows leave open.
            found.append((group, own))
        elif parts:
            found.extend(parts)
        elif group in figures.table3:
            found.append((group, own))
    return found


def _results(figures: Figures) -> Iterator[Finding]:
    """R3: in every column, the total of the results is the sum of its rows; a group's own line that of its own."""
    for column in _columns(figures):
        parts = leaves(figures, column)
        added, stated = Sum.of(cell for _, cell in parts), Sum.of([figures.cell("total", column)])
        if parts and "total" in figures.table3 and added.cannot_be(stated):
            where = f"表三 {column_label(column)}列：（七）＝（一）至（六）各行之和"
            read = (*(("3", row, column) for row, _ in parts), ("3", "total", column))
            yield Finding("R3", where, added.known, stated.known, read)
        yield from _groups(figures, column)


def _groups(figures: Figures, column: str) -> Iterator[Finding]:
    for group in layout().groups:
        own = figures.cell(group, column)
        rows = [row for row in figures.table3 if _group_of(figures, row) == group and row != group]
        if own.value is None or not rows or group == "results":
            continue
        added = Sum.of(figures.cell(row, column) for row in rows)
        if added.cannot_be(Sum.of([own])):
            where = f"表三 {column_label(column)}列：{figures.name(group)}＝其下各行之和"
            read = (*(("3", row, column) for row in rows), ("3", group, column))
            yield Finding("R3", where, added.known, own.value, read)


def _group_of(figures: Figures, row: str) -> str:
    known = layout().rows.get(row)
    return known.group if known else figures.extra.get(row, "")


def _carried(figures: Figures) -> Iterator[Finding]:
    """R4: what this year says was carried in, last year's report said is carried out, column by column."""
    if figures.previous is None:
        return
    for column in layout().columns:
        before, now = figures.previous.cell("carried_out", column.id), figures.cell("carried_in", column.id)
        if before.value is not None and now.value is not None and before.value != now.value:
            where = f"表三 {column.label}列：二（本年）＝四（上年）"
            yield Finding("R4", where, before.value, now.value, (("3", "carried_in", column.id),))


def _remedies(figures: Figures) -> Iterator[Finding]:
    """R5: on every road of table four, the total is the sum of the four results."""
    for road in layout().roads:
        if ALL not in figures.table4.get(road.id, {}):
            continue
        parts = Sum.of(figures.remedy(road.id, one.id) for one in layout().results if one.id != ALL)
        stated = Sum.of([figures.remedy(road.id, ALL)])
        if parts.cannot_be(stated):
            read = tuple(("4", road.id, one.id) for one in layout().results)
            yield Finding("R5", f"表四 {road.label}：总计＝四项之和", parts.known, stated.known, read)


MADE, ENDED, IN_FORCE = "制发", "废止", "现行有效"


def _in_force(figures: Figures) -> Iterator[Finding]:
    """R7: what is in force is what was in force a year ago, and what was made, without what was repealed."""
    if figures.previous is None:
        return
    for row, cells in figures.table2.items():
        was = _named(_like(figures.previous.table2, row), IN_FORCE)
        made, ended, now = _named(cells, MADE), _named(cells, ENDED), _named(cells, IN_FORCE)
        if was is None or made is None or ended is None or now is None:
            continue
        if was + made - ended != now:
            yield Finding("R7", f"表二 {row}：现行有效＝上年现行有效＋制发－废止", was + made - ended, now)


def _like(table: dict[str, dict[str, Cell]], row: str) -> dict[str, Cell]:
    return table.get(row) or next((cells for name, cells in table.items() if name[-4:] == row[-4:]), {})


def _named(cells: dict[str, Cell], part: str) -> Number | None:
    return next((cell.value for name, cell in cells.items() if part in name), None)


def _direct(figures: Figures) -> Iterator[Finding]:
    """R8: since reconsideration must come first, a refusal is not sued over directly; a table cannot tell which it was."""
    if figures.year is None or figures.year < layout().direct_suits_from:
        return
    stated = figures.remedy("direct", ALL).value
    if stated is None:
        stated = Sum.of(cell for result, cell in figures.table4.get("direct", {}).items()).known
    if stated > 0:
        where = "表四 行政诉讼/未经复议直接起诉（不予公开、部分公开的应当先申请行政复议）"
        cells = tuple(("4", "direct", one.id) for one in layout().results)
        yield Finding("R8", where, 0, stated, cells)


TEXTS = {
    "new": ("new", "正文：新收件数＝表三 一"),
    "carried_in": ("carried_in", "正文：上年结转件数＝表三 二"),
    "done": ("total", "正文：办结件数＝表三 三（七）"),
    "carried_out": ("carried_out", "正文：结转下年度件数＝表三 四"),
}


def _text(figures: Figures) -> Iterator[Finding]:
    """R9: the text tells the numbers of the table."""
    for key, (row, where) in TEXTS.items():
        told, stated = figures.narrative.get(key), figures.total(row)
        if told is None or told.blank or stated is None:
            continue
        if told.value is None or told.value != stated:
            yield Finding(
                "R9", where, stated, told.raw if told.value is None else told.value, (("3", row, ALL),)
            )
