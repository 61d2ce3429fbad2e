"""Whose cases a view of the board is about: a county, an office, a unit or a person; and who may look at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q, QuerySet

from office.models import Office, Unit, User
from office.roles import Role
from workflow.models import Case
from workflow.scope import headed_units
from workflow.selectors.access import visible_cases
from workflow.selectors.timeliness import open_cases

WATCHERS = frozenset({Role.SUPERVISOR, Role.HEAD, Role.ALLOCATOR})
UNASSIGNED = "尚未分办"
NOBODY = "尚未确定承办人"


class Scope(NamedTuple):
    """A part of what somebody watches; 0 stands for no unit, no person yet, None for all of them."""

    office: int | None = None
    unit: int | None = None
    person: int | None = None

    @property
    def level(self) -> str:
        """Name the level: county, office, unit or person."""
        if self.person is not None:
            return "person"
        if self.unit is not None:
            return "unit"
        return "county" if self.office is None else "office"

    @property
    def keys(self) -> tuple[str, ...]:
        """Name the columns by which cases are counted for the lines below this scope."""
        return {
            "county": ("office_id", "unit_id"), "office": ("office_id", "unit_id", "handler_id"),
            "unit": ("office_id", "unit_id", "handler_id"), "person": ("office_id", "unit_id", "handler_id"),
        }[self.level]  # fmt: skip

    def within(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        """Keep the cases of this scope."""
        if self.office is not None:
            cases = cases.filter(office_id=self.office)
        if self.unit is not None:
            cases = cases.filter(unit_id=self.unit) if self.unit else cases.filter(unit__isnull=True)
        if self.person is not None:
            cases = (
                cases.filter(handler_id=self.person) if self.person else cases.filter(handler__isnull=True)
            )
        return cases

    def query(self) -> dict[str, str]:
        """Give the scope as it stands in an address."""
        return {name: str(value) for name, value in self._asdict().items() if value is not None}


class Reach(NamedTuple):
    """What somebody watches: whole offices, and single units of others."""

    offices: list[int]
    units: dict[int, frozenset[int]]

    @property
    def everything(self) -> list[int]:
        """List every office of which anything is watched."""
        return sorted({*self.offices, *self.units})


def watched_offices(user: User) -> list[int]:
    """Return the offices whose numbers a person may see: supervised, or headed or allocated in person."""
    return sorted(office for office, roles in user.reach().items() if roles & WATCHERS)


def reach(user: User) -> Reach:
    """Return what a person watches: offices, and the units headed in other offices (科室负责人)."""
    whole = watched_offices(user)
    units: dict[int, frozenset[int]] = {}
    for person in user.hats():
        for office, roles in person.roles().items():
            if Role.UNIT_HEAD in roles and office not in whole:
                units[office] = units.get(office, frozenset()) | headed_units(person, office)
    return Reach(whole, {office: held for office, held in units.items() if held})


def narrowed(user: User, scope: Scope) -> Scope:
    """Begin where the view begins for somebody: who watches one office begins at it, who heads one unit at that."""
    held = reach(user)
    if scope.office is None and len(held.everything) == 1:
        scope = scope._replace(office=held.everything[0])
    mine = held.units.get(scope.office or 0, frozenset())
    if scope.unit is None and len(mine) == 1:
        scope = scope._replace(unit=next(iter(mine)))
    return scope


def watched(user: User, scope: Scope) -> QuerySet[Case]:
    """Return the cases of a scope that a person watches: the one queryset of every view, list and file of the board."""
    held = reach(user)
    cases = visible_cases(user)
    if held.units:
        rule = Q(office_id__in=held.offices)
        for office, units in held.units.items():
            rule |= Q(office_id=office, unit_id__in=sorted(units))
        cases = cases.filter(rule)
    elif set(held.offices) != set(user.reach()) or not held.offices:
        # Said twice, a condition is believed twice as narrow, and the planner takes an index that does not help.
        cases = cases.filter(office_id__in=held.offices)
    return scope.within(cases)


@dataclass
class Names:
    """What the offices, units and people of a view are called."""

    offices: dict[int, str] = field(default_factory=dict)
    units: dict[int, tuple[int, str]] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)

    def of(self, scope: Scope) -> str:
        """Name the last part of a scope."""
        if scope.person is not None:
            return self.people.get(scope.person, "") if scope.person else NOBODY
        if scope.unit is not None:
            return self.units.get(scope.unit, (0, ""))[1] if scope.unit else UNASSIGNED
        return self.offices.get(scope.office or 0, "")

    def add_people(self, ids: Iterable[int | None]) -> None:
        """Read the names of people by id, in one question."""
        wanted = [pk for pk in ids if pk] or [0]
        self.people |= {
            one.pk: one.display for one in User.objects.filter(pk__in=wanted).only("name", "username")
        }

    def path(self, scope: Scope) -> list[tuple[str, Scope]]:
        """Name a scope from its office down, each part with its own scope."""
        parts = []
        if scope.office is not None:
            parts.append(Scope(scope.office))
        if scope.unit is not None:
            parts.append(Scope(scope.office, scope.unit))
        if scope.person is not None:
            parts.append(scope)
        return [(name, part) for part in parts if (name := self.of(part))]

    def order(self, scope: Scope) -> tuple[int, int, int]:
        """Give the place of a line: offices and units in their own order, who has none yet last."""
        offices, units, people = list(self.offices), list(self.units), list(self.people)
        return (
            offices.index(scope.office) if scope.office in offices else len(offices),
            units.index(scope.unit) if scope.unit in units else len(units),
            people.index(scope.person) if scope.person in people else len(people),
        )


def names(user: User, scope: Scope) -> Names:
    """Read the names of what a person watches within a scope, three questions at most, whatever is in it.

    People are read for one office: those with a post there, and whoever handles a case that is watched.
    """
    held = reach(user)
    ids = [office for office in held.everything if scope.office in (None, office)]
    offices = dict(Office.objects.filter(pk__in=held.everything).order_by("code").values_list("pk", "name"))
    rows = Unit.objects.filter(office_id__in=ids).order_by("office_id", "code")
    units = {
        unit.pk: (unit.office_id, unit.name)
        for unit in rows
        if unit.office_id in held.offices or unit.pk in held.units.get(unit.office_id, ())
    }
    found = Names(offices, units)
    if scope.office is not None:
        mine = Q(posts__office_id__in=ids)
        if scope.office not in held.offices:
            # Who heads a unit learns the names of that unit, and of whoever has its cases in hand.
            mine &= Q(posts__unit_id__in=sorted(held.units.get(scope.office, ())))
        here = Q(pk__in=open_cases(watched(user, Scope(scope.office))).order_by().values("handler_id"))
        people = User.objects.filter(mine | here).distinct()
        found.people = {one.pk: one.display for one in people.order_by("username").only("name", "username")}
    return found
