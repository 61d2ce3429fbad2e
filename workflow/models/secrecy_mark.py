"""A mark of secrecy that was found in a document, as a suggestion until a person settles it."""

from __future__ import annotations

from django.db import models

from office.models import User
from workflow.holding_kinds import MarkKind, MarkPlace
from workflow.models.holding import HoldingVersion


class SecrecyMark(models.Model):
    """One mark (密级标志): where it stands, the words around it sealed; ``quarantines`` where it classifies."""

    class Status(models.TextChoices):
        SUGGESTED = "suggested", "待认定"
        ACCEPTED = "accepted", "认定"
        REJECTED = "rejected", "排除"

    version = models.ForeignKey(HoldingVersion, on_delete=models.PROTECT, related_name="marks")
    kind = models.CharField("标志", max_length=14, choices=MarkKind.choices)
    place = models.CharField("位置", max_length=10, choices=MarkPlace.choices)
    page = models.PositiveIntegerField("页", null=True, blank=True)
    box = models.JSONField("位置（磅）", null=True, blank=True)
    snippet_sealed = models.TextField("上下文（加密）", blank=True)
    quarantines = models.BooleanField("属于密级标志", default=False)
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.SUGGESTED)
    reason = models.CharField("理由", max_length=300, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_on = models.DateField("认定日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "密级标志"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="suggested", settled_by__isnull=True, settled_on__isnull=True)
                | ~models.Q(status="suggested")
                & models.Q(settled_by__isnull=False, settled_on__isnull=False),
                name="mark_settled_by_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.kind}"
