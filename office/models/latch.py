"""Small rows that serialise things: named latches and rate windows."""

from __future__ import annotations

from django.db import models


class Latch(models.Model):
    """A named lock; the holder's lease ends by itself when the holder dies."""

    name = models.CharField(max_length=64, primary_key=True)
    holder = models.CharField(max_length=100, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "锁"
        verbose_name_plural = "锁"

    def __str__(self) -> str:
        return self.name


class RateWindow(models.Model):
    """How often something was tried within one span of time; the bucket is a keyed hash."""

    bucket = models.CharField(max_length=80)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "频次"
        verbose_name_plural = "频次"
        constraints = [models.UniqueConstraint(fields=["bucket", "opened_at"], name="office_ratewindow_once")]

    def __str__(self) -> str:
        return f"{self.bucket[:12]} {self.count}"
