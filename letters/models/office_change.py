"""What was changed in the data of an office that its letters print (机关资料), with the reason."""

from __future__ import annotations

from django.db import models

from office.models import Office, User
from office.models.kept import Kept, KeptQuerySet


class OfficeChange(Kept):
    """One change of an office's data: the fields as they were and as they became."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="机关")
    before = models.JSONField("修改前")
    after = models.JSONField("修改后")
    reason = models.CharField("理由", max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="修改人")
    created_at = models.DateTimeField("修改时间")

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "机关资料修改"
        indexes = [models.Index(fields=["office", "-id"], name="letters_office_change_of")]

    def __str__(self) -> str:
        return f"{self.office_id} {'、'.join(self.after)}"

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Return each field by its Chinese name with what it was and what it became, in the order of an office's own."""
        shown = []
        # PostgreSQL keeps the keys of JSON in an order of its own.
        for column in (field for field in Office._meta.concrete_fields if field.name in self.after):
            name, value = column.name, self.after[column.name]
            words = dict(column.flatchoices) if column.choices else {}
            old = self.before.get(name, "")
            shown.append((str(column.verbose_name), str(words.get(old, old)), str(words.get(value, value))))
        return shown
