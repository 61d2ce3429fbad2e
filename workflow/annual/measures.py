"""Performance measures (考核指标): quotients with weights, defined as data, and the score they add up to."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from law.annual.errors import Unreadable
from workflow.annual.measure import Measure
from workflow.counting.keys import Sums

FILE = Path(__file__).with_suffix(".toml")
PARAMETER = "measures."
UNITS = ("percent", "days", "each")
OWN = ("weight", "full", "none")


@dataclass(frozen=True)
class Performance:
    """One measure: what is divided by what, which value earns all points and which none, and its weight."""

    id: str
    name: str
    note: str
    unit: str
    of: Measure
    per: Measure
    full: float
    none: float
    weight: float

    def __post_init__(self) -> None:
        """Refuse a measure nobody can score. Raises Unreadable."""
        if self.unit not in UNITS or self.full == self.none or self.weight < 0:
            raise Unreadable(f"考核指标“{self.id}”的 unit、full、none 或者 weight 不对。")

    @property
    def bound_full(self) -> str:
        """Write the value that earns all points."""
        return self._bound(self.full)

    @property
    def bound_none(self) -> str:
        """Write the value that earns no points."""
        return self._bound(self.none)

    def _bound(self, value: float) -> str:
        if self.unit == "percent":
            return f"{value * 100:g}%"
        return f"{value:g}{'个工作日' if self.unit == 'days' else '处'}"

    def own(self, value: Any) -> Performance:
        """Return the measure with an office's own weight and bounds. Raises Unreadable."""
        if value is None:
            return self
        if (
            not isinstance(value, Mapping)
            or not set(value) <= set(OWN)
            or not all(map(_number, value.values()))
        ):
            raise Unreadable(f"参数 {PARAMETER}{self.id} 应写明 {'、'.join(OWN)} 中的数。")
        return replace(self, **{name: float(number) for name, number in value.items()})

    def taken(self, sums: Sums) -> Taken:
        """Take the measure of some counts."""
        of, per = self.of.amount(sums).number, self.per.amount(sums).number
        return Taken(self, of, per)


@dataclass(frozen=True)
class Taken:
    """A measure as taken: the two numbers it is the quotient of."""

    performance: Performance
    of: int
    per: int

    @property
    def value(self) -> float | None:
        """Return the quotient; None where there is nothing to divide by."""
        return self.of / self.per if self.per else None

    @property
    def shown(self) -> str:
        """Write the value as a table does."""
        if self.value is None:
            return "—"
        if self.performance.unit == "percent":
            # Never rounded up to all or down to none.
            percent = round(self.value * 100, 1)
            if percent == 100 and self.of < self.per:
                percent = 99.9
            return f"{percent:g}%" if percent or not self.of else "＜0.1%"
        return f"{round(self.value, 1):g}"

    @property
    def points(self) -> float | None:
        """Return the points out of a hundred, in proportion between the bounds."""
        if self.value is None:
            return None
        share = (self.value - self.performance.none) / (self.performance.full - self.performance.none)
        return 100 * min(1.0, max(0.0, share))


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def score(taken: Iterable[Taken]) -> float | None:
    """Weigh the points of the measures that could be taken; None where none could."""
    known = [(one.points, one.performance.weight) for one in taken if one.points is not None]
    weights = sum(weight for _, weight in known)
    return round(sum(points * weight for points, weight in known) / weights, 1) if weights else None


@lru_cache(maxsize=1)
def performances() -> tuple[Performance, ...]:
    """Read the measures once. Raises Unreadable for one that nothing answers to."""
    return read_performances(FILE.read_text(encoding="utf-8"))


def read_performances(text: str) -> tuple[Performance, ...]:
    """Read measures from a file's text. Raises Unreadable."""
    try:
        return tuple(_read(row) for row in tomllib.loads(text)["measure"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise Unreadable(f"考核指标读不懂：{error}。") from error


def _read(row: Mapping[str, Any]) -> Performance:
    plain = {name: row[name] for name in ("id", "name", "note", "unit", "full", "none", "weight")}
    return Performance(**plain, of=Measure.of_row(row["of"]), per=Measure.of_row(row["per"]))
