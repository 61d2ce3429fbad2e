"""A notice by which a supervising office urges another to put something right, or criticises it before others."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition

from letters.models import Paper
from office.models import Office, User
from workflow.models.case import Case


class Rectification(models.Model):
    """督促整改、通报批评 (条例47) out of the supervising office's own inspection: issued, received, reported on, closed.

    What a complaint leads to stands with the complaint. The supervising office urges and criticises; it orders nothing.
    """

    class Kind(models.TextChoices):
        RECTIFY = "rectify", "督促整改"
        CRITICISE = "criticise", "通报批评"

    class Stage(models.TextChoices):
        ISSUED = "issued", "待签收"
        RECEIVED = "received", "整改中"
        REPORTED = "reported", "已报告，待核实"
        CLOSED = "closed", "已销号"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="监督机关")
    about = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="被督促机关")
    kind = models.CharField("种类", max_length=10, choices=Kind.choices)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="有关的案件"
    )
    occasion = models.CharField("发现问题的检查", max_length=200)
    finding = models.TextField("存在的问题")
    measures = models.TextField("整改要求")
    rectify_by_on = models.DateField("整改期限")
    stage = FSMField("阶段", max_length=10, choices=Stage.choices, default=Stage.ISSUED, protected=True)
    paper = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="文书"
    )
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="发出人")
    issued_on = models.DateField("发出日")
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_on = models.DateField("签收日", null=True, blank=True)
    report = models.TextField("整改情况", blank=True)
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reported_on = models.DateField("报告日", null=True, blank=True)
    returned = models.PositiveSmallIntegerField("退回次数", default=0)
    verdict = models.TextField("核实意见", blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField("销号日", null=True, blank=True)
    created_at = models.DateTimeField("登记时间")

    #: What has gone out to the office it is about: it never waited for a seal, or has it on record.
    SENT = Q(paper__needs_seal=False) | Q(paper__sealed_on__isnull=False)
    #: What the office it is about still has to put right or to report on.
    OWED = SENT & Q(stage__in=["issued", "received"])

    class Meta:
        verbose_name = verbose_name_plural = "督促整改和通报批评"
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=["issued", "received", "reported", "closed"]),
                name="rectification_stage_known",
            ),
            models.CheckConstraint(condition=~Q(office=F("about")), name="rectification_of_another_office"),
            models.CheckConstraint(
                condition=Q(rectify_by_on__gte=F("issued_on")), name="rectification_term_after_issue"
            ),
            models.CheckConstraint(
                condition=~Q(stage="closed") | Q(closed_on__isnull=False, reported_on__isnull=False),
                name="rectification_closed_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "stage", "rectify_by_on"], name="rectification_issued"),
            models.Index(fields=["about", "stage", "rectify_by_on"], name="rectification_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.about_id} {self.issued_on}"

    @property
    def subject_ref(self) -> str:
        """Name the record as papers and the journal do."""
        return f"rectification:{self.pk}"

    @property
    def waits_for_seal(self) -> bool:
        """Tell whether the notice is still in the house of whoever issued it, for want of a seal."""
        return self.paper is not None and self.paper.waits_for_seal

    @property
    def sent_on(self) -> dt.date:
        """Return the day on which the notice went out: that of its seal where it needed one."""
        return (self.paper and self.paper.sealed_on) or self.issued_on

    @property
    def addressees(self) -> int:
        """Return to how many offices the notice goes."""
        return 1 + self.copies.count()

    @transition(field=stage, source=Stage.ISSUED, target=Stage.RECEIVED)
    def receive(self) -> None:
        """Stand with the office that was urged, once it has signed for the notice."""

    @transition(field=stage, source=Stage.RECEIVED, target=Stage.REPORTED)
    def tell(self) -> None:
        """Wait for the supervising office to look at what was reported."""

    @transition(field=stage, source=Stage.REPORTED, target=Stage.RECEIVED)
    def send_back(self) -> None:
        """Go back to the office that was urged: what it reported is not enough."""

    @transition(field=stage, source=Stage.REPORTED, target=Stage.CLOSED)
    def close(self) -> None:
        """End, once the supervising office has found it put right."""


class RectificationCopy(models.Model):
    """One office to which a circulated criticism goes besides the one it is about (通报范围)."""

    rectification = models.ForeignKey(Rectification, on_delete=models.PROTECT, related_name="copies")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="机关")

    class Meta:
        verbose_name = verbose_name_plural = "通报范围"
        constraints = [
            models.UniqueConstraint(fields=["rectification", "office"], name="rectification_copy_once")
        ]

    def __str__(self) -> str:
        return f"{self.rectification_id} {self.office_id}"
