"""Handwriting after a word such as 签名: ink where no printed character stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PIL import Image, ImageDraw

from workflow.review.redaction.detect.area import Area
from workflow.review.redaction.detect.found import SIGNATURE, Found
from workflow.review.redaction.glyphs import Glyph
from workflow.review.redaction.marks import Box

CUES = ("签名", "签字", "签章", "签收", "捺印", "手印", "指印")
#: How far to the right of the word a signature may reach, and how much higher than its line, in points.
_REACH, _ABOVE = 170.0, 14.0
#: A gap of that many heights to the next printed character is room for a signature.
_ROOM = 2.0
#: Grey below which a pixel is ink, and the share of ink of strokes: less is dirt, more is a picture.
_DARK = 150
_LEAST_INK, _MOST_INK = 0.006, 0.45
_BEHIND = frozenset("：:）)、，名字章印人 　")


def signatures(
    glyphs: Sequence[Glyph], picture: Image.Image, scale: float, *, loose: float = 1.0
) -> Iterator[Area]:
    """This function will find areas to the right of a word for signing that hold ink and no printed characters.

    No model is asked: it knows neither whose hand it is, nor handwriting anywhere else.

    :param glyphs: characters of the page, printed or read
    :param picture: the page
    :param scale: pixels a point
    :param loose: points by which the boxes of characters are too small at worst
    """
    printed = [glyph for glyph in glyphs if not glyph.char.isspace()]
    ink: Image.Image | None = None
    for place, (one, other) in enumerate(pairwise(printed), 1):
        word = one.char + other.char
        if word not in CUES or not _one_line(one.box, other.box):
            continue
        room = _room(printed, place, picture.width / scale)
        if room is None:
            continue
        ink = ink or _ink(picture, printed, scale, loose)
        written = ink.crop([round(value * scale) for value in room]).getbbox()
        if written is None:
            continue
        left, top, right, bottom = (value / scale for value in written)
        box = Box(room.x0 + left, room.y0 + top, room.x0 + right, room.y0 + bottom)
        if box.width < 12 or box.height < 6:
            continue
        part = ink.crop([round(value * scale) for value in box])
        share = part.histogram()[255] / max(1, part.width * part.height)
        if _LEAST_INK <= share <= _MOST_INK:
            reason = f"“{word}”之后有笔迹而没有印刷文字，可能是手写签名"
            yield Area(Found(SIGNATURE, 0, 0, "", reason, 0.65, "ink"), box)


def _one_line(one: Box, other: Box) -> bool:
    return one.y0 <= (other.y0 + other.y1) / 2 <= one.y1


def _room(printed: Sequence[Glyph], last: int, width: float) -> Box | None:
    """Give the room to the right of a word up to the next printed character of its line, if there is some."""
    box = printed[last].box
    while (
        last + 1 < len(printed)
        and printed[last + 1].char in _BEHIND
        and _one_line(box, printed[last + 1].box)
    ):
        last += 1
        box = box.joined(printed[last].box)
    after = [g.box.x0 for g in printed if _one_line(box, g.box) and g.box.x0 >= box.x1 - 1]
    end = min([box.x1 + _REACH, width, *after])
    if end - box.x1 < _ROOM * box.height:
        return None
    return Box(box.x1, max(0.0, box.y0 - _ABOVE), end, box.y1 + _ABOVE / 2)


def _ink(picture: Image.Image, printed: Sequence[Glyph], scale: float, loose: float) -> Image.Image:
    """Give the ink of a page without its printed characters."""
    ink = picture.convert("L").point(lambda value: 255 if value < _DARK else 0)
    wipe = ImageDraw.Draw(ink)
    for glyph in printed:
        wipe.rectangle([round(value * scale) for value in glyph.box.grown(loose)], fill=0)
    return ink
