"""Where rows go: COPY on PostgreSQL, many-row inserts on SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from workflow.load.tables import COLUMNS, table

Row = Sequence[Any]


class Sink(Protocol):
    """Takes rows table by table and writes them in batches."""

    rows: dict[str, list[Row]]

    def flush(self) -> None: ...


# Stands for NULL until the backslashes of a whole batch are doubled; no word of the load holds it.
NULL = "\x00"


def lines_of(rows: Sequence[Row]) -> str:
    """Write rows in COPY's text format, the backslashes of all of them at once."""
    lines = ["\t".join([v if type(v) is str else NULL if v is None else str(v) for v in row]) for row in rows]
    return "\n".join([*lines, ""]).replace("\\", "\\\\").replace(NULL, r"\N")


class Copy:
    """Writes through COPY on one PostgreSQL connection.

    Instants are written without a zone: the session's zone must be UTC. A row's text holds no tab and no line
    break, which the words of the load never do.
    """

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor
        self.rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        self.heads = {name: _head(name) for name in COLUMNS}

    def flush(self) -> None:
        """Write and forget what has been collected."""
        for name, rows in self.rows.items():
            if not rows:
                continue
            with self.cursor.copy(self.heads[name]) as copy:
                copy.write(lines_of(rows))
            rows.clear()


def _head(name: str) -> str:
    found, columns = table(name)
    return f'COPY "{found}" ({", ".join(f"{chr(34)}{column}{chr(34)}" for column in columns)}) FROM STDIN'


class Insert:
    """Writes through prepared many-row inserts on SQLite."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor
        self.rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        self.heads = {name: self._head(name) for name in COLUMNS}

    def _head(self, name: str) -> str:
        found, columns = table(name)
        names, places = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
        return f'INSERT INTO "{found}" ({names}) VALUES ({places})'  # noqa: S608  (our own table names)

    def flush(self) -> None:
        """Write and forget what has been collected."""
        for name, rows in self.rows.items():
            if rows:
                self.cursor.executemany(self.heads[name], rows)
                rows.clear()
