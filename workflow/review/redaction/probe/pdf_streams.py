"""The bytes of a PDF file apart from its structure: streams that nothing refers to, revisions, words between objects."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import pikepdf

from workflow.review.redaction.probe.pieces import MOST_UNPACKED, Data, Piece, Text, Unread, runs

_MOST_REVISIONS = 50
_END = re.compile(rb"%%EOF[ \t]*\r?\n?")
_STREAM = re.compile(rb"stream\r?\n")
_STRING = re.compile(rb"\(((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*)\)|<([0-9A-Fa-f\s]+)>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_TABLE = re.compile(rb"xref\s+(?:\d+ \d+\s+(?:\d{10} \d{5} [nf]\s*)*)+")
_COMMENT = re.compile(rb"%[^\r\n]*")


def revisions(data: bytes) -> list[bytes]:
    """Return the file as it stood before each later revision was appended to it, the latest of them first."""
    ends = [found.end() for found in _END.finditer(data)]
    if b"/Linearized" in data[:2048] and ends:
        # The first end of a file for the web closes its first page, not a revision.
        ends = ends[1:]
    return [data[:end] for end in reversed(ends[:-1])][:_MOST_REVISIONS]


def carved(data: bytes, place: str) -> Iterator[Piece]:
    """Yield every stream by its keyword alone, unpacked where it is deflated, whether anything refers to it or not."""
    for found in _STREAM.finditer(data):
        end = data.find(b"endstream", found.end())
        raw = data[found.end() : end if end >= 0 else len(data)]
        if raw[:1] not in (b"\x78", b"\x48", b"\x58", b"\x68", b"\x08", b"\x18", b"\x28", b"\x38"):
            continue
        inflated = inflate(raw)
        if inflated:
            where = f"{place}偏移{found.start()}处的数据流"
            yield Data(where, inflated, faint=True)
            yield Text(where, runs(inflated), faint=True)


def comments(data: bytes) -> str:
    """Return what stands between objects and behind the end, without the numbers of the tables."""
    kept: list[bytes] = []
    last = 0
    for found in _STREAM.finditer(data):
        if found.start() < last:
            continue
        kept.append(data[last : found.start()])
        end = data.find(b"endstream", found.end())
        last = end if end >= 0 else len(data)
    kept.append(data[last:])
    lines = [line.decode("utf-8", "replace") for part in kept for line in _COMMENT.findall(part)]
    behind = data[data.rfind(b"%%EOF") :] if b"%%EOF" in data else b""
    return "\n".join([*lines, behind.decode("utf-8", "replace")])


def inflate(raw: bytes) -> bytes:
    """Return deflated bytes unpacked, as far as they go and no further than the limit."""
    engine = zlib.decompressobj()
    try:
        return engine.decompress(raw, MOST_UNPACKED)
    except zlib.error:
        return b""


def without_tables(data: bytes) -> bytes:
    """Return a file without its tables of places, whose numbers may hold any six digits by chance."""
    return _TABLE.sub(b"xref", data)


def unpacked(stream: pikepdf.Stream, where: str) -> tuple[bytes, Unread | None]:
    """Return the bytes of a stream with its filters undone, or as they are stored where a filter is for pictures only."""
    raw = stream.read_raw_bytes()
    filters = stream.get("/Filter")
    try:
        names = (
            [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters or "")]
        )
    except UnicodeDecodeError:
        return raw, None
    if names == [""]:
        return raw, None
    try:
        if names[0] == "/FlateDecode" and _size(raw) > MOST_UNPACKED:
            return raw, Unread(where, "解开后过大")
        return stream.read_bytes(), None
    except pikepdf.PdfError:
        return raw, None


def _size(raw: bytes) -> int:
    """Return how large deflated bytes are, counted piece by piece up to the limit."""
    engine, total, rest = zlib.decompressobj(), 0, raw
    try:
        while rest and total <= MOST_UNPACKED and not engine.eof:
            total += len(engine.decompress(rest, 1 << 20))
            rest = engine.unconsumed_tail
    except zlib.error:
        return total
    return total


def shown_strings(content: bytes) -> tuple[bytes, bytes]:
    """Return the strings of a content stream joined: those in brackets, those in hexadecimal."""
    plain, hexed = [], []
    for literal, digits in _STRING.findall(content):
        if digits:
            digits = re.sub(rb"\s", b"", digits)
            hexed.append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
        else:
            plain.append(_ESCAPE.sub(_unescaped, literal))
    return b"".join(plain), b"".join(hexed)


def _unescaped(found: re.Match[bytes]) -> bytes:
    what = found[1]
    if what[:1].isdigit() and what[:1] < b"8":
        return bytes([int(what, 8) & 255])
    if what in (b"\n", b"\r\n"):
        return b""
    return _NAMED.get(what, what)
