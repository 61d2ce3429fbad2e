"""Reading single rows by conditions that only one row can meet."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def only(rows: models.QuerySet[Row]) -> Row | None:
    """Return the one row that meets a unique condition, or None.

    `first()` would put the rows in order before it takes the only one, and telling the database so costs more
    here than reading the row.
    """
    return next(iter(rows.order_by()[:1]), None)
