"""A paper approval sheet that a leader signed by hand."""

from django.db import models

from office.models import StoredFile, User
from workflow.models.case import Case
from workflow.models.reply_draft import ReplyDraft


class ApprovalSheet(models.Model):
    """呈批单: entered by one person, confirmed by another; approval counts on the handwritten day."""

    class Status(models.TextChoices):
        ENTERED = "entered", "待核对"
        CONFIRMED = "confirmed", "已核对"
        REJECTED = "rejected", "核对不符"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sheets")
    draft = models.ForeignKey(ReplyDraft, on_delete=models.PROTECT, related_name="sheets")
    body_sha256 = models.CharField("所批文稿摘要", max_length=64)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="签批人")
    signed_on = models.DateField("手写签批日期")
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.ENTERED)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField("录入日")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_on = models.DateField("核对日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "纸质签批"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(status="entered"), name="one_entered_sheet"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("entered_by")),
                name="sheet_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.status}"
