"""The series that document numbers come from."""

from __future__ import annotations

from django.db import models

from office.models import Office
from office.models.kept import Kept


class NumberSeries(Kept):
    """The last number given in one series of an office and year; its row is the lock of the series."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="机关")
    series = models.CharField("文号系列", max_length=20)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "文号系列"
        constraints = [
            models.UniqueConstraint(fields=["office", "series", "year"], name="letters_series_once")
        ]

    def __str__(self) -> str:
        return f"{self.office_id}/{self.series}/{self.year}: {self.last}"
