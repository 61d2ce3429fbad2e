"""How far a person's duty reaches inside an office."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from office.roles import Role
from office.today import today


def handler_units(by: Any, office_id: int) -> frozenset[int]:
    """Return the ids of the units in which a person is a handler, read once per person and office.

    A handler's post without a unit reaches every unit of the office (a small town has no units to speak of).
    """
    return _units(by, office_id, Role.HANDLER)


def headed_units(by: Any, office_id: int) -> frozenset[int]:
    """Return the ids of the units a person heads (科室负责人); a post without a unit reaches every unit."""
    return _units(by, office_id, Role.UNIT_HEAD)


def own_units(by: Any, office_id: int) -> frozenset[int]:
    """Return the ids of the units in which a person works as a handler or as their head."""
    return handler_units(by, office_id) | headed_units(by, office_id)


def persons(by: Any) -> frozenset[int]:
    """Return the ids of the persons behind an act: who does it, and for whom (代理); none for a system."""
    return getattr(by, "principals", frozenset())


def _units(by: Any, office_id: int, role: Role) -> frozenset[int]:
    person = getattr(by, "duty_of", None)
    if person is None or role not in by.roles_in(office_id):
        return frozenset()
    cache: dict[int, dict[str, frozenset[int]]] = by.__dict__.setdefault("_units_held", {})
    if office_id not in cache:
        cache[office_id] = _held(person, office_id)
    return cache[office_id].get(str(role), frozenset())


def _held(person: Any, office_id: int) -> dict[str, frozenset[int]]:
    """Read a person's units in an office by duty, both duties at once; a duty without a unit is held in every one."""
    day = today()
    posts = person.posts.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=day), office_id=office_id, from_on__lte=day
    )
    rows = posts.filter(
        Q(unit_id__isnull=True) | Q(unit_id=F("office__units")), role__in=(Role.HANDLER, Role.UNIT_HEAD)
    ).values_list("role", "office__units")
    units: dict[str, set[int]] = {}
    for role, unit_id in rows:
        if unit_id is not None:
            units.setdefault(role, set()).add(unit_id)
    return {role: frozenset(held) for role, held in units.items()}
