"""Materials shown or given to the applicant against signature (材料清单)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from workflow.models.attachment import Attachment
from workflow.models.case import Case


class Handout(models.Model):
    """One handing over: read on site, copies or a disc, with the list of materials and who signed for it."""

    class Way(models.TextChoices):
        READING = "reading", "当面查阅、抄录"
        COPIES = "copies", "提供复制件"
        DISC = "disc", "提供光盘等电子载体"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handouts")
    way = models.CharField("方式", max_length=10, choices=Way.choices)
    carrier = models.CharField("载体", max_length=60)
    materials = models.JSONField("材料", default=list)
    pages = models.PositiveIntegerField("总页数")
    receiver = models.CharField("签收人", max_length=60)
    signed_on = models.DateField("签收日期")
    proof = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_ref = models.CharField("登记人", max_length=60)
    created_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "提供材料"
        constraints = [models.CheckConstraint(condition=~Q(receiver=""), name="handout_signed_by_somebody")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.way} {self.signed_on}"

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Return the materials, each with its name and number of pages."""
        return list(self.materials)
