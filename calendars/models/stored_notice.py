"""A notice on days off, entered by one administrator and in force once another confirmed it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models

from calendars.years import Festival, Notice


def _person(name: str, *, null: bool = True) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=null, blank=null, related_name="+", verbose_name=name
    )


class StoredNotice(models.Model):
    """One notice of one year; a blank region means the whole country (国务院办公厅通知)."""

    region_code = models.CharField("行政区划代码", max_length=6, blank=True)
    year = models.PositiveSmallIntegerField("年度")
    number = models.CharField("文号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=200)
    issued_on = models.DateField("落款日期", null=True, blank=True)
    published_on = models.DateField("公布日期")
    address = models.CharField("网址", max_length=500)
    text = models.TextField("原文")
    festivals = models.JSONField("放假与调休")
    entered_by = _person("录入人", null=False)
    entered_at = models.DateTimeField("录入时间")
    confirmed_by = _person("复核人")
    confirmed_at = models.DateTimeField("复核时间", null=True, blank=True)
    withdrawn_by = _person("退回人")
    withdrawn_at = models.DateTimeField("退回时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "放假安排通知"
        constraints = [
            models.CheckConstraint(
                name="calendars_notice_confirmed_pair",
                condition=models.Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="calendars_notice_withdrawn_pair",
                condition=models.Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | models.Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="calendars_notice_one_end",
                condition=models.Q(confirmed_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="calendars_notice_two_persons",
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("entered_by")),
            ),
        ]
        indexes = [models.Index(fields=["year", "region_code"], name="calendars_notice_year")]

    def __str__(self) -> str:
        return self.cite

    @property
    def cite(self) -> str:
        """Name the notice as a paper would."""
        return self.number or f"《{self.title}》"

    @property
    def is_open(self) -> bool:
        """Tell whether the notice still waits for a second person."""
        return self.confirmed_at is None and self.withdrawn_at is None

    def as_notice(self) -> Notice:
        """Give the notice the form in which the calendar reads it."""
        return Notice(
            title=self.title,
            published_on=self.published_on,
            address=self.address,
            festivals=tuple(
                Festival(held["name"], _days(held["off"]), _days(held["work"])) for held in self.festivals
            ),
            number=self.number,
            issued_on=self.issued_on,
        )


def festivals_as_json(notice: Notice) -> list[dict[str, Any]]:
    """Write a notice's festivals as they are stored."""
    return [
        {"name": f.name, "off": [d.isoformat() for d in f.off], "work": [d.isoformat() for d in f.work]}
        for f in notice.festivals
    ]


def _days(written: list[str]) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in written)
