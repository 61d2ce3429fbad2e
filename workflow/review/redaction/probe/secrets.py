"""What is looked for: each secret whole in every writing of it, and its fragments from six characters on."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from workflow.review.redaction.findings import FRAGMENT, WHOLE
from workflow.review.redaction.folded import (
    LONG,
    as_digits,
    fold,
    is_number,
    without_separators,
    without_spreading,
)
from workflow.review.redaction.probe.writings import Index, series_of

#: Fragments count from so many characters on.
LEAST = 6
#: Of what is read from pictures, and of numbers rejoined over separators, only so much of a secret is its fragment:
#: a birthday that may stand anywhere is a fragment of an identity number by accident.
_MOST = 0.6
#: Secrets whose writings are held at once, by the characters of them all: some three hundred bytes of writings for each.
_AT_ONCE = 2000
_RUN = re.compile(rb"[\x20-\x7e]{6,}")
#: The same in UTF-16, either way round.
_DOUBLE = re.compile(rb"\x00?(?:[\x20-\x7e]\x00){3,}[\x20-\x7e]?")


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
        self._public = public

    def __len__(self) -> int:
        return len(self.each)

    def parts(self) -> Iterator[Secrets]:
        """Yield the same secrets in parts, each small enough for the memory of one search among bytes."""
        held: list[Secret] = []
        weight = 0
        for secret in self.each:
            held.append(secret)
            weight += len(secret.folded)
            if weight >= _AT_ONCE:
                yield self._part(held)
                held, weight = [], 0
        if held:
            yield self._part(held)

    def _part(self, held: list[Secret]) -> Secrets:
        part = Secrets([])
        part.each, part._public = held, self._public
        return part

    @cached_property
    def _windows(self) -> list[tuple[Secret, list[str], list[str]]]:
        return [
            (
                secret,
                _apart(secret.windows(LEAST), self._public),
                _apart(secret.windows(secret.most), self._public),
            )
            for secret in self.each
        ]

    @cached_property
    def _index(self) -> Index:
        found = Index()
        for place, secret in enumerate(self.each):
            found.add(place, series_of(secret.text, secret.folded, secret.most, self._public))
        return found

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
        spread = without_spreading(folded)
        for secret, short, long in self._windows:
            if structural and secret.slight:
                continue
            looked = {folded, joined, misread} if secret.numeric else {folded}
            if secret.numeric and len(secret.folded) >= LONG:
                looked.add(spread)
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
        found = self._index.within(b"" if packed else data, legible, double)
        for place in sorted(found):
            yield self.each[place], WHOLE if WHOLE in found[place] else FRAGMENT


def _apart(windows: list[str], public: str) -> list[str]:
    return [window for window in windows if window not in public] if public else windows
