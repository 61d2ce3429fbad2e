"""The outlines of a face, each packed once in a process."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from struct import pack_into, unpack_from
from typing import NamedTuple

from reportlab.pdfbase.ttfonts import TTFontFace

# Flags of a composite glyph (OpenType, table glyf).
WORDS, SCALE, MORE, TWO_SCALES, MATRIX = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080


class Packed(NamedTuple):
    """One outline, deflated by itself: packed outlines joined are the packed join of the outlines."""

    data: bytes
    length: int
    adler: int
    checksum: int


def deflated(plain: bytes) -> Packed:
    """Pack bytes whose number is a multiple of four; nothing in the result refers to what stands before it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH)
    return Packed(data, len(plain), zlib.adler32(plain), checksum(plain))


def checksum(padded: bytes) -> int:
    """Return the sum of a table's 32-bit words, as the directory of a font file wants it."""
    return sum(unpack_from(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF


def padded(data: bytes) -> bytes:
    """Return bytes filled up to a multiple of four."""
    return data + bytes(-len(data) % 4)


class Outlines:
    """The outlines of one font file and their metrics, read from its tables as they stand."""

    def __init__(self, face: TTFontFace, file: bytes) -> None:
        self._file = file
        self._start = face.get_table_pos("glyf")[0]
        self._places = face.glyphPos
        self._metrics = face.get_table("hmtx")
        self._pairs = unpack_from(">H", face.get_table("hhea"), 34)[0]
        self._packed: dict[int, Packed] = {}
        self._parts: dict[int, list[tuple[int, int]]] = {}

    def raw(self, glyph: int) -> bytes:
        """Return the outline of a glyph as it stands in the file."""
        return self._file[self._start + self._places[glyph] : self._start + self._places[glyph + 1]]

    def parts(self, glyph: int) -> list[tuple[int, int]]:
        """Return where a composite glyph names the glyphs it is made of, and which; nothing for a simple one."""
        found = self._parts.get(glyph)
        if found is None:
            found = self._parts[glyph] = list(_parts(self.raw(glyph)))
        return found

    def packed(self, glyph: int) -> Packed:
        """Return the packed outline of a simple glyph."""
        found = self._packed.get(glyph)
        if found is None:
            found = self._packed[glyph] = deflated(padded(self.raw(glyph)))
        return found

    def renumbered(self, glyph: int, numbers: dict[int, int]) -> Packed:
        """Return the packed outline of a composite glyph whose parts have other numbers."""
        data = bytearray(self.raw(glyph))
        for place, part in self.parts(glyph):
            pack_into(">H", data, place, numbers[part])
        return deflated(padded(bytes(data)))

    def metrics(self, glyph: int) -> bytes:
        """Return advance and left side bearing of a glyph: the last advance holds for all glyphs behind it."""
        if glyph < self._pairs:
            return self._metrics[4 * glyph : 4 * glyph + 4]
        bearing = 4 * self._pairs + 2 * (glyph - self._pairs)
        return self._metrics[4 * self._pairs - 4 : 4 * self._pairs - 2] + self._metrics[bearing : bearing + 2]

    def box(self, glyph: int) -> tuple[int, int, int, int] | None:
        """Return the box of a glyph's ink in units of the face, or nothing for one without ink."""
        if self._places[glyph] == self._places[glyph + 1]:
            return None
        return unpack_from(">hhhh", self._file, self._start + self._places[glyph] + 2)


def _parts(outline: bytes) -> Iterator[tuple[int, int]]:
    if not outline or unpack_from(">h", outline)[0] >= 0:
        return
    at, flags = 10, MORE
    while flags & MORE:
        flags, part = unpack_from(">HH", outline, at)
        yield at + 2, part
        at += 8 if flags & WORDS else 6
        at += 2 if flags & SCALE else 4 if flags & TWO_SCALES else 8 if flags & MATRIX else 0
