"""A person who signs in (工作人员)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower

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
            cache[day] = roles_held(self.pk, day, self._state.db or "default")
        return cache[day]

    def roles_in(self, office_id: int, *, on: date | None = None) -> frozenset[str]:
        """Return the roles held in an office; a supervisor is one in every office below as well."""
        return self.roles(on=on).get(office_id, frozenset())

    def forget_roles(self) -> None:
        """Drop the cached roles, after a post of this person was changed."""
        self.__dict__.pop("_roles", None)

    def offices(self, *, on: date | None = None) -> models.QuerySet[Office]:
        """Return the offices in which any role is held."""
        from .officetree import Office

        return Office.objects.filter(pk__in=self.roles(on=on).keys())
