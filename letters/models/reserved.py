"""Numbers kept back for papers that are typed outside, and papers declared void (预留、作废)."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from office.models import Office, StoredFile, User
from office.models.kept import Kept, KeptQuerySet

from .paper import Paper


class NumberReservation(Kept):
    """A row of numbers taken from a series at once, with the reason and by whom (预留文号)."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="机关")
    series = models.CharField("文号系列", max_length=20)
    year = models.PositiveSmallIntegerField("年份")
    first = models.PositiveIntegerField("起")
    count = models.PositiveSmallIntegerField("个数")
    reason = models.CharField("预留理由", max_length=300)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="预留人")
    made_on = models.DateField("预留日期")
    created_at = models.DateTimeField("登记时间")

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "预留文号"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first__gte=1, count__gte=1), name="letters_reserved_some"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="letters_reserved_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id}/{self.series}/{self.year}: {self.first}+{self.count}"

    @property
    def subject_ref(self) -> str:
        """Name the record as the journal does."""
        return f"reservation:{self.pk}"


class ReservedNumber(Kept):
    """One reserved number: kept back until it is used for a paper typed outside, or declared void."""

    class Stage(models.TextChoices):
        RESERVED = "reserved", "预留"
        USED = "used", "已使用"
        VOIDED = "voided", "作废"

    reservation = models.ForeignKey(NumberReservation, models.PROTECT, related_name="numbers")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="机关")
    series = models.CharField("文号系列", max_length=20)
    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveIntegerField("序号")
    number_text = models.CharField("文号", max_length=80)
    stage = FSMField("状态", max_length=10, choices=Stage.choices, default=Stage.RESERVED, protected=True)
    title = models.CharField("文件标题", max_length=200, blank=True)
    recipient = models.CharField("主送", max_length=120, blank=True)
    copy = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="扫描件"
    )
    reason = models.CharField("作废理由", max_length=300, blank=True)
    settled_on = models.DateField("使用或者作废日期", null=True, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "预留的文号"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "series", "year", "number"], name="letters_reserved_once"
            ),
            models.CheckConstraint(
                condition=models.Q(stage="reserved", settled_on__isnull=True, settled_by__isnull=True)
                | models.Q(~models.Q(stage="reserved"), settled_on__isnull=False, settled_by__isnull=False),
                name="letters_reserved_settled",
            ),
            models.CheckConstraint(
                condition=~models.Q(stage="used") | ~models.Q(title=""), name="letters_used_for_a_paper"
            ),
            models.CheckConstraint(
                condition=~models.Q(stage="voided") | ~models.Q(reason=""), name="letters_void_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.number_text

    @property
    def subject_ref(self) -> str:
        """Name the record as the journal does."""
        return f"number:{self.pk}"

    @transition(field=stage, source=Stage.RESERVED, target=Stage.USED)
    def use(self) -> None:
        """Give the number to a paper typed outside."""

    @transition(field=stage, source=Stage.RESERVED, target=Stage.VOIDED)
    def void(self) -> None:
        """Declare the number void; it is never given again."""


class Voiding(Kept):
    """A paper declared void: it keeps its number and its text, and counts for nothing (作废)."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="voiding", verbose_name="文书")
    reason = models.CharField("作废理由", max_length=300)
    voided_on = models.DateField("作废日期")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")
    created_at = models.DateTimeField("登记时间")

    objects = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "作废的文书"
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="letters_voiding_has_reason")
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.voided_on}"
