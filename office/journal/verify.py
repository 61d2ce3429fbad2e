"""Checks the chains of the journal, line by line, in one pass."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from ..guard import missing
from ..models import JournalEntry
from .chain import FIRST, canonical

#: The columns of a line as `entry_hash` writes them: the database turns them into text, which costs a third of
#: making instants, days and UUIDs of them here only to write them out again.
COLUMNS = {
    "postgresql": (
        """subject, seq, key, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00', """
        """to_char("on", 'YYYY-MM-DD'), by_ref, office_id, act_id::text, data::text, prev_hash, hash"""
    ),
    # SQLite keeps "2026-11-20 01:02:03[.000004]" in UTC, leaving out a fraction of zero, and a UUID without dashes.
    "sqlite": (
        "subject, seq, key, substr(at, 1, 10) || 'T' || substr(at, 12) || iif(length(at) > 19, '', '.000000') || '+00:00', "
        """"on" || '', by_ref, office_id, substr(act_id, 1, 8) || '-' || substr(act_id, 9, 4) || '-' || """
        "substr(act_id, 13, 4) || '-' || substr(act_id, 17, 4) || '-' || substr(act_id, 21), data || '', prev_hash, hash"
    ),
}
TABLE = JournalEntry._meta.db_table
BATCH = 5000


@dataclass(frozen=True)
class Fault:
    """One broken link: where, and what is wrong, in Chinese."""

    subject: str
    seq: int
    message: str

    def __str__(self) -> str:
        return f"{self.subject} 第{self.seq}条：{self.message}"


def verify(subject: str | None = None, expected: dict[str, tuple[int, str]] | None = None) -> Iterator[Fault]:
    """Go through the chains and yield every broken link, in order of subject and number.

    `expected` gives heads noted earlier (see `heads`): a chain that ends before its head, or has another hash
    there, is broken too, which the chain alone cannot show. Also yields missing triggers.
    """
    if gone := missing(connection):
        yield Fault("journal", 0, f"数据库触发器缺失：{'、'.join(sorted(gone))}")
    outstanding = dict(expected or {})
    current, seq, prev = None, 0, FIRST
    for row in _rows(subject):
        if row[0] != current:
            current, seq, prev = row[0], 0, FIRST
        seq += 1
        if row[1] != seq:
            yield Fault(current, seq, f"序号不连续，此处为第{row[1]}条")
            seq = row[1]
        elif row[9] != prev:
            yield Fault(current, seq, "与上一条的哈希不衔接")
        if _hash(row) != row[10]:
            yield Fault(current, seq, "内容与哈希不符，已被改动")
        prev = row[10]
        head = outstanding.get(current)
        if head is not None and head[0] == seq:
            del outstanding[current]
            if head[1] != prev:
                yield Fault(current, seq, "与先前留存的链头不符")
    for name, head in sorted(outstanding.items()):
        yield Fault(name, head[0], "先前留存的链头之后的记录缺失")


def heads() -> Iterator[tuple[str, int, str]]:
    """Yield the last line of every chain (subject, number, hash), to be kept outside the database."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT subject, seq, hash FROM {TABLE} j WHERE seq = "  # noqa: S608  (our own table name)
            f"(SELECT MAX(seq) FROM {TABLE} k WHERE k.subject = j.subject) ORDER BY subject"
        )
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def count() -> int:
    """Return how many lines the journal has."""
    return JournalEntry.objects.count()


def _rows(subject: str | None) -> Iterator[tuple[Any, ...]]:
    """Read raw rows by the chain's own index; a server-side cursor on PostgreSQL keeps memory flat."""
    where, params = ("WHERE subject = %s", [subject]) if subject is not None else ("", [])
    columns = COLUMNS[connection.vendor]
    sql = f"SELECT {columns} FROM {TABLE} {where} ORDER BY subject, seq"  # noqa: S608  (our own names)
    with transaction.atomic(), connection.cursor() as plain:
        if connection.vendor == "postgresql":
            plain.execute(f"DECLARE office_journal_scan NO SCROLL CURSOR FOR {sql}", params)
            while True:
                plain.execute(f"FETCH {BATCH} FROM office_journal_scan")
                if not (rows := plain.fetchall()):
                    break
                yield from rows
            plain.execute("CLOSE office_journal_scan")
        else:
            plain.execute(sql, params)
            while rows := plain.fetchmany(BATCH):
                yield from rows


def _hash(row: tuple[Any, ...]) -> str:
    """Hash a raw row: the same line as `entry_hash`, without the cost of making models."""
    line = [*row[:8], json.loads(row[8]), row[9]]
    return hashlib.sha256(canonical(line).encode("utf-8")).hexdigest()
