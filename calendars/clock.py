"""Arithmetic of terms: counted working days with pauses, calendar days and months with roll-forward.

Working-day arithmetic runs on ordinals over a `Line`; an IndexError says that the line is too short.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from calendars.days import Calendar
from calendars.errors import BadCount
from calendars.line import Line

Pause = tuple[int, int]
"""Days that do not count: after the first ordinal, up to and including the second."""


def union(pauses: Iterable[Pause]) -> list[Pause]:
    """Merge pauses into disjoint ones in order; several at the same time take a day out once."""
    merged: list[Pause] = []
    for after, until in sorted(pauses):
        if until <= after:
            continue
        if merged and after <= merged[-1][1]:
            if until > merged[-1][1]:
                merged[-1] = (merged[-1][0], until)
        else:
            merged.append((after, until))
    return merged


def nth_counted(line: Line, start: int, n: int, pauses: Sequence[Pause]) -> int:
    """Find the n-th working day after a day that lies in no pause.

    A pause that begins on or after that day changes nothing, so a pause never cures a breach.

    :param n: working days, 1 or more
    :param pauses: disjoint and in order, as `union` gives them
    """
    before, base = line.before, line.base
    index = start - base
    if index < 0:
        raise IndexError(start)
    target = before[index] + n - 1
    ordinals = line.ordinals
    for after, until in pauses:
        if until <= start:
            continue
        if after < start:
            after = start
        if ordinals[target] <= after:
            break
        target += before[until - base] - before[after - base]
    return ordinals[target]


def counted(line: Line, after: int, until: int, pauses: Sequence[Pause]) -> int:
    """Count working days after one day up to and including another that lie in no pause."""
    if until <= after:
        return 0
    before, base = line.before, line.base
    if after < base:
        raise IndexError(after)
    total = before[until - base] - before[after - base]
    for begin, end in pauses:
        if begin < after:
            begin = after
        if end > until:
            end = until
        if begin < end:
            total -= before[end - base] - before[begin - base]
    return total


def is_paused(day: int, pauses: Sequence[Pause]) -> bool:
    """Say whether a day lies in a pause."""
    for after, until in pauses:  # noqa: SIM110 — a generator costs five times the comparison
        if after < day <= until:
            return True
    return False


def _rolled(calendar: Calendar, day: date) -> date:
    # Day by day, for a year may end on days off: what follows the last notice is then provisional.
    while not calendar.fact(day).working:
        day += timedelta(days=1)
    return day


def after_days(calendar: Calendar, start: date, days: int) -> date:
    """End a term of calendar days (自然日): the day itself is not counted; a last day off rolls on (民诉法85).

    :param days: calendar days, 1 or more
    :returns: the last day; beyond the last notice, provisionally
    """
    if days < 1:
        raise BadCount(f"期限应为 1 日以上，不能是 {days}。")
    return _rolled(calendar, start + timedelta(days=days))


def after_months(calendar: Calendar, start: date, months: int) -> date:
    """End a term of months on the same day of the month, or its last; a day off rolls on (民法典202、民诉法85).

    :param months: calendar months, 1 or more
    """
    if months < 1:
        raise BadCount(f"期限应为 1 个月以上，不能是 {months}。")
    return _rolled(calendar, start + relativedelta(months=months))
