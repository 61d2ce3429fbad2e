"""Who answers for a case where it stands, and so is told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from office.models import Post
from office.roles import Role
from workflow.machine import State

#: Whose table a case lies on before and after its handler.
BY_STATE = {
    State.SUBMITTED: Role.INTAKE, State.REGISTERED: Role.ALLOCATOR, State.SIGNING: Role.SIGNATORY,
    State.REPLIED: Role.INTAKE,
}  # fmt: skip


class People:
    """The people of some offices by duty and unit, read with one query."""

    def __init__(self, offices: Iterable[int], *, on: dt.date) -> None:
        held = Post.objects.filter(
            Q(to_on__isnull=True) | Q(to_on__gte=on),
            office_id__in=set(offices),
            from_on__lte=on,
            user__is_active=True,
        )
        self._by_role: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._by_unit: dict[int, list[int]] = defaultdict(list)
        for office, role, unit, user in held.order_by("pk").values_list(
            "office_id", "role", "unit_id", "user_id"
        ):
            self._by_role[office, role].append(user)
            if role == Role.HANDLER and unit:
                self._by_unit[unit].append(user)

    def with_role(self, office: int, *roles: str) -> list[int]:
        """Return who holds one of some duties in an office."""
        return list(dict.fromkeys(user for role in roles for user in self._by_role[office, str(role)]))

    def at_work(self, office: int, unit: int | None, handler: int | None) -> list[int]:
        """Return the handler of a case, else those of its unit, else who allocates."""
        if handler:
            return [handler]
        return (self._by_unit[unit] if unit else []) or self.with_role(office, Role.ALLOCATOR)

    def responsible(self, state: str, office: int, unit: int | None, handler: int | None) -> list[int]:
        """Return on whose table a case lies; a signatory's case is its handler's as well."""
        role = BY_STATE.get(State(state))
        if role is None:
            return self.at_work(office, unit, handler)
        people = self.with_role(office, role)
        return list(dict.fromkeys([*people, handler])) if state == State.SIGNING and handler else people
