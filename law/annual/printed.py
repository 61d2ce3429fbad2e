"""The report's tables as they are printed: rows of cells with their spans, for every form of output alike."""

from __future__ import annotations

from dataclasses import dataclass

from law.annual.figures import Cell, Figures
from law.annual.layout import ALL, Row, layout

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@dataclass(frozen=True, slots=True)
class Print:
    """Hold a printed cell: its text, how far it reaches, whether it is a head, and which figure it shows."""

    text: str
    columns: int = 1
    rows: int = 1
    head: bool = False
    #: A head that stands over or beside others.
    centre: bool = False
    #: (table, row or road, column or result), blank for a cell without a figure.
    key: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a printed table: its name, how wide its columns are to each other, its rows and how many are its head."""

    name: str
    widths: tuple[int, ...]
    rows: tuple[tuple[Print, ...], ...]
    head_rows: int


def shown(cell: Cell) -> str:
    """Write a figure; what nobody entered stays blank."""
    if cell.value is None:
        return cell.raw
    return str(cell.value)


def table2(figures: Figures, year: int) -> Table:
    """Print what was made public of one's own accord: each clause with its own columns."""
    wide = 4
    rows: list[tuple[Print, ...]] = []
    for part in layout().hand_tables(year):
        rows.append((Print(part.clause, wide, head=True, centre=True),))
        spans = _spread(wide - 1, len(part.columns))
        rows.append(
            (
                Print("信息内容", head=True, centre=True),
                *(
                    Print(name, span, head=True, centre=True)
                    for name, span in zip(part.columns, spans, strict=True)
                ),
            )
        )
        for row in part.rows:
            cells = figures.table2.get(row, {})
            rows.append(
                (
                    Print(row, head=True),
                    *(
                        Print(shown(cells.get(name, Cell(None))), span, key=("2", row, name))
                        for name, span in zip(part.columns, spans, strict=True)
                    ),
                )
            )
    return Table("主动公开政府信息情况", (31, 24, 24, 24), tuple(rows), 0)


def _spread(room: int, parts: int) -> list[int]:
    return [room // parts + (1 if place < room % parts else 0) for place in range(parts)]


def table3(figures: Figures, year: int) -> Table:
    """Print what was received and what became of it."""
    columns = layout().columns
    rows: list[tuple[Print, ...]] = [
        (Print(NOTE, 3, 3, head=True), Print("申请人情况", len(columns), head=True)),
        (
            Print("自然人", 1, 2, head=True),
            Print("法人或其他组织", len(columns) - 2, head=True),
            Print("总计", 1, 2, head=True),
        ),
        tuple(Print(one.label, head=True) for one in columns if one.id not in ("natural", ALL)),
    ]
    printed = layout().printed_rows(year)
    inside = [row for row in printed if _group(row)]
    for place, row in enumerate(printed):
        cells = tuple(
            Print(shown(figures.cell(row.id, one.id)), key=("3", row.id, one.id)) for one in columns
        )
        heads: list[Print] = []
        if not _group(row):
            heads.append(Print(row.label, 3, head=True))
        else:
            if row is inside[0]:
                heads.append(Print(layout().groups["results"].label, 1, len(inside), head=True, centre=True))
            group = _group(row)
            if group == "results":
                heads.append(Print(row.label, 2, head=True))
            else:
                fellows = [one for one in printed if _group(one) == group]
                if printed[place - 1] not in fellows:
                    heads.append(Print(layout().groups[group].label, 1, len(fellows), head=True, centre=True))
                heads.append(Print(row.label, head=True))
        rows.append((*heads, *cells))
    return Table("收到和处理政府信息公开申请情况", (9, 17, 43, *[10] * len(columns)), tuple(rows), 3)


def _group(row: Row) -> str:
    return "results" if row.id in layout().groups else row.group


def table4(figures: Figures) -> Table:
    """Print what was contested, and how it ended."""
    roads, results = layout().roads, layout().results
    five = len(results)
    heads = [Print(one.label, head=True) for one in results]
    rows: tuple[tuple[Print, ...], ...] = (
        (Print("行政复议", five, head=True), Print("行政诉讼", 2 * five, head=True)),
        (
            *(Print(one.label, 1, 2, head=True) for one in results),
            *(Print(road.label.rpartition("/")[2], five, head=True) for road in roads[1:]),
        ),
        (*heads, *heads),
        tuple(
            Print(shown(figures.remedy(road.id, one.id)), key=("4", road.id, one.id))
            for road in roads
            for one in results
        ),
    )
    return Table("政府信息公开行政复议、行政诉讼情况", (1,) * (3 * five), rows, 3)
