"""A part of a request that was handed over to those who handle such matters."""

from django.db import models

from letters.models import Paper
from workflow.kinds import ForeignDesk
from workflow.models.case import Case
from workflow.models.item import Item


class Referral(models.Model):
    """移送: which item went to whom, by which letter, under which number there (条例39)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="referrals")
    desk = models.CharField("去向", max_length=12, choices=ForeignDesk.choices)
    to_name = models.CharField("接收单位", max_length=120)
    number = models.CharField("对方编号", max_length=60, blank=True)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    handed_on = models.DateField("移送日")

    class Meta:
        verbose_name = verbose_name_plural = "移送"
        constraints = [models.UniqueConstraint(fields=["item"], name="item_referred_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.to_name}"
