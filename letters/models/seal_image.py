"""The pictures of an office's seals, by kind and from a day on (电子印模), each put in use by a second person."""

from __future__ import annotations

from django.db import models

from office.models import Office, StoredFile, User
from office.models.kept import Kept, KeptQuerySet


class SealImage(Kept):
    """The picture of one of an office's seals, in force from a day until the next one once a second person confirmed it."""

    class Kind(models.TextChoices):
        OFFICE = "office", "机关印章"
        DISCLOSURE = "disclosure", "政府信息公开专用章"

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="机关")
    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    image = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="印模")
    width_mm = models.PositiveSmallIntegerField("印章宽度（毫米）", default=42)
    from_on = models.DateField("启用日期")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="录入人")
    created_at = models.DateTimeField("登记时间")
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人"
    )
    confirmed_at = models.DateTimeField("复核时间", null=True, blank=True)
    refused_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="退回人"
    )
    refused_at = models.DateTimeField("退回时间", null=True, blank=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "电子印模"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["office", "disclosure"]), name="letters_seal_image_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(width_mm__gte=30, width_mm__lte=60), name="letters_seal_image_width"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False, refused_at__isnull=True)
                & ~models.Q(confirmed_by=models.F("by")),
                name="letters_seal_image_two_persons",
            ),
            models.CheckConstraint(
                condition=models.Q(refused_by__isnull=True, refused_at__isnull=True)
                | models.Q(refused_by__isnull=False, refused_at__isnull=False),
                name="letters_seal_image_refused",
            ),
        ]
        indexes = [models.Index(fields=["office", "kind", "-from_on", "-id"], name="letters_seal_image_of")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.get_kind_display()} {self.from_on}"

    @property
    def waits(self) -> bool:
        """Tell whether the picture waits for a second person."""
        return self.confirmed_at is None and self.refused_at is None

    @property
    def state(self) -> str:
        """Say where the picture stands."""
        return "等待复核" if self.waits else "已退回或者撤回" if self.refused_at else "已启用"
