"""Find strings on a page wherever they stand, however they are spaced, split, turned or hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workflow.review.redaction import identity
from workflow.review.redaction.folded import (
    LONG,
    fold,
    fold_indexed,
    is_number,
    without_separators,
    without_separators_indexed,
    without_spreading,
)
from workflow.review.redaction.glyphs import Glyph
from workflow.review.redaction.marks import Box
from workflow.review.redaction.reading import orders

#: Characters further apart than that many heights get boxes of their own.
_ONE_BOX = 1.6


class Reading:
    """The characters of a page in every order, folded, ready to be searched more than once."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self.glyphs = glyphs
        self._plain: list[tuple[str, list[int]]] = []
        self._numbers: list[tuple[str, list[int]]] = []
        seen: set[str] = set()
        for order in orders(glyphs):
            text, places = fold_indexed([glyphs[index].char for index in order])
            if text in seen:
                continue
            seen.add(text)
            whence = [order[place] for place in places]
            self._plain.append((text, whence))
            self._numbers.append(without_separators_indexed(text, whence))
        self._held: list[tuple[str, list[int]]] | None = None
        self._chars = {char for text, _ in self._plain[:1] for char in text}

    def texts(self) -> list[str]:
        """Return the page's text in each order, folded, with and without what separates digits."""
        return [text for text, _ in self._plain] + [text for text, _ in self._numbers]

    def places(self, wanted: str) -> list[tuple[int, ...]]:
        """Return the characters of every occurrence of a string, as places among the page's characters."""
        needle = fold(wanted)
        number = is_number(needle)
        if number:
            needle = without_separators(needle)
        if not needle or not set(needle) <= self._chars:
            return []
        looked = [*self._plain, *(self._numbers if number else ())]
        if number and len(needle) >= LONG:
            looked += self._spread()
        found = {
            tuple(sorted(set(whence[start : start + len(needle)])))
            for text, whence in looked
            for start in _starts(text, needle)
        }
        return sorted(found)

    def _spread(self) -> list[tuple[str, list[int]]]:
        """Return the page's text in each order without commas and the like between digits, where it has some."""
        if self._held is None:
            made = [
                without_separators_indexed(text, whence, spread=True)
                for text, whence in self._plain
                if without_spreading(text) != without_separators(text)
            ]
            self._held = made
        return self._held

    def boxes(self, wanted: str) -> list[list[Box]]:
        """Return for each occurrence of a string the boxes that cover it."""
        return [boxes_of([self.glyphs[index] for index in places]) for places in self.places(wanted)]

    def identity_numbers(self) -> Mapping[str, list[list[Box]]]:
        """Return each valid resident identity number on the page with the boxes of its occurrences."""
        found: dict[str, set[tuple[int, ...]]] = {}
        for text, whence in (*self._plain, *self._numbers):
            for number in set(identity.numbers(text)):
                for start in _starts(text, number):
                    if self._is_one(text, whence, start):
                        held = found.setdefault(number, set())
                        held.add(tuple(sorted(set(whence[start : start + len(number)]))))
        return {
            number: [boxes_of([self.glyphs[index] for index in places]) for places in sorted(found[number])]
            for number in sorted(found)
        }

    def _is_one(self, text: str, whence: list[int], start: int) -> bool:
        """Tell whether eighteen digits are one number, and not parts of amounts and dates that stand in a row of a table.

        Digits without a gap are one wherever they stand. Over a gap or a line end they are one where the number begins
        and ends as its parts do, has no decimal point, and its province exists.
        """
        end = start + 18
        places = whence[start:end]
        glyphs = [self.glyphs[index] for index in places]
        if all(map(_beside, glyphs, glyphs[1:])):
            return True
        around = (
            (self.glyphs[whence[inner]], self.glyphs[whence[outer]])
            for inner, outer in ((start, start - 1), (end - 1, end))
            if 0 <= outer < len(text) and text[outer].isdigit()
        )
        if any(_beside(one, other) for one, other in around):
            return False
        if text[start : start + 2] not in identity.PROVINCES:
            return False
        boxes = boxes_of(glyphs)
        return not any(
            glyph.char in ".．"
            and box.holds((glyph.box.x0 + glyph.box.x1) / 2, (glyph.box.y0 + glyph.box.y1) / 2)
            for glyph in self.glyphs
            for box in boxes
        )

    def under(self, box: Box) -> list[str]:
        """Return the texts, line by line, whose characters have their middle in a box."""
        lines: list[list[Glyph]] = []
        for glyph in self.glyphs:
            if not box.holds((glyph.box.x0 + glyph.box.x1) / 2, (glyph.box.y0 + glyph.box.y1) / 2):
                continue
            if lines and _together(lines[-1][-1].box, glyph.box, glyph.angle):
                lines[-1].append(glyph)
            else:
                lines.append([glyph])
        return [text for line in lines if (text := fold("".join(glyph.char for glyph in line)))]


def _beside(one: Glyph, other: Glyph) -> bool:
    """Tell whether two characters stand in one run, at any slant."""
    if one.angle != other.angle:
        return False
    if one.angle % 90 == 0:
        return _together(one.box, other.box, one.angle)
    size = max(one.box.width, one.box.height, other.box.width, other.box.height)
    across = (one.box.x0 + one.box.x1 - other.box.x0 - other.box.x1) / 2
    down = (one.box.y0 + one.box.y1 - other.box.y0 - other.box.y1) / 2
    return max(abs(across), abs(down)) <= 2 * size


def boxes_of(glyphs: Sequence[Glyph]) -> list[Box]:
    """Return boxes that cover some characters: one for each run of neighbours on a line."""
    boxes: list[tuple[Box, int]] = []
    for glyph in sorted(glyphs, key=lambda one: (one.angle, one.box)):
        box, angle = glyph.box, glyph.angle
        # A box that grew may now reach another.
        while met := next((one for one in boxes if one[1] == angle and _together(one[0], box, angle)), None):
            boxes.remove(met)
            box = box.joined(met[0])
        boxes.append((box, angle))
    return sorted(box for box, _ in boxes)


def _together(box: Box, other: Box, angle: int) -> bool:
    """Tell whether two boxes belong to one run of a line; a slanted line gets a box for each character."""
    if angle % 90:
        return False
    if angle in (90, 270):
        box, other = Box(box.y0, box.x0, box.y1, box.x1), Box(other.y0, other.x0, other.y1, other.x1)
    height = min(box.height, other.height)
    level = min(box.y1, other.y1) - max(box.y0, other.y0) >= 0.5 * height
    apart = max(box.x0, other.x0) - min(box.x1, other.x1)
    return level and apart <= _ONE_BOX * max(box.height, other.height)


def _starts(text: str, needle: str) -> Iterator[int]:
    start = text.find(needle)
    while start >= 0:
        yield start
        start = text.find(needle, start + 1)
