"""Lines that were broken only because the paper ended, joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

#: A line at least this long, in characters, can have been broken by the margin.
SHORTEST = 18
#: How full a line must be, against the longest, to have been broken by the margin.
FULL = 0.86
#: Characters without width, which tear a number apart for a search and not for the eye.
_UNSEEN = re.compile("[\r\u00ad\u200b-\u200f\u2060\ufeff]")
_GOES_ON = re.compile(r"[\u4e00-\u9fff0-9A-Za-z·、，（(—-]$")
_CONTINUES = re.compile(r"[\u4e00-\u9fff0-9A-Za-z·）)]")
_CELLS = re.compile(r"[\t　|]| {2,}")
_NEW_ITEM = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.、．]|第[一二三四五六七八九十百]+条"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with wrapped lines joined; `at` gives the place in the original of each of its characters."""

    text: str
    at: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """This function will give where a piece of the joined text stands in the original."""
        return self.at[start], self.at[end - 1] + 1


def fold(text: str, wrapped: frozenset[int] | None = None) -> Folded:
    """This function will join the lines of a text that the margin broke.

    :param text: the text of one page
    :param wrapped: places of the line ends that are known to be wraps, where the layout tells; else they are guessed by
        how full a line is
    """
    if _UNSEEN.search(text):
        kept = [place for place, char in enumerate(text) if not _UNSEEN.match(char)]
        place_of = {place: number for number, place in enumerate(kept)}
        known = None if wrapped is None else frozenset(place_of[end] for end in wrapped if end in place_of)
        inner = fold("".join(text[place] for place in kept), known)
        return Folded(inner.text, [kept[place] for place in inner.at])
    if "\n" not in text:
        return Folded(text, range(len(text)))
    ends = wrapped if wrapped is not None else _guessed(text)
    if not ends:
        return Folded(text, range(len(text)))
    kept = [place for place in range(len(text)) if place not in ends]
    return Folded("".join(text[place] for place in kept), kept)


def _guessed(text: str) -> frozenset[int]:
    lines = text.split("\n")
    longest = max(len(line) for line in lines if "\t" not in line) if any("\t" not in x for x in lines) else 0
    if longest < SHORTEST:
        return frozenset()
    ends, place = set(), 0
    for line, following in pairwise(lines):
        place += len(line)
        if len(line) >= FULL * longest and goes_on(line, following):
            ends.add(place)
        place += 1
    return frozenset(ends)


def goes_on(line: str, following: str) -> bool:
    """This function will tell whether a line may run on into the following one, by how one ends and the other begins."""
    return bool(
        _GOES_ON.search(line)
        and _CONTINUES.match(following)
        and not _NEW_ITEM.match(following)
        and not _CELLS.search(line.strip() + "\n" + following.strip())
    )
