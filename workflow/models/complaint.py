"""A complaint to the supervising office about how a request was handled."""

from django.db import models

from letters.models import Paper
from office.models import Office
from workflow.models.case import Case


class Complaint(models.Model):
    """投诉举报 (条例47、51): what was complained of, and what the supervising office found and did.

    The supervising office may urge correction and criticise (47); it orders nothing (53 is for the office above).
    """

    class Result(models.TextChoices):
        OPEN = "", "正在核查"
        RECTIFY = "rectify", "督促整改"
        CRITICISE = "criticise", "通报批评"
        UNFOUNDED = "unfounded", "投诉不成立"
        HANDED_OVER = "handed_over", "转有权机关处理"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="complaints")
    seq = models.PositiveSmallIntegerField("序号")
    supervisor = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="+", verbose_name="主管部门"
    )
    received_on = models.DateField("收到投诉日")
    matters = models.TextField("投诉事项")
    result = models.CharField("处理结果", max_length=12, choices=Result.choices, blank=True)
    finding = models.TextField("核查情况", blank=True)
    rectify_by_on = models.DateField("整改期限", null=True, blank=True)
    decided_on = models.DateField("处理日", null=True, blank=True)
    notice = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="督促整改通知书"
    )  # fmt: skip
    answer = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="投诉处理告知书"
    )  # fmt: skip
    rectified_on = models.DateField("整改完成日", null=True, blank=True)
    rectified = models.TextField("整改情况", blank=True)
    by_ref = models.CharField("登记人", max_length=60)
    created_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "投诉举报"
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="complaint_seq_once"),
            models.CheckConstraint(
                condition=models.Q(result="", decided_on__isnull=True)
                | (~models.Q(result="") & models.Q(decided_on__isnull=False)),
                name="complaint_result_and_day_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq}"
