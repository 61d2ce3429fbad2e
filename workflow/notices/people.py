"""Who answers for a case where it stands, who is above them, and who acts for them: and so is told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from office.models import Delegation, Office, Post
from office.roles import Role
from workflow.machine import State
from workflow.states import DESK_OF


class People:
    """The people of some offices by duty and unit, those above them and those acting for them; three queries."""

    def __init__(self, offices: Iterable[int], *, on: dt.date) -> None:
        self._parents = dict(Office.objects.order_by().values_list("pk", "parent_id"))
        wanted = {place for office in offices for place in self._chain(office)}
        held = Post.objects.filter(
            Q(to_on__isnull=True) | Q(to_on__gte=on),
            office_id__in=wanted,
            from_on__lte=on,
            user__is_active=True,
        )
        self._by_role: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._by_unit: dict[tuple[int, str], list[int]] = defaultdict(list)
        for office, role, unit, user in held.order_by("pk").values_list(
            "office_id", "role", "unit_id", "user_id"
        ):
            self._by_role[office, role].append(user)
            if unit:
                self._by_unit[unit, role].append(user)
        self._deputies: dict[tuple[int, int], list[int]] = defaultdict(list)
        lent = Delegation.objects.in_force(on).filter(office_id__in=wanted)
        for office, delegator, delegate in lent.order_by("pk").values_list(
            "office_id", "delegator_id", "delegate_id"
        ):
            self._deputies[office, delegator].append(delegate)

    def with_role(self, office: int, *roles: str) -> list[int]:
        """Return who holds one of some duties in an office, with whoever acts for them."""
        return self._and_deputies(
            office, (user for role in roles for user in self._by_role[office, str(role)])
        )

    def at_work(self, office: int, unit: int | None, handler: int | None) -> list[int]:
        """Return the handler of a case, else those of its unit, else who allocates."""
        if handler:
            return self._and_deputies(office, [handler])
        in_unit = self._by_unit[unit, Role.HANDLER] if unit else []
        return self._and_deputies(office, in_unit) or self.with_role(office, Role.ALLOCATOR)

    def responsible(self, state: str, office: int, unit: int | None, handler: int | None) -> list[int]:
        """Return on whose table a case lies; a signatory's case is its handler's as well."""
        role = DESK_OF.get(State(state))
        if role is None:
            return self.at_work(office, unit, handler)
        people = self.with_role(office, role)
        if state == State.SIGNING and handler:
            people += self._and_deputies(office, [handler])
        return list(dict.fromkeys(people))

    def unit_heads(self, office: int, unit: int | None) -> list[int]:
        """Return the head of a unit; where it has none of its own, the head of the disclosure office."""
        heads = self._by_unit[unit, Role.UNIT_HEAD] if unit else []
        return self._and_deputies(office, heads) or self.with_role(office, Role.HEAD)

    def supervisors(self, office: int) -> list[int]:
        """Return who supervises an office: its own supervisors, else those of the nearest office above."""
        for place in self._chain(office):
            if found := self.with_role(place, Role.SUPERVISOR):
                return found
        return []

    def _and_deputies(self, office: int, users: Iterable[int]) -> list[int]:
        told = [person for user in users for person in (user, *self._deputies[office, user])]
        return list(dict.fromkeys(told))

    def _chain(self, office: int) -> list[int]:
        chain: list[int] = []
        here: int | None = office
        while here is not None and here not in chain:
            chain.append(here)
            here = self._parents.get(here)
        return chain
