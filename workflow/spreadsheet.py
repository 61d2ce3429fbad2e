"""Rows as a spreadsheet file that opens in WPS and Excel as it should print."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from workflow.xml_text import fit

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: A text that begins so would be run as a formula by whoever opens the file.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: A text that begins so would be written as something else than a text.
NO_PLAIN_TEXT = (*FORMULA, "#")


def sheet(title: str, rows: Sequence[Sequence[Any]], *, widths: Sequence[int], heading: str = "") -> bytes:
    """Return a workbook with one sheet: an optional heading over it, the first row as its head, one page wide.

    :param widths: of the columns, in characters
    """
    book = Workbook()
    page = book.active
    assert page is not None  # a new workbook has its sheet
    page.title = title[:31]
    _fill(page, rows, widths=widths, heading=heading)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Any, rows: Sequence[Sequence[Any]], *, widths: Sequence[int], heading: str) -> None:
    if heading:
        page.append([fit(heading)])
        _text(page["A1"])
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(widths))
        page["A1"].font = Font(bold=True, size=14)
        page["A1"].alignment = Alignment(horizontal="center")
    for row in rows:
        page.append([_fit(value) for value in row])
    thin = Side(style="thin")
    top = 2 if heading else 1
    for number, cells in enumerate(page.iter_rows(min_row=top, max_col=len(widths)), top):
        for cell in cells:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            if number == top:
                cell.font = Font(bold=True)
            if isinstance(cell.value, dt.date):
                cell.number_format = "yyyy-mm-dd"
            elif isinstance(cell.value, str):
                _text(cell)
                cell.number_format = "@"
    for place, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.print_title_rows = f"{top}:{top}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def long_sheet(title: str, rows: Iterable[Sequence[Any]], *, widths: Sequence[int]) -> bytes:
    """Return a workbook of one sheet that may be long: written row by row, the first row as its head, no borders.

    :param widths: of the columns, in characters
    """
    made = Workbook(write_only=True)
    page = made.create_sheet(title[:31])
    for place, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for number, row in enumerate(rows):
        page.append([_typed(page, value, bold=number == 0) for value in row])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _typed(page: Any, value: Any, *, bold: bool) -> Any:
    value = _fit(value)
    text = isinstance(value, str)
    if not (bold or isinstance(value, dt.date) or (text and value.startswith(NO_PLAIN_TEXT))):
        return value
    cell = WriteOnlyCell(page, value)
    if text:
        _text(cell)
    if bold:
        cell.font = Font(bold=True)
    if isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"
    return cell


def book(sheets: Sequence[tuple[str, Sequence[Sequence[Any]]]], *, heading: str) -> bytes:
    """Return a workbook of several tables, a sheet each with the heading over it and its first row as head."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets:
        page = made.create_sheet(title[:31])
        _fill(page, rows, widths=[24, *[12] * (len(rows[0]) - 1)], heading=heading)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _fit(value: Any) -> Any:
    return fit(value) if isinstance(value, str) else value


def _text(cell: Any) -> None:
    """Keep a text a text: "=1" is no formula and "#N/A" no fault, neither when the file is opened nor when it is edited."""
    cell.data_type = "s"
    if str(cell.value).startswith(FORMULA):
        cell.quotePrefix = True
