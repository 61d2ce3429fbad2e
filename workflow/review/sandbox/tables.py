"""Spreadsheets: rebuilt from the values that are seen, and set on pages as a table."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import error as zlib_error

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from letters.typeset.model import Laid, Page, Rule, Text
from workflow.review.sandbox.limits import Limits
from workflow.review.sandbox.packages import look
from workflow.review.sandbox.texts import ROLE, Setting
from workflow.review.sandbox.unfit import Unfit

WIDTH, HEIGHT, MARGIN = 841.89, 595.28, 42.0
SIZE, LEADING, PAD = 9.0, 12.5, 3.0
#: Blank on either side of a cell's text: enough for whoever tells cells by the gaps between them (`detect.layout`).
BESIDE = 6.0
NARROWEST, WIDEST = 30.0, 200.0
FAULTS = (
    InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError,
    SyntaxError, ArithmeticError, zlib_error, RuntimeError, AssertionError,
)  # fmt: skip
BROKEN = "表格已损坏，无法打开，请在 Excel、WPS 中重新保存或者打印为 PDF 后上传。"
Grid = list[list[str]]
#: The row of a sheet's name, which stands above its cells.
NAME_ROW = -1


@dataclass
class CellLine:
    """One line of a cell as it is set: whose cell, on which page, and where its first character stands on its base line."""

    sheet: int
    row: int
    column: int
    page: Page
    x: float
    y: float
    text: str


@dataclass
class Lay:
    """The sheets of a clean table set on pages.

    :param sheets: name and cells of each
    :param lines: every line of every cell, in reading order of each cell
    """

    sheets: list[tuple[str, Grid]]
    pages: list[Page]
    lines: list[CellLine]
    setting: Setting

    def pdf(self) -> bytes:
        """Return the pages."""
        return self.setting.pdf(Laid(self.pages, width=WIDTH, height=HEIGHT))


def rebuild(content: bytes, out: Path, limits: Limits) -> tuple[bytes, list[str]]:
    """Write a spreadsheet of the visible values alone and return it as pages, with notes of what was left out. Raises Unfit."""
    look("xlsx", content, limits)
    notes: list[str] = []
    sheets = [(name, grid) for name, grid in _sheets(content, limits, notes) if grid]
    if not sheets:
        raise Unfit("file_empty", "表格里没有看得见的内容。")
    _write(sheets, out / "table.xlsx")
    return _lay(sheets, limits).pdf(), notes


def lay(content: bytes, limits: Limits) -> Lay:
    """Set a clean table that `rebuild` wrote as it was set then, to know where each cell stands. Raises Unfit."""
    return _lay([(name, grid) for name, grid in _sheets(content, limits, []) if grid], limits)


def grids(content: bytes, out: Path, limits: Limits) -> int:
    """Write the cells of a clean spreadsheet as JSON, sheet by sheet; return how many sheets. Raises Unfit."""
    sheets = [grid for _, grid in _sheets(content, limits, []) if grid]
    (out / "grid.json").write_text(json.dumps(sheets, ensure_ascii=False), encoding="utf-8")
    return len(sheets)


def _sheets(content: bytes, limits: Limits, notes: list[str]) -> Iterator[tuple[str, Grid]]:
    try:
        book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    except FAULTS:
        raise Unfit("file_broken", BROKEN) from None
    left, cells = 0, 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            left += 1
            continue
        rows, columns = sheet.max_row, sheet.max_column
        cells += rows * columns
        if cells > limits.cells:
            raise Unfit("file_heavy", f"表格超过 {limits.cells // 10_000} 万个单元格，请拆分后上传。")
        yield sheet.title, _trimmed(_grid(sheet))
    if left:
        notes.append(f"有 {left} 张隐藏的工作表没有进入工作副本。")


def _grid(sheet: Any) -> Grid:
    hidden_columns = {
        index
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for index in range(dimension.min or 0, (dimension.max or dimension.min or 0) + 1)
    }
    grid = []
    for row in sheet.iter_rows():
        if row and sheet.row_dimensions[row[0].row].hidden:
            continue
        grid.append([shown(cell) for cell in row if cell.column not in hidden_columns])
    return grid


def _trimmed(grid: Grid) -> Grid:
    """Return a grid without the empty rows and columns at its end."""
    while grid and not any(grid[-1]):
        grid.pop()
    wide = max((index + 1 for row in grid for index, text in enumerate(row) if text), default=0)
    return [row[:wide] for row in grid]


def shown(cell: Any) -> str:
    """Return a cell's value as the sheet shows it; a number with a format keeps its sense, not its colours."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, dt.date | dt.time):
        return str(value)
    if isinstance(value, float | int):
        return _number(value, cell.number_format or "")
    return str(value)


def _number(value: float, form: str) -> str:
    if form.endswith("%"):
        return f"{value:.{_decimals(form)}%}"
    if "." in form and form.replace("#", "").replace(",", "").lstrip("0_ ").startswith("."):
        return f"{value:,.{_decimals(form)}f}" if "," in form else f"{value:.{_decimals(form)}f}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value) if isinstance(value, float) else str(value)


