"""The copy of a document that people work on: pages with their sizes and words, pictures made when asked for."""

from __future__ import annotations

from django.db import models

from office.models import StoredFile
from workflow.holding_kinds import CopyStatus
from workflow.models.holding import HoldingVersion


class WorkingCopy(models.Model):
    """What the sandbox made of one version: a PDF to show, for a spreadsheet its visible values besides.

    For a PDF the pages are those of the original itself; ``pdf`` then points to the same stored content.
    """

    version = models.OneToOneField(HoldingVersion, on_delete=models.PROTECT, related_name="copy")
    status = models.CharField("状态", max_length=10, choices=CopyStatus.choices, default=CopyStatus.WAITING)
    reason = models.CharField("原因", max_length=300, blank=True)
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    table = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    page_count = models.PositiveIntegerField("页数", default=0)
    notes = models.JSONField("制作时的提示", default=list, blank=True)
    metadata_sealed = models.TextField("文件属性（加密）", blank=True)
    tool = models.CharField("制作程序", max_length=120, blank=True)
    peak_kib = models.PositiveIntegerField("内存峰值（KiB）", default=0)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    queued_at = models.DateTimeField("排队时间")
    made_at = models.DateTimeField("制成时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作副本"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status=CopyStatus.READY) | models.Q(pdf__isnull=False, page_count__gt=0),
                name="working_copy_ready_has_pages",
            )
        ]
        indexes = [models.Index(fields=["status", "queued_at"], name="working_copy_queue")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.status}"


class WorkingPage(models.Model):
    """One page: its size in points as it is shown, and its words with their boxes, sealed.

    ``words_sealed`` holds JSON ``[["text", [x0, y0, x1, y1, …]], …]``, four numbers for each character, in points from
    the top left of the page as shown; packed and sealed by `workflow.review.sealed_json`.
    """

    copy = models.ForeignKey(WorkingCopy, on_delete=models.PROTECT, related_name="pages")
    number = models.PositiveIntegerField("页")
    width_pt = models.FloatField("宽（磅）")
    height_pt = models.FloatField("高（磅）")
    rotation = models.PositiveSmallIntegerField("原有旋转（度）", default=0)
    word_count = models.PositiveIntegerField("词数", default=0)
    words_sealed = models.TextField("文字和位置（加密）", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作副本的页"
        constraints = [
            models.UniqueConstraint(fields=["copy", "number"], name="working_page_once"),
            models.CheckConstraint(
                condition=models.Q(width_pt__gt=0, height_pt__gt=0), name="working_page_has_a_size"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.copy_id} p{self.number}"


class PageImage(models.Model):
    """The picture of a page at one resolution, kept so that it is drawn once."""

    page = models.ForeignKey(WorkingPage, on_delete=models.PROTECT, related_name="images")
    dpi = models.PositiveSmallIntegerField("每英寸点数")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "页的图像"
        constraints = [models.UniqueConstraint(fields=["page", "dpi"], name="page_image_once")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.dpi}"
