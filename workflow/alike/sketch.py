"""Sketches a wording as a few keyed numbers: two alike wordings share at least one of them, by weighted MinHash."""

from __future__ import annotations

import hashlib
import math
import struct
from functools import lru_cache

from workflow.alike.wording import Wording

#: So many bands of so many rows: of two wordings of weighted likeness s one shares a band with another with the
#: probability 1 - (1 - s^ROWS)^BANDS: 0.99 at 0.55, 0.90 at 0.42, 0.68 at 0.30.
BANDS, ROWS = 12, 2
_DRAWS = BANDS * ROWS
_WORDS = struct.Struct("<8Q")
_NARROW = (1 << 63) - 1


def bands(wording: Wording, key: bytes) -> list[int]:
    """Return the numbers of a wording, each of 63 bits; without the key none can be told from noise.

    :param key: 32 secret bytes; sketches made under different keys have nothing in common
    """
    best = [math.inf] * _DRAWS
    chosen = [b""] * _DRAWS
    for pair, weight in wording.pairs.items():
        name, draws = _draws(pair, key)
        for place in range(_DRAWS):
            drawn = draws[place] / weight
            if drawn < best[place]:
                best[place], chosen[place] = drawn, name
    return [_band(place, chosen[place * ROWS : (place + 1) * ROWS], key) for place in range(BANDS)]


def digest(wording: Wording, key: bytes) -> int:
    """Return one keyed number of the whole wording: equal wordings are stored once."""
    return _number(b"text:" + wording.text.encode(), key)


@lru_cache(maxsize=20_000)
def _draws(pair: str, key: bytes) -> tuple[bytes, tuple[float, ...]]:
    """Draw one exponential variate for each row, and a short keyed name of the pair."""
    seen: list[float] = []
    for part in range(_DRAWS // 8):
        told = hashlib.blake2b(pair.encode(), key=key, salt=bytes([part]) * 16).digest()
        seen += [-math.log((number + 1) / 2**64) for number in _WORDS.unpack(told)]
    return hashlib.blake2b(pair.encode(), key=key, digest_size=8).digest(), tuple(seen)


def _band(place: int, names: list[bytes], key: bytes) -> int:
    return _number(bytes([place]) + b"".join(names), key)


def _number(message: bytes, key: bytes) -> int:
    (number,) = struct.unpack("<Q", hashlib.blake2b(message, key=key, digest_size=8).digest())
    return number & _NARROW
