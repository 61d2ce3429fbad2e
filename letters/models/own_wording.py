"""An office's own wording of a paper, version by version, each made by two persons (双人复核)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from office.models import Office
from office.models.kept import Kept, KeptQuerySet


def _person(name: str, *, null: bool = True) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=null, blank=null, related_name="+", verbose_name=name
    )


class OwnWording(Kept):
    """One text that takes the place of a shipped wording, from a day on; in force once another person confirmed it.

    A blank `source` puts the shipped wording in force again. A version has its number from its confirmation; what
    is confirmed is never changed.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="机关")
    key = models.CharField("文书文本", max_length=60)
    version = models.PositiveSmallIntegerField("版次", null=True, blank=True)
    source = models.TextField("文本", blank=True)
    from_on = models.DateField("适用起始日")
    reason = models.TextField("理由", blank=True)
    base_version = models.CharField("所依据的系统文本版本", max_length=40)
    base_source = models.TextField("所依据的系统文本")
    entered_by = _person("起草人", null=False)
    entered_at = models.DateTimeField("起草时间")
    proposed_at = models.DateTimeField("提出时间", null=True, blank=True)
    confirmed_by = _person("复核人")
    confirmed_at = models.DateTimeField("复核时间", null=True, blank=True)
    refused_by = _person("退回人")
    refused_at = models.DateTimeField("退回时间", null=True, blank=True)
    refusal = models.TextField("退回理由", blank=True)

    objects = models.Manager.from_queryset(KeptQuerySet)()

    class Meta:
        verbose_name = verbose_name_plural = "机关文书文本"
        constraints = [
            models.UniqueConstraint(fields=["office", "key", "version"], name="letters_wording_version_once"),
            models.UniqueConstraint(
                fields=["office", "key"],
                name="letters_wording_one_waiting",
                condition=Q(proposed_at__isnull=False, confirmed_at__isnull=True, refused_at__isnull=True),
            ),
            models.CheckConstraint(
                name="letters_wording_confirmed_pair",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True, version__isnull=True)
                | Q(
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                    version__isnull=False,
                    proposed_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="letters_wording_refused_pair",
                condition=Q(refused_by__isnull=True, refused_at__isnull=True)
                | Q(refused_by__isnull=False, refused_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letters_wording_one_end",
                condition=Q(confirmed_at__isnull=True) | Q(refused_at__isnull=True),
            ),
            models.CheckConstraint(
                name="letters_wording_two_persons",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="letters_wording_reason", condition=Q(proposed_at__isnull=True) | ~Q(reason="")
            ),
        ]
        indexes = [models.Index(fields=["office", "key", "from_on"], name="letters_wording_lookup")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.key} {self.state}"

    @property
    def is_draft(self) -> bool:
        """Tell whether the text is still being written by its author."""
        return self.proposed_at is None and self.refused_at is None

    @property
    def waits(self) -> bool:
        """Tell whether the text waits for a second person."""
        return self.proposed_at is not None and self.confirmed_at is None and self.refused_at is None

    @property
    def state(self) -> str:
        """Say in Chinese how far the text is."""
        if self.confirmed_at is not None:
            return f"第{self.version}版"
        if self.refused_at is not None:
            return "已退回"
        return "草稿" if self.is_draft else "等待复核"

    @property
    def restores(self) -> bool:
        """Tell whether this version goes back to the shipped wording."""
        return not self.source

    @property
    def code(self) -> str:
        """Return the version as a paper remembers it, without the digest of the text: own3."""
        return f"own{self.version}" if self.version else "own"
