"""What an act changed, column by column, as the journal may hold it: days, codes and references; words as keyed hashes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models

from office import keys
from office.journal import canonical

#: Moved by every act, or told by the line itself.
UNTOLD = frozenset({"id", "version", "state", "created_at", "updated_at"})
PURPOSE = "journal-change"
HASH_LENGTH = 16

Snapshot = dict[str, Any]


def snapshot(row: models.Model, columns: Iterable[str] | None = None) -> Snapshot:
    """Return the stored columns of a row as the journal may hold them, for comparing afterwards."""
    fields = [
        field
        for field in row._meta.concrete_fields
        if field.attname not in UNTOLD and (columns is None or field.attname in columns)
    ]
    return {field.attname: _told(field, row.__dict__.get(field.attname)) for field in fields}


def difference(before: Snapshot, after: Snapshot) -> dict[str, list[Any]]:
    """Return what differs, as column → [before, after]."""
    return {name: [before[name], after[name]] for name in before if before[name] != after[name]}


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
