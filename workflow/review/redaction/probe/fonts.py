"""Font programs: names of glyphs, of the font, and what else is written in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.review.redaction.probe.pieces import Data, Piece, Text, runs

#: Keys of Type 1 fonts, from their specification.
_EEXEC, _C1, _C2 = 55665, 52845, 22719


def font_pieces(data: bytes, where: str, page: int | None) -> Iterator[Piece]:
    """Yield what is legible in a font program."""
    yield Text(where, runs(data), page)
    # TrueType keeps its names in UTF-16; both ways to begin are tried.
    for shift in (0, 1):
        yield Text(where, data[shift:].decode("utf-16-be", "replace"), page)
    if (start := data.find(b"eexec")) >= 0:
        opened = _decrypted(data[start + 5 :].lstrip(b" \t\r\n"))
        yield Data(f"{where}（加密部分）", opened, page)
        yield Text(f"{where}（加密部分）", runs(opened), page)


def _decrypted(data: bytes) -> bytes:
    if re.fullmatch(rb"[0-9A-Fa-f\s]{8}", data[:8]):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", data)
        data = bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
    key, out = _EEXEC, bytearray()
    for byte in data:
        out.append(byte ^ (key >> 8))
        key = ((byte + key) * _C1 + _C2) & 0xFFFF
    return bytes(out[4:])
