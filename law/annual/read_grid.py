"""Find the report's tables among the tables of a page or the sheets of a workbook, and read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from law.annual.assemble import ReadRow, add_rows, note_table4, seven
from law.annual.errors import Unreadable
from law.annual.figures import Cell, Figures, cell_of
from law.annual.grid import Grid, Spot
from law.annual.layout import ALL, HandTable, layout
from law.annual.names import heading_of, place_of, plain, road_of

#: Longer texts are no headings of a column.
SHORT = 14
#: How many rows a table's head may have.
HEAD_ROWS = 5


def read_grids(grids: Sequence[Grid], year: int | None) -> Figures:
    """Read the tables of a report. Raises Unreadable where no table three is among them."""
    figures = Figures(year=year)
    rows = _table3(grids)
    if not rows:
        raise Unreadable(
            "没有找到表三（收到和处理政府信息公开申请情况）：表头应有“自然人”“商业企业”“总计”等列。"
        )
    add_rows(figures, rows)
    for grid in grids:
        if _table4(figures, grid):
            break
    note_table4(figures)
    for grid in grids:
        _table2(figures, grid)
    return figures


@dataclass(frozen=True)
class _Head:
    """Where a table three begins: the last row of its head, and the columns by id."""

    last: int
    columns: dict[str, int]


def _table3(grids: Sequence[Grid]) -> list[ReadRow]:
    for number, grid in enumerate(grids):
        head = _head_of(grid)
        if head is None:
            continue
        rows = list(_rows(grid, head))
        # A table that a page break cut in two goes on in the next one, without its head or under the same again.
        for more in grids[number + 1 :]:
            if not rows or _reads(rows, "carried_out"):
                break
            again = _head_of(more)
            found = list(_rows(more, again or _Head(-1, {})))
            if again is not None and not _goes_on(rows, found):
                break
            rows += found
        if rows and (_reads(rows, "new") or _reads(rows, "total")):
            return rows
    return []


def _reads(rows: Sequence[ReadRow], wanted: str) -> bool:
    return any(_named(heads) == wanted for heads, _ in rows)


def _goes_on(rows: Sequence[ReadRow], found: Sequence[ReadRow]) -> bool:
    """Say whether rows under a head of their own go on with a table that has begun: they name results it does not have."""
    have, more = ({_named(heads) for heads, _ in some} - {""} for some in (rows, found))
    return "new" in have and bool(more - {"total"}) and not have & more


def _named(heads: Sequence[str]) -> str:
    return place_of(heads).row


def _head_of(grid: Grid) -> _Head | None:
    for number in grid.numbered_rows():
        if not any(_column(spot) == "natural" for spot in grid.spots(number)):
            continue
        columns: dict[str, int] = {}
        last = number
        for row in range(number, min(number + HEAD_ROWS, grid.height)):
            if row > number and place_of([_first(grid, row)]).row:
                break
            for spot in grid.spots(row):
                if (found := _column(spot)) and found not in columns:
                    columns[found] = spot.column
                    last = max(last, row)
        if "commercial" in columns or ALL in columns:
            return _Head(last, columns)
    return None


def _first(grid: Grid, row: int) -> str:
    return next((spot.text for spot in grid.spots(row) if spot.text), "")


def _column(spot: Spot) -> str:
    return heading_of(spot.text, layout().columns) if 0 < len(plain(spot.text)) <= SHORT else ""


def _rows(grid: Grid, head: _Head) -> Iterator[ReadRow]:
    """Yield the rows below a head, each with the heads it stands under."""
    places = [head.columns[one.id] for one in layout().columns if one.id in head.columns]
    # A head whose columns do not follow each other as printed has lost a span: the figures are counted instead.
    whole = len(places) == len(layout().columns) and places == sorted(places)
    for number in range(head.last + 1, grid.height):
        spots = grid.spots(number)
        if not any(spot.text for spot in spots):
            continue
        if _ends(spots):
            return
        read = _by_place(grid, number, head.columns) if whole else None
        if read is None:
            read = _by_count(grid, number)
        if read is None and whole:
            read = _by_place(grid, number, head.columns, words=True)
        if read is not None:
            yield read
            if place_of(read[0]).row == "carried_out":
                return


def _ends(spots: Sequence[Spot]) -> bool:
    """Say whether a row belongs to what follows: table four, or the next part of the report."""
    first = plain(next((spot.text for spot in spots if spot.text), ""))
    return any(
        first.startswith(word) for word in ("行政复议", "四政府信息公开行政复议", "结果维持", "五存在")
    )


def _by_place(grid: Grid, number: int, columns: dict[str, int], *, words: bool = False) -> ReadRow | None:
    """Read a row by the columns of the head; nothing where words and figures do not stand as the head has them.

    :param words: whether a row that the table has may hold words among its figures: 见附件, #REF!
    """
    left = min(columns.values())
    heads = [spot.text for spot in grid.spots(number) if spot.column < left and spot.text]
    cells = {name: grid.text(number, column) for name, column in columns.items()}
    # A figure where the row's name belongs shows that the columns are not those of the head.
    wordy = sum(_wordy(text) for text in cells.values())
    if not heads or _figure(heads[-1]) or (wordy and not words):
        return None
    if wordy and (2 * wordy > len(cells) or not place_of(_distinct(heads)).row):
        return None
    return _distinct(heads), cells


def _by_count(grid: Grid, number: int) -> ReadRow | None:
    """Read a row by its number of cells where the head is no help: the last seven are its figures."""
    own, width = grid.own(number), len(layout().columns)
    while len(own) > width + 1 and not own[-1].text and _figure(own[-width - 1].text):
        own = own[:-1]
    if len(own) < width:
        return None
    values = [spot.text for spot in own[-width:]]
    heads = [spot.text for spot in grid.spots(number) if spot.row < number and spot.column == 0]
    heads += [spot.text for spot in own[:-width] if spot.text]
    if not heads or any(_wordy(text) for text in values):
        return None
    return _distinct(heads), seven(values)


def _figure(text: str) -> bool:
    return cell_of(text).value is not None


def _distinct(texts: Sequence[str]) -> list[str]:
    return [text for place, text in enumerate(texts) if place == 0 or text != texts[place - 1]]


def _wordy(text: str) -> bool:
    """Say whether a text is words: it has letters, and is no count with a unit behind it."""
    cell = cell_of(text)
    return (
        cell.value is None
        and not cell.blank
        and sum(c.isalpha() for c in unicodedata.normalize("NFKC", text)) > 1
    )


def _table4(figures: Figures, grid: Grid) -> bool:
    for number in grid.numbered_rows():
        found = [spot for spot in grid.spots(number) if _result(spot) == "upheld"]
        if not found:
            continue
        last = number
        while last + 1 < grid.height and any(_result(spot) for spot in grid.own(last + 1)):
            last += 1
        if sum(_result(spot) == "upheld" for row in range(number, last + 1) for spot in grid.own(row)) > 1:
            _across(figures, grid, number, last)
        else:
            _down(figures, grid, number)
        if figures.table4:
            return True
    return False


def _result(spot: Spot) -> str:
    return heading_of(spot.text, layout().results) if 0 < len(plain(spot.text)) <= SHORT else ""


def _across(figures: Figures, grid: Grid, first: int, last: int) -> None:
    """Read table four as it is printed: fifteen columns, one row of figures."""
    if last + 1 >= grid.height:
        return
    width = max((max(places, default=0) for places in grid.places[first : last + 2]), default=0) + 1
    order = [(road.id, result.id) for road in layout().roads for result in layout().results]
    named: dict[tuple[str, str], int] = {}
    for column in range(width):
        above = [grid.text(row, column) for row in range(max(0, first - 2), last + 1)]
        result = next(
            (r for text in reversed(above) if len(plain(text)) <= SHORT and (r := heading_of(text, layout().results))), ""
        )  # fmt: skip
        roads = [road for text in above if len(plain(text)) <= SHORT + 6 and (road := road_of(text))]
        road = next((one for one in reversed(roads) if one != "reconsideration"), roads[-1] if roads else "")
        if result and road:
            named.setdefault((road, result), column)
    if len(named) == len(order):
        cells = {key: grid.text(last + 1, column) for key, column in named.items()}
    else:
        own = [spot.text for spot in grid.own(last + 1)]
        if len(own) < len(order):
            return
        cells = dict(zip(order, own[-len(order) :], strict=True))
    for (road, result), text in cells.items():
        figures.table4.setdefault(road, {})[result] = cell_of(text)


def _down(figures: Figures, grid: Grid, number: int) -> None:
    """Read table four where each road has a row of its own."""
    columns = {result: spot.column for spot in grid.spots(number) if (result := _result(spot))}
    left = min(columns.values())
    for row in range(number + 1, grid.height):
        heads = [spot.text for spot in grid.spots(row) if spot.column < left and spot.text]
        road = next((found for head in reversed(heads) if (found := road_of(head))), "")
        if road:
            figures.table4[road] = {
                result: cell_of(grid.text(row, column)) for result, column in columns.items()
            }


def _table2(figures: Figures, grid: Grid) -> None:
    """Read what stands in table two, part by part: the line 信息内容 names the columns of the rows below it."""
    heads: list[Spot] = []
    for number in grid.numbered_rows():
        spots = [spot for spot in grid.spots(number) if spot.text or spot.column]
        first = plain(spots[0].text) if spots else ""
        if first == "信息内容":
            heads = spots[1:]
            continue
        name = _hand_row(first)
        if not name or not heads or name in figures.table2:
            continue
        cells: dict[str, Cell] = {}
        for head in heads:
            if head.text and plain(head.text) not in cells:
                cells[_hand_column(head.text)] = cell_of(grid.text(number, head.column))
        figures.table2[name] = cells


def _tables() -> tuple[HandTable, ...]:
    return (*layout().hand, *layout().old_hand)


def _hand_row(text: str) -> str:
    return next((row for table in _tables() for row in table.rows if plain(row) == text), "")


def _hand_column(text: str) -> str:
    bare = plain(text)
    return next((one for table in _tables() for one in table.columns if plain(one) == bare), text)
