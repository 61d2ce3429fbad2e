"""Read the rows of a table file that somebody hands over: xlsx, or CSV in UTF-8 or GB 18030."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from workflow.errors import BadRequest
from workflow.requests import FileData


def rows_of(file: FileData, *, field: str = "list") -> Iterator[list[str]]:
    """Yield the rows of a table as text. Raises BadRequest at a field for what is no table."""
    if file.content[:2] == b"PK":
        try:
            sheet = load_workbook(io.BytesIO(file.content), read_only=True, data_only=True).active
        except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
            raise _bad("这个文件不是可以读取的 xlsx 表格", field) from error
        if sheet is None:
            raise _bad("这个表格里没有工作表", field)
        for row in sheet.iter_rows(values_only=True):
            yield ["" if cell is None else str(cell) for cell in row]
        return
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = file.content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        yield from csv.reader(io.StringIO(text))
        return
    raise _bad("名单应为 xlsx 或者 CSV 表格", field)


def _bad(message: str, field: str) -> BadRequest:
    return BadRequest("bad_list", message, field=field)
