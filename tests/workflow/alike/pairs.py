"""The labelled pairs of requests, and what comparing them comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workflow.alike.compare import compare

FILE = Path(__file__).parents[2] / "data" / "alike_pairs.txt"
#: Labels that a person calls the same request; the others are other requests, however alike their words.
POSITIVE = ("same", "rephrased", "campaign")
LABELS = (*POSITIVE, "otherthing", "other")


@dataclass(frozen=True)
class Pair:
    """Two wordings and what a person says of them."""

    label: str
    one: str
    other: str

    @property
    def positive(self) -> bool:
        """Tell whether a person calls them the same."""
        return self.label in POSITIVE


@dataclass(frozen=True)
class Score:
    """How the comparison does against the labels."""

    hits: int
    misses: int
    wrong: int

    @property
    def precision(self) -> float:
        """Of those called the same, the share that are."""
        return self.hits / (self.hits + self.wrong)

    @property
    def recall(self) -> float:
        """Of those that are the same, the share that were called so."""
        return self.hits / (self.hits + self.misses)


def pairs() -> list[Pair]:
    """Read the file."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return [Pair(*(part.strip() for part in line.split(" | "))) for line in lines if not line.startswith("#")]


def tuned_on() -> list[Pair]:
    """Return the half of the pairs by which lists and threshold were chosen: every other line."""
    return pairs()[0::2]


def held_out() -> list[Pair]:
    """Return the half that was looked at only to report it."""
    return pairs()[1::2]


def score(found: Iterable[Pair]) -> Score:
    """Compare every pair and count."""
    hits = misses = wrong = 0
    for pair in found:
        same = compare(pair.one, pair.other).same
        hits += same and pair.positive
        misses += pair.positive and not same
        wrong += same and not pair.positive
    return Score(hits, misses, wrong)
