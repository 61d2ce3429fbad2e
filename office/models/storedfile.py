"""A file kept by the hash of its content (文件)."""

from __future__ import annotations

from django.db import models

from .officetree import Office


class StoredFile(models.Model):
    """A file of an office; other floors point here, and what nothing points to is swept away."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="机关")
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("字节")
    content_type = models.CharField("类型", max_length=100)
    key_version = models.PositiveIntegerField("密钥版本", default=0, help_text="0 为未加密存放")
    created_at = models.DateTimeField("存入时间")
    last_put_at = models.DateTimeField("最近存入时间")

    class Meta:
        verbose_name = "文件"
        verbose_name_plural = "文件"
        constraints = [
            models.UniqueConstraint(fields=["office", "sha256"], name="office_storedfile_content"),
            models.CheckConstraint(name="office_storedfile_size", condition=models.Q(size__gt=0)),
        ]
        indexes = [
            models.Index(fields=["last_put_at"], name="office_storedfile_age"),
            models.Index(fields=["key_version"], name="office_storedfile_key"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]
