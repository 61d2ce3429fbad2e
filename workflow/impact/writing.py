"""Write recomputed dates into the cases: one statement for many rows."""

from __future__ import annotations

from django.db import connection

from workflow.impact.assess import COLUMNS, Written
from workflow.models import Case

TABLE = Case._meta.db_table
KINDS = {"due_provisional": "boolean", "due_may_change": "boolean", "clock_status": "text"}
_QUOTED = [connection.ops.quote_name(name) for name in COLUMNS]


def write(rows: Written) -> None:
    """Write the dates of cases, given by id in the order of COLUMNS; the caller holds their rows."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{KINDS.get(name, 'date')}[]" for name in COLUMNS)
            sets = ", ".join(f"{name} = told.{name}" for name in _QUOTED)
            cursor.execute(
                f"UPDATE {TABLE} AS held SET {sets} "  # noqa: S608
                f"FROM unnest(%s::bigint[], {arrays}) AS told(id, {', '.join(_QUOTED)}) "
                # Said once more as a span of ids, so that no plan reads the whole table for each chunk.
                "WHERE held.id = told.id AND held.id BETWEEN %s AND %s",
                [
                    [pk for pk, _ in rows],
                    *(list(column) for column in zip(*(new for _, new in rows), strict=True)),
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
