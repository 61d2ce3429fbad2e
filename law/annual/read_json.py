"""Read a report that somebody typed or another system wrote as JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from law.annual.assemble import ReadRow, add_rows, note_table4, seven
from law.annual.errors import Unreadable
from law.annual.figures import Cell, Figures, Note, cell_of
from law.annual.layout import ALL, layout
from law.annual.names import encloses, heading_of, numbered, place_of, plain, road_of, segments
from law.annual.told import told_in

TABLES = {
    "table2": ("table2", "table_2", "表二"),
    "table3": ("table3", "table_3", "表三"),
    "table4": ("table4", "table_4", "表四"),
    "narrative": ("narrative", "正文", "text"),
    "previous": ("previous", "previous_year", "last_year", "上年", "上年度", "上一年", "上一年度"),
    "year": ("year", "年度", "年份"),
}
TOLD = {
    "new": ("new", "新收", "本年新收"),
    "carried_in": ("carried_in", "上年结转", "结转"),
    "done": ("done", "办结", "办理", "答复"),
    "carried_out": ("carried_out", "结转下年", "结转下年度"),
}  # fmt: skip
#: Deeper than any printed head; what lies deeper is no table.
DEPTH = 6
#: So many columns make a table that was written column by column.
COLUMNS_TOLD = 3
#: The figures in a year that is written in characters; nought has three shapes.
_FIGURES = {**{char: str(n) for n, char in enumerate("〇一二三四五六七八九")}, "○": "0", "零": "0"}
_SPELT = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")


def read_json(text: str) -> Figures:
    """Read a report.

    :raises Unreadable: where the text is no JSON, or no table three is in it
    """
    try:
        raw = json.loads(text, object_pairs_hook=_once, parse_float=Decimal, parse_constant=lambda name: name)
    except (ValueError, RecursionError) as error:
        where = f"第 {error.lineno} 行第 {error.colno} 列" if isinstance(error, json.JSONDecodeError) else ""
        raise Unreadable(f"不是可以读取的 JSON{where and f'（{where}）'}，请检查文件。") from error
    if not isinstance(raw, Mapping):
        raise Unreadable("JSON 的最外层应为对象，含 year、table3、table4。")
    try:
        return figures_of(raw)
    except RecursionError as error:
        raise Unreadable("JSON 嵌套过深，不是年度报告的表。") from error


def figures_of(raw: Mapping[str, Any], wanted: Sequence[str] = ("new", "total")) -> Figures:
    """Read a report from what JSON said.

    :param wanted: the rows of table three of which one has to be there
    :raises Unreadable: where none is
    """
    table3 = _part(raw, "table3")
    if not table3:
        raise Unreadable("没有 table3（表三：收到和处理政府信息公开申请情况），不能核对。")
    table3 = _turned(table3)
    figures = Figures(year=year_of(_part(raw, "year")))
    if figures.year is None:
        figures.notes.append(Note("no_year", "year", "没有写明年度，R8 不能核对"))
    add_rows(figures, list(_rows(table3, (), 0)), wanted)
    _table4(figures, _part(raw, "table4"))
    _table2(figures, _part(raw, "table2"))
    _narrative(figures, _part(raw, "narrative"))
    before = _part(raw, "previous")
    if isinstance(before, Mapping) and before:
        # Of last year's report what it carried out is enough.
        figures.follow(figures_of(before, (*wanted, "carried_out")))
    return figures


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found and found[key] != value:
            raise Unreadable(f"“{key}”写了两次，内容不同，请只留一个。")
        found[key] = value
    return found


def _part(raw: Mapping[str, Any], name: str) -> Any:
    wanted = {plain(one).lower() for one in TABLES[name]}
    for key, value in raw.items():
        bare = plain(str(key)).lower()
        if bare in wanted or (name.startswith("table") and bare.startswith(plain(TABLES[name][2]))):
            return value
    return None


def year_of(raw: Any) -> int | None:
    """Read a year written as 2023, "２０２３", 2023年度 or 二〇二三年."""
    found = re.search(r"(?<!\d)20\d\d(?!\d)", year_in_figures(str(raw))) if raw is not None else None
    return int(found.group()) if found else None


def year_in_figures(text: str) -> str:
    """Write the years of a text in plain figures, which official papers may write in characters: 二〇二三."""
    wide = unicodedata.normalize("NFKC", text)
    return _SPELT.sub(lambda found: "".join(_FIGURES[char] for char in found.group()), wide)


def _rows(table: Any, heads: tuple[str, ...], depth: int) -> Iterator[ReadRow]:
    """Yield the rows of table three: an object by label, nested or not, or a list of rows that name themselves."""
    if depth > DEPTH:
        raise Unreadable("表三嵌套过深，每行应为一个对象：列名、数字。")
    if isinstance(table, Mapping):
        for label, value in table.items():
            yield from _labelled((*heads, str(label)), value, depth)
    elif isinstance(table, Sequence) and not isinstance(table, str):
        for row in table:
            if not isinstance(row, Mapping):
                raise Unreadable("表三的每一行应为一个对象：列名、数字。")
            name = next((value for key, value in row.items() if plain(str(key)) in NAMES), None)
            if name is None:
                raise Unreadable("表三的行没有写明是哪一行（label）。")
            here = (*heads, str(name))
            cells, _ = _apart(row)
            inside = next((value for value in row.values() if isinstance(value, Mapping | list)), None)
            if cells or inside is None:
                yield here, cells
            else:
                yield from _labelled(here, inside, depth)
    else:
        raise Unreadable("table3 应为对象：行名、各列的数字。")


def _labelled(here: tuple[str, ...], value: Any, depth: int) -> Iterator[ReadRow]:
    """Yield what stands under a label: a row, the rows below a head, or a row in which nothing stands."""
    if value is None or value == {} or (isinstance(value, str) and cell_of(value).blank):
        # A row in which nothing stands is a row all the same.
        yield here, {one.id: None for one in layout().columns}
    elif isinstance(value, Mapping):
        cells, below = _apart(value)
        if cells:
            yield here, cells
        if below:
            yield from _rows(below, here, depth + 1)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield here, seven(value)
    else:
        # A single figure is the row's total.
        yield here, {"all": value}


def _turned(table: Any) -> Any:
    """Turn a table that was written column by column."""
    if not isinstance(table, Mapping) or not all(isinstance(cells, Mapping) for cells in table.values()):
        return table
    named = [
        heading_of(segments(str(name))[-1], layout().columns) if segments(str(name)) else "" for name in table
    ]
    if (
        len(named) < COLUMNS_TOLD
        or not all(named)
        or any("natural" in _apart(cells)[0] for cells in table.values())
    ):
        return table
    rows: dict[str, dict[str, Any]] = {}
    for name, cells in table.items():
        for label, value in cells.items():
            rows.setdefault(str(label), {})[str(name)] = value
    return rows


NAMES = {"label", "row", "name", "行", "项目", "行名", "指标"}


def _apart(value: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Tell the cells of a row, by column, from the rows that stand below it as below a head.

    Where nothing names a column, all of it is rows. What is no cell and no row, as a remark, is left out.
    """
    cells: dict[str, Any] = {}
    below: dict[str, Any] = {}
    plainly = any(_column(str(key)) and not isinstance(cell, Mapping) for key, cell in value.items())
    for key, cell in value.items():
        column = _column(str(key))
        if isinstance(cell, Mapping) and encloses(plain(str(key))):
            # 法人或其他组织, with its five columns inside.
            cells.update({name: inside for name, inside in _apart(cell)[0].items() if name != "all"})
        elif isinstance(cell, Mapping) and not (
            column and plainly and not any(_column(str(k)) for k in cell)
        ):
            below[key] = cell
        elif column:
            cells[column] = cell
        elif (parts := segments(str(key))) and numbered(parts[-1]) and place_of(parts).row:
            below[key] = cell
    return (cells, below) if cells else ({}, dict(value))


