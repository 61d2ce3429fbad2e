"""The picture of a trend: one measure month by month as a line, drawn here as SVG; its table stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 960, 260, 64, 24, 16, 40


@dataclass(frozen=True)
class Point:
    """One month's value at its place."""

    x: float
    y: float
    label: str
    shown: str


@dataclass(frozen=True)
class Trend:
    """A drawing: the line in its unbroken pieces, its points, the axis, and what it shows in words."""

    width: int
    height: int
    left: int
    right: int
    pieces: tuple[str, ...]
    points: tuple[Point, ...]
    marks: tuple[tuple[float, str], ...]
    months: tuple[tuple[float, str], ...]
    description: str


def draw_trend(
    name: str, months: Sequence[str], values: Sequence[float | None], shown: Sequence[str], *, percent: bool
) -> Trend | None:
    """Lay out a trend; None where there is nothing to show. A month without a value breaks the line."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    top = 1.0 if percent and max(known) <= 1 else _above(max(known))
    room, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    step = room / max(1, len(values) - 1)

    def height_of(value: float) -> float:
        return round(TOP + high * (1 - value / top), 1)

    points, pieces, piece = [], [], []
    for place, value in enumerate(values):
        x = round(LEFT + place * step, 1)
        if value is None:
            pieces.append(piece)
            piece = []
            continue
        points.append(Point(x, height_of(value), months[place], shown[place]))
        piece.append(f"{x},{height_of(value)}")
    pieces.append(piece)
    marks = tuple((height_of(top * part / 4), _mark(top * part / 4, percent=percent)) for part in range(5))
    every = tuple((round(LEFT + n * step, 1), month.partition("年")[2]) for n, month in enumerate(months))
    words = "；".join(f"{month}{text}" for month, text in zip(months, shown, strict=True))
    lines = tuple(" ".join(one) for one in pieces if len(one) > 1)
    return Trend(WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, lines, tuple(points), marks, every, f"{name}：{words}")


def _above(most: float) -> float:
    """Return a round number at or above the highest value."""
    for bound in (0.2, 0.4, 1, 2, 4, 8, 12, 20, 40, 60, 100, 200, 400, 1000):
        if most <= bound:
            return bound
    return most


def _mark(value: float, *, percent: bool) -> str:
    return f"{round(value * 100, 1):g}%" if percent else f"{round(value, 2):g}"
