"""Text reduced to what a reader recognises: one width, one case, no spaces, so that variants of a string are one string."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

# Written between the digits of a number to make it readable, never to make it another number.
_BETWEEN = re.compile(r"(?<=[0-9x])[-‐-―−.·•・_/\\()]+(?=[0-9x])")
#: Whatever else may be put between the digits of a number so that no program finds it.
_SPREAD = re.compile(r"(?<=[0-9x])[-‐-―−.·•・_/\\(),;:'|*~+=#、]+(?=[0-9x])")
#: From so many digits on a number is known also where it is spread by commas or bars: shorter ones may be a list.
LONG = 11
_DIGITS = re.compile(r"[0-9][0-9x]{5,}\Z")
#: Letters that readers of pictures take for digits.
_LOOKALIKE = str.maketrans(dict(zip("o〇dl|i!zsbg", "00011112569", strict=True)))


@cache
def fold_char(char: str) -> str:
    """Return what is left of one character: half width, lower case, its decimal digit; nothing of spaces and controls."""
    kept = []
    for part in unicodedata.normalize("NFKC", char).casefold():
        kind = unicodedata.category(part)
        if kind[0] in "ZC" and kind != "Co":
            continue
        if kind in ("Nd", "No") and (digit := unicodedata.digit(part, None)) is not None:
            part = str(digit)
        kept.append(part)
    return "".join(kept)


def fold(text: str) -> str:
    """Return a text without what does not tell two spellings apart."""
    if text.isascii():
        return "".join(text.split()).lower() if text.isprintable() else "".join(map(fold_char, text))
    return "".join(map(fold_char, text))


def fold_indexed(chars: Iterable[str]) -> tuple[str, list[int]]:
    """Return the folded text of some characters, and for each of its characters the place of the one it comes from."""
    text: list[str] = []
    places: list[int] = []
    for place, char in enumerate(chars):
        for part in fold_char(char):
            text.append(part)
            places.append(place)
    return "".join(text), places


def is_number(folded: str) -> bool:
    """Tell whether a folded string is a long number, an identity number's x included, written with separators or not."""
    return bool(_DIGITS.match(without_separators(folded)))


def without_separators(folded: str) -> str:
    """Return a folded text without what stands between digits to make numbers readable."""
    return _BETWEEN.sub("", folded)


def without_spreading(folded: str) -> str:
    """Return a folded text without anything that stands between digits."""
    return _SPREAD.sub("", folded)


def without_separators_indexed(
    folded: str, places: list[int], *, spread: bool = False
) -> tuple[str, list[int]]:
    """Return a text without what stands between digits, with the places that go with it.

    :param spread: also without commas, bars and the like, as `without_spreading`
    """
    text: list[str] = []
    kept: list[int] = []
    last = 0
    for found in (_SPREAD if spread else _BETWEEN).finditer(folded):
        text.append(folded[last : found.start()])
        kept += places[last : found.start()]
        last = found.end()
    return "".join((*text, folded[last:])), kept + places[last:]


def as_digits(folded: str) -> str:
    """Return a folded text with letters that pictures confuse with digits as those digits."""
    return folded.translate(_LOOKALIKE)
