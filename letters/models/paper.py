"""Numbered papers, frozen as issued."""

from __future__ import annotations

from typing import Any

from django.db import models

from office.models import Office
from office.models.kept import Kept, KeptQuerySet


class Paper(Kept):
    """A paper as issued: its number, and its text frozen under the subject's data key.

    ``subject_ref`` is an opaque reference such as "case:12": this floor knows no case.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="机关")
    subject_ref = models.CharField("所属", max_length=60)
    kind = models.CharField("文种", max_length=40)
    series = models.CharField("文号系列", max_length=20)
    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveIntegerField("序号")
    number_text = models.CharField("文号", max_length=80)
    title = models.CharField("标题", max_length=200)
    text_sealed = models.TextField("定稿（密文）")
    text_sha256 = models.CharField("定稿散列", max_length=64)
    body_sha256 = models.CharField("正文散列", max_length=64)
    wording_version = models.CharField("文本版本", max_length=40)
    wordings = models.TextField("所用文本", blank=True)
    #: The version of the key its check code was made under, as "q1:"; blank for a paper without one.
    check_key = models.CharField("核验码密钥", max_length=12, blank=True, default="")
    signed_on = models.DateField("成文日期")
    by_ref = models.CharField("签发人", max_length=60)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="更正的文书"
    )
    needs_seal = models.BooleanField("须登记用印", default=False)
    sealed_on = models.DateField("用印日期", null=True, blank=True)
    created_at = models.DateTimeField("制作时间")

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "series", "year", "number"], name="letters_number_once"
            ),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="letters_number_from_one"),
        ]
        indexes = [
            models.Index(fields=["subject_ref", "id"], name="letters_by_subject"),
            models.Index(fields=["office", "kind", "signed_on"], name="letters_by_kind"),
            models.Index(fields=["number_text"], name="letters_by_number"),
            models.Index(
                fields=["office", "id"],
                name="letters_to_be_sealed",
                condition=models.Q(needs_seal=True, sealed_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number_text} {self.title}"

    @property
    def wordings_used(self) -> list[tuple[str, str]]:
        """Return the wordings the paper was made from, as (key, version); empty where it was made before they were kept."""
        return [(key, version) for key, _, version in (one.partition("@") for one in self.wordings.split())]

    @property
    def is_void(self) -> bool:
        """Tell whether this paper was declared void (作废)."""
        return hasattr(self, "voiding")

    @property
    def waits_for_seal(self) -> bool:
        """Tell whether this paper may not leave the house before a use of the seal is on record (用印)."""
        return self.needs_seal and self.sealed_on is None and not self.is_void

    def frozen(self) -> dict[str, Any]:
        """Return the frozen text of this paper as blocks, unsealed and checked against its hash."""
        from letters.freeze import unfreeze

        return unfreeze(self)
