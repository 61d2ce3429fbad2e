"""A person who signs in (工作人员)."""

from __future__ import annotations

import copy
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower

from ..roles import Role
from ..today import today
from .kept import Kept, KeptQuerySet
from .tree import roles_held

if TYPE_CHECKING:
    from .officetree import Office


class PersonManager(UserManager.from_queryset(KeptQuerySet)):  # type: ignore[misc]
    """Makes people; a queryset of people refuses deletion."""

    use_in_migrations = False


class User(Kept, AbstractUser):
    """A person of an office; deactivated when they leave, never deleted."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=50)
    phone = models.CharField("电话", max_length=40, blank=True)
    must_change_password = models.BooleanField("须修改初始密码", default=False)
    deactivated_on = models.DateField("停用日期", null=True, blank=True)

    #: Whom this instance acts for, and in which office; set by ``standing_in_for`` alone (代理).
    acting_for: User | None = None
    acting_in: int | None = None

    objects = PersonManager()
    REQUIRED_FIELDS = ["name"]

    class Meta(AbstractUser.Meta):
        verbose_name = "工作人员"
        verbose_name_plural = "工作人员"
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="office_user_username_ci",
                violation_error_message="已有同名用户（不区分大小写）。",
            ),
            models.CheckConstraint(
                name="office_user_gone_is_inactive",
                condition=models.Q(deactivated_on__isnull=True) | models.Q(is_active=False),
            ),
        ]

    def __str__(self) -> str:
        return self.display

    @property
    def ref(self) -> str:
        """Return the reference by which the journal names this person, e.g. "user:7"."""
        return f"user:{self.pk}"

    @property
    def display(self) -> str:
        """Return the name shown on screens."""
        return self.name or self.username

    def get_full_name(self) -> str:
        """Return the whole name (姓名)."""
        return self.display

    def get_short_name(self) -> str:
        """Return the name: Chinese names have no short form."""
        return self.display

    def roles(self, *, on: date | None = None) -> dict[int, frozenset[str]]:
        """Return, by office id, the roles held on a day; one query for each instance and day.

        Access is a question of the present moment, so the day is today's unless given.
        """
        if not self.is_active or self.pk is None:
            return {}
        day = on or today()
        cache: dict[date, dict[int, frozenset[str]]] = self.__dict__.setdefault("_roles", {})
        if day not in cache:
            using = self._state.db or "default"
            if self.acting_for is None:
                cache[day] = roles_held(self.pk, day, using)
            else:
                cache[day] = delegated_roles(self, day, using)
        return cache[day]

    def roles_in(self, office_id: int, *, on: date | None = None) -> frozenset[str]:
        """Return the roles held in an office; a supervisor is one in every office below as well."""
        return self.roles(on=on).get(office_id, frozenset())

    def forget_roles(self) -> None:
        """Drop the cached roles, after a post of this person was changed."""
        self.__dict__.pop("_roles", None)

    @property
    def principals(self) -> frozenset[int]:
        """Return the ids of the persons behind an act: the one who does it, and the one it is done for."""
        return frozenset({self.pk, self.acting_for.pk} if self.acting_for else {self.pk})

    @property
    def duty_of(self) -> User:
        """Return the person whose duty is done: the one acted for, else this one."""
        return self.acting_for or self

    def standing_in_for(self, delegator: User, office_id: int) -> User:
        """Return this person acting for another in one office, with that person's roles there and no own ones.

        Whether a delegation is in force is asked again whenever roles are.
        """
        person = copy.copy(self)
        for name in [name for name in person.__dict__ if name.startswith("_") and name != "_state"]:
            del person.__dict__[name]
        person.acting_for, person.acting_in = delegator, office_id
        return person

    def stand_ins(self, *, on: date | None = None) -> list[User]:
        """Return this person once for each delegation in force on a day, acting for its delegator."""
        if not self.is_active or self.pk is None or self.acting_for is not None:
            return []
        day = on or today()
        cache: dict[date, list[User]] = self.__dict__.setdefault("_stand_ins", {})
        if day not in cache:
            from .delegation import Delegation

            held = Delegation.objects.in_force(day).filter(delegate_id=self.pk).select_related("delegator")
            cache[day] = [self.standing_in_for(row.delegator, row.office_id) for row in held.order_by("pk")]
        return cache[day]

    def hats(self, *, on: date | None = None) -> list[User]:
        """Return everybody this person may act as on a day: first as themselves, then for each delegator."""
        return [self, *self.stand_ins(on=on)]

    def reach(self, *, on: date | None = None) -> dict[int, frozenset[str]]:
        """Return, by office id, the roles held on a day together with those held for others (代理)."""
        found: dict[int, frozenset[str]] = {}
        for person in self.hats(on=on):
            for office_id, roles in person.roles(on=on).items():
                found[office_id] = found.get(office_id, frozenset()) | roles
        return found

    def as_holder_of(self, role: str, office_id: int) -> User:
        """Return this person as whoever may do a duty in an office: themselves, else for a delegator.

        Returns this person where neither holds it, so that the refusal is theirs.
        """
        return next((person for person in self.hats() if role in person.roles_in(office_id)), self)

    def offices(self, *, on: date | None = None) -> models.QuerySet[Office]:
        """Return the offices in which any role is held."""
        from .officetree import Office

        return Office.objects.filter(pk__in=self.reach(on=on).keys())


def delegated_roles(person: User, day: date, using: str) -> dict[int, frozenset[str]]:
    """Return the roles a delegate holds for a delegator on a day: all but administration, in the office named.

    {} as soon as the delegation is not in force or the delegator has left: a leaver's work is re-assigned.
    """
    from .delegation import Delegation

    delegator = person.acting_for
    assert delegator is not None  # asked of a stand-in only
    rows = Delegation.objects.using(using).in_force(day)
    if not rows.filter(delegate_id=person.pk, delegator_id=delegator.pk, office_id=person.acting_in).exists():
        return {}
    held = roles_held(delegator.pk, day, using, office_id=person.acting_in)
    return {office: left for office, roles in held.items() if (left := roles - {Role.ADMIN.value})}
