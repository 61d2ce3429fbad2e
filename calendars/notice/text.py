"""The notice's text made even: one kind of bracket, comma and dash, no blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator

_EVEN = str.maketrans(
    {
        "(": "（",
        ")": "）",
        ",": "，",
        ":": "：",
        ";": "；",
        "—": "至",
        "－": "至",
        "–": "至",
        "～": "至",
        "~": "至",
    }
)
_PARAGRAPH = re.compile(r"^([一二三四五六七八九十]+)、(.*)$")


def even(text: str) -> str:
    """Replace half-width brackets, commas and every dash between dates; drop blanks inside lines."""
    lines = (re.sub(r"\s+", "", line) for line in text.replace("\u3000", " ").splitlines())
    joined = "\n".join(line for line in lines if line).translate(_EVEN)
    return re.sub(r"至{2,}", "至", re.sub(r"(?<=日)-(?=\d)", "至", joined))


def paragraphs(text: str) -> list[str]:
    """Give the numbered paragraphs (一、二、…) of an evened text; where none is numbered, those that set days off."""
    lines = text.splitlines()
    numbered = [m[2] for line in lines if (m := _PARAGRAPH.match(line))]
    if numbered:
        return numbered
    return [line for line in lines if "放假" in line and re.search(r"\d日.*放假", line)]


def split_outside(text: str, marks: str) -> Iterator[str]:
    """Split a text at marks that stand outside brackets."""
    depth = 0
    piece = ""
    for char in text:
        depth += (char == "（") - (char == "）")
        if char in marks and depth <= 0:
            yield piece
            piece = ""
        else:
            piece += char
    yield piece
