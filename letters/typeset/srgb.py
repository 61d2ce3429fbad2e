"""The colour space of our red and black as an ICC profile, written from the figures of IEC 61966-2-1."""

from __future__ import annotations

from functools import cache
from struct import pack

VERSION = 0x04200000  # ICC.1:2004-10, the edition that PDF 1.7 knows
D50 = (0.9642, 1.0, 0.8249)
# The primaries of sRGB adapted to D50, and the matrix that adapts them (Bradford).
PRIMARIES = {
    "rXYZ": (0.43607, 0.22249, 0.01392),
    "gXYZ": (0.38515, 0.71687, 0.09708),
    "bXYZ": (0.14307, 0.06061, 0.71410),
}
ADAPTATION = (1.04788, 0.02292, -0.05020, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
# Y = (aX + b)^g from d on, cX below.
CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
DESCRIPTION, COPYRIGHT = "sRGB (IEC 61966-2-1)", "No copyright, use freely"


@cache
def profile() -> bytes:
    """Return the profile, the same bytes every time."""
    curve = b"para" + bytes(4) + pack(">HH", 3, 0) + _fixed(*CURVE)
    tags = {
        "desc": _text(DESCRIPTION),
        "cprt": _text(COPYRIGHT),
        "wtpt": b"XYZ " + bytes(4) + _fixed(*D50),
        "chad": b"sf32" + bytes(4) + _fixed(*ADAPTATION),
        **{tag: b"XYZ " + bytes(4) + _fixed(*value) for tag, value in PRIMARIES.items()},
        **dict.fromkeys(("rTRC", "gTRC", "bTRC"), curve),
    }
    table, body = [pack(">L", len(tags))], b""
    start = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    for tag, data in tags.items():
        if data not in places:
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table.append(pack(">4sLL", tag.encode(), places[data], len(data)))
    return _header(start + len(body)) + b"".join(table) + body


def _header(size: int) -> bytes:
    made = pack(">6H", 2026, 11, 20, 0, 0, 0)
    head = pack(">L4xL", size, VERSION) + b"mntrRGB XYZ " + made + b"acsp"
    return (head + bytes(28) + _fixed(*D50)).ljust(128, b"\0")


def _fixed(*values: float) -> bytes:
    return b"".join(pack(">l", round(value * 65536)) for value in values)


def _text(text: str) -> bytes:
    data = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + pack(">LL2s2sLL", 1, 12, b"en", b"US", len(data), 28) + data
