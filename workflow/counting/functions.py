"""What the counting asks of the database beyond Django's own functions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Func, IntegerField
from django.db.models.functions import TruncMonth

from calendars.line import Line


class MonthOf(TruncMonth):
    """The first day of the month of a day; without a detour by a time zone, which costs as much as all the rest."""

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Write it for PostgreSQL."""
        return Func.as_sql(
            self,
            compiler,
            connection,
            template="date_trunc('month', %(expressions)s::timestamp)::date",
            **context,
        )


class WorkingDaysUntil(Func):
    """The working days from a calendar's own beginning up to a day, looked up in the calendar's line: PostgreSQL alone."""

    arity = 1
    output_field = IntegerField()

    def __init__(self, day: Any, line: Line) -> None:
        super().__init__(day)
        self.line = line

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Write the line as a constant array, which is read once; a day outside it is none."""
        day, told = compiler.compile(self.get_source_expressions()[0])
        base = dt.date.fromordinal(self.line.base)
        before = "{" + ",".join(map(str, self.line.before)) + "}"
        return f"((%s)::integer[])[({day}) - (%s)::date + 1]", [before, *told, base]
