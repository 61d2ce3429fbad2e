"""Adding working days: ours beside the oracle package that the tests use."""

from collections.abc import Sequence
from datetime import date, timedelta

import chinese_calendar

import calendars
from bench.timing import measure_alone as measure

DAY = date(2026, 3, 2)


def _oracle(day: date, n: int) -> date:
    """Add working days by asking the oracle day by day."""
    while n:
        day += timedelta(days=1)
        n -= chinese_calendar.is_workday(day)
    return day


def run(arguments: Sequence[str]) -> None:
    """Print the cost of adding 20 working days and of counting between two days."""
    calendar = calendars.load()
    last = calendar.add_working_days(DAY, 20)
    if last != _oracle(DAY, 20):
        raise SystemExit(f"ours says {last}, the oracle {_oracle(DAY, 20)}")
    print(measure("add 20 working days", lambda: calendar.add_working_days(DAY, 20)).line())
    print(measure("working days between", lambda: calendar.working_days_between(DAY, last)).line())
    print(measure("oracle: add 20 working days", lambda: _oracle(DAY, 20), rounds=3).line())
