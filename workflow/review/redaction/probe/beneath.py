"""Pictures of a page that its own picture does not show whole: something was drawn over them, or they reach beyond its edges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from workflow.review.redaction.marks import Box

_DEEPEST = 15
#: What lies over a picture counts from that width and height in points on: a rule of a form hides nothing.
_LEAST = 3.0
#: A picture is worth reading from so many pixels on; drawn smaller than that many points it is not read on the page.
_PIXELS, _LEGIBLE = 24, 12.0


class _Drawn(NamedTuple):
    """What a page draws: its kind, its area, and whether that is known, which it is not within a graphic of its own."""

    found: pypdfium2.PdfObject
    box: Box
    known: bool


def beneath(page: pypdfium2.PdfPage) -> Iterator[tuple[Image.Image | None, int]]:
    """Yield pictures that lie under something, beyond the edges, or are drawn too small to be read; and the page's quarter turns.

    Of a picture that cannot be taken out None is yielded, so that somebody is told.
    """
    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING)
    drawn = []
    for found in page.get_objects(filter=kinds, max_depth=_DEEPEST):
        left, bottom, right, top = found.get_bounds()
        drawn.append(_Drawn(found, Box(left, bottom, right, top), found.level == 0))
    left, bottom, right, top = page.get_cropbox()
    edges = Box(left, bottom, right, top)
    later: list[_Drawn] = []
    for one in reversed(drawn):
        if one.found.type == pdfium.FPDF_PAGEOBJ_IMAGE and _hidden(one, later, edges):
            picture = _pixels(one.found)
            if picture is None or _legible(picture):
                yield picture, page.get_rotation() // 90
        if min(one.box.width, one.box.height) >= _LEAST or not one.known:
            later.append(one)


def _hidden(one: _Drawn, later: list[_Drawn], edges: Box) -> bool:
    if one.known:
        if min(one.box.width, one.box.height) < _LEGIBLE or one.box.common(edges).area < 0.98 * one.box.area:
            return True
        return any(not other.known or min(*_sides(one.box.common(other.box))) >= _LEAST for other in later)
    return bool(later)


def _sides(box: Box) -> tuple[float, float]:
    return box.width, box.height


def _legible(picture: Image.Image) -> bool:
    """Tell whether anything can be written in a picture: it has room, and more than one colour."""
    return min(picture.size) >= _PIXELS and len(picture.getcolors(256) or ()) > 1


def _pixels(found: pypdfium2.PdfObject) -> Image.Image | None:
    picture: Image.Image | None = None
    for turned in (True, False):
        try:
            # Turned as the page draws it, or else as it is stored.
            picture = found.get_bitmap(render=turned).to_pil().convert("L")  # type: ignore[attr-defined]
        except (pypdfium2.PdfiumError, ValueError, OSError):
            continue
        if _legible(picture):
            return picture
    return picture
