"""Who acts for whom while they are away (代理), from a first day to a last one."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .kept import Kept, KeptQuerySet
from .officetree import Office


class DelegationQuerySet(KeptQuerySet):
    """A queryset that knows which delegations count on a day."""

    def in_force(self, on: date) -> DelegationQuerySet:
        """Keep the delegations whose days include a day, that nobody ended before, between people still here."""
        return self.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=on), from_on__lte=on, to_on__gte=on,
            delegator__is_active=True, delegate__is_active=True,
        )  # fmt: skip


class Delegation(Kept):
    """Lends all of a person's duties in one office to another person for some days; never lent on.

    An early end takes effect on ``ended_on`` itself: on that day the delegate acts for nobody any more.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="delegations", verbose_name="机关")
    delegator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_given", verbose_name="被代理人"
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_held", verbose_name="代理人"
    )
    from_on = models.DateField("起始日")
    to_on = models.DateField("截止日（含）")
    reason = models.CharField("事由", max_length=100)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人"
    )
    entered_at = models.DateTimeField("录入时间")
    ended_on = models.DateField("提前终止日", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="终止人",
    )

    objects = models.Manager.from_queryset(DelegationQuerySet)()

    class Meta:
        verbose_name = "代理"
        verbose_name_plural = "代理"
        constraints = [
            models.CheckConstraint(name="office_delegation_days", condition=Q(to_on__gte=F("from_on"))),
            models.CheckConstraint(
                name="office_delegation_two_persons", condition=~Q(delegator=F("delegate"))
            ),
            models.CheckConstraint(
                name="office_delegation_end_pair",
                condition=Q(ended_on__isnull=True, ended_by__isnull=True)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["delegate", "to_on"], name="office_delegation_held"),
            models.Index(fields=["office", "to_on"], name="office_delegation_office"),
        ]

    def __str__(self) -> str:
        return f"{self.delegator_id}→{self.delegate_id} {self.from_on}—{self.to_on}"
