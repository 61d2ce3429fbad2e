"""A change to a served reply that the office proposes of its own accord."""

from django.db import models

from letters.models import Paper
from office.models import User
from workflow.models.case import Case


class ReplyChange(models.Model):
    """自行纠正: drafted by one person, signed by another; the old paper stays as it is."""

    class Form(models.TextChoices):
        CORRECT = "correct", "更正答复中的文字"
        WITHDRAW = "withdraw", "撤销答复，重新办理"

    class Status(models.TextChoices):
        PROPOSED = "proposed", "待签发"
        DONE = "done", "已签发"
        DROPPED = "dropped", "不予采纳"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reply_changes")
    form = models.CharField("方式", max_length=10, choices=Form.choices)
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.PROPOSED)
    old = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+", verbose_name="原答复")
    reason = models.TextField("理由")
    wrong = models.TextField("原文", blank=True)
    right = models.TextField("更正为", blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField("提出日")
    new = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="新文书"
    )
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField("决定日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "自行纠正"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(status="proposed"), name="one_proposed_change"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by"))
                | models.Q(status="dropped"),
                name="change_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.form} {self.status}"
