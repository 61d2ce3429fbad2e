"""The register of document numbers as a person may see it (文号登记簿)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from letters.models import NumberSeries, ReservedNumber
from letters.number_register import Entry, entries, series_of
from office.models import Office, User
from office.roles import Role
from workflow.beside.step import may
from workflow.beside.steps import STEPS
from workflow.selectors.access import visible_cases

#: Whose duty brings them to the register; a supervisor sees that of every office below.
READERS = frozenset({Role.INTAKE, Role.HEAD, Role.SIGNATORY, Role.ARCHIVIST, Role.SUPERVISOR})
PAGE = 100


@dataclass(frozen=True)
class Line:
    """One number of a series, with the case its paper belongs to where the reader may see that."""

    entry: Entry
    case_id: int | None
    steps: tuple[Any, ...] = ()


@dataclass(frozen=True)
class NumbersPage:
    """One series of an office and year, newest numbers first, a page at a time."""

    office: Office
    offices: tuple[Office, ...]
    series: tuple[NumberSeries, ...]
    chosen: NumberSeries | None
    lines: tuple[Line, ...]
    following: int | None
    may_reserve: bool


def offices_of(user: User) -> list[Office]:
    """List the offices whose register of numbers a person may see."""
    held = [office_id for office_id, roles in user.reach().items() if roles & READERS]
    return list(Office.objects.filter(pk__in=held).order_by("code"))


def numbers_page(
    user: User, *, office: Office, offices: list[Office], series: str, year: int | None, below: int | None
) -> NumbersPage:
    """Read one page of a register: by default the newest year's first series, its newest numbers first."""
    rows = series_of(office)
    chosen = next(
        (row for row in rows if (row.series, row.year) == (series, year)), rows[0] if rows else None
    )
    lines: tuple[Line, ...] = ()
    following = None
    if chosen is not None:
        last = min(chosen.last, below - 1) if below else chosen.last
        first = max(1, last - PAGE + 1)
        found = entries(office, chosen.series, chosen.year, first=first, last=last)
        lines = tuple(_lines(user, office, reversed(found)))
        following = first if first > 1 else None
    return NumbersPage(
        office, tuple(offices), tuple(rows), chosen, lines, following, may("reserve_numbers", user, office.pk)
    )


def reserved_number(user: User, number_id: int) -> ReservedNumber | None:
    """Return a reserved number of an office whose register a person may see, or None."""
    offices = [office.pk for office in offices_of(user)]
    rows = ReservedNumber.objects.filter(pk=number_id, office_id__in=offices)
    return rows.select_related("office", "reservation__made_by").first()


def _lines(user: User, office: Office, found: Any) -> list[Line]:
    found = list(found)
    cases = {int(one.subject_ref[5:]) for one in found if one.subject_ref.startswith("case:")}
    seen = set(visible_cases(user).filter(pk__in=cases).values_list("pk", flat=True)) if cases else set()
    steps = tuple(STEPS[name] for name in ("use_number", "void_number") if may(name, user, office.pk))
    return [
        Line(
            one,
            case if (case := _case_of(one)) in seen else None,
            steps if one.reserved_id and one.state == "预留" else (),
        )
        for one in found
    ]


def _case_of(one: Entry) -> int | None:
    return int(one.subject_ref[5:]) if one.subject_ref.startswith("case:") else None
