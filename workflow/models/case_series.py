"""The running number of an office's cases in one year."""

from django.db import models

from office.models import Office


class CaseSeries(models.Model):
    """Next case number per office and year; numbers below ``first`` are the office's own older ones."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    first = models.PositiveIntegerField("本系统起始序号", default=1)
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "案件编号"
        constraints = [models.UniqueConstraint(fields=["office", "year"], name="case_series_once")]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
