"""Boxes on pages, as a person draws them: points from the top left corner of the page as it is seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

#: What stands on a box whose plan gives no ground.
NO_GROUND = "依法不予公开"


class Box(NamedTuple):
    """A rectangle in points, y downwards, on a page as it is seen: after its rotation and within its crop."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        """Its area in square points; nothing where it is empty."""
        return max(0.0, self.width) * max(0.0, self.height)

    def within(self, width: float, height: float) -> Box:
        """Return the part of it that lies on a page of that size."""
        return Box(
            min(max(self.x0, 0.0), width),
            min(max(self.y0, 0.0), height),
            min(max(self.x1, 0.0), width),
            min(max(self.y1, 0.0), height),
        )

    def joined(self, other: Box) -> Box:
        """Return the smallest box around both."""
        return Box(
            min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        )

    def common(self, other: Box) -> Box:
        """Return what both cover; its area is 0 where they do not meet."""
        return Box(
            max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1)
        )

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def grown(self, by: float) -> Box:
        """Return it larger by that many points on every side."""
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def rounded(self) -> list[float]:
        """Return its corners for JSON, in hundredths of a point."""
        return [round(value, 2) for value in self]


@dataclass(frozen=True)
class Mark:
    """One area to be burned.

    :param page: from 1
    :param box: points from the top left corner of the page as it is seen; what lies beyond the page is cut off
    :param ground: printed on the box or in the legend, such as “条例第十五条” or “个人隐私”
    :param by: who drew it, and who accepted it, in the order of their hands; for the certificate
    :param string: where it was made for a string of the plan, which, from 0
    """

    page: int
    box: Box
    ground: str
    by: tuple[str, ...] = ()
    string: int | None = None


@dataclass(frozen=True)
class Wanted:
    """A string that may appear nowhere in the copy, found and burned wherever it stands.

    :param text: as a person wrote it; width, case, spaces and the separators of numbers do not count
    :param ground: as for a mark
    :param by: as for a mark
    """

    text: str
    ground: str = NO_GROUND
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Burned:
    """One box as it was burned: the mark, and the area that is black.

    :param box: the area burned, in points
    :param reason: `mark` (drawn), `text` (a string found in the text) or `ocr` (found by reading the picture)
    :param hides_width: whether the box was padded to a width that many lengths of text share
    """

    mark: Mark
    box: Box
    reason: str
    hides_width: bool
    number: int | None = None
    label: Box | None = field(default=None, compare=False)


def covered(box: Box, by: Iterable[Box], *, slack: float = 0.6) -> bool:
    """Tell whether boxes together cover a box, but for so many points at its edges."""
    left = [Box(box.x0 + slack, box.y0 + slack, box.x1 - slack, box.y1 - slack)]
    if left[0].area <= 0:
        left = [Box(*((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2) * 2)]
        return any(cover.holds(left[0].x0, left[0].y0) for cover in by)
    for cover in by:
        left = [rest for part in left for rest in _without(part, cover)]
        if not left:
            return True
    return not left


def _without(box: Box, cover: Box) -> list[Box]:
    """Return what of a box another does not cover, as boxes."""
    met = box.common(cover)
    if met.area <= 0:
        return [box]
    parts = [
        Box(box.x0, box.y0, box.x1, met.y0),
        Box(box.x0, met.y1, box.x1, box.y1),
        Box(box.x0, met.y0, met.x0, met.y1),
        Box(met.x1, met.y0, box.x1, met.y1),
    ]
    return [part for part in parts if part.area > 1e-6]
