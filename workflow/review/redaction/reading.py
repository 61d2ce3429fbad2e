"""Orders in which the characters of a page can be read: as stored, by rows, down through columns, by vertical lines."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from workflow.review.redaction.glyphs import Glyph

#: Characters whose middles differ by less than this part of their height stand in one row.
_SAME_ROW = 0.45
#: A gap of that many heights begins another cell of a table, or another column.
_NEW_CELL = 1.2
#: What continues a cell lies at most that many heights below it.
_NEXT_LINE = 3.0
#: The same character drawn again within this part of its width is one character drawn bold.
_TWICE = 0.35


class Placed(NamedTuple):
    """A character on its line: its place along it and across it, both in points."""

    index: int
    along: float
    across: float
    length: float
    height: float
    char: str


Row = list[Placed]


def orders(glyphs: Sequence[Glyph]) -> Iterator[list[int]]:
    """Yield the places of a page's characters in every order in which somebody may read them."""
    yield list(range(len(glyphs)))
    by_angle: dict[int, list[int]] = defaultdict(list)
    for index, glyph in enumerate(glyphs):
        by_angle[glyph.angle].append(index)
    for angle, indexes in by_angle.items():
        placed = _placed(indexes, glyphs, angle)
        rows = rows_of(placed)
        yield [char.index for row in rows for char in row]
        yield from ([char.index for char in chain] for chain in _cells(rows))
        yield from _vertical(placed)


def edges(glyphs: Sequence[Glyph], rows: int = 4) -> tuple[list[tuple[bool, Row]], list[tuple[bool, Row]]]:
    """Return the first and the last rows of a page and their cells, each with whether it is a whole row."""
    by_angle: dict[int, list[int]] = defaultdict(list)
    for index, glyph in enumerate(glyphs):
        if not glyph.char.isspace():
            by_angle[glyph.angle].append(index)
    top: list[tuple[bool, Row]] = []
    bottom: list[tuple[bool, Row]] = []
    for angle, indexes in by_angle.items():
        every = rows_of(_placed(indexes, glyphs, angle))
        for kept, part in ((top, every[:rows]), (bottom, every[-rows:])):
            for row in part:
                kept.append((True, row))
                kept += [(False, cell) for cell in _parts(row) if len(cell) < len(row)]
    return top, bottom


def rows_of(placed: Sequence[Placed]) -> list[Row]:
    """Return characters in rows from the top, each from the left, and what was drawn twice once."""
    rows: list[Row] = []
    middle = 0.0
    for char in sorted(placed, key=lambda one: one.across):
        if rows and char.across - middle <= _SAME_ROW * min(char.height, rows[-1][-1].height * 2):
            rows[-1].append(char)
            middle += (char.across - middle) / len(rows[-1])
        else:
            rows.append([char])
            middle = char.across
    return [_once(sorted(row, key=lambda one: one.along)) for row in rows]


def _placed(indexes: Sequence[int], glyphs: Sequence[Glyph], angle: int) -> list[Placed]:
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    upright = abs(cos) >= abs(sin)
    placed = []
    for index in indexes:
        char, (x0, y0, x1, y1), _ = glyphs[index]
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        length, height = (x1 - x0, y1 - y0) if upright else (y1 - y0, x1 - x0)
        placed.append(Placed(index, x * cos + y * sin, y * cos - x * sin, length, height, char))
    return placed


def _once(row: Row) -> Row:
    kept: Row = []
    for char in row:
        if kept and char.char == kept[-1].char and char.along - kept[-1].along < _TWICE * char.length:
            continue
        kept.append(char)
    return kept


def _cells(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield what stands below each other between gaps, as one text: a number broken in a narrow cell."""
    lines = [list(_parts(row)) for row in rows]
    if not any(len(line) > 1 for line in lines):
        return
    for start, line in enumerate(lines):
        for cell in line:
            chain, last = list(cell), cell
            for below in lines[start + 1 : start + 7]:
                under = next((one for one in below if _under(last, one)), None)
                if under is None:
                    continue
                chain += under
                last = under
            yield chain


def _parts(row: Row) -> Iterator[Row]:
    part: Row = []
    for char in row:
        if part:
            gap = char.along - char.length / 2 - part[-1].along - part[-1].length / 2
            if gap > _NEW_CELL * char.height:
                yield part
                part = []
        part.append(char)
    if part:
        yield part


def _under(above: Row, below: Row) -> bool:
    if below[0].across - above[0].across > _NEXT_LINE * above[0].height:
        return False
    return (
        below[0].along - below[0].length <= above[-1].along
        and above[0].along <= below[-1].along + below[-1].length
    )


def _vertical(placed: Sequence[Placed]) -> Iterator[list[int]]:
    """Yield characters down and then to the left, as upright vertical lines are read."""
    if len(placed) < 2:
        return
    size = median(char.height for char in placed)
    lines: list[Row] = []
    middle = 0.0
    for char in sorted(placed, key=lambda one: -one.along):
        if lines and middle - char.along <= _SAME_ROW * size:
            lines[-1].append(char)
            middle += (char.along - middle) / len(lines[-1])
        else:
            lines.append([char])
            middle = char.along
    yield [char.index for line in lines for char in sorted(line, key=lambda one: one.across)]
