"""Every usual writing of a secret as bytes, and the one look at a series of bytes that finds any of them."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote_from_bytes

from workflow.review.redaction.findings import FRAGMENT, WHOLE

#: Among bytes of any kind a shorter series is chance, not a secret.
LEAST_BYTES = 6
#: Fragments are looked for among bytes from so many characters on.
_LEAST_LOOSE = 10
#: So many series are sought one after the other; more by their first bytes, in one passage over what is searched.
_FEW = 64
_ALL_LEGIBLE = re.compile(rb"[\x20-\x7e]+")
_ALL_DOUBLE = re.compile(rb"(?:[\x20-\x7e]\x00)+|(?:\x00[\x20-\x7e])+")
_LEGIBLE, _DOUBLE, _ANY = "legible", "double", "any"

#: A series of bytes, whether it is a whole secret or a part of one, and the place of the secret.
Sought = tuple[bytes, str, int]


class Index:
    """Secrets in every usual writing, sorted by where in a series of bytes each can stand and by how it begins."""

    def __init__(self) -> None:
        self._sought: dict[str, list[Sought]] = {_LEGIBLE: [], _DOUBLE: [], _ANY: []}
        self._begun: dict[str, dict[bytes, list[Sought]]] = {}

    def add(self, place: int, series: Iterable[tuple[bytes, str]]) -> None:
        """Take in the writings of one secret, each at least six bytes long."""
        for one, how in set(series):
            self._sought[_kind(one)].append((one, how, place))
        self._begun = {}

    def within(self, data: bytes, legible: bytes, double: bytes) -> dict[int, set[str]]:
        """Return for each secret that stands in one of three series of bytes whether it does whole or in part.

        :param data: bytes of any kind
        :param legible: the runs of legible characters of it, a line each
        :param double: the same of characters two bytes wide
        """
        found: dict[int, set[str]] = {}
        for kind, held in ((_LEGIBLE, legible), (_DOUBLE, double), (_ANY, data)):
            for _, how, place in self._in(kind, held):
                found.setdefault(place, set()).add(how)
        return found

    def _in(self, kind: str, held: bytes) -> Iterator[Sought]:
        sought = self._sought[kind]
        if len(sought) <= _FEW:
            yield from (one for one in sought if one[0] in held)
            return
        begun = self._beginnings(kind)
        for at in range(len(held) - LEAST_BYTES + 1):
            for one in begun.get(held[at : at + LEAST_BYTES], ()):
                if held.startswith(one[0], at):
                    yield one

    def _beginnings(self, kind: str) -> dict[bytes, list[Sought]]:
        if kind not in self._begun:
            begun: dict[bytes, list[Sought]] = {}
            for one in self._sought[kind]:
                begun.setdefault(one[0][:LEAST_BYTES], []).append(one)
            self._begun[kind] = begun
        return self._begun[kind]


def _kind(series: bytes) -> str:
    if _ALL_LEGIBLE.fullmatch(series):
        return _LEGIBLE
    return _DOUBLE if _ALL_DOUBLE.fullmatch(series) else _ANY


def series_of(text: str, folded: str, most: int, public: str) -> Iterator[tuple[bytes, str]]:
    """Yield a secret in every usual writing, and its longer fragments.

    :param folded: what tells two spellings of it apart
    :param most: how long a fragment of it must be where shorter ones mean nothing, in characters
    :param public: what may be there: fragments that stand in it are no trace
    """
    for spelling in {text.strip(), folded, folded.upper(), _wide(folded)}:
        yield from ((series, WHOLE) for series in _encoded(spelling) if len(series) >= LEAST_BYTES)
    length = max(_LEAST_LOOSE, most)
    if len(folded) > length:
        windows = {folded[at : at + length] for at in range(len(folded) - length + 1)}
        kept = {window for window in windows if not public or window not in public}
        for window in kept | {part.upper() for part in kept}:
            for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
                yield window.encode(encoding), FRAGMENT


def _encoded(text: str) -> Iterator[bytes]:
    plain = []
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "utf-32-le"):
        plain.append(text.encode(encoding, "surrogatepass" if encoding != "gb18030" else "replace"))
    yield from plain
    for series in plain[:4]:
        hexed = series.hex()
        yield hexed.encode()
        yield hexed.upper().encode()
        yield "".join(f"\\{byte:03o}" for byte in series).encode()
        yield from _base64(series)
    for series in (plain[0], plain[3]):
        yield "".join(f"%{byte:02X}" for byte in series).encode()
        yield "".join(f"%{byte:02x}" for byte in series).encode()
        yield "".join(f"={byte:02X}" for byte in series).encode()
        yield "".join(f"\\'{byte:02x}" for byte in series).encode()
        yield "".join(f"\\x{byte:02x}" for byte in series).encode()
        yield quote_from_bytes(series, safe="").encode()
    points = [ord(char) for char in text]
    yield "".join(f"\\u{unit:04x}" for unit in points).encode()
    yield "".join(f"\\u{unit:04X}" for unit in points).encode()
    yield "".join(f"&#{point};" for point in points).encode()
    yield "".join(f"&#x{point:x};" for point in points).encode()
    yield "".join(f"&#x{point:X};" for point in points).encode()


def _base64(series: bytes) -> Iterator[bytes]:
    """Yield what does not change with the bytes before and behind, for each of the three ways to begin."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + series)
        start = (before * 8 + 5) // 6 if before else 0
        whole = (before + len(series)) * 8 // 6
        yield coded[start:whole]


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
