"""What the readers of file kinds hand to the search: texts, bytes, and what could not be looked into."""

from __future__ import annotations

import html
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

#: Nothing is unpacked further than this, in bytes; more is a bomb, and is said.
MOST_UNPACKED = 256_000_000
#: Files in files are followed so deep.
DEEPEST = 6
#: What libraries raise on files that are broken, or made to break them.
FAULTS = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError, OSError, EOFError, RuntimeError, SyntaxError,
    AssertionError, MemoryError, pikepdf.PdfError, zlib.error, struct.error,
)  # fmt: skip
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r"=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")
#: Remarks and sections that a tag is not.
_REMARK = re.compile(r"<!--(.*?)-->|<!\[CDATA\[(.*?)\]\]>|<\?(.*?)\?>", re.DOTALL)
#: Of a Word document: what was struck out, and the commands of fields, stand between runs that are read together.
_UNSHOWN = re.compile(r"<(w:delText|w:instrText)\b[^>]*>.*?</\1>", re.DOTALL)
_RUN = re.compile(rb"[\x20-\x7e]{6,}")
_EXPONENT = re.compile(r"(?<![\w.])([0-9](?:\.[0-9]+)?)[eE]\+?([0-9]{1,2})(?![\w.])")


@dataclass(frozen=True)
class Text:
    """A text as somebody may read it.

    :param faint: found again in other ways, so told only where nothing else is told of a secret
    :param picture: read from a picture
    :param structural: keys and numbers of a file's structure, in which a secret of a few characters means nothing
    """

    where: str
    text: str
    page: int | None = None
    faint: bool = False
    picture: bool = False
    structural: bool = False


@dataclass(frozen=True)
class Data:
    """Bytes of any kind.

    :param packed: a picture of our own making, in which nothing but legible runs is looked for
    """

    where: str
    data: bytes
    page: int | None = None
    faint: bool = False
    packed: bool = False


@dataclass(frozen=True)
class Unread:
    """A part that could not be looked into; the file cannot be called clean."""

    where: str
    why: str


@dataclass(frozen=True)
class Note:
    """Something a person should know of the search, such as that no pictures were read."""

    text: str


Piece = Text | Data | Unread | Note


def decoded(data: bytes) -> str:
    """Return bytes as text by their mark, as UTF-8, or else as GB18030, the two that Chinese text comes in."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def markup(where: str, data: bytes, page: int | None = None) -> Iterator[Piece]:
    """Yield what XML or HTML says: its text across tags, its attributes, and its source with entities resolved."""
    source = decoded(data)
    text = html.unescape(_TAG.sub("", source))
    yield Text(where, text, page)
    yield Text(where, _EXPONENT.sub(_written_out, html.unescape(_TAG.sub(" ", source))), page)
    if "<w:delText" in source or "<w:instrText" in source:
        yield Text(where, html.unescape(_TAG.sub("", _UNSHOWN.sub("", source))), page)
    values = "\n".join(max(found) for found in _ATTRIBUTE.findall(source))
    yield Text(f"{where}（属性）", html.unescape(values), page)
    if remarks := "\n".join(max(found) for found in _REMARK.findall(source)):
        yield Text(f"{where}（注释）", html.unescape(remarks), page)
    yield Data(where, data, page)


def _written_out(found: re.Match[str]) -> str:
    """Return a number a spreadsheet shortened, such as 1.3800138E10, in full."""
    return str(int(float(found[0])))


def runs(data: bytes) -> str:
    """Return the readable runs in bytes, a line each."""
    return "\n".join(run.decode("ascii") for run in _RUN.findall(data))
