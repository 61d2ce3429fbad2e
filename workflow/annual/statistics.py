"""The sheet of a month, a quarter or any run of months: its period, its figures, and its forms as JSON and workbook."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from law.annual.errors import Unreadable
from law.annual.tally import Period
from workflow.annual.measure import Amount, Measure
from workflow.annual.sheet_layouts import Line
from workflow.counting.keys import month_at
from workflow.spreadsheet import sheet

_MONTH = re.compile(r"(\d{4})-(\d{2})")
#: 2026-1 may be meant as a month as well: it is neither.
_QUARTER = re.compile(r"(\d{4})(?:-?[Qq]|年?第)([1-4])(?:季度?)?")
_RUN = re.compile(r"(\d{4})-(\d{2})\.\.(\d{4})-(\d{2})")
LAST_MONTH = 12
FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}


@dataclass(frozen=True)
class Told:
    """One line with its figures: of the period, and of the year up to its end."""

    line: Line
    of_period: Amount
    of_year: Amount

    @property
    def period(self) -> int | float:
        """Return the figure of the period."""
        return self.of_period.value

    @property
    def year(self) -> int | float:
        """Return the figure of the year so far."""
        return self.of_year.value


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
        if found is None or not 1 <= found.first <= found.last <= LAST_MONTH or found.year < 1:
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
    def numbers(self) -> tuple[int, int]:
        """Return the first and the last month by their numbers."""
        return month_at(self.year, self.first), month_at(self.year, self.last)

    @property
    def is_quarter(self) -> bool:
        """Tell whether the run is a quarter."""
        return self.first % 3 == 1 and self.last == self.first + 2

    @property
    def name(self) -> str:
        """Write the run as ``named`` reads it."""
        if self.first == self.last:
            return f"{self.year}-{self.first:02}"
        if self.is_quarter:
            return f"{self.year}Q{self.last // 3}"
        return f"{self.year}-{self.first:02}..{self.year}-{self.last:02}"

    @property
    def label(self) -> str:
        """Name the run as a heading does."""
        if self.first == self.last:
            return f"{self.year}年{self.first}月"
        if self.is_quarter:
            return f"{self.year}年第{'一二三四'[self.first // 3]}季度"
        return f"{self.year}年{self.first}—{self.last}月"


@dataclass(frozen=True)
class Statistics:
    """A whole sheet: whose, of which months, in which layout, its lines, and each office's own where it is a roll-up."""

    office: str
    months: Months
    layout: str
    told: tuple[Told, ...]
    offices: Mapping[str, tuple[Amount, ...]]

    @property
    def title(self) -> str:
        """Return the sheet's title."""
        return f"{self.office}{self.months.label}政府信息公开申请办理情况统计表"


def kept(made: Statistics) -> dict[str, Any]:
    """Write a sheet as plain data, to be kept as it is."""
    return {
        "office": made.office, "year": made.months.year, "first": made.months.first, "last": made.months.last,
        "layout": made.layout,
        "lines": [
            {
                "section": one.line.section, "label": one.line.label, "measure": one.line.measure.address(),
                "period": list(one.of_period), "year": list(one.of_year),
            }
            for one in made.told
        ],
        "offices": {name: [list(amount) for amount in amounts] for name, amounts in made.offices.items()},
    }  # fmt: skip


def of_kept(data: Mapping[str, Any]) -> Statistics:
    """Read a sheet from what was kept."""
    told = tuple(
        Told(
            Line(row["section"], row["label"], Measure.of_address(row["measure"])),
            Amount(*row["period"]),
            Amount(*row["year"]),
        )
        for row in data["lines"]
    )
    offices = {name: tuple(Amount(*one) for one in amounts) for name, amounts in data["offices"].items()}
    return Statistics(
        data["office"], Months(data["year"], data["first"], data["last"]), data["layout"], told, offices
    )


def digest(data: Mapping[str, Any]) -> str:
    """Return the sha256 of what was kept, whatever order the database gives its parts back in."""
    plain = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def as_file(made: Statistics, form: str) -> bytes:
    """Return a sheet as json or xlsx."""
    return _json(made) if form == "json" else _xlsx(made)


def _json(made: Statistics) -> bytes:
    told: dict[str, Any] = {
        "title": made.title, "office": made.office, "layout": made.layout,
        "first": made.months.period.first.isoformat(), "last": made.months.period.last.isoformat(),
        "lines": [
            {"section": one.line.section, "label": one.line.label, "period": one.period, "year": one.year}
            for one in made.told
        ],
        "offices": {name: [one.value for one in amounts] for name, amounts in made.offices.items()},
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _xlsx(made: Statistics) -> bytes:
    names = list(made.offices)
    rows: list[list[Any]] = [["类别", "项目", "本期", "本年累计", *names]]
    for place, one in enumerate(made.told):
        own = [made.offices[name][place].value for name in names]
        rows.append([one.line.section, one.line.label, one.period, one.year, *own])
    return sheet("统计表", rows, widths=[10, 46, 10, 12, *([14] * len(names))], heading=made.title)
