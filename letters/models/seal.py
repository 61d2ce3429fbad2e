"""The seals of an office and every use that was made of them (印章、用印登记)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from office.models import Office, StoredFile, User
from office.models.kept import Kept, KeptQuerySet

from .paper import Paper


class Seal(Kept):
    """A seal an office keeps: its own (机关印章), or the one for disclosure alone (政府信息公开专用章)."""

    class Kind(models.TextChoices):
        OFFICE = "office", "机关印章"
        DISCLOSURE = "disclosure", "政府信息公开专用章"

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="机关")
    kind = models.CharField("种类", max_length=12, choices=Kind.choices)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "印章"
        constraints = [models.UniqueConstraint(fields=["office", "kind"], name="letters_seal_once")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.get_kind_display()}"


class SealUse(Kept):
    """One use of a seal: on which paper, on whose approval, how many copies, by whom, and what became of the copy."""

    class Way(models.TextChoices):
        HAND = "hand", "实物印章"
        ELECTRONIC = "electronic", "电子印章"

    class Copy(models.TextChoices):
        NONE = "", "未登记"
        RETURNED = "returned", "盖章件已退回存卷"
        SCANNED = "scanned", "盖章件已扫描存卷"

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="机关")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="seal_uses", verbose_name="文书")
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="uses", verbose_name="印章")
    way = models.CharField("方式", max_length=12, choices=Way.choices, default=Way.HAND)
    approver = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    copies = models.PositiveSmallIntegerField("份数", default=1)
    used_on = models.DateField("用印日期")
    sealed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="用印人"
    )
    copy = models.CharField("盖章件", max_length=10, choices=Copy.choices, blank=True, default=Copy.NONE)
    copy_on = models.DateField("盖章件存卷日期", null=True, blank=True)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="扫描件"
    )
    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    voided_on = models.DateField("作废日期", null=True, blank=True)
    voided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作废人"
    )
    created_at = models.DateTimeField("登记时间")

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "用印登记"
        constraints = [
            models.CheckConstraint(condition=Q(copies__gte=1), name="letters_seal_copies"),
            models.CheckConstraint(
                condition=~Q(way="hand") | Q(sealed_by__isnull=False), name="letters_sealed_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(copy="", copy_on__isnull=True, scan__isnull=True)
                | Q(copy="returned", copy_on__isnull=False, scan__isnull=True)
                | Q(copy="scanned", copy_on__isnull=False, scan__isnull=False),
                name="letters_sealed_copy_as_said",
            ),
            models.CheckConstraint(
                condition=Q(voided_on__isnull=True, voided_by__isnull=True, void_reason="")
                | (Q(voided_on__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                name="letters_seal_void_in_full",
            ),
        ]
        indexes = [models.Index(fields=["office", "-used_on", "-id"], name="letters_seal_register")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.used_on}"
