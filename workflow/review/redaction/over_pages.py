"""Strings that begin at the end of one page and go on at the beginning of the next, where no single page holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workflow.review.redaction.folded import (
    fold,
    fold_indexed,
    is_number,
    without_separators,
    without_separators_indexed,
)
from workflow.review.redaction.glyphs import Glyph
from workflow.review.redaction.marks import Box, Wanted, covered
from workflow.review.redaction.reading import Row, edges

#: A shorter string may stand broken at the end of a line only; parts of it in cells of a table are chance.
_IN_CELLS = 4


@dataclass
class Edges:
    """What of strings stands at the edges of a page: by the string's place, how many of its characters come before the break.

    Each with whether something of it is still open to be read.
    """

    last: dict[int, dict[int, bool]] = field(default_factory=dict)
    first: dict[int, dict[int, bool]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Row:
    """A row or a cell as it is searched: folded, with the places of its characters on the page."""

    whole: bool
    text: str
    whence: list[int]


def at_edges(glyphs: Sequence[Glyph], wanted: Sequence[Wanted], boxes: Sequence[Box]) -> Edges:
    """Return which strings a page may begin or end in the middle of.

    :param boxes: what is burned on the page
    """
    found = Edges()
    if not wanted or not glyphs:
        return found
    # Folded once, however many strings are wanted: as it is, and without what parts the digits of a number.
    folded = [
        [[_folded(*row, glyphs, number) for row in rows] for number in (False, True)]
        for rows in edges(glyphs)
    ]
    for index, one in enumerate(wanted):
        needle = fold(one.text)
        number = is_number(needle)
        if number:
            needle = without_separators(needle)
        for rows, kept, cuts in (
            (folded[1][number], found.last, _ending),
            (folded[0][number], found.first, _beginning),
        ):
            for row in rows:
                if not row.text or (not row.whole and len(needle) < _IN_CELLS):
                    continue
                for before, places in cuts(needle, row):
                    open_to_read = not all(covered(glyphs[place].box, boxes) for place in places)
                    held = kept.setdefault(index, {})
                    held[before] = held.get(before, False) or open_to_read
    return found


def _folded(whole: bool, row: Row, glyphs: Sequence[Glyph], number: bool) -> _Row:
    text, order = fold_indexed([glyphs[char.index].char for char in row])
    whence = [row[place].index for place in order]
    return _Row(whole, *(without_separators_indexed(text, whence) if number else (text, whence)))


def _ending(needle: str, row: _Row) -> Iterator[tuple[int, list[int]]]:
    """Yield how many characters a string begins with at the end of a row, and their places."""
    at = needle.find(row.text[-1])
    while 0 <= at < len(needle) - 1:
        if row.text.endswith(needle[: at + 1]):
            yield at + 1, row.whence[-at - 1 :]
        at = needle.find(row.text[-1], at + 1)


def _beginning(needle: str, row: _Row) -> Iterator[tuple[int, list[int]]]:
    """Yield how many characters of a string are missing before what a row begins with, and the places of that."""
    at = needle.find(row.text[0], 1)
    while at > 0:
        if row.text.startswith(needle[at:]):
            yield at, row.whence[: len(needle) - at]
        at = needle.find(row.text[0], at + 1)


def broken(last: Edges, first: Edges) -> list[int]:
    """Return the places of the strings that break between two pages and of which something can still be read."""
    return [
        index
        for index, ends in last.last.items()
        if any(
            ends[before] or begins[before]
            for begins in (first.first.get(index, {}),)
            for before in ends.keys() & begins.keys()
        )
    ]
