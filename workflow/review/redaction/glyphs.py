"""Characters of a PDF page with the boxes they are drawn in, on the page as it is seen."""

from __future__ import annotations

import ctypes
import math
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from workflow.review.redaction.marks import Box

_FAR = 1000
#: A glyph without an extent is given that many points, so that a box on it is seen.
_LEAST = 2.0
_BLANK = {0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x3000}
_UNKNOWN = {0, 0xFFFE, 0xFFFF}


class Glyph(NamedTuple):
    """A character where it is drawn.

    :param char: what it stands for; "\\ufffd" where the font does not say
    :param angle: the direction of its line, in whole degrees clockwise from left to right
    """

    char: str
    box: Box
    angle: int


class Placing(NamedTuple):
    """Turns the coordinates of a page's content into points of the page as it is seen."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point is seen."""
        return (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return where an upright rectangle is seen; pages turn by right angles only."""
        (x0, y0), (x1, y1) = self.point(left, bottom), self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def placing(page: pypdfium2.PdfPage) -> Placing:
    """Return how a page is turned, moved and cropped."""
    width, height = page.get_size()
    whole, high = round(width * 100), round(height * 100)

    def seen(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, whole, high, 0, x, y, across, down)
        return across.value / 100, down.value / 100

    (e, f), (ax, ay), (cx, cy) = seen(0, 0), seen(_FAR, 0), seen(0, _FAR)
    return Placing((ax - e) / _FAR, (ay - f) / _FAR, (cx - e) / _FAR, (cy - f) / _FAR, e, f)


def glyphs_of(page: pypdfium2.PdfPage) -> list[Glyph]:
    """Return the characters of a page in the order of its content, hidden ones and those beyond its edges included."""
    text = page.get_textpage()
    try:
        return _read(text, placing(page))
    finally:
        text.close()


def _read(text: pypdfium2.PdfTextPage, place: Placing) -> list[Glyph]:
    """Read character by character; written for speed, since it runs for every character of every page."""
    raw = text.raw
    loose, (left, right, bottom, top) = pdfium.FS_RECTF(), (ctypes.c_double() for _ in range(4))
    sides = tuple(map(ctypes.byref, (left, right, bottom, top)))
    at = ctypes.byref(loose)
    code_of, angle_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharAngle
    loose_of, tight_of, box_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharBox, place.box
    turned = math.degrees(math.atan2(place.b, place.a))
    found: list[Glyph] = []
    high = 0
    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = code_of(raw, index)
        if code in _BLANK:
            # Blanks tell nothing, and those that are inferred between words have no place.
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        x0, y0, x1, y1 = 0.0, 0.0, 0.0, 0.0
        if loose_of(raw, index, at):
            x0, y0, x1, y1 = loose.left, loose.bottom, loose.right, loose.top
        if tight_of(raw, index, *sides) and right.value > left.value and top.value > bottom.value:
            # A letter may reach beyond the box of its font.
            if x1 <= x0 or y1 <= y0:
                x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
            else:
                x0, y0 = min(x0, left.value), min(y0, bottom.value)
                x1, y1 = max(x1, right.value), max(y1, top.value)
        box = box_of(x0, y0, x1, y1)
        if box.x1 - box.x0 < _LEAST or box.y1 - box.y0 < _LEAST:
            box = box.grown(_LEAST / 2)
        angle = angle_of(raw, index)
        degrees = round(turned - math.degrees(angle)) % 360 if angle or turned else 0
        known = code not in _UNKNOWN and not 0xD800 <= code < 0xE000
        found.append(Glyph(chr(code) if known else "\ufffd", box, degrees))
    return found
