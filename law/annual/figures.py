"""The figures of one annual report, as printed: a number, or a cell in which none stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from law.annual.layout import ALL, layout

Number = int | Decimal
#: What is printed where nothing is to tell.
BLANK = frozenset(
    {"", "/", "\\", "-", "--", "---", "—", "——", "–", "一", "无", "空", "null", "none", "nan", "n/a"}
)
_COUNT = re.compile(r"([+-]?\d+(?:\.\d+)?)(?:件|个|条|宗|份|次|项|人|万元|元)?(?:\(.*\))?")
#: A figure of more digits counts nothing that anybody asked for.
MOST_DIGITS = 12
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold what one cell says: a number, nothing, or something that is no count."""

    value: Number | None
    raw: str = ""

    @property
    def blank(self) -> bool:
        """Say whether nothing stands in the cell."""
        return self.value is None and self.raw == ""

    @property
    def is_count(self) -> bool:
        """Say whether a whole number from nought upwards stands in the cell."""
        return isinstance(self.value, int) and self.value >= 0


MISSING = Cell(None)


def cell_of(raw: Any) -> Cell:
    """Read what stands in a cell: a number as JSON, a spreadsheet or a page writes it, or nothing."""
    if raw is None:
        return MISSING
    if isinstance(raw, bool):
        return Cell(None, str(raw))
    if isinstance(raw, int | float | Decimal):
        return _number(str(raw), str(raw))
    text = unicodedata.normalize("NFKC", _unmarked(str(raw))).strip()
    text = re.sub(r"[\s\u200b\ufeff]+", "", text)
    if text.lower() in BLANK:
        return MISSING
    if _GROUPED.match(text):
        text = text.replace(",", "")
    found = _COUNT.fullmatch(text)
    return _number(found.group(1), text) if found else Cell(None, text)


def _unmarked(text: str) -> str:
    """Return a text without the marks of notes, 12① or 12²: no figure has a digit like that in it."""
    kept = "".join(c for c in text if not unicodedata.decomposition(c).startswith(("<super>", "<circle>")))
    return kept or text


def _number(text: str, raw: str) -> Cell:
    value = Decimal(text)
    # The size is asked before the number is written out: 1e999999999 would fill the memory.
    if not value.is_finite() or value.adjusted() >= MOST_DIGITS:
        return Cell(None, raw)
    return Cell(int(value), raw) if value == value.to_integral_value() else Cell(value, raw)


@dataclass
class Figures:
    """Hold the tables of a report by row and column; what was strange about them stands in ``notes``."""

    year: int | None = None
    #: Row id or, for a row that the layout does not know, its printed label → column id → cell.
    table3: dict[str, dict[str, Cell]] = field(default_factory=dict)
    #: Road id → result id → cell.
    table4: dict[str, dict[str, Cell]] = field(default_factory=dict)
    #: Row label of table two → column label → cell.
    table2: dict[str, dict[str, Cell]] = field(default_factory=dict)
    #: `new`, `carried_in` and `done` as the text tells them.
    narrative: dict[str, Cell] = field(default_factory=dict)
    #: Label → the group it stands in, for rows that the layout does not know.
    extra: dict[str, str] = field(default_factory=dict)
    #: How the source prints a row that was recognised.
    printed: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    previous: Figures | None = None

    def follow(self, before: Figures) -> None:
        """Put last year's report beside this one; where its year is another, that is noted."""
        self.previous = before
        if self.year is not None and before.year is not None and before.year != self.year - 1:
            told = f"上年度报告写的是{before.year}年度，本报告是{self.year}年度，请看 R4、R7 是否适用"
            self.notes.append(Note("other_year", "上年度", told))

    def cell(self, row: str, column: str) -> Cell:
        """Return a cell of table three; one that is not there says nothing."""
        return self.table3.get(row, {}).get(column, MISSING)

    def remedy(self, road: str, result: str) -> Cell:
        """Return a cell of table four."""
        return self.table4.get(road, {}).get(result, MISSING)

    def total(self, row: str) -> Number | None:
        """Return a row's total as printed, or added up where only its six parts are."""
        stated = self.cell(row, ALL).value
        if stated is not None:
            return stated
        parts = [self.cell(row, kind).value for kind in layout().kinds]
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) else None

    def name(self, row: str) -> str:
        """Name a row as the source prints it, else as the layout does."""
        if row in self.printed:
            return self.printed[row]
        return row if row in self.extra else layout().path(row)


@dataclass(frozen=True, slots=True)
class Note:
    """Say what could be read only in part, where, and what that means."""

    code: str
    where: str
    message: str


def as_json(figures: Figures) -> dict[str, Any]:
    """Write figures in the form that `report check` reads, labels as printed."""
    columns = {column.id: column.label for column in layout().columns}
    results = {result.id: result.label for result in layout().results}
    roads = {road.id: road.label for road in layout().roads}

    def plain(cells: Mapping[str, Cell], names: Mapping[str, str]) -> dict[str, Any]:
        return {names.get(key, key): json_value(cell) for key, cell in cells.items()}

    return {
        "year": figures.year,
        "table2": {row: plain(cells, {}) for row, cells in figures.table2.items()},
        "table3": {
            (row if row in figures.extra else layout().path(row)): plain(cells, columns)
            for row, cells in figures.table3.items()
        },
        "table4": {roads[road]: plain(cells, results) for road, cells in figures.table4.items()},
        "narrative": {key: json_value(cell) for key, cell in figures.narrative.items()},
    }


def json_value(cell: Cell) -> int | float | str | None:
    """Give a cell as JSON has it."""
    if isinstance(cell.value, Decimal):
        return float(cell.value)
    return cell.value if cell.value is not None else cell.raw or None
