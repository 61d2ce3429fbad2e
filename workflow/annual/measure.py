"""How one figure is measured: a row of data that says what is counted, and what it is divided by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from law.annual.errors import Unreadable
from law.annual.layout import layout
from workflow.counting.keys import Key, Sums
from workflow.kinds import Channel, EventType, PartyKind

#: What may stand in ``of`` and ``results``; None: nothing may.
_ROADS = frozenset(one.id for one in layout().roads)
_OF: Mapping[str, frozenset[str] | None] = {
    "carried_in": None, "carried_out": None, "late": None, "in_time": None, "judged": None, "days": None,
    "returned": None, "reopened": None, "draft": None, "warning": None,
    "new": frozenset(Channel.values), "event": frozenset(EventType.values), "fee": frozenset({"count", "total"}),
    "remedy": _ROADS, "decided": _ROADS, "done": frozenset({*layout().rows, *layout().groups}),
}  # fmt: skip
#: What counts requests by the kind of their applicant.
OF_KINDS = frozenset({"carried_in", "new", "done", "carried_out"})
#: Measured by the day, not the number: an average over what was done.
AVERAGES = frozenset({"days"})
_RESULTS = frozenset(one.id for one in layout().results)


class Amount(NamedTuple):
    """A figure: a number, or a sum and what it is the average of."""

    number: int
    per: int | None = None

    @property
    def value(self) -> int | float:
        """Return the figure as it is shown; an average of nothing is nought."""
        if self.per is None:
            return self.number
        return round(self.number / self.per, 1) if self.per else 0


@dataclass(frozen=True)
class Measure:
    """One way of measuring: what, of which kinds, of whose requests, with which results."""

    what: str
    of: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    results: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what nothing answers to. Raises Unreadable."""
        if self.what not in _OF:
            raise Unreadable(f"没有“{self.what}”这种计法。")
        allowed = _OF[self.what] or frozenset()
        strange = [*sorted(set(self.of) - allowed), *sorted(set(self.results) - _RESULTS)]
        strange += sorted(set(self.kinds) - (set(PartyKind.values) if self.what in OF_KINDS else set()))
        if strange or (self.results and self.what != "decided"):
            raise Unreadable(f"计法“{self.what}”不认识“{'、'.join(strange) or '、'.join(self.results)}”。")

    def amount(self, sums: Sums) -> Amount:
        """Measure some counts."""
        if self.what == "carried_out":
            left = sums.carried_out()
            return Amount(sum(left[kind] for kind in self.kinds or left))
        if self.what == "in_time":
            return Amount(_all(sums, "judged") - _all(sums, "late"))
        if self.what == "days":
            return Amount(_all(sums, "days"), _all(sums, "done"))
        fits = self._fits()
        return Amount(sum(number for key, number in sums.get(self.what, {}).items() if fits(key)))

    def _fits(self) -> Callable[[Key], bool]:
        of, kinds, results = rows_of(self.of) if self.what == "done" else self.of, self.kinds, self.results
        if self.what == "new":
            return lambda key: (not of or key.b in of) and (not kinds or key.a in kinds)
        if self.what == "done":
            return lambda key: (not of or key.a in of) and (not kinds or key.b in kinds)
        if self.what == "carried_in":
            return lambda key: not kinds or key.a in kinds
        return lambda key: (not of or key.a in of) and (not results or key.b in results)

    def address(self) -> dict[str, str]:
        """Write the measure as the parts of an address."""
        parts = {"what": self.what, "of": ",".join(self.of), "kinds": ",".join(self.kinds)}
        return {name: text for name, text in {**parts, "results": ",".join(self.results)}.items() if text}

    @classmethod
    def of_address(cls, parts: Mapping[str, Any]) -> Measure:
        """Read a measure from an address. Raises Unreadable."""

        def several(name: str) -> tuple[str, ...]:
            return tuple(word for word in str(parts.get(name, "")).split(",") if word)

        return cls(str(parts.get("what", "")), several("of"), several("kinds"), several("results"))

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Measure:
        """Read a measure from a row of data. Raises Unreadable."""
        return cls(row["measure"], *(tuple(row.get(name, ())) for name in ("of", "kinds", "results")))


def rows_of(named: Sequence[str]) -> frozenset[str]:
    """Return the rows of results that rows and groups of table three stand for; none named: all."""
    found: set[str] = set()
    for name in named:
        if name == "total":
            return frozenset()
        found |= {leaf.id for leaf in layout().leaves if name in (leaf.id, leaf.group)}
    return frozenset(found)


def _all(sums: Sums, what: str) -> int:
    return sum(sums.get(what, {}).values())
