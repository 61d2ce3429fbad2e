"""Turning what was asked for into what is published for everybody (条例44)."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from letters.models import Paper
from office.models import Office, User
from workflow.models.case import Case
from workflow.models.item import Item


class Conversion(models.Model):
    """转为主动公开: proposed by the office or an applicant, approved by the head, published within the own term."""

    class Source(models.TextChoices):
        OFFICE = "office", "本机关提出"
        APPLICANT = "applicant", "申请人建议"
        REASSESSMENT = "reassessment", "定期评估审查"

    class Stage(models.TextChoices):
        PROPOSED = "proposed", "待审批"
        APPROVED = "approved", "待公开"
        PUBLISHED = "published", "已公开"
        DECLINED = "declined", "不予转为主动公开"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="机关")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="conversions"
    )
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="conversions"
    )
    source = models.CharField("来源", max_length=14, choices=Source.choices)
    title = models.CharField("拟公开的信息", max_length=200)
    reason = models.TextField("理由")
    redaction = models.TextField("去标识化处理", blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField("提出日")
    stage = FSMField("阶段", max_length=12, choices=Stage.choices, default=Stage.PROPOSED, protected=True)
    opinion = models.TextField("审批意见", blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField("审批日", null=True, blank=True)
    due_on = models.DateField("公开届满日", null=True, blank=True)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField("公开的位置", max_length=300, blank=True)
    published_on = models.DateField("公开日", null=True, blank=True)
    created_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "转为主动公开"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage__in=["proposed", "approved", "published", "declined"]),
                name="conversion_stage_known",
            ),
            models.CheckConstraint(
                condition=models.Q(stage="proposed", decided_on__isnull=True)
                | (~models.Q(stage="proposed") & models.Q(decided_on__isnull=False)),
                name="conversion_decided_has_day",
            ),
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(stage__in=["proposed", "approved", "published"]),
                name="item_converted_once",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["office", "stage", "due_on"], name="conversion_list")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.stage}"

    @property
    def subject_ref(self) -> str:
        """Name the record as papers and the journal do."""
        return f"conversion:{self.pk}"

    @transition(field=stage, source=Stage.PROPOSED, target=Stage.APPROVED)
    def approve(self) -> None:
        """Go on to publication."""

    @transition(field=stage, source=Stage.PROPOSED, target=Stage.DECLINED)
    def decline(self) -> None:
        """End without publication."""

    @transition(field=stage, source=Stage.APPROVED, target=Stage.PUBLISHED)
    def publish(self) -> None:
        """End with the information where everybody finds it."""
