"""How far a person's duty reaches inside an office."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from office.roles import Role
from office.today import today


def handler_units(by: Any, office_id: int) -> frozenset[int]:
    """Return the ids of the units in which a person is a handler, read once per person and office.

    A handler's post without a unit reaches every unit of the office (a small town has no units to speak of).
    """
    posts = getattr(by, "posts", None)
    if posts is None:
        return frozenset()
    cache: dict[int, frozenset[int]] = by.__dict__.setdefault("_handler_units", {})
    if office_id not in cache:
        day = today()
        held = list(
            posts.filter(Q(to_on__isnull=True) | Q(to_on__gte=day), office_id=office_id, role=Role.HANDLER)
            .filter(from_on__lte=day)
            .values_list("unit_id", flat=True)
        )
        if None in held:
            from office.models import Unit

            held = list(Unit.objects.filter(office_id=office_id).values_list("pk", flat=True))
        cache[office_id] = frozenset(unit for unit in held if unit is not None)
    return cache[office_id]
