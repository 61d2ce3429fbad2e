"""Texts of a PDF beside its pages: properties, bookmarks, comments, alternate texts; and the files that hang on it."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from workflow.review.redaction.detect.read.part import MOST_BYTES, MOST_PARTS, Part

COMMENTS = "批注和表单域"
_WORDS = ("/Alt", "/ActualText", "/E")
#: Of a comment: what it says, of whom it is, what it is about; of a field: what stands in it and is not drawn.
_COMMENT = ("/Contents", "/T", "/Subj", "/V", "/TU")
_TAG = re.compile(r"<[^>]*>")
_VALUES = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)')")
#: So many parts of the tree of a document are looked at.
_MOST_NODES = 200_000
_FAULTS = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError)


@dataclass
class Beside:
    """What a PDF holds that no page shows: texts, files with their names, and what of it could not be read."""

    parts: list[Part] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def beside_the_pages(data: bytes) -> Beside:
    """This function will give the texts of a PDF that no page shows, and the files that hang on it with their names.

    What is damaged or beyond the limits is named in `unread`; what was read before it stays.
    """
    found = Beside()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for gather, what in _GATHERED:
                try:
                    for part in gather(pdf):
                        if part.text.strip():
                            found.parts.append(part)
                except _FAULTS:
                    found.unread.append(what)
            try:
                for name, content in _files(pdf):
                    found.files.append((name, content))
            except _FAULTS:
                found.unread.append("附件")
    except _FAULTS:
        found.unread.append("页面以外的内容")
    return found


def _said(value: Any) -> str:
    return str(value) if isinstance(value, (str, pikepdf.String)) else ""


def _properties(pdf: pikepdf.Pdf) -> Iterator[Part]:
    info = pdf.trailer.get("/Info", {})
    words = []
    for key in list(info.keys()):
        said = _said(info[key])
        if key == "/Author" and any("\u4e00" <= char <= "\u9fff" for char in said):
            said = f"姓名：{said}"
        words.append("" if key.endswith("Date") else said)
    yield Part(1, "\n".join(words), "文档属性")
    metadata = pdf.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream):
        source = metadata.read_bytes().decode("utf-8", "replace")
        values = [one or other for one, other in _VALUES.findall(source)]
        said = "\n".join(
            [_TAG.sub("\n", source), *(value for value in values if not value.startswith("http"))]
        )
        yield Part(1, html.unescape(said), "元数据（XMP）")


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[Part]:
    top = pdf.Root.get("/Outlines")
    titles: list[str] = []
    seen: set[tuple[int, int]] = set()
    waiting = [top.get("/First")] if isinstance(top, pikepdf.Dictionary) else []
    while waiting and len(seen) < _MOST_NODES:
        item = waiting.pop()
        if not isinstance(item, pikepdf.Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        titles.append(_said(item.get("/Title", "")))
        waiting += [item.get("/Next"), item.get("/First")]
    yield Part(1, "\n".join(titles), "书签")
    _all_seen(waiting)


def _comments(pdf: pikepdf.Pdf) -> Iterator[Part]:
    for number, page in enumerate(pdf.pages, 1):
        found = page.obj.get("/Annots", [])
        notes = [one for one in found if isinstance(one, pikepdf.Dictionary)]
        words = [_said(one.get(key, "")) for one in notes for key in _COMMENT if key in one]
        links = [one["/A"] for one in notes if isinstance(one.get("/A"), pikepdf.Dictionary)]
        words += [_said(link.get("/URI", "")) for link in links]
        yield Part(number, "\n".join(words), COMMENTS)


def _alternates(pdf: pikepdf.Pdf) -> Iterator[Part]:
    words: list[str] = []
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [pdf.Root.get("/StructTreeRoot")]
    for _ in range(_MOST_NODES):
        if not waiting:
            break
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            if node.is_indirect and node.objgen in seen:
                continue
            seen.add(node.objgen)
            words += [_said(node[key]) for key in _WORDS if key in node]
            waiting.append(node.get("/K"))
    yield Part(1, "\n".join(words), "替代文本")
    _all_seen(waiting)


def _all_seen(waiting: list[Any]) -> None:
    if waiting:
        raise ValueError("more than is looked at")


def _files(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    for number, (name, held) in enumerate(pdf.attachments.items()):
        if number >= MOST_PARTS:
            raise ValueError("too many files")
        content = held.get_file().read_bytes()
        yield held.filename or name, content[: MOST_BYTES + 1]


_GATHERED = (
    (_properties, "文档属性或元数据"), (_bookmarks, "书签"), (_comments, COMMENTS), (_alternates, "替代文本"),
)  # fmt: skip
