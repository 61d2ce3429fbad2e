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


def lines_of(rows: Sequence[Row], empty: int = 0) -> str:
    """Write rows in COPY's text format, the backslashes of all of them at once, with empty texts after each."""
    end = "\t" * empty + "\n"
    lines = ["\t".join([v if type(v) is str else NULL if v is None else str(v) for v in row]) for row in rows]
    return (end.join(lines) + end).replace("\\", "\\\\").replace(NULL, r"\N")


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
            head, empty = self.heads[name]
            with self.cursor.copy(head) as copy:
                copy.write(lines_of(rows, empty))
            rows.clear()


def _head(name: str) -> tuple[str, int]:
    found, columns, empty = table(name)
    names = ", ".join(f'"{column}"' for column in (*columns, *empty))
    return f'COPY "{found}" ({names}) FROM STDIN', len(empty)


class Insert:
    """Writes through prepared many-row inserts on SQLite."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor
        self.rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        self.heads = {name: self._head(name) for name in COLUMNS}

    def _head(self, name: str) -> str:
        found, columns, empty = table(name)
        names = ", ".join(f'"{column}"' for column in (*columns, *empty))
        places = ", ".join(["%s"] * len(columns) + ["''"] * len(empty))
        return f'INSERT INTO "{found}" ({names}) VALUES ({places})'  # noqa: S608  (our own table names)

    def flush(self) -> None:
        """Write and forget what has been collected."""
        for name, rows in self.rows.items():
            if rows:
                self.cursor.executemany(self.heads[name], rows)
                rows.clear()
