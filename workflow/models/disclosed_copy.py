"""The copy that goes out (公开副本): burned from marks, proved, certified, and looked at by a second person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from letters.models import Paper
from office.models import Office, StoredFile, User
from workflow.models.case import Case
from workflow.models.holding import HoldingVersion
from workflow.redaction_kinds import FINISHED, LIVE, UNDER_WAY, DiscloseState


class DisclosedCopy(models.Model):
    """One attempt at the copy of one version; the newest that is live counts.

    ``marks`` pins what it was made from: ids of the accepted marks, and ``marks_sha256`` over all they say. The
    certificate is sealed under the key of the case; the journal has its hash.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="disclosed_copies")
    version = models.ForeignKey(HoldingVersion, on_delete=models.PROTECT, related_name="disclosed_copies")
    number = models.PositiveSmallIntegerField("次数")
    status = models.CharField(
        "状态", max_length=10, choices=DiscloseState.choices, default=DiscloseState.QUEUED
    )
    reason = models.CharField("原因", max_length=400, blank=True)
    findings = models.JSONField("没有通过之处", default=list, blank=True)
    source_sha256 = models.CharField("工作副本摘要", max_length=64, blank=True)
    marks = models.JSONField("所据标记", default=list, blank=True)
    marks_sha256 = models.CharField("标记摘要", max_length=64)
    changed_pages = models.JSONField("有遮盖的页", default=list, blank=True)
    page_count = models.PositiveIntegerField("页数", default=0)
    pages_done = models.PositiveIntegerField("已遮盖页数", default=0)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField("副本摘要", max_length=64, blank=True)
    searchable = models.BooleanField("带可搜索的文字", default=False)
    table = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    table_sha256 = models.CharField("表格副本摘要", max_length=64, blank=True)
    certificate_sealed = models.TextField("见证书（加密）", blank=True)
    certificate_sha256 = models.CharField("见证书摘要", max_length=64, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="制作人")
    asked_on = models.DateField("要求制作日")
    asked_at = models.DateTimeField("要求制作时间")
    made_at = models.DateTimeField("制成时间", null=True, blank=True)
    claimed_until = models.DateTimeField("正在制作至", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    needs_check = models.BooleanField("须另一人复核", default=False)
    checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人"
    )
    checked_on = models.DateField("复核日", null=True, blank=True)
    reply = models.ForeignKey(
        Paper,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="随哪份答复书提供",
    )

    class Meta:
        verbose_name = verbose_name_plural = "公开副本"
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="disclosed_copy_number_once"),
            models.UniqueConstraint(
                fields=["version"], condition=Q(status__in=[str(one) for one in LIVE]), name="disclosed_copy_one_live"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[str(one) for one in FINISHED])
                | Q(file__isnull=False) & ~Q(certificate_sealed="") & ~Q(sha256=""),
                name="disclosed_copy_has_file_and_certificate",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_on__isnull=True)
                | Q(checked_by__isnull=False, checked_on__isnull=False),
                name="disclosed_copy_checked_by_and_on",
            ),
            models.CheckConstraint(
                condition=~Q(status=DiscloseState.PASSED, needs_check=True) | Q(checked_by__isnull=False),
                name="disclosed_copy_passed_by_a_second_person",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(status__in=[str(one) for one in UNDER_WAY]), name="disclosed_copy_queue"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.version_id} {self.number} {self.status}"

    @property
    def under_way(self) -> bool:
        """Tell whether a worker is to make it or makes it."""
        return self.status in UNDER_WAY

    @property
    def finished(self) -> bool:
        """Tell whether there is a proved file."""
        return self.status in FINISHED


class CopyLook(models.Model):
    """A changed page of a copy that the second person has looked at, before and after."""

    copy = models.ForeignKey(DisclosedCopy, on_delete=models.PROTECT, related_name="looks")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveIntegerField("页")
    looked_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "复核时看过的页"
        constraints = [models.UniqueConstraint(fields=["copy", "user", "page"], name="copy_look_once")]

    def __str__(self) -> str:
        return f"{self.copy_id} p{self.page}"
