"""One decision over many cases, each case by itself and with its own result (批量办理)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from office.models import Office, User
from workflow.models.case import Case


class Bulk(models.Model):
    """Who decided what over many cases, and how far it has come; its lines hold the results."""

    class Kind(models.TextChoices):
        ASSIGN = "assign", "批量分办"
        URGE = "urge", "批量催办"
        EXTEND = "extend", "批量延期"
        ARCHIVE = "archive", "批量归档"
        HAND_OVER = "hand_over", "离岗移交"
        USE_SEAL = "use_seal", "批量用印"
        POST = "post", "批量交寄"
        MAIL_SIGNED = "mail_signed", "批量登记签收"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="机关")
    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    act_id = models.UUIDField("操作编号", unique=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="经办人")
    acting_for = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被代理人"
    )
    given = models.JSONField("办理内容", default=dict)
    started_on = models.DateField("决定日")
    started_at = models.DateTimeField("开始时间")
    claimed_until = models.DateTimeField("正在办理至", null=True, blank=True)
    finished_at = models.DateTimeField("办完时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "批量办理"
        indexes = [
            models.Index(fields=["office", "-id"], name="bulk_newest"),
            models.Index(fields=["id"], condition=Q(finished_at__isnull=True), name="bulk_unfinished"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.kind} {self.pk}"

    @property
    def actor(self) -> Any:
        """Return as whom each case is acted on: whoever decided, for the one they stood in for."""
        return (
            self.started_by.standing_in_for(self.acting_for, self.office_id)
            if self.acting_for
            else self.started_by
        )


class BulkLine(models.Model):
    """One case of a bulk: waiting, done, or why not."""

    class Status(models.TextChoices):
        WAITING = "waiting", "等待办理"
        DONE = "done", "已办理"
        REFUSED = "refused", "没有办成"
        FAILED = "failed", "系统出错"

    bulk = models.ForeignKey(Bulk, on_delete=models.PROTECT, related_name="lines")
    seq = models.PositiveIntegerField("序号")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    act_id = models.UUIDField("操作编号", unique=True)
    status = models.CharField("结果", max_length=8, choices=Status.choices, default=Status.WAITING)
    code = models.CharField("代码", max_length=60, blank=True)
    message = models.CharField("说明", max_length=400, blank=True)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    settled_at = models.DateTimeField("办理时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "批量办理的案件"
        constraints = [
            models.UniqueConstraint(fields=["bulk", "case"], name="bulk_case_once"),
            models.UniqueConstraint(fields=["bulk", "seq"], name="bulk_line_seq"),
            models.CheckConstraint(
                condition=~Q(status__in=["refused", "failed"]) | ~Q(message=""), name="bulk_line_says_why"
            ),
        ]
        indexes = [models.Index(fields=["bulk", "status", "seq"], name="bulk_line_waiting")]

    def __str__(self) -> str:
        return f"{self.bulk_id}/{self.seq} {self.status}"