def _decimals(form: str) -> int:
    _, _, behind = form.partition(".")
    return len(behind) - len(behind.lstrip("0#"))


def _write(sheets: list[tuple[str, Grid]], path: Path) -> None:
    book = Workbook(write_only=False)
    book.remove(book.active)
    for name, grid in sheets:
        sheet = book.create_sheet(name[:31])
        for r, row in enumerate(grid, 1):
            for c, text in enumerate(row, 1):
                if text:
                    cell = sheet.cell(r, c)
                    cell.value, cell.data_type = text, "s"  # text that looks like a formula stays text
    book.save(path)


def _lay(sheets: list[tuple[str, Grid]], limits: Limits) -> Lay:
    laid = Lay(sheets, [], [], Setting())
    for index, (name, grid) in enumerate(sheets):
        for page in _set(laid, index, name, grid):
            if len(laid.pages) >= limits.pages:
                raise Unfit("file_pages", f"表格超过 {limits.pages} 页，请拆分后上传。")
            page.number = len(laid.pages) + 1
            laid.pages.append(page)
    return laid


def _set(laid: Lay, index: int, name: str, grid: Grid) -> Iterator[Page]:
    """Set one sheet: as many columns as fit side by side, then the next ones, each row as high as it needs."""
    setting = laid.setting
    clean = [[setting.clean(text.replace("\n", " ")) for text in row] for row in grid]
    widths = [_column(setting, clean, index) for index in range(max(len(row) for row in clean))]
    for first, last in _bands(widths):
        part = [row[first:last] for row in clean]
        yield from _band(laid, (index, first), setting.clean(name), part, widths[first:last])


def _column(setting: Setting, grid: Grid, index: int) -> float:
    longest = max((setting.width(row[index][:60], SIZE) for row in grid if index < len(row)), default=0.0)
    # A trifle more than the sum, or the last character of the longest text would be broken off by rounding.
    return min(max(longest + 2 * BESIDE + 0.01, NARROWEST), WIDEST)


def _bands(widths: list[float]) -> Iterator[tuple[int, int]]:
    first, room = 0, WIDTH - 2 * MARGIN
    for index, width in enumerate(widths):
        if width > room and index > first:
            yield first, index
            first, room = index, WIDTH - 2 * MARGIN
        room -= width
    yield first, len(widths)


def _band(laid: Lay, at: tuple[int, int], name: str, grid: Grid, widths: list[float]) -> Iterator[Page]:
    """Set some columns of a sheet; `at` is the number of the sheet and of the first of them."""
    setting = laid.setting
    page, y = _begun(laid, at[0], name)
    for number, row in enumerate(grid):
        lines = [
            setting.broken(text, width - 2 * BESIDE, SIZE) for text, width in zip(row, widths, strict=False)
        ]
        for piece in _pieces(lines, int((HEIGHT - 2 * MARGIN - LEADING) // LEADING)):
            tall = LEADING * max((len(cell) for cell in piece), default=1) + PAD
            if y + tall > HEIGHT - MARGIN and page.rules:
                yield page
                page, y = _begun(laid, at[0], name)
            for column, x, down, text in _put(page, piece, widths, y, tall):
                laid.lines.append(CellLine(at[0], number, at[1] + column, page, x, down, text))
            y += tall
    yield page


def _pieces(lines: list[list[str]], most: int) -> Iterator[list[list[str]]]:
    """Cut a row that is higher than a page."""
    rows = max((len(cell) for cell in lines), default=1)
    for start in range(0, rows, most - 1):
        yield [cell[start : start + most - 1] for cell in lines]


def _begun(laid: Lay, sheet: int, name: str) -> tuple[Page, float]:
    heading = f"工作表：{name}"
    page = Page(0, [Text(MARGIN, MARGIN - 6, heading, SIZE, ROLE)])
    laid.lines.append(CellLine(sheet, NAME_ROW, 0, page, MARGIN, MARGIN - 6, heading))
    return page, MARGIN


def _put(
    page: Page, piece: list[list[str]], widths: list[float], y: float, tall: float
) -> Iterator[tuple[int, float, float, str]]:
    """Set one row and yield each line of its cells: column, place, text."""
    x, right = MARGIN, MARGIN + sum(widths)
    page.rules.append(Rule(MARGIN, y, right, y, 0.4))
    page.rules.append(Rule(MARGIN, y + tall, right, y + tall, 0.4))
    for column, (cell, width) in enumerate(zip(piece, widths, strict=False)):
        page.rules.append(Rule(x, y, x, y + tall, 0.4))
        for row, text in enumerate(cell):
            if text:
                down = y + LEADING * (row + 1) - PAD
                page.texts.append(Text(x + BESIDE, down, text, SIZE, ROLE))
                yield column, x + BESIDE, down, text
        x += width
    page.rules.append(Rule(right, y, right, y + tall, 0.4))
