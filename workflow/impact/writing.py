"""Write recomputed dates into the cases: one statement for many rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection

from workflow.impact.assess import COLUMNS, Written
from workflow.models import Case

TABLE = Case._meta.db_table
KINDS = {
    "due_provisional": "boolean",
    "due_may_change": "boolean",
    "clock_status": "text",
    "moved_by": "smallint",
}
_QUOTED = [connection.ops.quote_name(name) for name in COLUMNS]


def write(rows: Written) -> None:
    """Write the dates of cases, given by id in the order of COLUMNS; the caller holds their rows."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Many cases have the same dates: each row of dates is sent once, the cases say which is theirs.
            places: dict[tuple[Any, ...], int] = {}
            which = [places.setdefault(new, len(places)) for _, new in rows]
            arrays = ", ".join(f"%s::{KINDS.get(name, 'date')}[]" for name in COLUMNS)
            sets = ", ".join(f"{name} = value.{name}" for name in _QUOTED)
            cursor.execute(
                f"UPDATE {TABLE} AS held SET {sets} "  # noqa: S608
                "FROM unnest(%s::bigint[], %s::integer[]) AS told(id, place) "
                f"JOIN unnest(%s::integer[], {arrays}) AS value(place, {', '.join(_QUOTED)}) USING (place) "
                # Said once more as a span of ids, so that no plan reads the whole table for each chunk.
                "WHERE held.id = told.id AND held.id BETWEEN %s AND %s",
                [
                    _array(pk for pk, _ in rows),
                    _array(which),
                    _array(range(len(places))),
                    *(_array(column) for column in zip(*places, strict=True)),
                    min(pk for pk, _ in rows),
                    max(pk for pk, _ in rows),
                ],
            )
            return
        sets = ", ".join(f"{name} = %s" for name in _QUOTED)
        cursor.executemany(
            f"UPDATE {TABLE} SET {sets} WHERE id = %s",  # noqa: S608
            [(*new, pk) for pk, new in rows],
        )


def _array(values: Iterable[Any]) -> str:
    """Write numbers, days, truths and the clock's own words as an array of PostgreSQL; none needs quoting."""
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"
