"""What an act changed, column by column, as the journal may hold it: days, codes and references; words as keyed hashes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models

from office import keys
from office.journal import canonical
from workflow import stays

#: Moved by every act, or told by the line itself.
UNTOLD = frozenset({"id", "version", "state", "created_at", "updated_at", *stays.COLUMNS})
PURPOSE = "journal-change"
HASH_LENGTH = 16

Snapshot = dict[models.Field, Any]


def snapshot(row: models.Model) -> Snapshot:
    """Return the stored columns of a row as they are now, for comparing afterwards."""
    return {
        field: _frozen(row.__dict__.get(field.attname))
        for field in row._meta.concrete_fields
        if field.attname not in UNTOLD
    }


def moved(before: Snapshot, after: Snapshot) -> list[str]:
    """Name the columns that differ, as they are stored."""
    return [field.attname for field in before if before[field] != after[field]]


def difference(before: Snapshot, after: Snapshot) -> dict[str, list[Any]]:
    """Return what differs, as column → [before, after] in the form in which the journal may hold it."""
    told = {
        field.attname: [_told(field, before[field]), _told(field, after[field])]
        for field in before
        if before[field] != after[field]
    }
    return {name: pair for name, pair in told.items() if pair[0] != pair[1]}


def _frozen(value: Any) -> Any:
    """Keep a value from changing with its row: lists and mappings as canonical text."""
    if isinstance(value, list | dict):
        return canonical(value) if value else ""
    return value


def _told(field: models.Field, value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if not value:
        return ""
    if field.choices or field.get_internal_type() == "UUIDField":
        return str(value)
    # Words may name people: the journal holds a keyed hash, by which a text at hand can be shown to be the one.
    return hashed(value)


def hashed(value: Any) -> str:
    """Hash a value as the journal holds it; begins with a letter, so that no digits of it look like a number."""
    text = value if isinstance(value, str) else canonical(value)
    return f"s{keys.blind(PURPOSE, text).partition(':')[2][:HASH_LENGTH]}"