def _column(key: str) -> str:
    parts = segments(key)
    found = heading_of(parts[-1], layout().columns) if parts else ""
    # 3.其他 and （七）总计 are rows.
    return "" if found in ("other_org", ALL) and numbered(parts[-1]) else found


def _table4(figures: Figures, raw: Any) -> None:
    for heads, cells in _remedies(raw, ()):
        road = next((found for head in reversed(heads) if (found := road_of(head))), "")
        if road:
            figures.table4.setdefault(road, {}).update(cells)
        elif heads:
            where = f"表四 {'/'.join(heads)}"
            figures.notes.append(Note("unknown_row", where, "表式中没有这一组，不核对"))
    note_table4(figures)


def _remedies(raw: Any, heads: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], dict[str, Cell]]]:
    if not isinstance(raw, Mapping) or len(heads) > DEPTH:
        return
    cells: dict[str, Cell] = {}
    for key, value in raw.items():
        parts = segments(str(key))
        if isinstance(value, Mapping):
            yield from _remedies(value, (*heads, *parts))
        elif isinstance(value, Sequence) and not isinstance(value, str):
            if len(value) == len(layout().results):
                ids = [one.id for one in layout().results]
                yield (*heads, *parts), {one: cell_of(v) for one, v in zip(ids, value, strict=True)}
        elif result := heading_of(parts[-1] if parts else "", layout().results):
            if len(parts) > 1:
                yield (*heads, *parts[:-1]), {result: cell_of(value)}
            else:
                cells[result] = cell_of(value)
    if cells:
        yield heads, cells


def _table2(figures: Figures, raw: Any) -> None:
    if not isinstance(raw, Mapping):
        return
    for label, cells in raw.items():
        parts = segments(str(label))
        if isinstance(cells, Mapping) and any(isinstance(value, Mapping) for value in cells.values()):
            _table2(figures, cells)
        elif isinstance(cells, Mapping) and parts:
            figures.table2[parts[-1]] = {str(name): cell_of(value) for name, value in cells.items()}


def _narrative(figures: Figures, raw: Any) -> None:
    if isinstance(raw, str):
        # The words themselves instead of the numbers in them.
        figures.narrative = told_in(raw)
    if not isinstance(raw, Mapping):
        return
    for key, names in TOLD.items():
        for name, value in raw.items():
            if str(name).strip().lower() in names and value is not None:
                figures.narrative[key] = cell_of(value)
