"""A month's bulletin on the requests of the offices below: figures as they stood, words, a draft document (通报)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from office.models import Office, User


class Bulletin(models.Model):
    """月度通报 of a supervising office on the offices below it; a draft until it is settled, its figures kept with it."""

    class Stage(models.TextChoices):
        DRAFT = "draft", "起草中"
        SETTLED = "settled", "已定稿"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="监督机关")
    year = models.PositiveSmallIntegerField("年")
    month = models.PositiveSmallIntegerField("月")
    stage = FSMField("阶段", max_length=8, choices=Stage.choices, default=Stage.DRAFT, protected=True)
    figures = models.JSONField("数字", default=dict)
    figures_on = models.DateField("数字截止日")
    words = models.TextField("存在的问题和要求", blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="起草人")
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_on = models.DateField("定稿日", null=True, blank=True)
    created_at = models.DateTimeField("建立时间")

    class Meta:
        verbose_name = verbose_name_plural = "月度通报"
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "month"], name="bulletin_once"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="bulletin_month"),
            models.CheckConstraint(
                condition=Q(stage="draft", settled_on__isnull=True)
                | Q(stage="settled", settled_on__isnull=False),
                name="bulletin_settled_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.year}-{self.month:02d}"

    @property
    def subject_ref(self) -> str:
        """Name the bulletin as the journal does."""
        return f"bulletin:{self.pk}"

    @transition(field=stage, source=Stage.DRAFT, target=Stage.SETTLED)
    def settle(self) -> None:
        """Stand as it was sent out."""

    @transition(field=stage, source=Stage.SETTLED, target=Stage.DRAFT)
    def open_again(self) -> None:
        """Be written anew after a mistake was found."""
