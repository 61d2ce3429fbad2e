"""Count requests and proceedings into the cells of the annual report's tables, for a period cut anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from law.annual.figures import Cell, Figures
from law.annual.layout import ALL, layout


@dataclass(frozen=True, slots=True)
class Period:
    """Hold a stretch of days, both ends included."""

    first: date
    last: date

    @classmethod
    def of_year(cls, year: int) -> Period:
        """Give a calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_month(cls, year: int, month: int) -> Period:
        """Give a calendar month."""
        after = date(year + month // 12, month % 12 + 1, 1)
        return cls(date(year, month, 1), date.fromordinal(after.toordinal() - 1))


@dataclass(frozen=True, slots=True)
class Request:
    """Tell what counts of one request: who asked, when it was received, when it was first done and how.

    A supplement never moves the day of receipt; a reply that was ordered anew never moves the first (READINGS R34).
    """

    id: int
    kind: str
    received_on: date
    done_on: date | None
    outcome: str

    def rows(self, period: Period) -> Iterator[str]:
        """Yield the rows of table three it counts in: one of what came, one of what became of it."""
        if self.received_on > period.last or (self.done_on is not None and self.done_on < period.first):
            return
        yield "carried_in" if self.received_on < period.first else "new"
        if self.done_on is None or self.done_on > period.last:
            yield "carried_out"
        else:
            yield result_row(self.outcome)


@dataclass(frozen=True, slots=True)
class Proceeding:
    """Tell what counts of one reconsideration or suit; ``after`` is the earlier instance it goes on from."""

    id: int
    road: str
    received_on: date
    decided_on: date | None
    result: str
    after: int | None = None

    def result_in(self, period: Period) -> str:
        """Return the column of table four for a period: decided in it, pending at its end, or none."""
        if self.received_on > period.last or (self.decided_on and self.decided_on < period.first):
            return ""
        return self.result if self.decided_on and self.decided_on <= period.last else "pending"


def result_row(outcome: str) -> str:
    """Return the row of a result; one without an outcome counts among the others, where it is found."""
    return layout().row_of(outcome) if outcome else "other_3"


def counted_proceedings(all_of_them: Iterable[Proceeding], period: Period) -> list[Proceeding]:
    """List the proceedings that count in a period: of several instances of one suit the last that had begun (R35)."""
    begun = [one for one in all_of_them if one.received_on <= period.last]
    gone_on = {one.after for one in begun if one.after is not None}
    return [one for one in begun if one.id not in gone_on and one.result_in(period)]


def tables(
    year: int, period: Period, moved: Mapping[tuple[str, str], int], proceedings: Iterable[Proceeding]
) -> Figures:
    """Build tables three and four from counts.

    :param moved: how many requests by (row, kind); rows of what came, of results, of what is left
    """
    figures = Figures(year=year)
    rows: dict[str, Counter[str]] = {row: Counter() for row in layout().rows}
    for (row, kind), count in moved.items():
        rows[row][kind] += count
    for leaf in layout().leaves:
        rows["total"] += rows[leaf.id]
    printed = {row.id for row in layout().printed_rows(year)}
    if "other" in printed:
        rows["other"] = sum(
            (rows.pop(leaf.id) for leaf in layout().leaves if leaf.group == "other"), Counter()
        )
    order = [row.id for row in layout().printed_rows(year)]
    for row in order:
        counts = rows[row]
        cells = {kind: _cell(counts[kind]) for kind in layout().kinds}
        figures.table3[row] = {**cells, ALL: _cell(counts.total())}
    _table4(figures, counted_proceedings(proceedings, period), period)
    return figures


def _table4(figures: Figures, counted: Iterable[Proceeding], period: Period) -> None:
    found = Counter((one.road, one.result_in(period)) for one in counted)
    for road in layout().roads:
        cells = {one.id: _cell(found[road.id, one.id]) for one in layout().results if one.id != ALL}
        total = sum(count for (on_road, _), count in found.items() if on_road == road.id)
        figures.table4[road.id] = {**cells, ALL: _cell(total)}


def _cell(count: int) -> Cell:
    return Cell(count, str(count))


def moves(requests: Iterable[Request], period: Period) -> Counter[tuple[str, str]]:
    """Count requests by row and kind, one by one."""
    return Counter((row, request.kind) for request in requests for row in request.rows(period))


def add(figures: Iterable[Figures], year: int) -> Figures:
    """Add up the reports of several offices cell by cell (汇总)."""
    whole = Figures(year=year)
    for one in figures:
        for table, target in (
            (one.table3, whole.table3),
            (one.table4, whole.table4),
            (one.table2, whole.table2),
        ):
            for row, cells in table.items():
                kept = target.setdefault(row, {})
                for column, cell in cells.items():
                    before = kept.get(column)
                    if before is None or before.value is None:
                        kept[column] = cell
                    elif cell.value is not None:
                        kept[column] = Cell(before.value + cell.value, str(before.value + cell.value))
    return whole
