"""A picture of two numbers for each of some names, as bars drawn here; its table stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LABEL, ROW, BAR = 960, 250, 48, 16
ROOM = WIDTH - LABEL - 70


@dataclass(frozen=True)
class Pair:
    """Two bars of one name, at their height in the picture."""

    name: str
    first: int
    second: int
    y: int
    first_width: float
    second_width: float

    @property
    def middle(self) -> int:
        """Return where the name's line of writing stands."""
        return self.y + BAR + 5

    @property
    def second_y(self) -> int:
        """Return where the second bar begins."""
        return self.y + BAR + 2


@dataclass(frozen=True)
class Pairs:
    """A whole picture, with what it says in words."""

    title: str
    width: int
    height: int
    label: int
    thickness: int
    names: tuple[str, str]
    pairs: tuple[Pair, ...]
    description: str
    #: How the second bar is drawn: a fault, or a number like the first.
    second_class: str


def pairs(
    title: str, rows: Sequence[tuple[str, int, int]], names: tuple[str, str], *, fault: bool = False
) -> Pairs | None:
    """Lay out the bars, the longest over the whole room; None where every number is nought."""
    most = max((max(first, second) for _, first, second in rows), default=0)
    if not most:
        return None
    scale = ROOM / most
    bars = tuple(
        Pair(name if len(name) <= 15 else f"{name[:14]}…", first, second, place * ROW + 4, round(first * scale, 1), round(second * scale, 1))
        for place, (name, first, second) in enumerate(rows)
    )  # fmt: skip
    words = "；".join(f"{name}{names[0]}{first}件、{names[1]}{second}件" for name, first, second in rows)
    return Pairs(
        title,
        WIDTH,
        len(rows) * ROW + 8,
        LABEL,
        BAR,
        names,
        bars,
        words,
        "bar overdue" if fault else "seg paused",
    )
