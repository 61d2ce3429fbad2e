"""Who holds which duty where, from when to when (任岗)."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from ..roles import POST_CHOICES, POSTS
from .kept import Kept, KeptQuerySet
from .officetree import Office, Unit


class Post(Kept):
    """A duty a person holds in an office; ended by a last day, never deleted."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name="人员"
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="posts", verbose_name="机关")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name="科室"
    )
    role = models.CharField("岗位", max_length=20, choices=POST_CHOICES)
    from_on = models.DateField("起始日")
    to_on = models.DateField("截止日（含）", null=True, blank=True)

    objects = models.Manager.from_queryset(KeptQuerySet)()

    class Meta:
        verbose_name = "任岗"
        verbose_name_plural = "任岗"
        constraints = [
            models.CheckConstraint(
                name="office_post_role", condition=models.Q(role__in=[r.value for r in POSTS])
            ),
            models.CheckConstraint(
                name="office_post_days",
                condition=models.Q(to_on__isnull=True) | models.Q(to_on__gte=models.F("from_on")),
            ),
            models.UniqueConstraint(
                fields=["user", "office", "unit", "role", "from_on"],
                name="office_post_once",
            ),
            models.UniqueConstraint(
                fields=["user", "office", "role", "from_on"],
                name="office_post_once_office",
                condition=models.Q(unit__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["office", "role", "user"], name="office_post_by_role")]

    def __str__(self) -> str:
        return f"{self.office_id}/{self.role}/{self.user_id}"

    def clean(self) -> None:
        """Refuse a unit of another office."""
        if self.unit is not None and self.unit.office_id != self.office_id:
            raise ValidationError({"unit": "科室不属于该机关。"})
