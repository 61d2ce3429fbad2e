"""The data key of one subject, wrapped by the office's key, shreddable (数据密钥)."""

from __future__ import annotations

from django.db import models


class DataKey(models.Model):
    """The key under which one subject's frozen personal text is sealed; shredding it shreds the text."""

    subject = models.CharField("对象", max_length=64, unique=True)
    wrapped = models.TextField("封装的密钥", blank=True)
    shredded_at = models.DateTimeField("销毁时间", null=True, blank=True)

    class Meta:
        verbose_name = "数据密钥"
        verbose_name_plural = "数据密钥"
        constraints = [
            models.CheckConstraint(
                name="office_datakey_shredded",
                condition=models.Q(shredded_at__isnull=True) & ~models.Q(wrapped="")
                | models.Q(shredded_at__isnull=False, wrapped=""),
            ),
        ]

    def __str__(self) -> str:
        return self.subject
