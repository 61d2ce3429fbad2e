"""The board's picture: one bar for each office, drawn here as SVG; its table stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.selectors.board import Board
from workflow.selectors.timeliness import RUNNING, WAITING

WIDTH, LABEL, ROW, BAR = 960, 250, 32, 20
ROOM = WIDTH - LABEL - 60


@dataclass(frozen=True)
class Segment:
    """One piece of a bar."""

    standing: str
    label: str
    number: int
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """One office's bar, at its height in the picture."""

    name: str
    total: int
    y: int
    middle: int
    end: float
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Chart:
    """A drawing of the board and its description in words."""

    width: int
    height: int
    label: int
    text_x: int
    thickness: int
    bars: tuple[Bar, ...]
    description: str


def draw(board: Board) -> Chart | None:
    """Lay out the bars, longest room for the office with the most open cases; None when there is nothing."""
    lines = [office.line for office in board.offices if office.line.total]
    if not lines:
        return None
    scale = ROOM / max(line.total for line in lines)
    bars = []
    for place, line in enumerate(lines):
        x, pieces = float(LABEL), []
        for key in (*RUNNING, *WAITING):
            number = line.counts[key]
            if number:
                pieces.append(
                    Segment(str(key), str(key.label), number, round(x, 1), round(number * scale, 1))
                )
                x += number * scale
        y = place * ROW + 4
        bars.append(Bar(_short(line.name), line.total, y, y + 15, round(x + 8, 1), tuple(pieces)))
    words = "；".join(f"{line.name}{line.total}件，其中逾期{line.counts['overdue']}件" for line in lines)
    return Chart(WIDTH, len(lines) * ROW + 8, LABEL, LABEL - 12, BAR, tuple(bars), words)


def _short(name: str) -> str:
    return name if len(name) <= 15 else f"{name[:14]}…"
