"""What the handler found: a document of an item, and every version of its sealed original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from office.models import Office, StoredFile, User
from workflow.holding_kinds import Carrier, HoldingStatus, Plan, Secrecy, Source
from workflow.models.case import Case
from workflow.models.item import Item

if TYPE_CHECKING:
    from workflow.models.secrecy_review import SecrecyReview


class Holding(models.Model):
    """One document (材料) attached to an item; its files are its versions, the newest of which counts."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holdings")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="holdings", verbose_name="申请事项")
    seq = models.PositiveSmallIntegerField("序号")
    title = models.CharField("标题", max_length=200)
    doc_number = models.CharField("文号", max_length=100, blank=True)
    source = models.CharField("来源", max_length=12, choices=Source.choices)
    source_name = models.CharField("来源单位", max_length=120, blank=True)
    carrier = models.CharField("载体", max_length=12, choices=Carrier.choices)
    formed_on = models.DateField("形成日期")
    secrecy = models.CharField("密级等标志", max_length=14, choices=Secrecy.choices)
    former_mark = models.CharField("原密级和期限", max_length=40, blank=True)
    declassified_on = models.DateField("解密日期", null=True, blank=True)
    declassified_basis = models.CharField("解密依据", max_length=200, blank=True)
    from_classified = models.BooleanField("是否摘自涉密文件", default=False)
    classified_note = models.CharField("摘录说明", max_length=300, blank=True)
    mark_explained = models.CharField("像密级标志的文字的说明", max_length=300, blank=True)
    plan = models.CharField("拟处理", max_length=10, choices=Plan.choices, default=Plan.DISCLOSE)
    status = models.CharField(
        "状态", max_length=12, choices=HoldingStatus.choices, default=HoldingStatus.OPEN
    )
    quarantined_at = models.DateTimeField("隔离时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "材料"
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="holding_seq_once"),
            models.CheckConstraint(
                condition=~models.Q(status=HoldingStatus.QUARANTINED)
                | models.Q(quarantined_at__isnull=False),
                name="holding_quarantined_at_an_instant",
            ),
            models.CheckConstraint(
                condition=~models.Q(secrecy=Secrecy.DECLASSIFIED)
                | models.Q(declassified_on__isnull=False) & ~models.Q(declassified_basis=""),
                name="holding_declassified_by_something",
            ),
        ]
        indexes = [models.Index(fields=["office", "status"], name="holding_by_status")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq}"

    @property
    def current(self) -> HoldingVersion:
        """Return the version that counts: the newest. Every document has one."""
        return max(self.versions.all(), key=lambda version: version.number)

    @property
    def review(self) -> SecrecyReview | None:
        """Return the review in force, or else the newest that was."""
        rows = sorted(self.secrecy_reviews.all(), key=lambda row: row.pk)
        return next((row for row in rows if row.in_force), rows[-1] if rows else None)

    @property
    def named(self) -> str:
        """Name the document in a sentence."""
        return f"材料{self.seq}《{self.title}》"


class HoldingVersion(models.Model):
    """One version of a document: its original as it came, sealed by its hash, never written again.

    A file that turned out to be classified is removed; its hash stays, the file does not.
    """

    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField("原件摘要", max_length=64)
    size = models.PositiveBigIntegerField("字节")
    kind = models.CharField("类型", max_length=8)
    name = models.CharField("文件名", max_length=160)
    archive = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="所在压缩包",
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_on = models.DateField("上传日")
    uploaded_at = models.DateTimeField("上传时间")
    reason = models.CharField("更换原因", max_length=300, blank=True)
    removed_at = models.DateTimeField("清除时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "材料的版本"
        constraints = [
            models.UniqueConstraint(fields=["holding", "number"], name="holding_version_once"),
            models.CheckConstraint(
                condition=models.Q(file__isnull=False, removed_at__isnull=True)
                | models.Q(file__isnull=True, removed_at__isnull=False),
                name="holding_file_there_or_removed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holding_id} v{self.number}"
