"""How a page is stored: black and white where nothing is lost by it, else grey, else colour."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageChops, TiffImagePlugin

from workflow.review.redaction.pages import Page

BILEVEL, GREY, COLOUR = "1-bit", "grey", "colour"
#: Channels that differ by more are colour; so many pixels of it are a stamp, fewer the noise of a scanner.
_TINT, _TINTED = 48, 5
#: Grey below this becomes black, and from the other value on it is paper.
_BLACK, _PAPER = 160, 225
#: Black from this value down; a field of anything paler that would turn black is a shade.
_INK = 60
#: So many of the 64 pixels of a block, with nothing darker beside them, would be lost as white, or as black.
_LOST, _FILLED = 10, 24
_QUALITY = 80
_THRESHOLD = [0] * _BLACK + [255] * (256 - _BLACK)
_VANISHES = [255 if _BLACK <= value < _PAPER else 0 for value in range(256)]
_BLACKENS = [255 if _INK <= value < _BLACK else 0 for value in range(256)]
_IS_BLACK = [255 if value < _BLACK else 0 for value in range(256)]
_IS_INK = [255 if value < _INK else 0 for value in range(256)]
_SEEN = [0] + [255] * 255


@dataclass(frozen=True)
class Stored:
    """A page's picture as it is stored in the copy.

    :param kind: `1-bit`, `grey` or `colour`
    :param data: CCITT group 4 for black and white, JPEG else
    """

    kind: str
    width: int
    height: int
    data: bytes


def kind_of(page: Page, grey: Image.Image) -> str:
    """Return how a page is stored without losing what a reader would miss.

    :param grey: the page drawn in grey, for pages that hold a picture with shades
    """
    glance = page.glance()
    red, green, blue = glance.split()
    most = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    if sum(most.histogram()[_TINT:]) >= _TINTED:
        return COLOUR
    if page.shaded:
        return GREY if has_shades(grey) else BILEVEL
    # Drawn without soft edges, whatever is neither black nor white is meant to be grey.
    return GREY if sum(green.histogram()[_INK:_PAPER]) >= _TINTED else BILEVEL


def has_shades(grey: Image.Image) -> bool:
    """Tell whether black and white would lose something: a photograph, a grey field, pale writing."""
    return _alone(grey, _VANISHES, _IS_BLACK, _LOST) or _alone(grey, _BLACKENS, _IS_INK, _FILLED)


def _alone(grey: Image.Image, these: list[int], darker: list[int], many: int) -> bool:
    """Tell whether a block has so many pixels of a kind and none that is darker: no soft edge of a letter, but a shade."""
    here, beside = grey.point(these).reduce(8), grey.point(darker).reduce(8).point(_SEEN)
    return any(ImageChops.subtract(here, beside).histogram()[many * 255 // 64 :])


def stored(picture: Image.Image, kind: str) -> Stored:
    """Return a picture in the form it is stored in."""
    data = _group4(picture.convert("L")) if kind == BILEVEL else _jpeg(picture)
    return Stored(kind, picture.width, picture.height, data)


def bilevel(picture: Image.Image) -> Image.Image:
    """Return a grey picture in black and white."""
    return picture.point(_THRESHOLD, "1")


def _group4(picture: Image.Image) -> bytes:
    held = io.BytesIO()
    bilevel(picture).save(held, "TIFF", compression="group4", strip_size=1 << 30)
    with Image.open(held) as made:
        assert isinstance(made, TiffImagePlugin.TiffImageFile)
        (start,), (length,) = made.tag_v2[273], made.tag_v2[279]
    return held.getvalue()[start : start + length]


def _jpeg(picture: Image.Image) -> bytes:
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=_QUALITY, optimize=False)
    return held.getvalue()
