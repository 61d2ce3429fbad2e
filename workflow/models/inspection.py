"""Inspection by sample: cases drawn by lot from those replied in a span of days, each checked by one list (抽查)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from office.models import Office, User
from workflow.models.case import Case


class Inspection(models.Model):
    """抽查: what was drawn from, with which seed, so that the same cases can be drawn again by anybody.

    The population is kept by its case ids: later replies do not change what was drawn from.
    """

    class Stage(models.TextChoices):
        DRAWN = "drawn", "检查中"
        CLOSED = "closed", "已完成"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="监督机关")
    title = models.CharField("抽查名称", max_length=120)
    about = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被抽查机关"
    )
    first_on = models.DateField("答复日自")
    last_on = models.DateField("答复日至")
    seed = models.CharField("随机种子", max_length=64)
    size = models.PositiveSmallIntegerField("抽取件数")
    population = models.JSONField("抽取范围")
    stage = FSMField("阶段", max_length=8, choices=Stage.choices, default=Stage.DRAWN, protected=True)
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="抽取人")
    drawn_on = models.DateField("抽取日")
    summary = models.TextField("抽查小结", blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField("完成日", null=True, blank=True)
    created_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "抽查"
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=["drawn", "closed"]), name="inspection_stage_known"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="inspection_days"),
            models.CheckConstraint(condition=Q(size__gte=1), name="inspection_draws_something"),
            models.CheckConstraint(
                condition=~Q(stage="closed") | Q(closed_on__isnull=False), name="inspection_closed_whole"
            ),
        ]
        indexes = [models.Index(fields=["office", "-drawn_on"], name="inspection_list")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.title}"

    @property
    def subject_ref(self) -> str:
        """Name the inspection as the journal does."""
        return f"inspection:{self.pk}"

    @transition(field=stage, source=Stage.DRAWN, target=Stage.CLOSED)
    def close(self) -> None:
        """End, once every case drawn has a result."""


class InspectionSheet(models.Model):
    """One case of a sample: what the list found when it was drawn, and what the inspector found (抽查结果单).

    Findings are kept by the names of their rules; no sentence of a letter is repeated here.
    """

    class Result(models.TextChoices):
        OPEN = "", "未检查"
        GOOD = "good", "合格"
        FLAWED = "flawed", "有瑕疵"
        BAD = "bad", "不合格"

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="sheets")
    seq = models.PositiveSmallIntegerField("序号")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    paper_sha256 = models.CharField("所查答复书的散列", max_length=64, blank=True)
    findings = models.JSONField("答复书检查", default=list)
    missing = models.JSONField("案卷缺少", default=list)
    result = models.CharField("结果", max_length=8, choices=Result.choices, blank=True)
    remarks = models.TextField("检查意见", blank=True)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField("检查日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "抽查结果单"
        constraints = [
            models.UniqueConstraint(fields=["inspection", "seq"], name="inspection_sheet_seq_once"),
            models.UniqueConstraint(fields=["inspection", "case"], name="inspection_case_once"),
            models.CheckConstraint(
                condition=Q(result="", checked_on__isnull=True, checked_by__isnull=True)
                | (~Q(result="") & Q(checked_on__isnull=False, checked_by__isnull=False)),
                name="inspection_result_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id}/{self.seq}"
