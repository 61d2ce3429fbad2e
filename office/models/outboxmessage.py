"""What is to be sent after the transaction that decided it (发件箱)."""

from __future__ import annotations

from django.db import models


class OutboxMessage(models.Model):
    """A message to be sent once; its payload holds references only, never personal values."""

    kind = models.CharField("种类", max_length=64)
    dedupe_key = models.CharField("去重键", max_length=200, unique=True)
    payload = models.JSONField("引用")
    created_at = models.DateTimeField("产生时间")
    due_at = models.DateTimeField("应发时间")
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    gave_up_at = models.DateTimeField("放弃时间", null=True, blank=True)
    attempts = models.PositiveIntegerField("次数", default=0)
    last_error = models.CharField("最近错误", max_length=100, blank=True)

    class Meta:
        verbose_name = "待发消息"
        verbose_name_plural = "待发消息"
        constraints = [
            models.CheckConstraint(
                name="office_outbox_one_end",
                condition=models.Q(sent_at__isnull=True) | models.Q(gave_up_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="office_outbox_waiting",
                condition=models.Q(sent_at__isnull=True, gave_up_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.dedupe_key}"
