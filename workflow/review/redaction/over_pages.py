"""Strings that begin at the end of one page and go on at the beginning of the next, where no single page holds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def at_edges(glyphs: Sequence[Glyph], wanted: Sequence[Wanted], boxes: Sequence[Box]) -> Edges:
    """Return which strings a page may begin or end in the middle of.

    :param boxes: what is burned on the page
    """
    found = Edges()
    if not wanted or not glyphs:
        return found
    top, bottom = edges(glyphs)
    for index, one in enumerate(wanted):
        needle = fold(one.text)
        number = is_number(needle)
        if number:
            needle = without_separators(needle)
        for rows, kept, ends in ((bottom, found.last, True), (top, found.first, False)):
            for whole, row in rows:
                if not whole and len(needle) < _IN_CELLS:
                    continue
                for before, places in _cuts(needle, row, glyphs, number, ends):
                    open_to_read = not all(covered(glyphs[place].box, boxes) for place in places)
                    held = kept.setdefault(index, {})
                    held[before] = held.get(before, False) or open_to_read
    return found


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


def _cuts(
    needle: str, row: Row, glyphs: Sequence[Glyph], number: bool, ends: bool
) -> list[tuple[int, list[int]]]:
    text, order = fold_indexed([glyphs[char.index].char for char in row])
    whence = [row[place].index for place in order]
    if number:
        text, whence = without_separators_indexed(text, whence)
    fits: Callable[[str], bool] = text.endswith if ends else text.startswith
    found = []
    for before in range(1, len(needle)):
        if fits(needle[:before] if ends else needle[before:]):
            found.append((before, whence[-before:] if ends else whence[: len(needle) - before]))
    return found
