"""Compares two wordings: how alike they are, whether they ask for the same, and what sets them apart in words."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.alike.wording import Wording, read

#: From this likeness on two wordings ask for the same, where nothing sets them apart (measured: docs/alike.md).
SAME = 0.42
#: From this likeness on a request is shown beside another at all.
SHOWN = 0.30


@dataclass(frozen=True)
class Likeness:
    """How two wordings compare; ``apart`` says in Chinese what makes them ask for different things."""

    score: float
    apart: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Tell whether both ask for the same, as far as words can tell; a person decides (条例36(6))."""
        return self.score >= SAME and not self.apart

    @property
    def worth_showing(self) -> bool:
        """Tell whether a person should see the other request at all."""
        return self.score >= SHOWN


def compare(one: str, other: str) -> Likeness:
    """Compare two wordings as they were written."""
    return compare_read(read(one), read(other))


def compare_read(one: Wording, other: Wording) -> Likeness:
    """Compare two wordings that have been read.

    The score, 0 to 1, is the mean of the weighted Jaccard index of their pairs of characters and of the share of
    the shorter that the longer contains: a request wrapped in other phrases stays the same request.
    """
    shared = sum(weight for pair, weight in one.pairs.items() if pair in other.pairs)
    if not shared:
        return Likeness(0.0, ())
    whole = one.weight + other.weight - shared
    score = (shared / whole + shared / min(one.weight, other.weight)) / 2
    return Likeness(round(score, 4), tuple(_apart(one, other)))


def _apart(one: Wording, other: Wording) -> list[str]:
    told = []
    for label, a, b in (
        ("年度", one.years, other.years), *_places(one, other), ("所要的材料", *_kinds(one.kinds, other.kinds)),
        ("期数或者编号", one.parts, other.parts), ("文号", one.numbers, other.numbers),
    ):  # fmt: skip
        if a and b and not a & b:
            told.append(f"{label}不同（{_list(a)}／{_list(b)}）")
    return told


def _places(one: Wording, other: Wording) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Compare villages with villages and roads with roads: one letter may name more of them than another."""
    kinds = sorted({kind for kind, _ in one.places} & {kind for kind, _ in other.places})
    return [
        ("地点或者单位", *(frozenset(n for k, n in w.places if k == kind) for w in (one, other)))
        for kind in kinds
    ]  # type: ignore[misc]


def _kinds(a: frozenset[str], b: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Take a short name for the long one that ends in it: 纪要 may be the 会议纪要."""
    if any(x.endswith(y) or y.endswith(x) for x in a for y in b):
        return frozenset(), frozenset()
    return a, b


def _list(names: frozenset[str]) -> str:
    ordered = sorted(names)
    return "、".join(ordered[:3]) + ("等" if len(ordered) > 3 else "")
