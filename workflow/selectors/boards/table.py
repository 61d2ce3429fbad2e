"""A view of the board as tables and bars: numbers that know which cases they stand for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from workflow.selectors.boards.scope import Names, Scope
from workflow.selectors.boards.wanted import Wanted

Value = int | float | str | None


@dataclass(frozen=True)
class Cell:
    """A number, and the list it opens to where it stands for cases."""

    value: Value
    wanted: Wanted | None = None
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a table; ``scope`` where it is about a part that has a view of its own."""

    name: str
    cells: tuple[Cell, ...]
    scope: Scope | None = None
    kind: str = ""


@dataclass(frozen=True)
class Table:
    """A table with a title; the first heading is that of the names."""

    key: str
    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""

    def plain(self) -> list[list[Value]]:
        """Return it as a file has it."""
        return [list(self.head), *([row.name, *(cell.value for cell in row.cells)] for row in self.rows)]


@dataclass(frozen=True)
class Piece:
    """A part of a bar."""

    kind: str
    label: str
    number: int


@dataclass(frozen=True)
class Bars:
    """What a picture shows: bars made of pieces, in order."""

    title: str
    rows: tuple[tuple[str, tuple[Piece, ...]], ...]

    @property
    def description(self) -> str:
        """Tell the picture in words: every bar that has anything, with its pieces."""
        told = [
            f"{name}{sum(piece.number for piece in pieces)}件"
            + (
                f"（{'，'.join(f'{p.label}{p.number}' for p in pieces if p.number)}）"
                if len(pieces) > 1
                else ""
            )
            for name, pieces in self.rows
            if any(piece.number for piece in pieces)
        ]
        return "；".join(told) or "没有案件"

    @property
    def legend(self) -> list[tuple[str, str]]:
        """Return (kind, label) of every sort of piece, once."""
        return list(dict.fromkeys((p.kind, p.label) for _, pieces in self.rows for p in pieces))


@dataclass(frozen=True)
class View:
    """One view of a scope on a day."""

    key: str
    title: str
    on: dt.date
    scope: Scope
    names: Names
    lead: str
    tables: tuple[Table, ...]
    bars: Bars
    notes: tuple[str, ...] = field(default=())


def summed(name: str, rows: Sequence[Row], scope: Scope, *, columns: int) -> Row:
    """Add up the whole numbers of rows, each opening to the list of the whole scope."""
    cells = []
    for place in range(columns):
        column = [row.cells[place] for row in rows]
        numbers = [cell.value for cell in column if isinstance(cell.value, int)]
        wanted = next((cell.wanted for cell in column if cell.wanted), None)
        cells.append(
            Cell(sum(numbers), wanted.at(scope) if wanted else None, column[0].kind if column else "")
        )
    return Row(name, tuple(cells), kind="total")
