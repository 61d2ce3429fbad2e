"""Candidates weighed: how much a stretch looks like a name, in natural log-odds."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from math import exp

from workflow.review.redaction.detect.names.lexicon import weights
from workflow.review.redaction.detect.names.segment import Words, segment
from workflow.review.redaction.detect.names.traits import (
    GEO,
    Candidate,
    Fall,
    after,
    allowed,
    before,
    before_word,
    candidates,
    fall,
    falls,
    itself,
    place,
    places,
    traits,
)


@dataclass(slots=True)
class Scored:
    """A text with its words and the candidates that are not hopeless, best first at each place."""

    text: str
    words: Words
    by_start: dict[int, list[tuple[float, Candidate]]] = field(default_factory=dict)

    def best(self, start: int, least: float) -> tuple[float, Candidate] | None:
        """This function will give the best candidate that begins at a place, if its score is at least `least`."""
        found = self.by_start.get(start)
        return found[0] if found and found[0][0] >= least else None


#: What the characters alone, and with the fall of words, must come to for the words around to be looked at.
HOPELESS, UNLIKELY = -5.8, -6.6


@lru_cache(maxsize=1 << 16)
def _itself(name: str, split: int) -> float | None:
    """Weigh a name by its characters alone; nothing where they cannot be a name."""
    return _sum(itself(name, split)) if allowed(name, split) else None


@lru_cache(maxsize=1 << 14)
def _falls(one: Fall) -> float:
    return _sum(falls(one))


@lru_cache(maxsize=1 << 15)
def _before(word: tuple[str, str], char: str) -> float:
    return _sum(before_word(word, char))


def _left(text: str, start: int, words: Words) -> float:
    word = words.ends.get(start)
    return _before(word, text[start - 1]) if word else _sum(before(text, start, words))


def _sum(found: list[str]) -> float:
    known = weights()
    return sum([known.get(trait, 0.0) for trait in found])


def score_all(text: str) -> Scored:
    """This function will weigh every candidate of a text."""
    words = segment(text)
    scored = Scored(text, words)
    lefts: dict[int, float] = {}
    rights: dict[int, float] = {}
    for start, split, end in places(text):
        value = _itself(text[start:end], split)
        if value is None or value < HOPELESS:
            continue
        candidate = Candidate(start, start + split, end)
        value += _falls(fall(*candidate, words))
        if text[end - 1] in GEO:
            value += _sum(place(text, candidate))
        if value < UNLIKELY:
            continue
        if start not in lefts:
            lefts[start] = _left(text, start, words)
        if end not in rights:
            rights[end] = _sum(after(text, end, words))
        scored.by_start.setdefault(start, []).append((value + lefts[start] + rights[end], candidate))
    for found in scored.by_start.values():
        found.sort(key=lambda pair: -pair[0])
    return scored


def score_alone(name: str) -> float:
    """This function will weigh a name by itself, as in a cell of a table."""
    words = segment(name)
    values = [
        _sum(traits(name, one, words)) for one in candidates(name) if one.start == 0 and one.end == len(name)
    ]
    return max(values, default=-99.0)


def sureness(score: float, more: float = 0.0) -> float:
    """This function will turn a score, and what a cue adds to it, into a confidence between 0 and 1."""
    return round(min(0.99, 1 / (1 + exp(-(score + more)))), 2)
