"""A consultation of a third party or another office."""

import datetime as dt

from django.db import models

from law.clock.terms import terms_on
from law.gid.art32_third_party import silence_agrees
from letters.models import Paper
from office.models import Office, User
from workflow import rules
from workflow.kinds import Service
from workflow.models.attachment import Attachment
from workflow.models.case import Case
from workflow.models.item import Item


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

    class Decision(models.TextChoices):
        PUBLIC_INTEREST = "public_interest", "不公开会对公共利益造成重大影响"
        UNSOUND = "unsound", "不同意公开的理由不合理"

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
    reason_sound = models.BooleanField("理由合理", null=True, blank=True)
    assessed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    assessed_on = models.DateField("评估日", null=True, blank=True)
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="consultations"
    )
    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="被征求意见机关",
    )
    channel = models.CharField("送达方式", max_length=12, choices=Service.choices, blank=True)
    tracking = models.CharField("邮件号", max_length=40, blank=True)
    proof = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    returned_on = models.DateField("退回日", null=True, blank=True)
    decision_basis = models.CharField("公开决定的依据", max_length=16, choices=Decision.choices, blank=True)
    decision_reason = models.TextField("公开决定的理由", blank=True)
    decision_paper = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField("公开决定日", null=True, blank=True)
    decision_posted_on = models.DateField("公开决定交寄日", null=True, blank=True)
    decision_tracking = models.CharField("公开决定邮件号", max_length=40, blank=True)
    decision_returned_on = models.DateField("公开决定退回日", null=True, blank=True)
    decision_delivered_on = models.DateField("公开决定签收日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "征求意见"
        # Every list asks which terms for an answer still run: few, however many are over.
        indexes = [models.Index(fields=["delivered_on"], name="consultation_delivered")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opinion="", opinion_on__isnull=True)
                | (~models.Q(opinion="") & models.Q(opinion_on__isnull=False)),
                name="opinion_and_day_together",
            ),
            models.CheckConstraint(
                condition=models.Q(decision_basis="", decided_on__isnull=True, decision_paper__isnull=True)
                | (
                    ~models.Q(decision_basis="")
                    & models.Q(decided_on__isnull=False, decision_paper__isnull=False)
                ),
                name="decision_whole",
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

    @property
    def objects_to_it(self) -> bool:
        """Tell whether whoever was asked did not agree to all of it."""
        return self.opinion in (self.Opinion.DISAGREE, self.Opinion.PARTLY)

    @property
    def silence_agrees(self) -> bool:
        """Tell whether silence counts as consent: of a joint maker yes (条例34), of a third party no (条例32)."""
        return silence_agrees(self.kind, self.sent_on)

    def concerns(self, item: Item) -> bool:
        """Tell whether the consultation is about an item; one without an item is about the whole request."""
        return self.item_id in (None, item.pk)

    @property
    def release_after(self) -> dt.date | None:
        """Return the last day of the wait between telling the third party and releasing; None when not told."""
        if self.decision_delivered_on is None:
            return None
        wait = rules.number("art32.publication_buffer_days", self.case.office, self.decision_delivered_on)
        calendar = rules.of(self.case.office).calendar
        return calendar.project(self.decision_delivered_on, wait).date if wait else self.decision_delivered_on
