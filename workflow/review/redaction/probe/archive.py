"""Zip archives and the office documents that are zip archives: every part, whatever shows or hides it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from workflow.review.redaction.probe.pieces import MOST_UNPACKED, Data, Piece, Text, Unread, decoded, markup

if TYPE_CHECKING:
    from workflow.review.redaction.probe.kinds import Reader

_MOST_PARTS = 20_000
_PARTS = (
    (r"word/document\.xml", "正文"),
    (r"word/(header|footer)\d*\.xml", "页眉页脚"),
    (r"word/(foot|end)notes\.xml", "脚注尾注"),
    (r"(word|xl|ppt)/.*comment.*\.xml", "批注"),
    (r"(word|xl|ppt)/people\.xml|xl/persons/.*", "批注作者"),
    (r"docProps/custom\.xml|custom/.*", "自定义属性"),
    (r"docProps/.*|meta\.xml", "文档属性"),
    (r"xl/sharedStrings\.xml", "单元格文字"),
    (r"xl/pivotCache/.*", "数据透视表缓存"),
    (r"xl/externalLinks/.*", "外部链接缓存"),
    (r"xl/workbook\.xml", "工作簿（名称、定义）"),
    (r"xl/drawings/.*vml.*", "批注图形"),
    (r"ppt/slides/slide(\d+)\.xml", "幻灯片"),
    (r"ppt/notesSlides/.*", "幻灯片备注"),
    (r"ppt/(slideMasters|slideLayouts|notesMasters|handoutMasters)/.*", "母版"),
    (r"customXml/.*", "自定义数据"),
    (r".*\.rels", "链接"),
    (r"content\.xml", "正文"),
    (r"styles\.xml", "页眉页脚和样式"),
    (r".*vbaProject\.bin", "宏"),
)  # fmt: skip


def zip_pieces(data: bytes, where: str, reader: Reader) -> Iterator[Piece]:
    """Yield every part of an archive, its names and its own bytes."""
    from workflow.review.redaction.probe.kinds import pieces_of

    yield Data(where or "文件原始字节", data, faint=True)
    try:
        held = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        yield Unread(where or "文件", "压缩包已损坏")
        return
    with held:
        if held.comment:
            yield Text(f"{where}压缩包注释", decoded(held.comment))
        parts = held.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            yield Unread(where or "文件", "解开后过大或文件过多")
            return
        office = {part.filename for part in parts} & {"[Content_Types].xml", "content.xml", "mimetype"}
        sheets = _sheets(held) if office else {}
        shared = _shared(held) if sheets else []
        for part in parts:
            place = f"{where} › " if where else ""
            place += sheets.get(part.filename) or (
                _named(part.filename) if office else f"文件 {part.filename}"
            )
            inside = _part(held, part)
            if inside is None:
                yield Unread(place, "设有密码或已损坏")
            elif part.filename.lower().endswith((".xml", ".rels", ".vml")):
                if part.filename == "META-INF/manifest.xml" and b"encryption-data" in inside:
                    yield Unread(where or "文件", "设有密码")
                yield Text(f"{place}（文件名）", part.filename)
                yield from markup(place, inside)
                if shared and part.filename in sheets:
                    yield Text(place, _rows(inside, shared))
            elif not part.is_dir():
                yield from pieces_of(inside, part.filename, place, reader)
            if part.comment or part.extra:
                yield Data(f"{place}（附加数据）", part.comment + part.extra)


def _part(held: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes | None:
    try:
        with held.open(part) as file:
            return file.read(MOST_UNPACKED)
    except (RuntimeError, zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError):
        return None


def _named(part: str) -> str:
    for pattern, name in _PARTS:
        if re.fullmatch(pattern, part):
            return f"{name}（{part}）"
    return part


def _sheets(held: zipfile.ZipFile) -> dict[str, str]:
    """Return the names of a workbook's sheets by their parts, hidden ones said to be hidden."""
    try:
        book = _tree(held.read("xl/workbook.xml"))
        links = _tree(held.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, etree.XMLSyntaxError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return {}
    targets = {link.get("Id"): str(link.get("Target", "")) for link in links}
    found = {}
    for sheet in book.iter("{*}sheet"):
        key = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), None)
        part = targets.get(key, "").removeprefix("/xl/").removeprefix("/")
        shown = "" if sheet.get("state", "visible") == "visible" else "隐藏"
        found[f"xl/{part}"] = f"{shown}工作表“{sheet.get('name')}”"
    return found


def _shared(held: zipfile.ZipFile) -> list[str]:
    """Return the texts that the cells of a workbook name by their numbers."""
    try:
        table = _tree(held.read("xl/sharedStrings.xml"))
    except (KeyError, etree.XMLSyntaxError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return []
    return ["".join(text.text or "" for text in one.iter("{*}t")) for one in table.iter("{*}si")]


def _rows(data: bytes, shared: list[str]) -> str:
    """Return the rows of a sheet as they are read across, so that a number with a digit a cell is a number."""
    try:
        sheet = _tree(data)
    except etree.XMLSyntaxError:
        return ""
    rows = []
    for row in sheet.iter("{*}row"):
        cells = []
        for cell in row.iter("{*}c"):
            text = "".join(value.text or "" for value in cell.iter("{*}v", "{*}t"))
            named = cell.get("t") == "s" and text.isdecimal() and int(text) < len(shared)
            cells.append(shared[int(text)] if named else text)
        rows.append("\t".join(cells))
    return "\n".join(rows)


def _tree(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
