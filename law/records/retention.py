"""How long a file is kept and when it goes to the archive: 档案法14, the office's own table; no national term."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from law.outcomes import outcome
from law.values import Overrides, number, text

#: Families of outcomes whose files are disputed most, and so kept long.
_LONG = frozenset({"refuse", "partial"})


def retention_years(
    outcomes: Iterable[str],
    on: date,
    *,
    consulted: bool = False,
    disputed: bool = False,
    overrides: Overrides | None = None,
) -> int:
    """Tell the years a file is kept: long where something was withheld, somebody consulted or the reply contested.

    :param outcomes: the outcomes of the request's items
    :param on: the day of filing
    :param consulted: whether a third party or another organ was asked
    :param disputed: whether there was a reconsideration or a suit
    """
    long = consulted or disputed or any(outcome(name).family in _LONG for name in outcomes)
    return number("retention.long_years" if long else "retention.short_years", on, overrides)


def transfer_due(archived_on: date, *, overrides: Overrides | None = None) -> date:
    """Tell the last day to hand a file to the archive room, in the year after it was filed."""
    day = text("retention.transfer", archived_on, overrides)
    return date.fromisoformat(f"{archived_on.year + 1}-{day}")
