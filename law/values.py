"""Values of the law on a day: every number with its dates, its citation and how sure it is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from law.errors import BadTable, NotOverridable, UnknownValue

Scalar = int | str | bool
Overrides = Mapping[str, "Scalar | Sequence[tuple[date, Scalar]]"]

ROOT = Path(__file__).parent
_KEYS = {"key", "value", "unit", "from", "until", "citation", "certainty", "overridable", "reading"}


class Certainty(StrEnum):
    """How a value is known: from the text itself, quoted by another, by general knowledge, by practice."""

    VERIFIED = "verified"
    SECOND_HAND = "second-hand"
    GENERAL = "general-knowledge"
    PRACTICE = "practice"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """Hold a value with its span of days, source and certainty; `reading` numbers an entry of READINGS.md."""

    key: str
    value: Scalar
    unit: str
    from_on: date
    until_on: date | None
    citation: str
    certainty: Certainty
    overridable: bool
    reading: str
    file: str

    def covers(self, on: date) -> bool:
        """Say whether the value is in force on a day."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


def _read(raw: Mapping[str, Any], file: str) -> DatedValue:
    if unknown := sorted(set(raw) - _KEYS):
        raise BadTable(f"{file}：不认识的字段 {'、'.join(unknown)}。")
    if missing := sorted({"key", "value", "unit", "from", "citation", "certainty"} - set(raw)):
        raise BadTable(f"{file} {raw.get('key', '')}：缺少 {'、'.join(missing)}。")
    certainty = Certainty(raw["certainty"])
    return DatedValue(
        key=raw["key"],
        value=raw["value"],
        unit=raw["unit"],
        from_on=raw["from"],
        until_on=raw.get("until"),
        citation=raw["citation"],
        certainty=certainty,
        # What the text itself fixes is not an office's to change; everything less certain is.
        overridable=raw.get("overridable", certainty is not Certainty.VERIFIED),
        reading=raw.get("reading", ""),
        file=file,
    )


@lru_cache(maxsize=1)
def table() -> Mapping[str, tuple[DatedValue, ...]]:
    """Read every value of the law folder, by key in order of date.

    :raises BadTable: where a table has an unknown field, or two values of one key cover the same day
    """
    found: dict[str, list[DatedValue]] = {}
    for path in sorted(ROOT.rglob("*.toml")):
        file = path.relative_to(ROOT).as_posix()
        for raw in tomllib.loads(path.read_text(encoding="utf-8")).get("value", ()):
            dated = _read(raw, file)
            found.setdefault(dated.key, []).append(dated)
    for key, values in found.items():
        values.sort(key=lambda v: v.from_on)
        for earlier, later in pairwise(values):
            if earlier.until_on is None or earlier.until_on >= later.from_on:
                raise BadTable(f"{key}：{earlier.from_on} 与 {later.from_on} 起的两个值时间重叠。")
    return {key: tuple(values) for key, values in found.items()}


def dated(key: str, on: date) -> DatedValue:
    """Give the value in force on a day with its source.

    :raises UnknownValue: where the key is unknown or has no value on that day
    """
    if key not in table():
        raise UnknownValue(key)
    for candidate in table()[key]:
        if candidate.covers(on):
            return candidate
    raise UnknownValue(key, on)


def value(key: str, on: date, overrides: Overrides | None = None) -> Scalar:
    """Give the value in force on a day, an office's own where it has one.

    :param overrides: an office's parameters: a value for all days, or (from day, value) pairs
    :raises UnknownValue: where the key is unknown or has no value on that day
    :raises NotOverridable: where an override touches what the text itself fixes
    """
    law = dated(key, on)
    if not overrides or key not in overrides:
        return law.value
    own = overrides[key]
    pairs = [(law.from_on, own)] if isinstance(own, int | str) else sorted(own, key=lambda pair: pair[0])
    in_force = [pair for pair in pairs if pair[0] <= on]
    if not in_force:
        return law.value
    start, found = in_force[-1]
    if law.overridable:
        return found
    if start < law.from_on:
        # Set while the law left a choice; the text that now fixes the value prevails.
        return law.value
    raise NotOverridable(key, law.citation)


def number(key: str, on: date, overrides: Overrides | None = None) -> int:
    """Give a value that is a whole number."""
    found = value(key, on, overrides)
    if isinstance(found, bool) or not isinstance(found, int):
        raise BadTable(f"{key} 应为整数，不能是 {found!r}。")
    return found


def flag(key: str, on: date, overrides: Overrides | None = None) -> bool:
    """Give a value that is yes or no."""
    found = value(key, on, overrides)
    if not isinstance(found, bool):
        raise BadTable(f"{key} 应为是或否，不能是 {found!r}。")
    return found


def text(key: str, on: date, overrides: Overrides | None = None) -> str:
    """Give a value that is a word or a sentence."""
    found = value(key, on, overrides)
    if not isinstance(found, str):
        raise BadTable(f"{key} 应为文字，不能是 {found!r}。")
    return found


def known(key: str, on: date) -> bool:
    """Say whether a key has a value on a day; an unknown key is refused as ever."""
    if key not in table():
        raise UnknownValue(key)
    return any(candidate.covers(on) for candidate in table()[key])


def optional_number(key: str, on: date, overrides: Overrides | None = None) -> int | None:
    """Give a whole number, or nothing where the law of that day had no such value."""
    return number(key, on, overrides) if known(key, on) else None


def optional_flag(key: str, on: date, overrides: Overrides | None = None) -> bool:
    """Give yes or no, and no where the law of that day had no such value."""
    return flag(key, on, overrides) if known(key, on) else False
