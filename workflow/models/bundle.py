"""Requests for the same matter decided once (并案): each keeps its own case, clock and letter."""

from django.db import models

from office.models import User
from workflow.models.case import Case


class Bundle(models.Model):
    """One 并案: the lead case whose decision the members follow; it has no state and no clock of its own."""

    lead = models.OneToOneField(
        Case, on_delete=models.PROTECT, related_name="led_bundle", verbose_name="主件"
    )
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="并案人")
    made_on = models.DateField("并案日")

    class Meta:
        verbose_name = verbose_name_plural = "并案"

    def __str__(self) -> str:
        return f"并案 {self.lead_id}"


class BundleMember(models.Model):
    """One case in a bundle, from the day it joined to the day it left."""

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="members")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bundlings")
    joined_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="并入人")
    joined_on = models.DateField("并入日")
    left_on = models.DateField("撤出日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "并案成员"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="bundled_once", condition=models.Q(left_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bundle_id}/{self.case_id}"
