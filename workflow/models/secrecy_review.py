"""The secrecy review of one document (保密审查, 一事一审): its levels, its questions upward, its conclusion."""

from __future__ import annotations

from django.db import models

from law.gid.art17_review import Doubt
from letters.models import Paper
from office.models import Office, User
from workflow.holding_kinds import Conclusion, Decision, Level, ReviewStatus, Term
from workflow.models.attachment import Attachment
from workflow.models.case import Case
from workflow.models.holding import Holding, HoldingVersion

DOUBTS = [(doubt.value, doubt.label) for doubt in Doubt]


class SecrecyReview(models.Model):
    """One review of one version of one document; signed off, it pins the hash of what was seen (条例17).

    ``ticks`` holds one line for each provision of articles 14 to 16: ``{"provision", "holds", "basis"}``.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="secrecy_reviews")
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="secrecy_reviews")
    version = models.ForeignKey(HoldingVersion, on_delete=models.PROTECT, related_name="secrecy_reviews")
    status = models.CharField("状态", max_length=10, choices=ReviewStatus.choices, default=ReviewStatus.OPEN)
    levels = models.JSONField("审查层级", default=list)
    ticks = models.JSONField("逐项审查", default=list)
    term = models.CharField("保密期限状态", max_length=10, choices=Term.choices)
    term_note = models.CharField("期限说明", max_length=300, blank=True)
    content = models.TextField("内容和表述")
    timing = models.TextField("时机")
    manner = models.TextField("方式")
    conclusion = models.CharField("结论", max_length=10, choices=Conclusion.choices)
    pinned_sha256 = models.CharField("所审原件摘要", max_length=64, blank=True)
    void_reason = models.CharField("失效原因", max_length=300, blank=True)
    opened_on = models.DateField("开始审查日")
    signed_on = models.DateField("签署日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "保密审查"
        constraints = [
            models.UniqueConstraint(
                fields=["holding"], condition=models.Q(status__in=["open", "referred", "signed"]),
                name="secrecy_review_one_in_force",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=ReviewStatus.SIGNED)
                | ~models.Q(pinned_sha256="") & models.Q(signed_on__isnull=False),
                name="secrecy_review_signed_pins_a_hash",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.holding_id} {self.status}"

    @property
    def in_force(self) -> bool:
        """Tell whether this review runs or holds."""
        return self.status in (ReviewStatus.OPEN, ReviewStatus.REFERRED, ReviewStatus.SIGNED)

    @property
    def next_level(self) -> str:
        """Return the level whose turn it is; none once every level has agreed."""
        agreed = {step.level for step in self.steps.all() if step.decision == Decision.AGREE}
        return next((level for level in self.levels if level not in agreed), "")

    @property
    def open_referral(self) -> SecrecyReferral | None:
        """Return the question that waits for its answer."""
        return next((row for row in self.referrals.all() if not row.answer), None)


class SecrecyStep(models.Model):
    """What one level said: who, on which day, of which content."""

    review = models.ForeignKey(SecrecyReview, on_delete=models.PROTECT, related_name="steps")
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    decision = models.CharField("意见", max_length=8, choices=Decision.choices)
    opinion = models.TextField("审查意见")
    seen_sha256 = models.CharField("所见原件摘要", max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="审查人")
    by_for = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被代理的审查人"
    )
    decided_on = models.DateField("审查日")

    class Meta:
        verbose_name = verbose_name_plural = "保密审查的层级意见"

    def __str__(self) -> str:
        return f"{self.review_id} {self.level}"


class SecrecyReferral(models.Model):
    """A doubt that goes up to whoever can tell (条例17), with its paper and its answer."""

    class Answer(models.TextChoices):
        DISCLOSE = "disclose", "可以公开"
        REFUSE = "refuse", "不得公开"
        CLASSIFIED = "classified", "属于国家秘密"

    review = models.ForeignKey(SecrecyReview, on_delete=models.PROTECT, related_name="referrals")
    to = models.CharField("报请对象", max_length=12, choices=DOUBTS)
    authority = models.CharField("机关名称", max_length=120)
    question = models.TextField("报请确定的事项")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField("报请日")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="报请人")
    answer = models.CharField("答复", max_length=12, choices=Answer.choices, blank=True)
    answer_number = models.CharField("复函文号", max_length=100, blank=True)
    answer_text = models.TextField("复函要点", blank=True)
    answer_file = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复函"
    )
    answered_on = models.DateField("答复日", null=True, blank=True)
    answer_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "报请确定"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_on__isnull=True, answer_by__isnull=True)
                | ~models.Q(answer="") & models.Q(answered_on__isnull=False, answer_by__isnull=False),
                name="secrecy_answer_with_day_and_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.authority}"
