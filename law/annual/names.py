"""Recognise the rows and columns of a published table however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from law.annual.layout import Heading, Row, Words, layout

_SPLIT = re.compile(r"[/|>→＞»\\\n]+|-+(?=[\d(（一二三四五六七八])|[—–]+")
_NUMBER = re.compile(r"^[(\[【]?([一二三四五六七八九十]|\d{1,2})(?:[)\]】]|[、.,:．])")
_NUMERALS = "一二三四五六七八九十"
#: As alike as a label must be to the layout's where none of its words is found.
ALIKE = 0.72


def plain(text: str) -> str:
    """Return a label without width, spaces, brackets, quotation marks and punctuation."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(c for c in wide if not (c.isspace() or unicodedata.category(c)[0] in "PSCZ"))


def segments(label: str) -> list[str]:
    """Cut a label into the heads it stands under and its own name."""
    wide = unicodedata.normalize("NFKC", label)
    return [part for part in (piece.strip() for piece in _SPLIT.split(wide)) if plain(part)]


def numbered(segment: str) -> int:
    """Return the number a label begins with, or nought."""
    found = _NUMBER.match(unicodedata.normalize("NFKC", segment).strip())
    if not found:
        return 0
    mark = found.group(1)
    return _NUMERALS.index(mark) + 1 if mark in _NUMERALS else int(mark)


def _bare(segment: str) -> str:
    """Return a label without its number and without punctuation."""
    wide = unicodedata.normalize("NFKC", segment).strip()
    return plain(_NUMBER.sub("", wide))


def _says(text: str, words: Words, without: Sequence[str] = ()) -> bool:
    return not any(word in text for word in without) and any(
        all(word in text for word in some) for some in words
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Tell what a label names: a row, or a group's own line, or a row unknown in a group."""

    row: str = ""
    group: str = ""
    head: bool = False


def _group_in(text: str) -> str:
    for group in layout().groups.values():
        if group.id != "results" and _says(text, group.words):
            return group.id
    return ""


def place_of(label: str | Sequence[str], group: str = "") -> Place:
    """Tell which row of table three a label names.

    :param label: as printed, or the heads and the name one after the other
    :param group: the group the table was in when the label came, where its own heads do not say
    """
    parts = segments(label) if isinstance(label, str) else [p for one in label for p in segments(one)]
    if not parts:
        return Place()
    last, heads = _bare(parts[-1]), [plain(part) for part in parts[:-1]]
    stated = next((found for head in reversed(heads) if (found := _group_in(head))), "")
    where = stated or group
    if row := _by_words(last, stated, where):
        if row == "total" and stated:
            return Place(stated, stated, head=True)
        return Place(row, layout().rows[row].group)
    if own := _group_in(plain(parts[-1])):
        return _in_own_group(own, plain(parts[-1]))
    if _says(plain(parts[-1]), layout().groups["results"].words):
        return Place("results", head=True)
    if where and (row := _by_likeness(last, where, numbered(parts[-1]))):
        return Place(row, where)
    if not where and (row := _by_likeness(last, "", 0)):
        return Place(row, layout().rows[row].group)
    return Place("", where)


def _in_own_group(own: str, text: str) -> Place:
    """Tell a group's own line from one that goes on with a name: （六）其他处理3.其他."""
    rest = text
    for words in layout().groups[own].words:
        for word in words:
            rest = rest.partition(word)[2] or rest
    if (
        own == "other"
        and rest != text
        and rest.strip("0123456789") in ("其他", "其它", "其他情形", "其他原因")
    ):
        return Place("other_3", own)
    return Place(own, own, head=True)


def _by_words(text: str, stated: str, group: str) -> str:
    """Find a row by its words; one of the group the label states goes before all others."""
    rows = layout().rows.values()
    if stated:
        rows_first: Iterable[Row] = [row for row in rows if row.group == stated]
        for row in rows_first:
            if _says(text, row.words, row.without):
                return row.id
    if text.startswith(("其他", "其它")) and len(text) <= 6 and not text.endswith("处理"):
        return "other_3" if group in ("other", "") else ""
    for row in rows:
        if stated and row.group not in ("", "results"):
            continue
        if _says(text, row.words, row.without):
            return row.id
    return ""


def _by_likeness(text: str, group: str, number: int) -> str:
    best, most = "", ALIKE
    for row in layout().rows.values():
        if (group and row.group != group) or any(word in text for word in row.without):
            continue
        likeness = SequenceMatcher(None, text, _bare(row.label)).ratio()
        if number and number == row.number:
            # A number alone names a row only where nothing else does.
            likeness = max(likeness + 0.2, ALIKE if not text else 0.0)
        if likeness >= most:
            best, most = row.id, likeness
    return best


def heading_of(text: str, among: Sequence[Heading]) -> str:
    """Tell which column, road or result a heading names; blank for none."""
    bare = _inside(plain(text))
    for one in among:
        if bare == plain(one.label):
            return one.id
    for one in among:
        if any(word in bare for word in one.words) and not encloses(bare):
            return one.id
    return ""


_BODIES = ("法人或其他组织", "法人或者其他组织", "法人及其他组织", "法人和其他组织")
_SUMS = ("小计", "合计", "总计", "共计", "数", "数量", "总数")


def _inside(bare: str) -> str:
    """Return what a heading says inside of the one over it: 法人或其他组织其他; nothing for the sum of the five."""
    for body in _BODIES:
        if bare != body and bare.startswith(body):
            rest = bare.removeprefix(body)
            return "" if rest in _SUMS else rest
    return bare


def encloses(text: str) -> bool:
    """Say whether a heading stands over several columns: 法人或其他组织, 申请人情况."""
    return text in (*_BODIES, "申请人情况")


def road_of(text: str) -> str:
    """Tell which road of table four a heading names; the suits before the reconsideration whose name they hold."""
    bare = plain(text)
    for one in (layout().roads[1], layout().roads[2], layout().roads[0]):
        if any(word in bare for word in one.words):
            return one.id
    return ""
