"""A sheet of a month or a quarter as an office filed it: its figures never change again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django_fsm import FSMField, transition

from office.models import Office, User


class StatisticsFiling(models.Model):
    """报送的统计表: the figures of a period at the moment of closing, whose hash the journal chains.

    A mistake is corrected by filing anew: the next row says why, and the earlier one stays.
    """

    class Scope(models.TextChoices):
        OWN = "own", "本机关"
        WHOLE = "whole", "本级汇总"

    class Stage(models.TextChoices):
        FILED = "filed", "已报送，待确认"
        CONFIRMED = "confirmed", "已确认"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="filings")
    scope = models.CharField("范围", max_length=8, choices=Scope.choices, default=Scope.OWN)
    year = models.PositiveSmallIntegerField("年度")
    first = models.PositiveSmallIntegerField("起始月")
    last = models.PositiveSmallIntegerField("截止月")
    seq = models.PositiveSmallIntegerField("次数", default=1)
    stage = FSMField("阶段", max_length=10, choices=Stage.choices, default=Stage.FILED, protected=True)
    figures = models.JSONField("封存的数字")
    sha256 = models.CharField("数字的摘要", max_length=64)
    #: Which offices below had not confirmed theirs when the whole was closed.
    missing = models.JSONField("尚未确认的机关", default=list, blank=True)
    reason = models.TextField("更正的理由", blank=True)
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="报送人")
    filed_at = models.DateTimeField("报送时间")
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "统计表报送"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "scope", "year", "first", "last", "seq"], name="statistics_filing_once"
            ),
            models.CheckConstraint(
                condition=models.Q(first__gte=1, last__lte=12, first__lte=models.F("last")),
                name="statistics_filing_months",
            ),
            models.CheckConstraint(
                condition=models.Q(stage="filed", confirmed_by__isnull=True, confirmed_at__isnull=True)
                | models.Q(stage="confirmed", confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="statistics_filing_confirmed_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(seq=1) | ~models.Q(reason=""), name="statistics_filing_anew_has_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(scope__in=["own", "whole"]), name="statistics_filing_scope_known"
            ),
        ]
        indexes = [models.Index(fields=["year", "first", "last", "scope"], name="statistics_filing_period")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.year}-{self.first}..{self.last} {self.scope} {self.seq}"

    @property
    def subject_ref(self) -> str:
        """Name the filing in the journal."""
        return f"filing:{self.pk}"

    @transition(field=stage, source=Stage.FILED, target=Stage.CONFIRMED)
    def confirm(self, *, by: Any, at: dt.datetime) -> None:
        """Stand as confirmed by whoever answers for it."""
        self.confirmed_by, self.confirmed_at = by, at
