"""The registry of what is watched: each look finds what is due, and can say whether it still is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from workflow.models import Case

Cases = QuerySet[Case]


@dataclass(frozen=True)
class Due:
    """One thing due about one case. ``day`` tells one occasion from the next; ``since`` is when it began.

    ``unit`` and ``handler`` are those of the case; ``part`` the unit and handler of a part in it, if it is
    about one; ``asker`` who wanted it done.
    """

    what: str
    case: int
    state: str
    office: int
    unit: int | None
    handler: int | None
    day: dt.date
    since: dt.date
    part: tuple[int, int | None] | None = None
    mark: str = field(default="")
    letter: int | None = None
    asker: int | None = None


Look = Callable[[Cases, dt.date], Iterator[Due]]
Still = Callable[[Case, dt.date, str], bool]


@dataclass(frozen=True)
class Watched:
    """One look, the kinds of reminder it may find, and the question whether one of them still holds."""

    kinds: tuple[str, ...]
    look: Look
    still: Still


_watched: dict[str, Watched] = {}


def watch(*kinds: str, still: Still) -> Callable[[Look], Look]:
    """Register a look for some kinds of reminder, each with a table in escalation.toml.

    The look gets the cases of every office and the day, and yields whatever is due on it, told already or not.
    ``still`` is asked when a mail is about to leave: no mail is sent of what was done in the meantime.
    """

    def register(look: Look) -> Look:
        for kind in kinds:
            known = _watched.get(kind)
            if known is not None and known.look.__qualname__ != look.__qualname__:
                raise LookupError(f"two looks for {kind}")
            _watched[kind] = Watched(kinds, look, still)
        return look

    return register


def looks() -> list[Look]:
    """List every look once."""
    return list({id(row.look): row.look for row in _watched.values()}.values())


def watched() -> tuple[str, ...]:
    """Name every kind of reminder that is looked for."""
    return tuple(_watched)


def still_due(case: Case, what: str, on: dt.date) -> bool:
    """Tell whether what a reminder speaks of still holds. Raises KeyError for a kind nobody watches."""
    return _watched[what].still(case, on, what)


def rows(cases: QuerySet[Any], *days: str) -> Iterator[tuple[Any, ...]]:
    """Read (id, state, office, unit, handler, *days) of cases in order of the first day."""
    found = cases.order_by(days[0], "pk").values_list(
        "pk", "state", "office_id", "unit_id", "handler_id", *days
    )
    return iter(found.iterator(chunk_size=2000))
