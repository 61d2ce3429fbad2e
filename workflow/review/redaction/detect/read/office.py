"""Texts of docx, pptx, odt, ods and xlsx files, with headers, notes, comments and properties."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator

from openpyxl import load_workbook

from workflow.review.redaction.detect.read.markup import xml_text
from workflow.review.redaction.detect.read.part import MOST_BYTES, MOST_PARTS, Part, too_heavy
from workflow.review.redaction.errors import BadSource

_PLACES = (
    (re.compile(r"word/document\.xml"), "正文"),
    (re.compile(r"word/(?:header|footer)\d*\.xml"), "页眉页脚"),
    (re.compile(r"word/(?:foot|end)notes\.xml"), "脚注尾注"),
    (re.compile(r"(?:word|ppt)/(?:.*/)?\w*[cC]omment\w*\.xml"), "批注"),
    (re.compile(r"ppt/slides/slide(\d+)\.xml"), "幻灯片"),
    (re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml"), "幻灯片备注"),
    (re.compile(r"content\.xml"), "正文"),
    (re.compile(r"styles\.xml"), "页眉页脚"),
)
_PROPERTIES = re.compile(r"docProps/(?:core|app|custom)\.xml|meta\.xml")
_PEOPLE = re.compile(rb"<(?:dc:creator|cp:lastModifiedBy|Manager|meta:initial-creator)[^>]*>([^<]{1,80})<")


def office_parts(data: bytes, name: str) -> Iterator[Part]:
    """This function will give the texts of an Office document of zipped XML.

    :raises BadSource: where it is damaged, locked, or unpacks to too much
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            _look(held, name)
            if "xl/workbook.xml" in held.namelist():
                yield from _sheets(data, name)
            else:
                yield from _texts(held, name)
            yield from _people(held)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise BadSource(f"{name}已损坏或设有密码，无法读取；请另存后再检查") from error


def _look(held: zipfile.ZipFile, name: str) -> None:
    parts = held.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > 4 * MOST_BYTES:
        raise too_heavy(name)


def _read(held: zipfile.ZipFile, part: str, name: str) -> bytes:
    with held.open(part) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise too_heavy(name)
    return data


def _texts(held: zipfile.ZipFile, name: str) -> Iterator[Part]:
    found = []
    for part in held.namelist():
        for pattern, place in _PLACES:
            match = pattern.fullmatch(part)
            if match:
                number = int(match.group(1)) if pattern.groups and match.group(1) else 1
                found.append((place not in ("正文", "幻灯片"), number, place, part))
                break
    for _, number, place, part in sorted(found):
        text = xml_text(_read(held, part, name), f"{name}的{place}")
        if text.strip():
            yield Part(number, text, place)


def _people(held: zipfile.ZipFile) -> Iterator[Part]:
    words = []
    for part in held.namelist():
        if _PROPERTIES.fullmatch(part):
            words += [b.decode("utf-8", "replace").strip() for b in _PEOPLE.findall(held.read(part))]
    people = [word for word in dict.fromkeys(words) if re.search("[\u4e00-\u9fff]", word)]
    if people:
        yield Part(1, "\n".join(f"姓名：{word}" for word in people), "文档属性（作者、修改人）")


def _sheets(data: bytes, name: str) -> Iterator[Part]:
    """Give each sheet, hidden ones too, a row a line; comments behind the rows."""
    try:
        with warnings.catch_warnings():
            # What openpyxl leaves out of a workbook (styles, extensions) holds no text of cells.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError) as error:
        raise BadSource(f"{name}无法作为工作簿读取，可能已损坏；请另存后再检查") from error
    for number, sheet in enumerate(book.worksheets, 1):
        rows, notes = [], []
        for row in sheet.iter_rows():
            rows.append("\t".join(_shown(cell.value) for cell in row).rstrip("\t"))
            notes += [cell.comment.text for cell in row if cell.comment]
        hidden = "" if sheet.sheet_state == "visible" else "隐藏的"
        place = f"{hidden}工作表“{sheet.title}”"
        yield Part(number, "\n".join(rows), place)
        if notes:
            yield Part(number, "\n".join(notes), place + "的批注")


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\t", " ").replace("\n", " ")
