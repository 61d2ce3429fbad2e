"""What a view or a list of the board is asked for by its address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from law.annual.errors import Unreadable
from law.clock.reading import MovedBy
from office.web.asked import whole_number
from workflow.annual.statistics import Months
from workflow.machine import OPEN
from workflow.selectors.board import LABELS, Scope, Wanted
from workflow.selectors.boards.flow import IN, OUT, RESULTS
from workflow.selectors.boards.forecast import AHEAD
from workflow.selectors.boards.held import AGES
from workflow.selectors.boards.pauses import REASONS
from workflow.selectors.boards.wanted import LATE
from workflow.selectors.timeliness import RUNNING

T = TypeVar("T")
#: No request was made before the year in which the law on them came into force.
EARLIEST = 2008


def scope_of(query: QueryDict) -> Scope:
    """Read the scope of a view from its address. Raises Http404 for one that nothing leads to."""
    return Scope(_number(query, "office"), _number(query, "unit"), _number(query, "person"))


def wanted_of(query: QueryDict) -> Wanted:
    """Read a list's address. Raises Http404 for one that no number leads to."""
    scope = scope_of(query)
    return Wanted(
        standing=_one_of(query, "standing", LABELS) or "all", office=scope.office, unit=scope.unit, person=scope.person,
        original=_one_of(query, "original", [str(band) for band in RUNNING]),
        late=_one_of(query, "late", LATE), moved=_number(query, "moved", range(2 * max(MovedBy))),
        stage=_one_of(query, "stage", [str(state) for state in OPEN]),
        age=_number(query, "age", range(len(AGES) + 1)), reason=_one_of(query, "reason", REASONS),
        ahead=_number(query, "ahead", AHEAD), pace=bool(_one_of(query, "pace", ["1"])),
        way=_one_of(query, "way", [IN, OUT]), result=_one_of(query, "result", RESULTS),
        first=_read(query, "first", dt.date.fromisoformat), last=_read(query, "last", dt.date.fromisoformat),
    )  # fmt: skip


def months_of(text: str, on: dt.date) -> Months:
    """Read the period of a sheet. Raises Http404 for what is none, has not begun, or was before anything was counted."""
    try:
        months = Months.named(text)
        known = months.year >= EARLIEST and months.period.first <= on
    except (Unreadable, ValueError) as error:
        raise Http404 from error
    if not known:
        raise Http404
    return months


def address(wanted: Wanted, **changes: Any) -> str:
    """Write the query of a list, with some parts changed."""
    after = changes.pop("after", "")
    return urlencode(wanted.query(**changes) | ({"after": after} if after else {}))


def _one_of(query: QueryDict, name: str, known: Collection[str]) -> str:
    text = query.get(name, "")
    if text and text not in known:
        raise Http404
    return text


def _number(query: QueryDict, name: str, known: Collection[int] | None = None) -> int | None:
    text = query.get(name, "")
    if not text:
        return None
    number = whole_number(text)
    if number is None or (known is not None and number not in known):
        raise Http404
    return number


def _read(query: QueryDict, name: str, read: Callable[[str], T]) -> T | None:
    text = query.get(name, "")
    try:
        return read(text) if text else None
    except ValueError:
        raise Http404 from None
