"""A draft of the reply as the office edited it in a word processor."""

from django.db import models

from office.models import User
from workflow.models.case import Case


class DraftEdit(models.Model):
    """What an office made of the system's draft: its words, sealed; used until it is dropped, replaced or signed."""

    class Status(models.TextChoices):
        OPEN = "open", "使用中"
        DROPPED = "dropped", "已放弃"
        SIGNED = "signed", "已签发"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="edits")
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.OPEN)
    base_sha256 = models.CharField("所改文稿摘要", max_length=64)
    body_sha256 = models.CharField("修改稿摘要", max_length=64)
    words_sealed = models.TextField("修改的文字（加密）")
    notices = models.JSONField("导入时的提示", default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="导入人")
    edited_on = models.DateField("导入日")
    created_at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = verbose_name_plural = "修改稿"
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(status="open"), name="edit_one_open")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.status}"
