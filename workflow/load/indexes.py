"""Take indexes and foreign keys off the filled tables while a large load runs, and put them back afterwards."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import connection

from workflow.load.tables import COLUMNS, table

CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, contype::text, pg_get_constraintdef(oid)
FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u') ORDER BY contype
"""
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('u', 'p'))
"""


@dataclass(frozen=True)
class Taken:
    """What was taken off, as the statements that put it back."""

    uniques: list[str]
    indexes: list[str]
    foreign: list[str]


def take_off() -> Taken:
    """Drop secondary indexes, unique constraints and foreign keys of the filled tables (PostgreSQL)."""
    names = [table(name)[0] for name in COLUMNS]
    taken = Taken([], [], [])
    with connection.cursor() as cursor:
        cursor.execute(CONSTRAINTS, [names])
        for owner, name, kind, definition in cursor.fetchall():
            kept = taken.foreign if kind == "f" else taken.uniques
            kept.append(f'ALTER TABLE {owner} ADD CONSTRAINT "{name}" {definition}')
            cursor.execute(f'ALTER TABLE {owner} DROP CONSTRAINT "{name}"')
        cursor.execute(INDEXES, [names])
        for name, definition in cursor.fetchall():
            taken.indexes.append(definition)
            cursor.execute(f"DROP INDEX {name}")
    return taken


def put_back(taken: Taken, *, workers: int) -> None:
    """Build everything again, several indexes at a time; foreign keys last, checked against the rows."""
    for statements in (taken.indexes + taken.uniques, taken.foreign):
        if not statements:
            continue
        # Two indexes of one table can be built side by side; constraints of one table wait for each other.
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(_run, statements))


def _run(statement: str) -> None:
    own: Any = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '256MB'; SET lock_timeout = 0")
            cursor.execute(statement)
    finally:
        own.close()
