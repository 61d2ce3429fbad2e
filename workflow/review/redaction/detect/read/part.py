"""A piece of a file with a text of its own."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.review.redaction.errors import BadSource
from workflow.review.redaction.unmarked import unmarked_utf16

#: The largest part of a package that is unpacked, in bytes, and the most of a whole file.
MOST_BYTES = 64_000_000
MOST_PARTS = 2_000
DEEPEST = 4


@dataclass(frozen=True)
class Part:
    """One text of a file: `page` counts slides and sheets from 1, `where` says what it is in Chinese."""

    page: int
    text: str
    where: str = ""


def too_heavy(name: str) -> BadSource:
    """This function will make the refusal of a file that unpacks to too much."""
    return BadSource(f"{name}解开后过大，请拆分后分别检查")


def decoded(data: bytes, name: str) -> str:
    """This function will read plain text in UTF-8, UTF-16 with or without a mark, or GB 18030.

    :raises BadSource: where it is none of them
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    unmarked = unmarked_utf16(data)
    if unmarked is not None:
        return unmarked
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    raise BadSource(f"{name}既不是 UTF-8 也不是 GB 18030 编码的文本，请另存为其中一种后再检查")
