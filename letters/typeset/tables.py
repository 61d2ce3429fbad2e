"""Tables of sheets and registers: cells of text between thin lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from letters.typeset.faces import Faces
from letters.typeset.lines import break_lines
from letters.typeset.measures import ASCENT, LEFT, TABLE, TEXT_WIDTH, number
from letters.typeset.model import Element, Rule, Strip, Text

PAD = 4.0
LEAD = 17.5
NARROW = 14


@dataclass(frozen=True)
class Grade:
    """Hold the size of a table's letters, its distance of lines and the room inside its cells, in points."""

    size: float = TABLE
    lead: float = LEAD
    pad: float = PAD


def _grade(block: dict[str, Any]) -> Grade:
    """Give the grade of a table; smaller letters stand closer, for what must fit on one page."""
    size = float(block.get("size", TABLE))
    return Grade() if size == TABLE else Grade(size, size * 1.3, size * 0.25)


def _cell(
    faces: Faces, cell: dict[str, Any], x: float, width: float, grade: Grade
) -> tuple[list[Text], float]:
    """Return the lines of a cell and the height it asks for (points)."""
    role = cell.get("role", "body")
    room = width - 2 * grade.pad
    advance = faces.advances(role, grade.size)
    lines: list[tuple[str, tuple[float, ...]]] = []
    for part in cell["text"].split("\n"):
        broken = break_lines(part, advance, em=grade.size, width=room)
        lines += [(line.text, line.gaps) for line in broken] or [("", ())]
    texts = []
    for n, (text, spaced) in enumerate(lines):
        # In a narrow cell a ragged edge looks better than letters pushed apart.
        left, gaps = x + grade.pad, spaced if room > NARROW * grade.size else ()
        if cell.get("align") == "center":
            plain = sum(map(advance, text))
            left = x + (width - plain) / 2
            gaps = ()
        texts.append(
            Text(
                left,
                grade.pad + n * grade.lead + (grade.lead - grade.size) / 2 + ASCENT * grade.size,
                text,
                grade.size,
                role,
                gaps,
            )
        )
    height = 2 * grade.pad + grade.lead * max(len(lines), int(cell.get("rows", 1)))
    foot = cell.get("foot")
    if foot:
        height = max(height, 2 * grade.pad + grade.lead * (len(lines) + 1))
    return texts, height


@dataclass
class _Row:
    """One row as measured: its cells with their lines of text, and the height it asks for (points)."""

    placed: list[tuple[dict[str, Any], list[Text], float, float]]
    height: float
    end: float


def _measured(faces: Faces, columns: list[float], cells: list[dict[str, Any]], grade: Grade) -> _Row:
    x, at = LEFT, 0
    row = _Row([], 0.0, LEFT)
    for cell in cells:
        span = int(cell.get("span", 1))
        width = sum(columns[at : at + span])
        texts, height = ([], 0.0) if cell.get("under") else _cell(faces, cell, x, width, grade)
        row.placed.append((cell, texts, x, width))
        # A cell over several rows asks for no height of its first one: the others give it room.
        row.height = max(row.height, height if int(cell.get("down", 1)) == 1 else 0.0)
        x, at = x + width, at + span
    row.end = x
    return row


def _row(faces: Faces, row: _Row, following: list[_Row], grade: Grade) -> Strip:
    """Return the strip of a row; the rows that follow tell how far down its tall cells reach."""
    thin = number("line_width_pt", "table")
    tall = row.height
    strip = Strip(tall)
    goes_on = {x for cell, _, x, _ in following[0].placed if cell.get("under")} if following else set()
    for index, (cell, texts, left, width) in enumerate(row.placed):
        deep = tall + sum(below.height for below in following[: int(cell.get("down", 1)) - 1])
        lines = len(texts)
        down = 0.0
        if cell.get("align") == "center" or cell.get("middle"):
            down = (deep - 2 * grade.pad - lines * grade.lead) / 2
        strip.texts += [text.moved(down, index) for text in texts]
        if cell.get("foot"):
            foot = cell["foot"]
            wide = sum(map(faces.advances("body", grade.size), foot))
            strip.texts.append(
                Text(
                    left + width - grade.pad - wide,
                    tall - grade.pad - (grade.lead - grade.size) / 2 - grade.size * (1 - ASCENT),
                    foot,
                    grade.size,
                    element=index,
                )
            )
        strip.rules.append(Rule(left, 0, left, tall, thin))
        if left not in goes_on:
            strip.rules.append(Rule(left, tall, left + width, tall, thin))
        if not cell.get("under"):
            # A row at the head of a page draws its own upper line; elsewhere it lies on the line above.
            strip.rules.append(Rule(left, 0, left + width, 0, thin))
    strip.rules.append(Rule(row.end, 0, row.end, tall, thin))
    strip.with_next = bool(goes_on) or any(cell.get("with_next") for cell, *_ in row.placed)
    return strip


def _told(cell: dict[str, Any], *, over: bool) -> Element:
    """Return a cell as a screen reader tells it; a head says whether it stands over its column."""
    kind = "" if cell.get("under") else "TH" if over or cell.get("role") == "heading" else "TD"
    scope = "" if kind != "TH" else "Column" if over else "Row"
    return Element(kind, columns=int(cell.get("span", 1)), rows=int(cell.get("down", 1)), scope=scope)


def table_strips(faces: Faces, block: dict[str, Any]) -> list[Strip]:
    """Return one strip for each row of a table; columns are given as parts of the text width.

    A cell with ``down`` reaches over so many rows, in which a cell ``under`` stands in its place. The rows of its head
    stand over it again on each further page.
    """
    parts = block["columns"]
    columns = [TEXT_WIDTH * part / sum(parts) for part in parts]
    grade = _grade(block)
    rows = [_measured(faces, columns, cells, grade) for cells in block["rows"]]
    strips = [_row(faces, row, rows[n + 1 :], grade) for n, row in enumerate(rows)]
    over = int(block.get("head_rows", 0))
    heads = tuple(strip.again() for strip in strips[:over])
    for n, (row, strip) in enumerate(zip(rows, strips, strict=True)):
        strip.cells = tuple(_told(cell, over=n < over) for cell, *_ in row.placed)
        strip.with_next = strip.with_next or n < over
        strip.heads = () if n < over else heads
    return strips
