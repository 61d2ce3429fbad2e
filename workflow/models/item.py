"""One item of a request, with its own outcome."""

from django.db import models

from office.models import User
from workflow.models.case import Case
from workflow.models.request_text import RequestText


class Item(models.Model):
    """One 申请事项; ``facts`` holds what the letter must say of it (reason, place, other office …)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="items")
    seq = models.PositiveSmallIntegerField("序号")
    description = models.TextField("申请内容")
    outcome = models.CharField("处理结果", max_length=40, blank=True)
    grounds = models.JSONField("依据", default=list, blank=True)
    reason = models.TextField("理由", blank=True)
    facts = models.JSONField("答复要素", default=dict, blank=True)
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="拟办人"
    )
    proposed_on = models.DateField("拟办日", null=True, blank=True)
    # Nothing until the index of wordings has read this one (`workflow/alike/index.py`).
    text = models.ForeignKey(
        RequestText,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        db_index=False,
        editable=False,
    )
    nature = models.CharField("性质", max_length=30, blank=True)
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="拆分自"
    )

    class Meta:
        verbose_name = verbose_name_plural = "申请事项"
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="item_seq_once")]
        indexes = [
            models.Index(fields=["text", "case"], name="item_by_text"),
            models.Index(fields=["id"], name="item_unread", condition=models.Q(text__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq}"
