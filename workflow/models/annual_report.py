"""An office's annual report: what no case knows, its text, and what was published."""

from __future__ import annotations

from typing import Any

from django.db import models
from django_fsm import FSMField, transition

from office.models import Office, User


class AnnualReport(models.Model):
    """年度报告 (条例49、50) of one office on one year, of the office itself or of the whole government (汇总).

    Tables three and four are counted from the cases whenever they are looked at, until publication; what was published
    is kept as it was, and what the cases say later is shown beside it.
    """

    class Scope(models.TextChoices):
        OWN = "own", "本机关"
        WHOLE = "whole", "本级政府汇总"

    class Stage(models.TextChoices):
        DRAFT = "draft", "编制中"
        PUBLISHED = "published", "已公布"

    class Origin(models.TextChoices):
        MADE = "made", "本系统编制"
        ENTERED = "entered", "据已公布的报告录入"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="annual_reports")
    year = models.PositiveSmallIntegerField("年度")
    scope = models.CharField("范围", max_length=8, choices=Scope.choices, default=Scope.OWN)
    origin = models.CharField("来源", max_length=8, choices=Origin.choices, default=Origin.MADE)
    stage = FSMField("阶段", max_length=10, choices=Stage.choices, default=Stage.DRAFT, protected=True)
    #: Table two by row and column, as entered.
    hand = models.JSONField("表二", default=dict, blank=True)
    #: The text of each part by its number, with names of figures in braces.
    texts = models.JSONField("正文", default=dict, blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    published = models.JSONField("已公布的表", null=True, blank=True)
    published_on = models.DateField("公布日", null=True, blank=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    address = models.URLField("公布网址", blank=True)
    created_at = models.DateTimeField("建立时间")
    updated_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = verbose_name_plural = "年度报告"
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "scope"], name="annual_report_once"),
            models.CheckConstraint(
                condition=models.Q(stage="draft", published_on__isnull=True)
                | models.Q(stage="published", published__isnull=False, published_on__isnull=False),
                name="annual_report_published_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(scope__in=["own", "whole"]) & models.Q(origin__in=["made", "entered"]),
                name="annual_report_kinds_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.year} {self.scope}"

    @property
    def subject_ref(self) -> str:
        """Name the report in the journal."""
        return f"annual:{self.pk}"

    @transition(field=stage, source=Stage.DRAFT, target=Stage.PUBLISHED)
    def publish(self) -> None:
        """Stand as published."""

    @transition(field=stage, source=Stage.PUBLISHED, target=Stage.DRAFT)
    def take_back(self) -> None:
        """Be written anew, after a mistake was found in what was published."""

    def previous(self) -> AnnualReport | None:
        """Return the same office's report of the year before, published or not."""
        found: Any = AnnualReport.objects.filter(
            office_id=self.office_id, year=self.year - 1, scope=self.scope
        )
        return found.first()
