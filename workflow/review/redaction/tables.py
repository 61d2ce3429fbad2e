"""Tables disclosed as clean spreadsheets: what a sheet shows and no more, strings blackened, nothing that calculates."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from workflow.review.redaction import identity
from workflow.review.redaction.errors import BadSource, Leaks, NotLocated
from workflow.review.redaction.findings import Finding
from workflow.review.redaction.folded import (
    fold,
    fold_indexed,
    is_number,
    without_separators,
    without_separators_indexed,
)
from workflow.review.redaction.marks import Wanted
from workflow.review.redaction.probe import probe

#: Always as wide, however long what it stands for was.
BLACK = "■■■■■■"
#: A program that opens a CSV takes a cell that begins so for a formula, also in its full-width form.
_ACTIVE = "=+-@\t\r＝＋－＠"
_NUMBER = re.compile(r"[-+]?\d{1,15}(?:\.\d+)?\Z")
#: openpyxl writes its own name and the clock into the properties: none are written instead.
_NO_PROPERTIES = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_ZIP_DAY = (2000, 1, 1, 0, 0, 0)
_TITLE = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_MOST_CELLS = 5_000_000
_FAULTS = (
    InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError,
    SyntaxError, ArithmeticError, RuntimeError,
)  # fmt: skip

Grid = list[list[str]]


@dataclass(frozen=True)
class Sheet:
    """What one sheet shows: a name and rows of texts."""

    name: str
    rows: Grid


@dataclass(frozen=True)
class TableCopy:
    """A clean table, proved.

    :param data: the file
    :param found: how often each string was blackened
    """

    data: bytes
    found: tuple[int, ...]


def visible(data: bytes, name: str = "表格") -> list[Sheet]:
    """Return what the visible sheets of a spreadsheet, or a CSV file, show: values, no formulas, no hidden rows or columns.

    :raises BadSource: where it is no table, or too large
    """
    if data[:4] != b"PK\x03\x04":
        return [Sheet(name, _rows_of_csv(data))]
    try:
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if sum(sheet.max_row * sheet.max_column for sheet in sheets) > _MOST_CELLS:
            raise BadSource("表格过大，请拆分后处理")
        return [Sheet(sheet.title, list(_shown(sheet))) for sheet in sheets]
    except _FAULTS as error:
        raise BadSource("表格已损坏，无法打开，请重新保存后处理") from error


def redact_table(data: bytes, wanted: Sequence[Wanted], *, kind: str = "xlsx", sheet: int = 0) -> TableCopy:
    """Return a clean copy of a table with strings blackened wherever a cell shows them, searched before it is returned.

    :param kind: `xlsx` for all visible sheets, `csv` for one
    :param sheet: which of the visible sheets a CSV holds, from 0
    :raises BadSource: where the source is no table
    :raises NotLocated: where a string is nowhere in the source
    :raises Leaks: where something is left, an identity number that no string names included
    """
    sheets = visible(data)
    if kind == "csv":
        sheets = sheets[sheet : sheet + 1]
    counts = [0] * len(wanted)
    clean = [
        Sheet(_blackened(one.name, wanted, counts), _blackened_rows(one.rows, wanted, counts))
        for one in sheets
    ]
    _all_located(data, wanted, counts)
    made = xlsx(clean) if kind == "xlsx" else csv_of(clean[0].rows if clean else [])
    _prove(made, clean, wanted)
    return TableCopy(made, tuple(counts))


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook of texts and numbers alone, the same bytes every time: no formula, name, comment, metadata."""
    book = Workbook(write_only=True)
    titles: set[str] = set()
    for number, sheet in enumerate(sheets or [Sheet("空", [])], 1):
        made = book.create_sheet(_title(sheet.name, number, titles))
        for row in sheet.rows:
            made.append([_cell(made, text) for text in row])
    held = io.BytesIO()
    book.save(held)
    return _timeless(held.getvalue())


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV in UTF-8 with its mark; a text that a program would calculate is led by an apostrophe."""
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    writer.writerows([_inert(text) for text in row] for row in rows)
    return b"\xef\xbb\xbf" + held.getvalue().encode()


def _inert(text: str) -> str:
    lead = text.lstrip(" \n\u3000\u00a0")[:1]
    return f"'{text}" if lead and lead in _ACTIVE and not _NUMBER.match(text) else text


def _cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet)
    if not text:
        return cell
    # Set behind openpyxl's back, which would take a text with “=” in front for a formula.
    cell._value, cell.data_type = text, "s"
    cell.quotePrefix = text[:1] in _ACTIVE
    return cell


def _title(name: str, number: int, used: set[str]) -> str:
    title = _TITLE.sub("_", name)[:28].strip() or f"表{number}"
    while title.casefold() in used:
        title = f"{title[:25]}_{number}"
    used.add(title.casefold())
    return title


def _timeless(data: bytes) -> bytes:
    """Return a workbook without the clock in its parts and its properties."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            content = _NO_PROPERTIES if part.filename == "docProps/core.xml" else source.read(part)
            info = zipfile.ZipInfo(part.filename, _ZIP_DAY)
            target.writestr(info, content, compress_type=zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _rows_of_csv(data: bytes) -> Grid:
    if b"\0" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise BadSource("不是表格：应为 xlsx 或者 CSV")
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error as error:
        raise BadSource("CSV 文件已损坏，无法读取") from error


def _shown(sheet: Any) -> Iterator[list[str]]:
    hidden = {
        index
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for index in range(dimension.min or 0, (dimension.max or dimension.min or 0) + 1)
    }
    for row in sheet.iter_rows():
        if row and not sheet.row_dimensions[row[0].row].hidden:
            yield [_text(cell.value) for cell in row if cell.column not in hidden]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _blackened_rows(rows: Grid, wanted: Sequence[Wanted], counts: list[int]) -> Grid:
    return [[_blackened(text, wanted, counts) for text in row] for row in rows]


def _blackened(text: str, wanted: Sequence[Wanted], counts: list[int]) -> str:
    """Return a text with every string in it as a black bar of one width."""
    for index, string in enumerate(wanted):
        spans = list(_spans(text, string.text))
        counts[index] += len(spans)
        for start, end in reversed(spans):
            text = f"{text[:start]}{BLACK}{text[end:]}"
    return text


def _spans(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    needle = fold(wanted)
    folded, places = fold_indexed(text)
    if is_number(needle):
        needle = without_separators(needle)
        folded, places = without_separators_indexed(folded, places)
    start = folded.find(needle)
    while start >= 0:
        end = start + len(needle)
        yield places[start], places[end - 1] + 1
        start = folded.find(needle, end)


def _all_located(data: bytes, wanted: Sequence[Wanted], counts: Sequence[int]) -> None:
    missing = [index for index, count in enumerate(counts) if not count]
    if not missing:
        return
    report = probe(data, [wanted[index].text for index in missing], read=False)
    known = {missing[finding.secret - 1] for finding in report.findings if finding.how == "whole"}
    nowhere = [index for index in missing if index not in known]
    if nowhere:
        named = "、".join(f"strings[{index}]" for index in nowhere)
        raise NotLocated(nowhere, f"{named} 在表格中没有找到，没有输出；请核对文字")


def _prove(made: bytes, clean: Sequence[Sheet], wanted: Sequence[Wanted]) -> None:
    names = [f"strings[{index}]" for index in range(len(wanted))]
    findings = probe(made, [string.text for string in wanted], names=names, read=False).findings
    findings += open_numbers(clean)
    if findings:
        raise Leaks(findings)


def open_numbers(clean: Sequence[Sheet]) -> list[Finding]:
    """Return a finding for every valid identity number that a cell still shows."""
    findings = []
    for sheet in clean:
        for number, row in enumerate(sheet.rows, 1):
            for text in row:
                if any(True for _ in identity.numbers(without_separators(fold(text)))):
                    findings.append(Finding(0, "身份证号码", f"工作表第{number}行", "uncovered"))
    return findings
