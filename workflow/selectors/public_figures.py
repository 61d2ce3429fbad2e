"""What everybody may see of how requests are handled: finished years, small numbers withheld."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from django.core.cache import cache as store

from law.annual.tally import Period
from office.models import Office
from workflow import practices
from workflow.annual import withhold
from workflow.annual.measure import Measure
from workflow.counting.database import count
from workflow.counting.keys import folded, month_of

FILE = Path(withhold.__file__).with_name("public.toml")
#: What offices with few requests are put together as.
OTHERS, EVERYBODY = "其他机关", "各机关"
#: How many finished years are offered.
YEARS = 5
KEPT = 3600


@dataclass(frozen=True)
class Table:
    """One public table and its name; None where there is too little to show."""

    name: str
    public: withhold.Public | None

    @property
    def lines(self) -> list[tuple[str, tuple[int | None, ...], int]]:
        """Return each row with its cells and its total."""
        assert self.public is not None  # asked of a table that is shown
        return list(zip(self.public.rows, self.public.cells, self.public.row_totals, strict=True))


@dataclass(frozen=True)
class YearFigures:
    """The public figures of one year."""

    year: int
    least: int
    tables: tuple[Table, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing can be shown of the year."""
        return all(table.public is None for table in self.tables)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def years(on: dt.date) -> list[int]:
    """List the finished years, newest first: a running year could be told apart by looking twice."""
    return list(range(on.year - 1, on.year - 1 - YEARS, -1))


def year_figures(year: int, *, on: dt.date) -> YearFigures:
    """Return a finished year's figures of all offices, kept for an hour. Raises ValueError for a year that is not over."""
    if year not in years(on):
        raise ValueError(f"{year} is not offered on {on}")
    least: int = practices.value(practices.LEAST_CELL, office=None, on=on)
    # With the bound in its name: what was counted under another one is never shown again.
    key = f"public-figures:{year}:{on}:{least}"
    found: YearFigures | None = store.get(key)
    if found is None:
        found = _counted(year, least)
        store.set(key, found, KEPT)
    return found


def _counted(year: int, least: int) -> YearFigures:
    # A year that is over does not change when an office is closed.
    offices = list(Office.objects.order_by("code"))
    span = Period.of_year(year)
    by_office = folded(count(offices, span, beside={"days"}), month_of(span.first), month_of(span.last))
    tables = []
    for row in _data()["table"]:
        measures = [Measure.of_row(column) for column in row["columns"]]
        cells = [[measure.amount(by_office[office.pk]).number for measure in measures] for office in offices]
        labels = [column["label"] for column in row["columns"]]
        held = [
            (office.name, numbers) for office, numbers in zip(offices, cells, strict=True) if any(numbers)
        ]
        made = withhold.publish(
            [name for name, _ in held], labels, [numbers for _, numbers in held], least=least, rest=(OTHERS, row["rest"])
        ) if held else None  # fmt: skip
        if made is not None and made.rows == (OTHERS,):
            made = replace(made, rows=(EVERYBODY,))
        tables.append(Table(row["name"], made))
    return YearFigures(year, least, tuple(tables))
