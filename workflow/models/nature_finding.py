"""What an item of a request was found to be."""

from django.db import models

from office.models import User
from workflow.models.case import Case
from workflow.models.item import Item


class NatureFinding(models.Model):
    """性质研判: the answers given to the tree of questions and where they led; the newest one counts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="natures")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="natures")
    answers = models.JSONField("研判经过", default=dict)
    finding = models.CharField("性质", max_length=30)
    note = models.TextField("说明", blank=True)
    found_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="研判人")
    found_on = models.DateField("研判日")

    class Meta:
        verbose_name = verbose_name_plural = "性质研判"

    def __str__(self) -> str:
        return f"{self.case_id} {self.finding}"
