"""A review of a draft before it may be signed."""

from django.db import models

from office.models import Office, User
from workflow.models.case import Case
from workflow.models.reply_draft import ReplyDraft


class Review(models.Model):
    """One reviewer's look at one draft (条例17); cleared, sent back, or void when the draft changed."""

    class Kind(models.TextChoices):
        SECRECY = "secrecy", "保密审查"
        REDACTION = "redaction", "去标识化审查"
        LEGAL = "legal", "法制审核"

    class Status(models.TextChoices):
        PENDING = "pending", "待审"
        CLEARED = "cleared", "通过"
        RETURNED = "returned", "退回"
        VOID = "void", "作废"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    draft = models.ForeignKey(ReplyDraft, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField("审查", max_length=12, choices=Kind.choices)
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.PENDING)
    pinned_sha256 = models.CharField("所审文稿摘要", max_length=64, blank=True)
    opinion = models.TextField("意见", blank=True)
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewer_for = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被代理的审查人"
    )
    reviewed_on = models.DateField("审查日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审查"
        constraints = [
            models.UniqueConstraint(fields=["draft", "kind"], name="review_once_per_draft"),
            models.CheckConstraint(
                condition=models.Q(reviewer__isnull=True, reviewed_on__isnull=True)
                | models.Q(reviewer__isnull=False, reviewed_on__isnull=False),
                name="reviewer_and_day_together",
            ),
        ]
        indexes = [models.Index(fields=["office", "kind", "status"], name="review_worklist")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.status}"
