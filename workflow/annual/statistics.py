"""The sheet of a month, a quarter or any run of months: which lines it has, and its forms as JSON and workbook."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from law.annual.errors import Unreadable
from law.annual.layout import layout
from law.annual.tally import Period
from workflow.spreadsheet import sheet

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-?[Qq第]?([1-4])季?度?")
_RUN = re.compile(r"(\d{4})-(\d{2})\.\.(\d{4})-(\d{2})")
LAST_MONTH = 12


@dataclass(frozen=True)
class Line:
    """One line: the section it stands in, its words, how it is measured and of what."""

    section: str
    label: str
    measure: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """One line with its figures: of the period, and of the year up to its end."""

    line: Line
    period: float | int
    year: float | int


@dataclass(frozen=True)
class Months:
    """A run of months within one year."""

    year: int
    first: int
    last: int

    @classmethod
    def named(cls, text: str) -> Months:
        """Read 2026-03, 2026Q1 or 2026-01..2026-06. Raises Unreadable."""
        found = None
        if run := _RUN.fullmatch(text):
            year, first, until, last = (int(part) for part in run.groups())
            found = cls(year, first, last) if until == year else None
        elif month := _MONTH.fullmatch(text):
            found = cls(int(month.group(1)), int(month.group(2)), int(month.group(2)))
        elif quarter := _QUARTER.fullmatch(text):
            last = 3 * int(quarter.group(2))
            found = cls(int(quarter.group(1)), last - 2, last)
        if found is None or not 1 <= found.first <= found.last <= LAST_MONTH:
            raise Unreadable(
                f"“{text}”不是统计期，应写作 2026-03、2026Q1 或者 2026-01..2026-06（同一年内）。"
            )
        return found

    @property
    def period(self) -> Period:
        """Return the days of the run."""
        return Period(
            Period.of_month(self.year, self.first).first, Period.of_month(self.year, self.last).last
        )

    @property
    def so_far(self) -> Period:
        """Return the days of the year up to the end of the run."""
        return Period(Period.of_year(self.year).first, self.period.last)

    @property
    def label(self) -> str:
        """Name the run as a heading does."""
        if self.first == self.last:
            return f"{self.year}年{self.first}月"
        if self.first % 3 == 1 and self.last == self.first + 2:
            return f"{self.year}年第{'一二三四'[self.first // 3]}季度"
        return f"{self.year}年{self.first}—{self.last}月"


@lru_cache(maxsize=1)
def lines() -> tuple[Line, ...]:
    """Read the lines; the one that stands for all results becomes one for each row of table three."""
    raw = tomllib.loads((Path(__file__).parent / "statistics.toml").read_text(encoding="utf-8"))["line"]
    found: list[Line] = []
    for one in raw:
        if one["measure"] == "rows":
            found += [
                Line(one["section"], _result(one["label"], row.id), "row", (row.id,))
                for row in layout().leaves
            ]
        else:
            of = one.get("of", ())
            found.append(
                Line(
                    one["section"], one["label"], one["measure"], (of,) if isinstance(of, str) else tuple(of)
                )
            )
    return tuple(found)


def _result(prefix: str, row: str) -> str:
    heads = layout().path(row).split("/")[1:]
    return prefix + "".join(heads[:1] if len(heads) == 1 else (heads[0], "·", heads[1]))


@dataclass(frozen=True)
class Statistics:
    """A whole sheet: whose, of which months, its lines, and each office's own figures where it is a roll-up."""

    office: str
    months: Months
    told: tuple[Told, ...]
    offices: Mapping[str, Sequence[float | int]]

    @property
    def title(self) -> str:
        """Return the sheet's title."""
        return f"{self.office}{self.months.label}政府信息公开申请办理情况统计表"


def as_file(made: Statistics, form: str) -> bytes:
    """Return a sheet as json or xlsx."""
    return _json(made) if form == "json" else _xlsx(made)


def _json(made: Statistics) -> bytes:
    told: dict[str, Any] = {
        "title": made.title, "office": made.office, "first": made.months.period.first.isoformat(),
        "last": made.months.period.last.isoformat(),
        "lines": [
            {"section": one.line.section, "label": one.line.label, "period": one.period, "year": one.year}
            for one in made.told
        ],
        "offices": {name: list(figures) for name, figures in made.offices.items()},
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _xlsx(made: Statistics) -> bytes:
    names = list(made.offices)
    rows: list[list[Any]] = [["类别", "项目", "本期", "本年累计", *names]]
    for place, one in enumerate(made.told):
        own = [made.offices[name][place] for name in names]
        rows.append([one.line.section, one.line.label, one.period, one.year, *own])
    return sheet("统计表", rows, widths=[10, 46, 10, 12, *([14] * len(names))], heading=made.title)
