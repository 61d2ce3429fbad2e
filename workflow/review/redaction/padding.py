"""Boxes wide enough that many lengths of text look alike, grown only over blank paper."""

from __future__ import annotations

import math
from typing import NamedTuple

from PIL import Image

from workflow.review.redaction.marks import Box

#: Text is taken for a line of its own up to this height in points; a taller box covers an area, not a length.
_LINE = 40.0
#: Widths are whole multiples of so many points, for lines up to that height: at the sizes of official papers every name
#: of two to four characters is one, an identity number two. Steps by the height itself would tell lengths by a hair.
_STEPS = ((30.0, 80.0), (_LINE, 160.0))
#: Always added, in points: the soft edge of a letter, and what its font draws beyond its own box.
_EDGE = 0.75
#: Kept free before what stands beside, in points.
_GAP = 1.2
#: Added above and below, in heights.
_ABOVE = 0.12
#: Grey from this value up is paper, or its shade.
_PAPER = 176

_INK = [255 if value < _PAPER else 0 for value in range(256)]


class Area(NamedTuple):
    """A rectangle of pixels; the right and lower edge do not belong to it."""

    x0: int
    y0: int
    x1: int
    y1: int

    def box(self, scale: float) -> Box:
        """Return it in points."""
        return Box(*(value / scale for value in self))

    @property
    def width(self) -> int:
        """Its width in pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Its height in pixels."""
        return self.y1 - self.y0

    def meets(self, other: Area) -> bool:
        """Tell whether both share a pixel."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1


def ink_of(picture: Image.Image) -> Image.Image:
    """Return where something is printed on a grey page, white on black."""
    return picture.point(_INK)


def padded(ink: Image.Image, box: Box, scale: float, *, grow: bool = True) -> tuple[Area, bool]:
    """Return the pixels to burn for a box, and whether their width hides how long the text is.

    Nothing that is printed beside the box is covered: where it stands too close, the box stays as narrow as the text.

    :param ink: what `ink_of` returns for the page before anything is burned
    :param box: in points, within the page
    :param scale: pixels a point
    :param grow: off for the steps along a slanted line, which would only become a heap
    """
    area = _least(ink, box, scale)
    if not grow:
        return area, False
    upright = area.height > area.width * 1.5
    thick = (area.width if upright else area.height) / scale
    if thick > _LINE:
        return area, True
    step = next(points for most, points in _STEPS if thick <= most) * scale
    margin = round(_ABOVE * thick * scale)
    sides = ("left", "right") if upright else ("up", "down")
    for side in sides:
        area = _grown(ink, area, side, margin, scale)
    length = area.height if upright else area.width
    wanted = math.ceil(round(math.ceil((length + 1) / step) * step))
    for side in ("down", "up") if upright else ("right", "left"):
        length = area.height if upright else area.width
        area = _grown(ink, area, side, wanted - length, scale)
    return area, (area.height if upright else area.width) >= wanted - 1


def _least(page: Image.Image, box: Box, scale: float) -> Area:
    x0 = max(0, math.floor((box.x0 - _EDGE) * scale))
    y0 = max(0, math.floor((box.y0 - _EDGE) * scale))
    x1 = min(page.width, math.ceil((box.x1 + _EDGE) * scale))
    y1 = min(page.height, math.ceil((box.y1 + _EDGE) * scale))
    return Area(x0, y0, max(x1, x0 + 1), max(y1, y0 + 1))


def _grown(page: Image.Image, area: Area, side: str, by: int, scale: float) -> Area:
    """Return an area grown on one side by so many pixels, or until shortly before something printed."""
    if by <= 0:
        return area
    gap = math.ceil(_GAP * scale)
    reach = by + gap
    x0, y0, x1, y1 = area
    strip = {
        "right": (x1, y0, min(page.width, x1 + reach), y1),
        "left": (max(0, x0 - reach), y0, x0, y1),
        "down": (x0, y1, x1, min(page.height, y1 + reach)),
        "up": (x0, max(0, y0 - reach), x1, y0),
    }[side]
    if strip[0] >= strip[2] or strip[1] >= strip[3]:
        return area
    ink = page.crop(strip).getbbox()
    width, height = strip[2] - strip[0], strip[3] - strip[1]
    free = {
        "right": ink[0] if ink else width,
        "left": width - ink[2] if ink else width,
        "down": ink[1] if ink else height,
        "up": height - ink[3] if ink else height,
    }[side]
    grow = max(0, min(by, free - gap))
    return {
        "right": Area(x0, y0, x1 + grow, y1),
        "left": Area(x0 - grow, y0, x1, y1),
        "down": Area(x0, y0, x1, y1 + grow),
        "up": Area(x0, y0 - grow, x1, y1),
    }[side]
