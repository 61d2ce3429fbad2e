"""One line of the journal (留痕): append-only, chained by hash within its subject."""

from __future__ import annotations

from django.db import models

from .kept import Kept, KeptQuerySet


class JournalEntryQuerySet(KeptQuerySet):
    """A queryset that refuses changes; the database's triggers refuse them as well."""

    def update(self, **kwargs: object) -> int:
        """Refuse: the journal is append-only."""
        raise TypeError("the journal is append-only")


class JournalEntry(Kept):
    """What was done to a subject, when, by whom; no foreign keys, no personal values."""

    subject = models.CharField("对象", max_length=64)
    seq = models.PositiveIntegerField("序号")
    key = models.CharField("事项", max_length=64)
    at = models.DateTimeField("时间")
    on = models.DateField("日期")
    by_ref = models.CharField("经办", max_length=64)
    office_id = models.BigIntegerField("机关", null=True)
    act_id = models.UUIDField("操作编号")
    data = models.JSONField("数据", default=dict)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = models.Manager.from_queryset(JournalEntryQuerySet)()

    class Meta:
        verbose_name = "留痕"
        verbose_name_plural = "留痕"
        constraints = [
            models.UniqueConstraint(fields=["subject", "seq"], name="office_journal_chain"),
            models.CheckConstraint(name="office_journal_seq", condition=models.Q(seq__gte=1)),
        ]
        indexes = [models.Index(fields=["office_id", "on"], name="office_journal_by_office")]

    def __str__(self) -> str:
        return f"{self.subject}#{self.seq} {self.key}"
