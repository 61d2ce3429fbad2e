"""A consultation of a third party or another office."""

import datetime as dt

from django.db import models

from law.clock.terms import terms_on
from letters.models import Paper
from workflow import rules
from workflow.models.case import Case


class Consultation(models.Model):
    """征求意见: who was asked, when it reached them, what they said and what the handler made of it."""

    class Kind(models.TextChoices):
        THIRD = "third", "第三方"
        AGENCY = "agency", "其他机关"
        JOINT = "joint", "共同制作机关"

    class Opinion(models.TextChoices):
        AGREE = "agree", "同意公开"
        DISAGREE = "disagree", "不同意公开"
        PARTLY = "partly", "部分同意"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consultations")
    kind = models.CharField("对象", max_length=10, choices=Kind.choices)
    party_name = models.CharField("被征求意见人", max_length=120)
    party_address = models.CharField("地址", max_length=200, blank=True)
    party_kind = models.CharField(
        "类别", max_length=10, choices=[("natural", "自然人"), ("org", "单位")], default="org"
    )
    concern = models.CharField("可能涉及的权益", max_length=60, default="合法权益")
    subject = models.TextField("拟公开内容")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_on = models.DateField("发出日")
    delivered_on = models.DateField("签收日", null=True, blank=True)
    opinion = models.CharField("意见", max_length=10, choices=Opinion.choices, blank=True)
    opinion_on = models.DateField("意见到达日", null=True, blank=True)
    reason = models.TextField("第三方理由", blank=True)
    reason_assessed = models.TextField("对理由的评估", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "征求意见"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opinion="", opinion_on__isnull=True)
                | (~models.Q(opinion="") & models.Q(opinion_on__isnull=False)),
                name="opinion_and_day_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.sent_on}"

    @property
    def opinion_days(self) -> int:
        """Return the working days there are for the answer, as the case's clock counts them (条例32–34)."""
        start = self.case.clock_start_on or self.case.arrived_on
        return terms_on(start, rules.of(self.case.office).overrides).opinion_days[self.kind]

    @property
    def silence_ends_on(self) -> dt.date | None:
        """Return the last day for the answer, counted from service (条例32–34)."""
        if self.delivered_on is None:
            return None
        calendar = rules.of(self.case.office).calendar
        return calendar.project(self.delivered_on, self.opinion_days).date

    def silent_on(self, day: dt.date) -> bool:
        """Tell whether the term for an answer was over on a day."""
        last = self.silence_ends_on
        return last is not None and day > last
