"""The pictures of an office's seals, by kind and from a day on (电子印模)."""

from __future__ import annotations

from django.db import models

from office.models import Office, StoredFile, User
from office.models.kept import Kept, KeptQuerySet


class SealImage(Kept):
    """The picture of one of an office's seals, in force from a day until the next one."""

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
        ]
        indexes = [models.Index(fields=["office", "kind", "-from_on", "-id"], name="letters_seal_image_of")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.get_kind_display()} {self.from_on}"
