"""The board's pictures: bars drawn here as SVG, told in words beside; their tables stand on the same page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

from django.utils.safestring import SafeString, mark_safe

from workflow.selectors.board import Board
from workflow.selectors.boards.table import Bars, Piece
from workflow.selectors.timeliness import RUNNING, WAITING

WIDTH, LABEL, ROW, BAR, HEAD, FOOT = 960, 250, 32, 20, 40, 32
#: From so many bars on they are drawn thinner, so that the picture still fits a sheet.
MANY, THIN_ROW, THIN_BAR = 14, 21, 14
ROOM = WIDTH - LABEL - 60
#: For a picture on its own, where no style sheet says it; on a page the sheet has the last word.
FILLS = {
    "overdue": "#b42318", "today": "#b54708", "soon": "#8a6100", "near": "#1f4e8c", "later": "#1a6b3c", "ended": "#57606a", "paused": "#5b4b8a",
    "stopped": "#ffffff", "done": "#1a6b3c", "age0": "#57606a", "age1": "#1f4e8c", "age2": "#8a6100", "age3": "#b42318",
}  # fmt: skip
STROKED = "stopped"


@dataclass(frozen=True)
class Segment:
    """One piece of a bar."""

    kind: str
    label: str
    number: int
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """One bar, its pieces written as they stand in the picture."""

    name: str
    total: int
    middle: int
    end: float
    segments: SafeString


@dataclass(frozen=True)
class Key:
    """One entry of the legend, at its place under the bars."""

    kind: str
    fill: str
    stroke: str
    label: str
    x: int
    text_x: int


@dataclass(frozen=True)
class Chart:
    """A drawing and its description in words."""

    title: str
    width: int
    height: int
    text_x: int
    thickness: int
    bars: tuple[Bar, ...]
    keys: tuple[Key, ...]
    keys_y: int
    keys_text_y: int
    description: str
    date: dt.date


def of_board(board: Board) -> Chart:
    """Draw the open cases of each office, of one office those of each unit, of a unit those of each person."""
    if board.scope.level == "county":
        lines = [office.line for office in board.offices]
    elif board.scope.level == "office":
        lines = [unit for office in board.offices for unit in office.units]
    else:
        lines = board.people
    rows = tuple(
        (line.name, tuple(Piece(str(key), str(key.label), line.counts[key]) for key in (*RUNNING, *WAITING)))
        for line in lines
        if line.total
    )
    return draw(Bars("在办情况", rows), board.on)


def draw(bars: Bars, on: dt.date) -> Chart:
    """Lay out the bars, longest room for the longest; where there is nothing at all, no bar."""
    rows = [(name, pieces, sum(piece.number for piece in pieces)) for name, pieces in bars.rows]
    most = max((total for _, _, total in rows), default=0)
    if not most:
        rows, bars = [], Bars(bars.title, ())
    row_height, thickness = (ROW, BAR) if len(rows) <= MANY else (THIN_ROW, THIN_BAR)
    drawn = []
    for place, (name, pieces, total) in enumerate(rows):
        x, segments = float(LABEL), []
        for piece in pieces:
            if piece.number:
                width = piece.number * ROOM / most
                segments.append(Segment(piece.kind, piece.label, piece.number, round(x, 1), round(width, 1)))
                x += width
        y, short = place * row_height + HEAD, _short(name)
        written = _written(short, segments, y, thickness)
        drawn.append(Bar(short, total, y + thickness - 5, round(x + 8, 1), written))
    keys, x = [], LABEL
    for kind, label in bars.legend:
        keys.append(Key(kind, *_colours(kind), label, x, x + 20))
        x += 28 + 14 * len(label)
    end = HEAD + len(rows) * row_height
    return Chart(
        bars.title,
        max(WIDTH, x),
        end + FOOT,
        LABEL - 12,
        thickness,
        tuple(drawn),
        tuple(keys),
        end + 8,
        end + 20,
        bars.description,
        on,
    )


def _written(name: str, segments: Sequence[Segment], y: int, thickness: int) -> SafeString:
    # Not by a template, which takes ten times as long over as many numbers as a county's picture has.
    drawn = []
    for one in segments:
        fill, stroke = _colours(one.kind)
        told = escape(f"{name}：{one.label}{one.number}件")
        drawn.append(
            f'<rect class="seg {one.kind}" x="{one.x}" y="{y}" width="{one.width}" height="{thickness}" '
            f'fill="{fill}" stroke="{stroke}"><title>{told}</title></rect>'
        )
    return mark_safe("".join(drawn))  # noqa: S308 - the name and the labels are escaped, the rest is ours


def _colours(kind: str) -> tuple[str, str]:
    return FILLS[kind], "#6b7581" if kind == STROKED else "#ffffff"


def _short(name: str) -> str:
    """Cut a name to what fits before the bars."""
    room, kept = LABEL - 24, ""
    for char in name:
        room -= 15 if east_asian_width(char) in "WF" else 8
        if room < 0:
            return f"{kept[:-1]}…"
        kept += char
    return name
