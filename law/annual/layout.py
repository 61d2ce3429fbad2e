"""The rows and columns of the annual report's tables, read from `tables.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from law.outcomes import Outcome

Words = tuple[tuple[str, ...], ...]
ALL = "all"


@dataclass(frozen=True, slots=True)
class Heading:
    """Name a column of table three, or a road or a result of table four, and how it is recognised."""

    id: str
    label: str
    words: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Name a row of table three, or the group that rows stand in; a leaf tells which outcomes count in it."""

    id: str
    label: str
    group: str
    number: int
    outcomes: frozenset[Outcome]
    words: Words
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandTable:
    """Name a part of table two, which no case knows of: its clause of article 20, its columns and rows."""

    clause: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    money: frozenset[str]
    signed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold everything `tables.toml` says."""

    columns: tuple[Heading, ...]
    groups: Mapping[str, Row]
    rows: Mapping[str, Row]
    roads: tuple[Heading, ...]
    results: tuple[Heading, ...]
    hand: tuple[HandTable, ...]
    old_hand: tuple[HandTable, ...]
    split_other_from: int
    old_table2_until: int
    first_year: int
    direct_suits_from: int

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the ids of the six columns that the total adds up."""
        return tuple(column.id for column in self.columns if column.id != ALL)

    @property
    def leaves(self) -> tuple[Row, ...]:
        """Return the rows that the total of the year's results adds up, in their order."""
        return tuple(row for row in self.rows.values() if row.group and row.id != "total")

    def row_of(self, outcome: Outcome | str) -> str:
        """Return the row an outcome counts in."""
        return _rows_by_outcome()[Outcome(outcome)]

    def path(self, row: str) -> str:
        """Write a row as a published table prints it, the heads it stands under first, joined by a stroke."""
        if row in self.groups:
            head = self.groups["results"].label
            return head if row == "results" else f"{head}/{self.groups[row].label}"
        found = self.rows[row]
        return f"{self.path(found.group)}/{found.label}" if found.group else found.label

    def hand_tables(self, year: int) -> tuple[HandTable, ...]:
        """Return the parts of table two as they are printed for a year."""
        return self.old_hand if year <= self.old_table2_until else self.hand

    def printed_rows(self, year: int) -> tuple[Row, ...]:
        """Return the rows of table three for a year: what is handled otherwise is one row in old tables, three later."""
        if year >= self.split_other_from:
            return tuple(self.rows.values())
        shown: list[Row] = []
        for row in self.rows.values():
            if row.group != "other":
                shown.append(row)
            elif row.number == 1:
                shown.append(self.groups["other"])
        return tuple(shown)


def _row(raw: Mapping[str, Any]) -> Row:
    return Row(
        id=raw["id"],
        label=raw["label"],
        group=raw.get("group", ""),
        number=raw.get("number", 0),
        outcomes=frozenset(Outcome(name) for name in raw.get("outcomes", ())),
        words=tuple(tuple(some) for some in raw["words"]),
        without=tuple(raw.get("without", ())),
    )


def _headings(raws: Sequence[Mapping[str, Any]]) -> tuple[Heading, ...]:
    return tuple(Heading(raw["id"], raw["label"], tuple(raw["words"]), raw.get("kind", "")) for raw in raws)


def _hand(raws: Sequence[Mapping[str, Any]]) -> tuple[HandTable, ...]:
    return tuple(
        HandTable(
            raw["clause"],
            tuple(raw["columns"]),
            tuple(raw["rows"]),
            frozenset(raw["columns"] if raw.get("money") else raw.get("money_columns", ())),
            frozenset(raw.get("signed", ())),
        )
        for raw in raws
    )


@lru_cache(maxsize=1)
def layout() -> Layout:
    """Read the tables once."""
    raw = tomllib.loads((Path(__file__).parent / "tables.toml").read_text(encoding="utf-8"))
    return Layout(
        columns=_headings(raw["column"]),
        groups={one["id"]: _row(one) for one in raw["group"]},
        rows={one["id"]: _row(one) for one in raw["row"]},
        roads=_headings(raw["road"]),
        results=_headings(raw["result"]),
        hand=_hand(raw["hand"]),
        old_hand=_hand(raw["old_hand"]),
        **raw["layouts"],
    )


@lru_cache(maxsize=1)
def _rows_by_outcome() -> Mapping[Outcome, str]:
    return {outcome: row.id for row in layout().leaves for outcome in row.outcomes}
