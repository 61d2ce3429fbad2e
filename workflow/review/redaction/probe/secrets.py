"""What is looked for: each secret whole in every writing of it, and its fragments from six characters on."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote_from_bytes

from workflow.review.redaction.findings import FRAGMENT, WHOLE
from workflow.review.redaction.folded import as_digits, fold, is_number, without_separators

#: Fragments count from so many characters on.
LEAST = 6
#: Of what is read from pictures, and of numbers rejoined over separators, only so much of a secret is its fragment:
#: a birthday that may stand anywhere is a fragment of an identity number by accident.
_MOST = 0.6
#: Among bytes of any kind a shorter series is chance, not a secret.
_LEAST_BYTES = 6
#: Fragments are looked for among bytes from so many characters on.
_LEAST_LOOSE = 10
_RUN = re.compile(rb"[\x20-\x7e]{6,}")
#: The same in UTF-16, either way round.
_DOUBLE = re.compile(rb"\x00?(?:[\x20-\x7e]\x00){3,}[\x20-\x7e]?")
_ALL_LEGIBLE = re.compile(rb"[\x20-\x7e]+")
_ALL_DOUBLE = re.compile(rb"(?:[\x20-\x7e]\x00)+|(?:\x00[\x20-\x7e])+")


@dataclass(frozen=True)
class Secret:
    """One string that must not be found.

    :param number: from 1, as it was handed in
    :param name: what a person is told instead of the secret
    """

    number: int
    name: str
    text: str
    folded: str = field(init=False)
    numeric: bool = field(init=False)

    def __post_init__(self) -> None:
        folded = fold(self.text)
        numeric = is_number(folded)
        object.__setattr__(self, "folded", without_separators(folded) if numeric else folded)
        object.__setattr__(self, "numeric", numeric)

    def windows(self, length: int) -> list[str]:
        """Return its fragments of a length; longer ones contain one of them."""
        return [self.folded[at : at + length] for at in range(len(self.folded) - length + 1)]

    @property
    def slight(self) -> bool:
        """Whether it is so short and plain that the structure of a file may contain it by chance."""
        return len(self.folded) < LEAST and self.folded.isascii()

    @property
    def most(self) -> int:
        """How long a fragment must be where shorter ones mean nothing."""
        return max(LEAST, math.ceil(_MOST * len(self.folded)))


class Secrets:
    """All that is looked for, prepared once.

    :param names: what to call each in a finding
    :param known: texts that may be there, such as a ground that is printed on purpose: what of a secret stands in them is
        no trace of it
    """

    def __init__(
        self, texts: Sequence[str], names: Sequence[str] | None = None, *, known: Sequence[str] = ()
    ) -> None:
        called = names or [f"第{number}项" for number in range(1, len(texts) + 1)]
        public = "\n".join(map(fold, known))
        every = [
            Secret(number, name, text)
            for number, (name, text) in enumerate(zip(called, texts, strict=True), 1)
        ]
        self.each = [secret for secret in every if secret.folded and secret.folded not in public]
        self._fragments = [(secret, _apart(secret.windows(LEAST), public)) for secret in self.each]
        self._long = [(secret, _apart(secret.windows(secret.most), public)) for secret in self.each]
        self._written = [(secret, _Writings(secret, public)) for secret in self.each]

    def __len__(self) -> int:
        return len(self.each)

    def in_text(
        self, text: str, *, picture: bool = False, structural: bool = False
    ) -> Iterator[tuple[Secret, str]]:
        """Yield each secret that a text shows, and whether whole or in part.

        :param picture: the text was read from a picture, where only a larger part counts
        :param structural: the text is made of keys and numbers of a file's own structure, where short ones mean nothing
        """
        folded = fold(text)
        joined = without_separators(folded)
        misread = as_digits(joined) if picture else joined
        for (secret, short), (_, long) in zip(self._fragments, self._long, strict=True):
            if structural and secret.slight:
                continue
            looked = {folded, joined, misread} if secret.numeric else {folded}
            if any(secret.folded in one for one in looked):
                yield secret, WHOLE
            elif any(window in one for one in looked for window in long) or (
                not picture and any(window in folded for window in short)
            ):
                yield secret, FRAGMENT

    def in_bytes(self, data: bytes, *, packed: bool = False) -> Iterator[tuple[Secret, str]]:
        """Yield each secret that stands among bytes in any usual writing.

        :param packed: the bytes are a packed picture of our own making: only runs of legible characters are looked at
        """
        legible = b"\n".join(_RUN.findall(data))
        double = b"\n".join(_DOUBLE.findall(data))
        for secret, written in self._written:
            how = written.within(b"" if packed else data, legible, double)
            if how:
                yield secret, how


def _apart(windows: list[str], public: str) -> list[str]:
    return [window for window in windows if window not in public] if public else windows


class _Writings:
    """A secret in every usual writing, sorted by where in a series of bytes it can stand."""

    def __init__(self, secret: Secret, public: str) -> None:
        self._series: dict[str, list[tuple[bytes, str]]] = {"legible": [], "double": [], "any": []}
        for series, how in sorted(set(_writings(secret, public)), key=lambda one: (one[1] != WHOLE, one)):
            self._series[_kind(series)].append((series, how))

    def within(self, data: bytes, legible: bytes, double: bytes) -> str | None:
        """Return whether it is found whole or in part."""
        found = {
            how
            for kind, held in (("legible", legible), ("double", double), ("any", data))
            for series, how in self._series[kind]
            if series in held
        }
        return WHOLE if WHOLE in found else FRAGMENT if found else None


def _kind(series: bytes) -> str:
    if _ALL_LEGIBLE.fullmatch(series):
        return "legible"
    return "double" if _ALL_DOUBLE.fullmatch(series) else "any"


def _writings(secret: Secret, public: str) -> Iterator[tuple[bytes, str]]:
    texts = {secret.text.strip(), secret.folded, secret.folded.upper(), _wide(secret.folded)}
    for text in texts:
        for series in _encoded(text):
            if len(series) >= _LEAST_BYTES:
                yield series, WHOLE
    length = max(_LEAST_LOOSE, secret.most)
    if len(secret.folded) > length:
        windows = _apart(secret.windows(length), public)
        for window in {*windows, *(part.upper() for part in windows)}:
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
