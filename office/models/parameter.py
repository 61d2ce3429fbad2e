"""Dated parameters of an office, each change made by two persons (双人复核)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .kept import Kept, KeptQuerySet
from .officetree import Office


class OfficeParameter(Kept):
    """One change of one parameter: entered by one person, in force once another confirmed it."""

    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="parameters", verbose_name="机关"
    )
    key = models.CharField("参数", max_length=100)
    value = models.JSONField("值")
    from_on = models.DateField("适用起始日")
    reason = models.TextField("理由")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人"
    )
    entered_at = models.DateTimeField("录入时间")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="复核人",
    )
    confirmed_at = models.DateTimeField("复核时间", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="退回人",
    )
    withdrawn_at = models.DateTimeField("退回时间", null=True, blank=True)

    objects = models.Manager.from_queryset(KeptQuerySet)()

    class Meta:
        verbose_name = "机关参数"
        verbose_name_plural = "机关参数"
        constraints = [
            models.CheckConstraint(
                name="office_parameter_confirmed_pair",
                condition=models.Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="office_parameter_withdrawn_pair",
                condition=models.Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | models.Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="office_parameter_one_end",
                condition=models.Q(confirmed_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="office_parameter_two_persons",
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("entered_by")),
            ),
            models.CheckConstraint(name="office_parameter_reason", condition=~models.Q(reason="")),
        ]
        indexes = [models.Index(fields=["key", "office", "from_on"], name="office_parameter_lookup")]

    def __str__(self) -> str:
        return f"{self.key} @ {self.from_on}"
