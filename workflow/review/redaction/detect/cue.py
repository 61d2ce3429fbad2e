"""What stands shortly before a number and says what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

#: How far back a cue is looked for, in characters.
REACH = 18

_RUN = re.compile("[0-9A-Za-z]+")


@lru_cache(maxsize=16)
def _runs(text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _RUN.finditer(text))


def matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """This function will match a pattern wherever a run of digits and letters begins, which is where numbers begin."""
    for place in _runs(text):
        match = pattern.match(text, place)
        if match:
            yield match


def before(text: str, start: int, reach: int = REACH) -> str:
    """This function will give the text before a place, without blanks, at most `reach` characters and within its line."""
    return re.sub(r"[\s　]", "", text[max(0, start - reach) : start].rpartition("\n")[2])


def cued(pattern: re.Pattern[str], text: str, start: int, reach: int = REACH) -> bool:
    """This function will tell whether a cue stands before a place."""
    return bool(pattern.search(before(text, start, reach)))
