"""The regular look at what was refused: may it be disclosed by now (条例18)?"""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from office.models import Office, User
from workflow.models.case import Case
from workflow.models.conversion import Conversion
from workflow.models.item import Item


class Reassessment(models.Model):
    """定期评估审查: one refused item in one year's list, decided by a person."""

    class Stage(models.TextChoices):
        WAITING = "waiting", "待评估"
        KEPT = "kept", "仍不予公开"
        DISCLOSABLE = "disclosable", "可以公开"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reassessments")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reassessments")
    outcome = models.CharField("原处理结果", max_length=40)
    replied_on = models.DateField("原答复日")
    listed_on = models.DateField("列入日")
    stage = FSMField("阶段", max_length=12, choices=Stage.choices, default=Stage.WAITING, protected=True)
    reason = models.TextField("评估意见", blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField("评估日", null=True, blank=True)
    conversion = models.ForeignKey(
        Conversion, on_delete=models.PROTECT, null=True, blank=True, related_name="reassessments"
    )

    class Meta:
        verbose_name = verbose_name_plural = "定期评估审查"
        constraints = [
            models.UniqueConstraint(fields=["year", "item"], name="item_reassessed_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(stage="waiting", decided_by__isnull=True, decided_on__isnull=True)
                | models.Q(
                    stage__in=["kept", "disclosable"], decided_by__isnull=False, decided_on__isnull=False
                ),
                name="reassessment_decided_by_a_person",
            ),
        ]
        indexes = [models.Index(fields=["office", "year", "stage"], name="reassessment_list")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.year} {self.item_id}"

    @property
    def subject_ref(self) -> str:
        """Name the record as the journal does."""
        return f"reassessment:{self.pk}"

    @transition(field=stage, source=Stage.WAITING, target=Stage.KEPT)
    def keep(self) -> None:
        """Find that the refusal still holds."""

    @transition(field=stage, source=Stage.WAITING, target=Stage.DISCLOSABLE)
    def free(self) -> None:
        """Find that it may be disclosed by now."""
