"""A year's archived files handed over to the archive (移交)."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from letters.models import Paper
from office.models import Office, User
from workflow.models.case import Case


class Handover(models.Model):
    """归档文件移交: the files of a year in one batch, with the list both sides sign."""

    class Stage(models.TextChoices):
        LISTED = "listed", "待接收"
        ACCEPTED = "accepted", "已接收"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("归档年度")
    seq = models.PositiveSmallIntegerField("批次")
    receiver = models.CharField("接收单位", max_length=120)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    list_sha256 = models.CharField("清单摘要", max_length=64)
    stage = FSMField("阶段", max_length=10, choices=Stage.choices, default=Stage.LISTED, protected=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField("编制日")
    accepted_by = models.CharField("接收人", max_length=60, blank=True)
    accepted_on = models.DateField("接收日", null=True, blank=True)
    created_at = models.DateTimeField("编制时间")

    class Meta:
        verbose_name = verbose_name_plural = "移交批次"
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "seq"], name="handover_once"),
            models.CheckConstraint(
                condition=models.Q(stage="listed", accepted_on__isnull=True, accepted_by="")
                | (models.Q(stage="accepted", accepted_on__isnull=False) & ~models.Q(accepted_by="")),
                name="handover_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.year}/{self.seq}"

    @property
    def subject_ref(self) -> str:
        """Name the record as papers and the journal do."""
        return f"handover:{self.pk}"

    @transition(field=stage, source=Stage.LISTED, target=Stage.ACCEPTED)
    def accept(self) -> None:
        """End with the archive's signature."""


class HandoverFile(models.Model):
    """One file of a batch; a file is handed over once."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="files")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="handed_over")
    manifest_sha256 = models.CharField("卷内清单摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "移交的案卷"

    def __str__(self) -> str:
        return f"{self.handover_id} {self.case_id}"
