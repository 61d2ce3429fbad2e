"""The characters of a page set in lines and table cells by where they stand, and what is found put back in its place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from workflow.review.redaction.detect.folding import goes_on
from workflow.review.redaction.detect.found import Found
from workflow.review.redaction.detect.text import find
from workflow.review.redaction.glyphs import Glyph
from workflow.review.redaction.marks import Box
from workflow.review.redaction.reading import Placed, Row, rows_of

#: Gaps, in heights of the line: a blank, another cell.
_BLANK, _CELL = 0.3, 1.25
#: The same among characters an engine has read, whose boxes are only about right.
_READ_BLANK, _READ_CELL = 0.9, 1.9
#: A line that ends within this many heights of the right edge of the text may have been broken there.
_EDGE = 2.2


@dataclass(frozen=True)
class OnPage:
    """Something found on a page: its boxes, one a line, the box around them all, and the characters it is made of.

    `places` are places in the list of characters that was looked at; `found.start` and `found.end` are of the text that
    was made of them, and of use to nobody else.
    """

    found: Found
    boxes: tuple[Box, ...]
    places: tuple[int, ...]

    @property
    def box(self) -> Box:
        """This function will give the box around all its lines."""
        first, *more = self.boxes
        for box in more:
            first = first.joined(box)
        return first


@dataclass
class Layout:
    """A page as text: `index` names the character of the page for each of the text, -1 for what was put between."""

    text: str
    index: list[int]
    wrapped: frozenset[int]


Cell = list[Placed]


class Gaps(NamedTuple):
    """Widths, in heights of the line, from which a gap is a blank, and from which it begins another cell."""

    blank: float
    cell: float


def find_on_page(glyphs: Sequence[Glyph], *, read: bool = False) -> list[OnPage]:
    """This function will find personal data among the characters of a page, in lines, in cells, and across both.

    :param glyphs: characters with their boxes on the page as it is seen
    :param read: whether an engine has read them in a picture, so that their boxes are only about right
    """
    gaps = Gaps(_READ_BLANK, _READ_CELL) if read else Gaps(_BLANK, _CELL)
    found: list[OnPage] = []
    for turned in _turns(glyphs):
        for layout in (_lines(turned, gaps), _columns(turned, gaps)):
            for one in find(layout.text, layout.wrapped):
                boxes = _boxes(one, layout, glyphs)
                if boxes and not any(_same(one, boxes, other) for other in found):
                    found.append(OnPage(one, boxes, _places(one, layout)))
    return sorted(found, key=lambda one: (round(one.box.y0), one.box.x0))


def _same(one: Found, boxes: Sequence[Box], other: OnPage) -> bool:
    """Tell whether something found anew covers the same place as what was found already, or a part of it."""
    return one.kind == other.found.kind and all(
        any(box.common(known).area > 0.5 * box.area for known in other.boxes) for box in boxes
    )


def _turns(glyphs: Sequence[Glyph]) -> Iterable[list[Placed]]:
    """Part the characters by the direction of their lines; blanks are left out, gaps tell them."""
    by_angle: dict[int, list[Placed]] = {}
    for index, glyph in enumerate(glyphs):
        if glyph.char.isspace() or not glyph.char.isprintable():
            continue
        turn = math.radians(glyph.angle)
        upright = abs(math.cos(turn)) >= abs(math.sin(turn))
        box = glyph.box
        length, height = (box.width, box.height) if upright else (box.height, box.width)
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        along = x * math.cos(turn) + y * math.sin(turn)
        across = y * math.cos(turn) - x * math.sin(turn)
        by_angle.setdefault(glyph.angle, []).append(Placed(index, along, across, length, height, glyph.char))
    return by_angle.values()


def _cells(row: Row, gaps: Gaps) -> list[Cell]:
    cells: list[Cell] = []
    for char in row:
        if cells and _gap(cells[-1][-1], char) <= gaps.cell * max(char.height, cells[-1][-1].height):
            cells[-1].append(char)
        else:
            cells.append([char])
    return cells


def _gap(left: Placed, right: Placed) -> float:
    return right.along - right.length / 2 - left.along - left.length / 2


def _lines(placed: Sequence[Placed], gaps: Gaps) -> Layout:
    """Set the page line by line, cells of a table under their heads parted by tabs."""
    rows = [_cells(row, gaps) for row in rows_of(placed)]
    edge = max((row[-1][-1].along + row[-1][-1].length / 2 for row in rows), default=0.0)
    text: list[str] = []
    index: list[int] = []
    wrapped: set[int] = set()
    heads: list[Cell] = []
    said: list[str] = []
    title = False
    for row in rows:
        # A line about the whole table may stand above its heads.
        title, fresh = not heads and len(row) > 1, title and len(row) > len(heads)
        heads = (row if fresh else heads or row) if len(row) > 1 else []
        slots = _slots(row, heads) if heads else row
        line = "\t".join(_said(cell, gaps) for cell in slots)
        said.append(line)
        if text:
            text.append("\n")
            index.append(-1)
        for number, cell in enumerate(slots):
            if number:
                text.append("\t")
                index.append(-1)
            _append(cell, text, index, gaps)
    place = 0
    for row, line, following in zip(rows, said, said[1:], strict=False):
        place += len(line)
        last = row[-1][-1]
        if (
            len(row) == 1
            and edge - last.along - last.length / 2 <= _EDGE * last.height
            and goes_on(line, following)
        ):
            wrapped.add(place)
        place += 1
    return Layout("".join(text), index, frozenset(wrapped))


def _said(cell: Cell, gaps: Gaps) -> str:
    text: list[str] = []
    _append(cell, text, [], gaps)
    return "".join(text)


def _append(cell: Cell, text: list[str], index: list[int], gaps: Gaps) -> None:
    last: Placed | None = None
    for char in cell:
        if last is not None and _gap(last, char) > gaps.blank * max(char.height, last.height):
            text.append(" ")
            index.append(-1)
        text += char.char
        index += [char.index] * len(char.char)
        last = char


def _slots(row: list[Cell], heads: list[Cell]) -> list[Cell]:
    """Put the cells of a row under the heads they stand below; where two would meet, the row stays as it is."""
    middles = [(head[0].along + head[-1].along) / 2 for head in heads]
    slots: list[Cell] = [[] for _ in heads]
    for cell in row:
        middle = (cell[0].along + cell[-1].along) / 2
        overlap = [min(cell[-1].along, h[-1].along) - max(cell[0].along, h[0].along) for h in heads]
        best = max(range(len(heads)), key=lambda n: (overlap[n] >= 0, -abs(middles[n] - middle)))
        if slots[best]:
            return row
        slots[best] = cell
    while slots and not slots[-1]:
        slots.pop()
    return slots


def _columns(placed: Sequence[Placed], gaps: Gaps) -> Layout:
    """Set each cell with what stands directly below it: a number or an address broken in a narrow cell."""
    rows = [_cells(row, gaps) for row in rows_of(placed)]
    text: list[str] = []
    index: list[int] = []
    for above, below in pairwise(rows):
        if len(above) < 2 and len(below) < 2:
            continue
        for cell in above:
            under = next((one for one in below if _under(cell, one)), None)
            if under is None or not (_open(cell) and _opened(under)):
                continue
            _append(cell, text, index, gaps)
            _append(under, text, index, gaps)
            text.append("\n")
            index.append(-1)
    return Layout("".join(text), index, frozenset())


def _open(cell: Cell) -> bool:
    """Tell whether a cell may go on below: it holds four digits in a row or more at its end."""
    return len(cell) >= 4 and all(char.char.isdigit() or char.char in "-" for char in cell[-4:])


def _opened(cell: Cell) -> bool:
    return cell[0].char.isdigit() or cell[0].char in "Xx"


def _under(above: Cell, below: Cell) -> bool:
    near = below[0].across - above[0].across <= 1.8 * above[0].height
    return near and abs(below[0].along - above[0].along) <= 2 * above[0].height


def _places(one: Found, layout: Layout) -> tuple[int, ...]:
    return tuple(dict.fromkeys(index for index in layout.index[one.start : one.end] if index >= 0))


def _boxes(one: Found, layout: Layout, glyphs: Sequence[Glyph]) -> tuple[Box, ...]:
    """Give a box for each line of something found."""
    boxes: list[Box] = []
    last: Box | None = None
    for index in _places(one, layout):
        box = glyphs[index].box
        if last is not None and boxes and _on(last, box):
            boxes[-1] = boxes[-1].joined(box)
        else:
            boxes.append(box)
        last = box
    return tuple(boxes)


def _on(last: Box, box: Box) -> bool:
    """Tell whether two characters follow each other in one line, level or upright."""
    level = last.y0 <= (box.y0 + box.y1) / 2 <= last.y1
    upright = last.x0 <= (box.x0 + box.x1) / 2 <= last.x1
    return level or (
        upright and abs(box.y0 - last.y0) < 2 * last.height and abs(box.x0 - last.x0) < 0.2 * last.width
    )
