"""A face cut down to the characters of one document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import accumulate
from struct import pack
from typing import TYPE_CHECKING

from letters.typeset.glyphs import Packed, checksum, deflated, padded

if TYPE_CHECKING:
    from letters.typeset.faces import Face

ADLER = 65521
MAGIC = 0xB1B0AFBA
KEPT = ("cvt ", "fpgm", "prep")  # what hinted outlines need
EMPTY_LAST_BLOCK = b"\x03\x00"


class Subset:
    """Characters of one face under numbers of their own; the same characters are the same bytes everywhere.

    Every character has its own glyph, also where the face has one outline for two of them: text copied from the
    page is then the text that was set.
    """

    def __init__(self, face: Face, chars: Iterable[str]) -> None:
        self.face = face
        self.chars = sorted(set(chars))
        self.codes = {char: f"{n:04X}" for n, char in enumerate(self.chars, 1)}
        letters = hashlib.sha256(f"{face.digest}{''.join(self.chars)}".encode()).digest()
        self.tag = "".join(chr(65 + byte % 26) for byte in letters[:6])

    @property
    def name(self) -> str:
        """Return the name of this part of the face, with the tag a subset must have."""
        return f"{self.tag}+{self.face.parsed.name.decode('ascii')}"

    def widths(self) -> str:
        """Return the widths of the glyphs that are not one em wide, as a PDF writes them."""
        found = []
        for n, char in enumerate(self.chars, 1):
            width = round(self.face.width(char) * 1000)
            if width != 1000:
                found.append(f"{n}[{width}]")
        return f"[{''.join(found)}]"

    def to_unicode(self) -> bytes:
        """Return the map by which a reader turns glyphs back into characters, also those beyond U+FFFF."""
        rows = [f"<{self.codes[char]}><{char.encode('utf-16-be').hex().upper()}>" for char in self.chars]
        parts = [
            "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
            "/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
            "1 begincodespacerange", "<0000><FFFF>", "endcodespacerange",
        ]  # fmt: skip
        for start in range(0, len(rows), 100):  # a section holds at most 100 entries
            block = rows[start : start + 100]
            parts += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        parts += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
        return "\n".join(parts).encode("ascii")

    def program(self) -> tuple[bytes, int]:
        """Return the font file, packed, and its length unpacked."""
        glyphs, outlines = self._outlines()
        places = [0, *accumulate(packed.length for packed in outlines)]
        metrics = [self.face.outlines.metrics(glyph) for glyph in glyphs]
        front = self._front(places, metrics, sum(packed.checksum for packed in outlines))
        pieces = [deflated(front), *outlines]
        body = b"".join([packed.data for packed in pieces])
        packed_file = b"\x78\xda" + body + EMPTY_LAST_BLOCK + pack(">L", _adler(pieces))
        return packed_file, len(front) + places[-1]

    def _outlines(self) -> tuple[list[int], list[Packed]]:
        """Return the glyphs by their new numbers, and their outlines; the parts of composites come last."""
        source = self.face.outlines
        glyphs = [0, *(self.face.glyphs[ord(char)] for char in self.chars)]
        numbers = {glyph: n for n, glyph in enumerate(glyphs)}
        at = 0
        while at < len(glyphs):
            for _, part in source.parts(glyphs[at]):
                if part not in numbers:
                    numbers[part] = len(glyphs)
                    glyphs.append(part)
            at += 1
        return glyphs, [
            source.renumbered(glyph, numbers) if source.parts(glyph) else source.packed(glyph)
            for glyph in glyphs
        ]

    def _front(self, places: list[int], metrics: list[bytes], glyf_sum: int) -> bytes:
        """Return directory and tables up to the outlines, which stand at the end of the file."""
        parsed, count = self.face.parsed, len(metrics)
        head = bytearray(parsed.get_table("head"))
        head[8:12] = bytes(4)
        head[50:52] = b"\x00\x01"  # long places
        tables = {
            "head": bytes(head),
            "hhea": parsed.get_table("hhea")[:34] + pack(">H", count),
            "hmtx": b"".join(metrics),
            "loca": pack(f">{count + 1}L", *places),
            "maxp": parsed.get_table("maxp")[:4] + pack(">H", count) + parsed.get_table("maxp")[6:],
            **{tag: parsed.get_table(tag) for tag in KEPT if tag in parsed.table},
        }
        number = len(tables) + 1
        power = 1 << (number.bit_length() - 1)
        directory = [
            pack(">LHHHH", 0x10000, number, power * 16, power.bit_length() - 1, (number - power) * 16)
        ]
        at = 12 + 16 * number
        rows, whole, body = [], glyf_sum, []
        for tag, table in tables.items():
            data = padded(table)
            total = checksum(data)
            rows.append((tag, total, at, len(table)))
            at += len(data)
            whole += total
            body.append(data)
        rows.append(("glyf", glyf_sum & 0xFFFFFFFF, at, places[-1]))
        directory += [pack(">4sLLL", tag.encode(), *row) for tag, *row in sorted(rows)]
        joined = b"".join(directory)
        whole = (whole + checksum(joined)) & 0xFFFFFFFF
        head[8:12] = pack(">L", (MAGIC - whole) & 0xFFFFFFFF)
        body[0] = padded(bytes(head))
        return joined + b"".join(body)


def _adler(pieces: list[Packed]) -> int:
    """Return the check sum of joined pieces from those of the pieces."""
    low, high = 1, 0
    for piece in pieces:
        high = (high + piece.length * (low - 1) + (piece.adler >> 16)) % ADLER
        low = (low + (piece.adler & 0xFFFF) - 1) % ADLER
    return high << 16 | low
