"""White words on black boxes, and the pages of the legend: the house's own 黑体, so that every machine draws the same."""

from __future__ import annotations

import io
import lzma
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import letters

_FONTS = Path(letters.__file__).resolve().parent / "fonts"
_FACES = ("heiti", "fangsong", "song-basic")
#: Stands for a character that no face here has; the certificate holds the ground as it was written.
_UNKNOWN = "〓"
#: Sizes of letters on a box in points: the largest, and the least that is still read on paper.
_LARGEST, _LEAST = 9.0, 5.5
_LEADING = 1.15


@cache
def _face(name: str) -> bytes:
    return lzma.decompress((_FONTS / f"{name}.ttf.xz").read_bytes())


@cache
def face(pixels: int, name: str = "heiti") -> ImageFont.FreeTypeFont:
    """Return a face at a size in pixels."""
    return ImageFont.truetype(io.BytesIO(_face(name)), pixels, layout_engine=ImageFont.Layout.BASIC)


@cache
def _drawn_by(char: str) -> str | None:
    for name in _FACES:
        font = face(16, name)
        missing = font.getmask("\U0010ffff")
        mask = font.getmask(char)
        if char.isspace() or mask.size != missing.size or bytes(mask) != bytes(missing):
            return name
    return None


def drawable(text: str) -> str:
    """Return a text with 〓 for what no face has."""
    return "".join(char if _drawn_by(char) else _UNKNOWN for char in text)


def width_of(text: str, pixels: int) -> float:
    """Return how wide a line is, in pixels."""
    return sum(face(pixels, _drawn_by(char) or "heiti").getlength(char) for char in text)


def write(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, pixels: int, fill: int | str
) -> None:
    """Write a line from a left end on its base line."""
    x, y = at
    for char in text:
        font = face(pixels, _drawn_by(char) or "heiti")
        draw.text((round(x), round(y)), char, font=font, fill=fill, anchor="ls")
        x += font.getlength(char)


def words_for(text: str, width: int, height: int, scale: float) -> Image.Image | None:
    """Return white words on black that fit a box of so many pixels, or nothing where they do not.

    :param scale: pixels a point; words smaller than can be read are not drawn
    """
    if height > width * 1.5:
        lying = _fitted(text, height, width, scale)
        return lying.transpose(Image.Transpose.ROTATE_270) if lying else None
    return _fitted(text, width, height, scale)


def _fitted(text: str, width: int, height: int, scale: float) -> Image.Image | None:
    text = drawable(text)
    least = max(round(_LEAST * scale), 7)
    sizes = range(min(round(_LARGEST * scale), height), least - 1, -1)
    # A line by itself reads better than a larger one that is broken.
    for most in (1, height // least):
        for pixels in sizes:
            pad = max(2, pixels // 6)
            lines = wrapped(text, pixels, width - 2 * pad)
            tall = round(len(lines) * pixels * _LEADING) + pad // 2
            if len(lines) <= most and tall <= height and width_of(lines[0], pixels) <= width - 2 * pad:
                return _set(lines, pixels, width, tall)
    return None


def _set(lines: list[str], pixels: int, width: int, tall: int) -> Image.Image:
    wide = round(max(width_of(line, pixels) for line in lines)) + 2
    image = Image.new("L", (min(wide, width), tall), 0)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        left = (wide - width_of(line, pixels)) / 2
        write(draw, (left, round((number + 0.86) * pixels * _LEADING)), line, pixels, 255)
    return image


def wrapped(text: str, pixels: int, width: float) -> list[str]:
    """Return a text in lines no wider than that; what is wider by itself stands alone."""
    lines: list[str] = [""]
    used = 0.0
    for char in text:
        wide = width_of(char, pixels)
        if lines[-1] and used + wide > width:
            lines.append("")
            used = 0.0
        lines[-1] += char
        used += wide
    return lines
