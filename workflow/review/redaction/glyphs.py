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
    loose = pdfium.FS_RECTF()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    turned = math.degrees(math.atan2(place.b, place.a))
    found: list[Glyph] = []
    high = 0
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            # A space or line end that pdfium infers: it has no place on the page.
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, loose)
        box = place.box(loose.left, loose.bottom, loose.right, loose.top)
        if pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top):
            tight = place.box(left.value, bottom.value, right.value, top.value)
            box = box.joined(tight) if tight.area else box
        if box.width < _LEAST or box.height < _LEAST:
            box = box.grown(_LEAST / 2)
        angle = turned - math.degrees(pdfium.FPDFText_GetCharAngle(text, index))
        known = code not in (0, 0xFFFE, 0xFFFF) and not 0xD800 <= code < 0xE000
        found.append(Glyph(chr(code) if known else "\ufffd", box, round(angle) % 360))
    return found
