"""Read a published report from a file, whatever it is: JSON, a page, a workbook."""

from __future__ import annotations

import io
import re
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from law.annual.errors import Unreadable
from law.annual.figures import Figures, Note
from law.annual.grid import MOST_COLUMNS, MOST_ROWS, Grid, Spot
from law.annual.read_grid import read_grids
from law.annual.read_json import read_json, year_in_figures, year_of
from law.annual.told import first_part, told_in

#: What the readers of workbooks and documents say of damaged ones; errors of XML are errors of syntax.
DAMAGED = (
    BadZipFile, zlib.error, SyntaxError, EOFError, OSError, LookupError, ValueError, TypeError, AttributeError, RuntimeError,
)  # fmt: skip
#: A report is small; what is larger is something else.
MOST_BYTES = 30_000_000


def read_file(path: Path) -> Figures:
    """Read a report from a file. Raises Unreadable saying what is wrong with it."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"读不到文件“{path.name}”：{_why(error)}。") from error
    return read_bytes(content)


def _why(error: OSError) -> str:
    known = {FileNotFoundError: "没有这个文件", IsADirectoryError: "这是文件夹", PermissionError: "没有权限"}
    return known.get(type(error)) or error.strerror or str(error)


def read_bytes(content: bytes) -> Figures:
    """Read a report by its content; what the file is called does not count. Raises Unreadable."""
    if not content.strip():
        raise Unreadable("文件是空的。")
    if len(content) > MOST_BYTES:
        raise Unreadable("文件超过 30 MB，不像是年度报告。")
    if content[:2] == b"PK":
        return _workbook_or_document(content)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable("这是旧格式的 xls 或者 doc 文件，请另存为 xlsx 再核对。")
    if content[:5] == b"%PDF-":
        raise Unreadable("PDF 里没有可以核对的表格，请用网页、xlsx 或者 JSON。")
    text = _decoded(content)
    if text.lstrip()[:1] in ("{", "["):
        return read_json(text)
    if "<" in text and re.search(r"<\s*(table|td|tr)\b", text, re.IGNORECASE):
        return _page(text)
    raise Unreadable("不认识这个文件：应为 JSON、网页（含表格）或者 xlsx。")


def _decoded(content: bytes) -> str:
    said = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", content[:4096], re.IGNORECASE)
    tries = ["utf-8-sig", "gb18030"]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        tries.insert(0, "utf-16")
    # GB18030 reads Big5 as well, to other words; what the older ones of its own family hold, it holds.
    if said and said.group(1).lower().startswith(b"big5"):
        tries.insert(1, said.group(1).decode("ascii").lower())
    for encoding in tries:
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Unreadable("文件的文字编码无法识别，请存为 UTF-8。")


def _page(text: str) -> Figures:
    from lxml import etree, html

    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("网页无法读取，请检查文件。") from error
    # A raised digit is the mark of a note, and would be read as part of the figure before it.
    etree.strip_elements(root, "script", "style", "sup", with_tail=False)
    grids = [_grid(table) for table in root.iter("table")]
    words = _words(root)
    figures = read_grids(grids, _year_in(words))
    _told(figures, words)
    return _dated(figures)


def _grid(table: object) -> Grid:
    rows = []
    for row in table.iter("tr"):  # type: ignore[attr-defined]
        if next(row.iterancestors("table"), None) is not table:
            continue
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        rows.append([
            (" ".join(cell.text_content().split()), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in cells
        ])  # fmt: skip
    return Grid.of_rows(rows)


def _span(cell: object, name: str) -> int:
    raw = str(cell.get(name) or "1").strip()  # type: ignore[attr-defined]
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 4 else 1


def _words(root: object) -> str:
    """Return the text of a page outside its tables of figures, title first."""
    title = "".join(root.xpath("//title//text()"))  # type: ignore[attr-defined]
    body = root.xpath("//body//text()[not(ancestor::td[not(descendant::table)])]")  # type: ignore[attr-defined]
    return f"{title}\n" + "".join(str(part) for part in body)


def _workbook_or_document(content: bytes) -> Figures:
    try:
        names = ZipFile(io.BytesIO(content)).namelist()
    except BadZipFile as error:
        raise Unreadable("文件已经损坏，打不开。") from error
    if "word/document.xml" in names:
        return _document(content)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), data_only=True)
    except (InvalidFileException, *DAMAGED) as error:
        raise Unreadable("这个文件不是可以读取的 xlsx 表格。") from error
    grids, words = [], []
    # What is hidden was not published: it is read only where nothing else is.
    for sheet in sorted(book.worksheets, key=lambda one: one.sheet_state != "visible"):
        grid = Grid()
        words.append(sheet.title)
        for area in sheet.merged_cells.ranges:
            corner = sheet.cell(area.min_row, area.min_col).value
            rows, columns = area.max_row - area.min_row + 1, area.max_col - area.min_col + 1
            grid.put(Spot(_shown(corner), area.min_row - 1, area.min_col - 1, rows, columns))
        last, right = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
        for number, row in enumerate(sheet.iter_rows(max_row=last, max_col=right)):
            for place, cell in enumerate(row):
                if cell.value is not None:
                    grid.put(Spot(_shown(cell.value), number, place))
                    if isinstance(cell.value, str):
                        words.append(cell.value)
        grids.append(grid)
    text = "\n".join(words)
    figures = read_grids(grids, _year_in(text))
    _told(figures, text)
    return _dated(figures)


def _shown(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _document(content: bytes) -> Figures:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(io.BytesIO(content))
    except (PackageNotFoundError, *DAMAGED) as error:
        raise Unreadable("这个文件不是可以读取的 docx 文档。") from error
    grids = []
    for table in document.tables:
        # The elements are held as long as they are compared: a cell over several places is one element.
        rows = [[cell._tc for cell in row.cells] for row in table.rows]
        texts = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
        grid = Grid()
        for number, row in enumerate(rows):
            for place, element in enumerate(row):
                if place in grid.places_of(number):
                    continue
                wide = next(
                    (n for n, other in enumerate(row[place:]) if other is not element), len(row) - place
                )
                deep = next(
                    (n for n, below in enumerate(rows[number:]) if place >= len(below) or below[place] is not element),
                    len(rows) - number,
                )  # fmt: skip
                grid.put(Spot(texts[number][place], number, place, deep, wide))
        grids.append(grid)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    figures = read_grids(grids, _year_in(text))
    _told(figures, text)
    return _dated(figures)


def _dated(figures: Figures) -> Figures:
    if figures.year is None:
        figures.notes.append(Note("no_year", "年度", "没有读到报告的年度，R8 不能核对"))
    return figures


_TITLE = re.compile(
    r"(20\d\d)\s*年?度?(?:(?!20\d\d)[^\n。]){0,40}?政府信息公开(?:工作)?(?:年度)?(?:报告|年报)"
)
_BRACKETED = re.compile(r"[(（]\s*(20\d\d)\s*年?度?\s*[)）]")
_PERIOD = re.compile(r"(20\d\d)\s*年\s*1\s*月\s*1\s*日[^。]{0,20}12\s*月\s*31\s*日")


def _year_in(words: str) -> int | None:
    text = year_in_figures(words)
    for pattern in (_TITLE, _PERIOD):
        if found := pattern.search(text):
            return year_of(found.group(1))
    # A sheet may name its year in brackets behind the name of its table.
    named = set(_BRACKETED.findall(text))
    return year_of(named.pop()) if len(named) == 1 else None


def _told(figures: Figures, words: str) -> None:
    figures.narrative = told_in(first_part(words))
