"""The question why an applicant makes so many requests."""

import datetime as dt

from django.db import models

from letters.models import Paper
from office.models import User
from workflow import rules
from workflow.models.case import Case


class ExcessInquiry(models.Model):
    """说明理由 (条例35): what was counted, what the applicant answered, what a person made of it."""

    class Finding(models.TextChoices):
        REASONABLE = "reasonable", "理由合理"
        UNREASONABLE = "unreasonable", "理由不合理"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="excess")
    counted = models.TextField("数量、频次的事实")
    days = models.PositiveSmallIntegerField("说明理由的期限（工作日）")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField("告知日")
    answered_on = models.DateField("说明理由到达日", null=True, blank=True)
    silent_on = models.DateField("认定未说明之日", null=True, blank=True)
    reasons = models.TextField("申请人说明的理由", blank=True)
    finding = models.CharField("认定", max_length=14, choices=Finding.choices, blank=True)
    assessment = models.TextField("认定的依据", blank=True)
    found_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    found_on = models.DateField("认定日", null=True, blank=True)
    delayed_until_on = models.DateField("延迟答复至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "说明理由"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(finding="", found_on__isnull=True, found_by__isnull=True)
                | (~models.Q(finding="") & models.Q(found_on__isnull=False, found_by__isnull=False)),
                name="excess_finding_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True) | models.Q(silent_on__isnull=True),
                name="excess_answered_or_silent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.asked_on}"

    @property
    def due_on(self) -> dt.date | None:
        """Return the last day to give reasons, counted from service of the notice; None before service."""
        reached = self.case.reached_on(self.paper_id)
        return rules.of(self.case.office).calendar.project(reached, self.days).date if reached else None
