"""Texts of a PDF beside its pages: properties, bookmarks, comments, alternate texts; and the files that hang on it."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
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


def beside_the_pages(data: bytes) -> tuple[list[Part], list[tuple[str, bytes]]]:
    """This function will give the texts of a PDF that no page shows, and the files that hang on it with their names.

    What is damaged beside the pages is passed over: the pages were looked at already.
    """
    parts: list[Part] = []
    files: list[tuple[str, bytes]] = []
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for gather in (_properties, _bookmarks, _comments, _alternates):
                try:
                    parts += [part for part in gather(pdf) if part.text.strip()]
                except _FAULTS:
                    continue
            try:
                files = list(_files(pdf))
            except _FAULTS:
                files = []
    except _FAULTS:
        return parts, files
    return parts, files


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


def _files(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    for number, (name, held) in enumerate(pdf.attachments.items()):
        if number >= MOST_PARTS:
            return
        content = held.get_file().read_bytes()
        yield held.filename or name, content[: MOST_BYTES + 1]
