"""A case taken up again: by order of a reconsideration body or a court, or of the office's own accord."""

from django.db import models

from letters.models import Paper
from workflow.models.case import Case
from workflow.models.remedy import Remedy


class Reopening(models.Model):
    """重新办理: why and since when, and what stood before, so that the earlier round is never lost.

    ``before`` holds what the earlier round came to: the outcome and grounds of each item, its dates and whether it
    was in time; a breach that happened stays on record.
    """

    class Cause(models.TextChoices):
        ORDERED = "ordered", "责令重新答复"
        OWN = "own", "自行撤销"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reopenings")
    seq = models.PositiveSmallIntegerField("次数")
    cause = models.CharField("缘由", max_length=10, choices=Cause.choices)
    remedy = models.ForeignKey(
        Remedy, on_delete=models.PROTECT, null=True, blank=True, related_name="carried_out", verbose_name="依据的程序"
    )  # fmt: skip
    paper = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原答复"
    )
    notice = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销决定书"
    )  # fmt: skip
    on = models.DateField("起算日")
    days = models.PositiveSmallIntegerField("期限（工作日）", null=True, blank=True)
    before = models.JSONField("原办理情况", default=dict)
    answered_by = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="重新作出的答复"
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "重新办理"
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="reopening_seq_once"),
            models.UniqueConstraint(
                fields=["remedy"], condition=models.Q(remedy__isnull=False), name="order_carried_out_once"
            ),
            models.CheckConstraint(
                condition=models.Q(cause="ordered", remedy__isnull=False)
                | models.Q(cause="own", notice__isnull=False),
                name="reopening_has_its_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.cause}"
