"""The text of a page with the place of every character, rebuilt from the stretches the sandbox read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
#: A stretch: its text, and four numbers (points from the top left of the page as shown) for each character.
Run = Sequence[Any]


@dataclass(frozen=True)
class PageText:
    """One page: its number from 1, its size in points, its text, and a box (or none) for each character of it."""

    number: int
    width: float
    height: float
    text: str
    boxes: tuple[Box | None, ...]

    def box(self, start: int, end: int) -> Box | None:
        """Return the box around some characters of one line; of several lines, the box around all of them."""
        found = [box for box in self.boxes[start:end] if box is not None]
        if not found:
            return None
        return (
            min(box[0] for box in found), min(box[1] for box in found), max(box[2] for box in found),
            max(box[3] for box in found),
        )  # fmt: skip


def rebuilt(number: int, width: float, height: float, runs: Iterable[Run]) -> PageText:
    """Join the stretches of a page: those of one line with a space, lines with a line end."""
    text: list[str] = []
    boxes: list[Box | None] = []
    last: Box | None = None
    for words, places in runs:
        here = _boxes(words, places)
        if last is not None and here:
            text.append(" " if _same_line(last, here[0]) else "\n")
            boxes.append(None)
        text.append(words)
        boxes += here
        last = here[-1] if here else last
    return PageText(number, width, height, "".join(text), tuple(boxes))


def _boxes(words: str, places: Sequence[float]) -> list[Box]:
    return [(places[i], places[i + 1], places[i + 2], places[i + 3]) for i in range(0, 4 * len(words), 4)]


def _same_line(last: Box, box: Box) -> bool:
    middle = (box[1] + box[3]) / 2
    return last[1] <= middle <= last[3]
