"""The service of a paper on its recipient."""

import datetime as dt

from django.db import models

from letters.models import Paper
from office.keys.fields import SealedField
from workflow.kinds import ReturnReason, Service
from workflow.models.attachment import Attachment
from workflow.models.case import Case


class Delivery(models.Model):
    """送达: by which channel, when handed over and when signed for, with what proof."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deliveries")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField("方式", max_length=12, choices=Service.choices)
    sent_on = models.DateField("交寄或发出日")
    tracking = models.CharField("邮件号", max_length=40, blank=True)
    address = SealedField("送达地址", blank=True)
    signed_on = models.DateField("签收日", null=True, blank=True)
    receiver = models.CharField("签收人", max_length=60, blank=True)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    returned_on = models.DateField("退回日", null=True, blank=True)
    return_reason = models.CharField("退回原因", max_length=20, choices=ReturnReason.choices, blank=True)
    again_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="again", verbose_name="补送"
    )
    mail_id = models.CharField("邮件标识", max_length=120, blank=True)
    mailed_at = models.DateTimeField("发出时间", null=True, blank=True)
    reported_on = models.DateField("到达报告日", null=True, blank=True)
    completed_on = models.DateField("完成日", null=True, blank=True)
    proof = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_ref = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "送达"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(returned_on__isnull=True, return_reason="")
                | (models.Q(returned_on__isnull=False) & ~models.Q(return_reason="")),
                name="return_and_reason_together",
            ),
            models.UniqueConstraint(
                fields=["mail_id"], condition=~models.Q(mail_id=""), name="delivery_mail_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(return_reason="bounced") | models.Q(completed_on__isnull=True),
                name="delivery_bounced_not_done",
            ),
        ]
        indexes = [
            models.Index(
                fields=["sent_on", "id"],
                name="delivery_on_its_way",
                condition=models.Q(channel="post", signed_on__isnull=True, returned_on__isnull=True),
            ),
            models.Index(
                fields=["returned_on", "id"],
                name="delivery_came_back",
                condition=models.Q(returned_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.channel} {self.sent_on}"

    @property
    def reached_on(self) -> dt.date | None:
        """Return the day from which a term of the recipient runs: when the paper was in its hands.

        Posting completes the office's own duty (国办公开办函〔2016〕235号), but no term of the recipient runs
        before the letter is signed for.
        """
        return self.completed_on if self.channel in (Service.PORTAL, Service.EMAIL) else self.signed_on

    @property
    def breach(self) -> str:
        """Say what about the way of service breaks the rules, or nothing (国办公开办函〔2016〕235号)."""
        return "不得使用普通快递送达" if self.channel == Service.COURIER else ""
