"""Every detector over a file: text with boxes where it has pages, text with offsets where it has none."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from workflow.review.redaction.detect.found import UNREAD, Found
from workflow.review.redaction.detect.hits import Hit, Reading
from workflow.review.redaction.detect.paged import paged
from workflow.review.redaction.detect.read.mail import mail_texts
from workflow.review.redaction.detect.read.markup import html_text
from workflow.review.redaction.detect.read.office import office_parts
from workflow.review.redaction.detect.read.part import (
    DEEPEST,
    MOST_BYTES,
    MOST_PARTS,
    Part,
    decoded,
    too_heavy,
)
from workflow.review.redaction.detect.read.pdf import COMMENTS, beside_the_pages
from workflow.review.redaction.detect.text import find
from workflow.review.redaction.errors import BadSource
from workflow.review.redaction.probe.kinds import MAIL_HEADS
from workflow.review.redaction.probe.packed import rtf_text
from workflow.review.redaction.unmarked import unmarked_utf16

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8")
_MARKUP = (b"<html", b"<!doctype html", b"<head", b"<body", b"<table")


def detect_file(path: Path, *, read: bool = True, most_read: int = 50) -> tuple[list[Hit], list[str]]:
    """This function will find personal data in a file, and say what of it could not be looked at.

    :param path: PDF, picture, docx, xlsx, pptx, odt, html, eml, txt, csv, or a zip archive of these
    :param read: whether pictures are read where an engine is installed
    :param most_read: the most pages on which pictures are read
    :raises BadSource: where it is missing, damaged, locked, or of another kind
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise BadSource(f"文件不存在：{path}") from error
    except IsADirectoryError as error:
        raise BadSource(f"{path}是目录，请指明文件") from error
    except OSError as error:
        raise BadSource(f"文件无法读取：{path}（{error.strerror}）") from error
    reading = Reading(read, most_read, most_read)
    return list(_hits(data, path.name, "", reading, 0)), reading.notes


def _hits(data: bytes, name: str, where: str, reading: Reading, depth: int) -> Iterator[Hit]:
    if not data:
        raise BadSource(f"{name}是空文件")
    if depth > DEEPEST:
        raise BadSource(f"{name}：文件套文件超过{DEEPEST}层，请解开后分别检查")
    if data[:4] == b"PK\x03\x04":
        yield from _package(data, name, where, reading, depth)
    elif b"%PDF-" in data[:1024] or _is_picture(data):
        yield from _with_pages(data, name, where, reading, depth)
    elif data.startswith(_OLE):
        raise BadSource(f"{name}是旧版 Office 文档，请另存为 docx、xlsx 或打印为 PDF 后再检查")
    elif data[:6] in (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c"):
        raise BadSource(f"{name}是无法打开的压缩包，请解开后分别检查")
    else:
        yield from _plain(data, name, where, reading, depth)


def _with_pages(data: bytes, name: str, where: str, reading: Reading, depth: int) -> Iterator[Hit]:
    shown: set[tuple[int, str, str]] = set()
    for hit in paged(data, name, where, reading):
        shown.add((hit.page, hit.found.kind, hit.found.text))
        yield hit
    if b"%PDF-" not in data[:1024]:
        return
    beside = beside_the_pages(data)
    for what in beside.unread:
        yield _unread(_place(where, what), "已损坏或内容过多", reading)
    for text in beside.parts:
        for hit in _of_text(text, where):
            # A comment or a field that its page draws was found there.
            if text.where != COMMENTS or (hit.page, hit.found.kind, hit.found.text) not in shown:
                yield hit
    for file, content in beside.files:
        place = _place(where, f"附件 {file}")
        if len(content) > MOST_BYTES:
            yield _unread(place, too_heavy(file).message, reading)
        else:
            yield from _inside(content, file, place, reading, depth)


def _plain(data: bytes, name: str, where: str, reading: Reading, depth: int) -> Iterator[Hit]:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(MAIL_HEADS) and (
        name.lower().endswith((".eml", ".mht", ".mhtml")) or b"\nsubject:" in head or b"\nfrom:" in head
    ):
        text, files = mail_texts(data, name)
        yield from _of_text(Part(1, text, "邮件"), where)
        for file, content in files:
            yield from _inside(content, file, _place(where, f"附件 {file}"), reading, depth)
    elif any(tag in head for tag in _MARKUP):
        yield from _of_text(Part(1, html_text(data), ""), where)
    elif _binary(data):
        raise BadSource(f"{name}不是能检查的文件；可以检查 PDF、图片、docx、xlsx、pptx、odt、html、eml、txt")
    elif head.startswith(b"{\\rtf"):
        yield from _of_text(Part(1, rtf_text(data), ""), where)
    else:
        text = decoded(data, name)
        if name.lower().endswith(".csv"):
            text = _cells_apart(text)
        yield from _of_text(Part(1, text, ""), where)


def _binary(data: bytes) -> bool:
    """Tell whether data is no text: zero bytes in number, which only UTF-16 has."""
    many = data.count(b"\0") > len(data) // 8
    return many and not data.startswith((b"\xff\xfe", b"\xfe\xff")) and unmarked_utf16(data) is None


def _cells_apart(text: str) -> str:
    """Part the cells of a CSV text by tabs, one character for one character; quotes become characters that nobody sees."""
    out, quoted = [], False
    for char in text:
        quoted ^= char == '"'
        out.append("\u200b" if char == '"' else "\t" if char == "," and not quoted else char)
    return "".join(out)


def _of_text(part: Part, where: str) -> Iterator[Hit]:
    place = _place(where, part.where)
    yield from (Hit(found, part.page, where=place) for found in find(part.text))


def _place(where: str, more: str) -> str:
    return f"{where} › {more}" if where and more else where or more


def _inside(content: bytes, name: str, where: str, reading: Reading, depth: int) -> Iterator[Hit]:
    """Look into a file within a file; one that cannot be read is told, the others are still looked at."""
    try:
        yield from _hits(content, name, where, reading, depth + 1)
    except BadSource as error:
        yield _unread(where, error.message, reading)


def _unread(where: str, why: str, reading: Reading) -> Hit:
    reading.note(f"{where}没有检查：{why}")
    return Hit(Found(UNREAD, 0, 0, "", f"没有检查：{why}", 0.0), 1, where=where)


def _package(data: bytes, name: str, where: str, reading: Reading, depth: int) -> Iterator[Hit]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            parts = held.infolist()
            if {part.filename for part in parts} & {"[Content_Types].xml", "content.xml"}:
                for part in office_parts(data, name):
                    yield from _of_text(part, where)
                pictures = [
                    p
                    for p in parts
                    if p.filename.startswith(("word/media/", "xl/media/", "ppt/media/", "Pictures/"))
                ]
                for picture in pictures[:MOST_PARTS]:
                    yield from _inside(
                        _member(held, picture, name),
                        picture.filename,
                        _place(where, f"图片 {Path(picture.filename).name}"),
                        reading,
                        depth,
                    )
                return
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > 4 * MOST_BYTES:
                raise too_heavy(name)
            for part in parts:
                if not part.is_dir():
                    yield from _inside(
                        _member(held, part, name),
                        part.filename,
                        _place(where, f"文件 {part.filename}"),
                        reading,
                        depth,
                    )
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise BadSource(f"{name}已损坏或设有密码，无法解开") from error


def _member(held: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bytes:
    with held.open(part) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise too_heavy(name)
    return data


def _is_picture(data: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(data)):
            return True
    except UnidentifiedImageError:
        return data.startswith(_PICTURES)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return True
