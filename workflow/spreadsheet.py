"""Rows as a spreadsheet file that opens in WPS and Excel as it should print."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: A text that begins so would be run as a formula by whoever opens the file.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sheet(title: str, rows: Sequence[Sequence[Any]], *, widths: Sequence[int], heading: str = "") -> bytes:
    """Return a workbook with one sheet: an optional heading over it, the first row as its head, one page wide.

    :param widths: of the columns, in characters
    """
    book = Workbook()
    page = book.active
    assert page is not None  # a new workbook has its sheet
    page.title = title[:31]
    if heading:
        page.append([heading])
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(widths))
        page["A1"].font = Font(bold=True, size=14)
        page["A1"].alignment = Alignment(horizontal="center")
    for row in rows:
        page.append([_plain(value) for value in row])
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
                cell.number_format = "@"
    for place, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.print_title_rows = f"{top}:{top}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value
