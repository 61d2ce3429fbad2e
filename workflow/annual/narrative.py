"""The report's text: an office's words with the figures of the tables set in, so that the two cannot disagree."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from law.annual.figures import Figures, Number
from law.annual.layout import ALL, layout

NAME = re.compile(r"\{([^{}]*)\}")
#: What stands in the text where a figure is not there yet.
OPEN = "［未填写］"


@dataclass(frozen=True)
class Facts:
    """What the text may tell besides the tables' figures."""

    office: str
    year: int
    fee_count: int
    fee_total: int


@dataclass(frozen=True)
class Written:
    """The text of one part: its paragraphs, and the names in it that no figure answers to or whose figure is open."""

    paragraphs: tuple[str, ...]
    unknown: tuple[str, ...]
    open: tuple[str, ...]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))


def standard(part: int, year: int) -> str:
    """Return the words a part of a year's report begins with where an office has written none."""
    old = _data()["old_parts"] if year <= layout().old_table2_until else {}
    return str(old.get(str(part), _data()["parts"].get(str(part), ""))).strip()


def must_be_written(part: int) -> bool:
    """Tell whether a part says nothing without words."""
    return str(part) in _data()["must_be_written"]["parts"]


def names() -> tuple[str, ...]:
    """Return every name a text may use in braces."""
    data = _data()["names"]
    return ("机关", "年度", "收费件数", "收费金额", *data["rows"], *data["roads"], *data["hand"])


def write(text: str, figures: Figures, facts: Facts) -> Written:
    """Set the figures into a text."""
    values = _values(figures, facts)
    unknown, missing = [], []

    def put(found: re.Match[str]) -> str:
        name = found.group(1).strip()
        if name not in values:
            unknown.append(name)
            return found.group(0)
        if values[name] is None:
            missing.append(name)
            return OPEN
        return str(values[name])

    lines = [NAME.sub(put, line.strip()) for line in text.splitlines() if line.strip()]
    return Written(tuple(lines), tuple(dict.fromkeys(unknown)), tuple(dict.fromkeys(missing)))


def _values(figures: Figures, facts: Facts) -> Mapping[str, Number | str | None]:
    data = _data()["names"]
    values: dict[str, Number | str | None] = {
        "机关": facts.office, "年度": facts.year, "收费件数": facts.fee_count, "收费金额": facts.fee_total,
    }  # fmt: skip
    for name, row in data["rows"].items():
        values[name] = row_total(figures, row)
    for name, roads in data["roads"].items():
        found = [figures.remedy(road, ALL).value for road in roads]
        known = [value for value in found if value is not None]
        values[name] = sum(known) if len(known) == len(found) else None
    for name, (row, column) in data["hand"].items():
        cell = figures.table2.get(row, {}).get(column)
        values[name] = cell.value if cell else None
    return values


def row_total(figures: Figures, row: str) -> Number | None:
    """Return the total of a row, or of all rows of a group."""
    if row in figures.table3 or row not in layout().groups:
        return figures.total(row)
    parts = [figures.total(leaf.id) for leaf in layout().leaves if leaf.group == row]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
