"""The edition of the calendar: one row that every process reads before it trusts what it holds."""

from __future__ import annotations

import uuid

from django.db import models

ONLY = 1


class Edition(models.Model):
    """One row; its token is another one whenever the days or the readings in force are others."""

    token = models.UUIDField("版次", default=uuid.uuid4)

    class Meta:
        verbose_name = verbose_name_plural = "日历版次"

    def __str__(self) -> str:
        return str(self.token)
