"""The numbers that the text of a report tells of the whole year (R9)."""

from __future__ import annotations

import re
import unicodedata

from law.annual.figures import Cell

_N = r"(\d{1,7})(?:件|宗|份)"
_ASKED = r"(?:政府|依)?(?:信息)?(?:申请)?(?:公开)?(?:的)?申请"
_TEXTS = {
    "new": (
        rf"(?:新收|新收到|收到|受理|接收)(?:的)?(?:各类)?{_ASKED}(?:数量)?(?:共计|共|总计|为)?{_N}",
        rf"(?:新收|新收到|收到|受理|接收)(?:各类)?{_N}(?:政府|依)?(?:信息)?公开申请",
    ),
    "carried_in": (rf"(?:上年|上一年|上年度|上一年度|去年)(?:度)?结转(?:的)?(?:{_ASKED})?(?:数量)?(?:共|为)?{_N}",),
    "done": (
        rf"(?<!继续)(?<![未待])(?:办结|办理|答复)(?:的)?{_ASKED}(?:共计|共|总计|为)?{_N}",
        # What is told by its results is told of requests.
        rf"(?<![未待])办结{_N},其中予以公开",
    ),
    "carried_out": (rf"结转(?:至|到)?(?:下年|下一年|下年度|下一年度)(?:度)?(?:继续办理|办理)?(?:的)?(?:{_ASKED})?{_N}",),
}  # fmt: skip


def told_in(words: str) -> dict[str, Cell]:
    """Find the numbers of the whole year in a text.

    Where a text tells several for one, they may be those of parts of the year or of the office: it is left alone.
    """
    # Thousands are parted by the narrow comma; the wide one is a comma.
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", words)
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    found: dict[str, Cell] = {}
    for key, patterns in _TEXTS.items():
        numbers = {m.group(1) for pattern in patterns for m in re.finditer(pattern, text)}
        if len(numbers) == 1:
            number = numbers.pop()
            found[key] = Cell(int(number), number)
    return found


def first_part(words: str) -> str:
    """Return the first part of a report's text, which tells of the year; nothing where it is not to be found."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", words))
    found = re.search(r"一、总体情况(.*?)二、主动公开", text)
    return found.group(1) if found else ""
