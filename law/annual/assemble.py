"""Put rows that were read, from JSON or from a grid of cells, into the figures of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from law.annual.errors import Unreadable
from law.annual.figures import Cell, Figures, Note, cell_of
from law.annual.layout import ALL, layout
from law.annual.names import Place, place_of, plain

#: Label as printed or its heads one after the other → what stands in its columns.
ReadRow = tuple[Sequence[str], Mapping[str, Any]]


def add_rows(figures: Figures, rows: Iterable[ReadRow], wanted: Sequence[str] = ("new", "total")) -> None:
    """Put the rows of table three in their places; a row that is unknown stays with its label and is noted.

    :param wanted: the rows of which one has to be there
    :raises Unreadable: where two rows that say different things claim one place, or nothing that is wanted is there
    """
    group = ""
    heads_only: dict[str, tuple[str, dict[str, Cell]]] = {}
    for heads, raw in rows:
        place = place_of(heads, group)
        label = "/".join(heads)
        cells = {column: cell_of(value) for column, value in raw.items()}
        if place.head and all(cell.blank for cell in cells.values()):
            group = place.group or group
            heads_only.setdefault(place.group, (label, cells))
            continue
        group = "" if place.row in ("new", "carried_in", "carried_out") else place.group or group
        if group == "results":
            group = ""
        if not place.row and all(cell.value is None for cell in cells.values()):
            if any(cell.raw for cell in cells.values()):
                figures.notes.append(Note("remark", f"表三 {label}", "不是数字，作为说明看待，不核对"))
            continue
        _put(figures, place, label, cells)
    _settle(figures)
    _keep_blank_groups(figures, heads_only)
    if not any(row in figures.table3 for row in wanted):
        raise Unreadable("没有读到表三：找不到“本年新收政府信息公开申请数量”和“（七）总计”两行。")
    _note_gaps(figures)


def _put(figures: Figures, place: Place, label: str, cells: dict[str, Cell]) -> None:
    row = place.row
    if not row:
        row = label
        figures.extra[row] = place.group
        where = "，按其所在的一组计入总计" if place.group else "，不计入总计"
        figures.notes.append(Note("unknown_row", f"表三 {label}", f"表式中没有这一行{where}"))
    if row in figures.table3:
        if figures.table3[row] == cells:
            figures.notes.append(Note("repeated_row", f"表三 {label}", "这一行出现了两次，数字相同"))
            return
        if plain(figures.printed[row]) == plain(label):
            raise Unreadable(f"表三“{label}”出现了两次，数字不同，请改正后再核对。")
        # Two printed rows look like one of the layout: the first keeps the place, the other counts in its group.
        row = label
        figures.extra[row] = place.group
        figures.notes.append(
            Note("unknown_row", f"表三 {label}", "与另一行同类，作为所在一组的另一行计入总计")
        )
    figures.table3[row] = cells
    figures.printed[row] = label


def _settle(figures: Figures) -> None:
    """Take the line of the results itself for their total where no other line tells it."""
    own = figures.table3.pop("results", None)
    if own is not None and "total" not in figures.table3:
        figures.table3["total"] = own
        figures.printed["total"] = figures.printed["results"]


def _keep_blank_groups(figures: Figures, heads: Mapping[str, tuple[str, dict[str, Cell]]]) -> None:
    """Take the line of a group in which nothing stands, and below which no row does, for a row without figures."""
    stated = {row.group for row in layout().rows.values() if row.id in figures.table3} | set(
        figures.extra.values()
    )
    for group, (label, cells) in heads.items():
        if group and group not in stated and group not in figures.table3:
            figures.table3[group] = cells
            figures.printed[group] = label


def _note_gaps(figures: Figures) -> None:
    for row, cells in figures.table3.items():
        columns = [one.label for one in layout().columns if cells.get(one.id, Cell(None)).blank]
        if columns:
            told = "整行空白" if len(columns) == len(layout().columns) else f"{'、'.join(columns)}空白"
            figures.notes.append(
                Note(
                    "blank", f"表三 {figures.name(row)}", f"{told}，不作零处理，有关的勾稽只核对能确定的部分"
                )
            )
    for wanted in layout().rows.values():
        # The line of its group stands for a row that is not printed.
        if wanted.id not in figures.table3 and wanted.group not in figures.table3:
            figures.notes.append(Note("missing_row", f"表三 {layout().path(wanted.id)}", "没有这一行"))


def note_table4(figures: Figures) -> None:
    """Note what table four leaves open."""
    if not figures.table4:
        figures.notes.append(Note("missing_table", "表四", "没有读到行政复议、行政诉讼情况表"))
        return
    for road in layout().roads:
        cells = figures.table4.get(road.id)
        if cells is None:
            figures.notes.append(Note("missing_row", f"表四 {road.label}", "没有这一组"))
            continue
        blank = [one.label for one in layout().results if cells.get(one.id, Cell(None)).blank]
        if blank:
            told = "整组空白" if len(blank) == len(layout().results) else f"{'、'.join(blank)}空白"
            figures.notes.append(Note("blank", f"表四 {road.label}", f"{told}，不作零处理"))


def seven(values: Sequence[Any]) -> dict[str, Any]:
    """Name seven values by the columns of table three; six are the kinds without their total."""
    ids = [one.id for one in layout().columns]
    if len(values) == len(ids) - 1:
        ids = [one for one in ids if one != ALL]
    if len(values) != len(ids):
        raise Unreadable(f"表三每行应为 7 列，读到 {len(values)} 列。")
    return dict(zip(ids, values, strict=True))
