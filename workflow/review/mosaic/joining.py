"""Two tables side by side: whether one that is already out completes the one that is to go out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflow.review.mosaic.tables import DIRECT, SENSITIVE, Row


@dataclass(frozen=True)
class Join:
    """What two tables tell together: over which columns they meet, how many rows pair one to one, what is added to whom."""

    over: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]
    names: tuple[str, ...]
    adds: tuple[str, ...]

    @property
    def identifies(self) -> bool:
        """Tell whether together they put a name to what is sensitive."""
        return bool(self.pairs and self.names and self.adds)


def join(
    out: Sequence[Row], new: Sequence[Row], *, out_kinds: Mapping[str, str], new_kinds: Mapping[str, str]
) -> Join | None:
    """Join a table that is out with a new one over the columns both have; None where they have none, or nothing meets.

    Rows pair where the shared values occur once in each: whoever holds both tables can then read one row off the other.
    """
    shared = tuple(name for name in _headings(new) if name in set(_headings(out)))
    if not shared:
        return None
    left, right = _once(out, shared), _once(new, shared)
    pairs = tuple(sorted((left[key], right[key]) for key in left.keys() & right.keys()))
    if not pairs:
        return None
    own, others = set(_headings(new)) - set(shared), set(_headings(out)) - set(shared)
    kinds = {**out_kinds, **new_kinds}
    # A name on the one side, a sensitive value on the other: neither table tells it alone.
    names, adds = _crossing(own, others, kinds)
    return Join(shared, pairs, names, adds)


def _crossing(
    own: set[str], others: set[str], kinds: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    for here, there in ((own, others), (others, own)):
        names = tuple(sorted(name for name in here if kinds.get(name) == DIRECT))
        adds = tuple(sorted(name for name in there if kinds.get(name) == SENSITIVE))
        if names and adds:
            return names, adds
    return (), ()


def _headings(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for row in rows[:1] for name in row))


def _once(rows: Sequence[Row], over: Sequence[str]) -> dict[tuple[str, ...], int]:
    keys = [tuple(str(row.get(name, "")).strip() for name in over) for row in rows]
    count = Counter(keys)
    return {key: place for place, key in enumerate(keys, 1) if count[key] == 1 and any(key)}
