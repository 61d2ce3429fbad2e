"""A text cut into dictionary words, looked up by where a word begins or ends."""

from __future__ import annotations

from dataclasses import dataclass

import rjieba


@dataclass(frozen=True, slots=True)
class Words:
    """Words with their part of speech by the place where they begin (`starts`) and where they end (`ends`)."""

    starts: dict[int, tuple[str, str]]
    ends: dict[int, tuple[str, str]]


def segment(text: str) -> Words:
    """This function will cut a text into dictionary words; unknown stretches fall into single characters."""
    starts: dict[int, tuple[str, str]] = {}
    ends: dict[int, tuple[str, str]] = {}
    place = 0
    for word in rjieba.tag(text, False):
        starts[place] = word
        place += len(word[0])
        ends[place] = word
    return Words(starts, ends)
