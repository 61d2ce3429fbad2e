"""Carries sealed columns, keyed hashes and stored files over to the current keys, in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection, models, transaction
from django.db.models.functions import Cast

from .cipher import PREFIX as SEALED
from .cipher import seal, unseal, version_of
from .codes import PREFIX as CODE
from .index import PREFIX as BLIND
from .index import blind
from .registry import Column, blind_columns, code_columns, sealed_columns
from .ring import PURPOSES, add_version, drop_version, ring

BATCH = 500
Say = Callable[[str], None]
_SEPARATOR = {"encryption": (SEALED + ":", ":"), "search": (BLIND, ":"), "query": (CODE, ":")}


@dataclass(frozen=True)
class Moved:
    """How many values of a column were carried over."""

    column: str
    rows: int


def start(purposes: tuple[str, ...] = PURPOSES) -> dict[str, int]:
    """Give each purpose a new current key; what is sealed from now on is sealed under it."""
    return {purpose: add_version(purpose) for purpose in purposes}


def carry_over(batch: int = BATCH) -> Iterator[Moved]:
    """Bring every registered column to the current keys; may be broken off and run again at any point.

    Each batch is a transaction of its own, its rows locked and read again, so that the system may run on.
    """
    for column in sealed_columns():
        yield Moved(str(column), _walk(column, "encryption", batch, _reseal))
    for column in blind_columns():
        yield Moved(str(column), _walk(column, "search", batch, _rehash))


def in_use() -> dict[str, dict[int, int]]:
    """Return, by purpose and version, how many stored values need that key."""
    groups = {"encryption": sealed_columns(), "search": blind_columns(), "query": code_columns()}
    used: dict[str, dict[int, int]] = {}
    for purpose, columns in groups.items():
        before, after = _SEPARATOR[purpose]
        used[purpose] = {
            version: sum(
                _raw(column).filter(_raw__startswith=f"{before}{version}{after}").count()
                for column in columns
            )
            for version in ring(purpose).versions
        }
    from ..files.rekey import versions_in_use

    for version, number in versions_in_use().items():
        used["encryption"][version] = used["encryption"].get(version, 0) + number
    return used


def retire() -> list[tuple[str, int]]:
    """Take every older key that nothing uses out of its ring; returns (purpose, version) of each."""
    gone = []
    for purpose, versions in in_use().items():
        for version, number in sorted(versions.items()):
            if number == 0 and version < ring(purpose).current:
                drop_version(purpose, version)
                gone.append((purpose, version))
    return gone


def _raw(column: Column) -> models.QuerySet:
    """Return the rows with the stored text of the column, past the field's own reading."""
    return column.model._base_manager.annotate(_raw=Cast(column.field, models.TextField()))


def _walk(column: Column, purpose: str, batch: int, turn: Callable[[Column, models.Model, str], str]) -> int:
    before, after = _SEPARATOR[purpose]
    current = f"{before}{ring(purpose).current}{after}"
    moved, last = 0, None
    while True:
        with transaction.atomic():
            rows = _raw(column).exclude(_raw="").exclude(_raw__isnull=True)
            rows = rows.exclude(_raw__startswith=current).order_by("pk")
            if last is not None:
                rows = rows.filter(pk__gt=last)
            if connection.features.has_select_for_update:
                rows = rows.select_for_update(of=("self",))
            found = list(rows[:batch])
            for row in found:
                fresh = turn(column, row, row._raw)  # type: ignore[attr-defined]
                _store(column, row.pk, fresh)
                last = row.pk
        moved += len(found)
        if len(found) < batch:
            return moved


def _store(column: Column, pk: object, value: str) -> None:
    """Write the stored text past the field's own sealing."""
    meta = column.model._meta
    quote = connection.ops.quote_name
    name = meta.get_field(column.field).column
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(meta.db_table)} SET {quote(name)} = %s WHERE {quote(meta.pk.column)} = %s",  # noqa: S608
            [value, meta.pk.get_db_prep_value(pk, connection)],
        )


def _reseal(column: Column, row: models.Model, token: str) -> str:
    context = column.context.format(**row.__dict__) if column.context else ""
    version_of(token)
    return seal(unseal(token, context=context), context=context)


def _rehash(column: Column, row: models.Model, old: str) -> str:
    source = getattr(row, column.source)
    text = unseal(source) if isinstance(source, str) else source.reveal()
    return blind(column.purpose, column.normalise(text) if column.normalise else text)
