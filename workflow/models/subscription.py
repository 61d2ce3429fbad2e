"""What a person has asked to be told outside the system: a calendar to subscribe to, and summaries by e-mail."""

from __future__ import annotations

from django.db import models

from office.models import User


class Subscription(models.Model):
    """日历订阅、邮件汇总 of one person; whoever has no row gets both summaries and has no calendar.

    Of the calendar's secret only its hash is kept: the link is shown once, when it is made.
    """

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="subscription")
    secret_hash = models.CharField("日历链接散列", max_length=64, unique=True, null=True, blank=True)
    linked_on = models.DateField("链接生成日", null=True, blank=True)
    daily = models.BooleanField("每日汇总", default=True)
    weekly = models.BooleanField("每周汇总", default=True)
    updated_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅和邮件汇总"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(secret_hash__isnull=True, linked_on__isnull=True)
                | models.Q(secret_hash__isnull=False, linked_on__isnull=False),
                name="subscription_link_whole",
            )
        ]

    def __str__(self) -> str:
        return str(self.user_id)
