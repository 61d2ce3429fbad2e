"""A card for a classified document: what there is and where, and nothing of what it says."""

from __future__ import annotations

from django.db import models

from office.models import User
from workflow.holding_kinds import Grade, OfflineConclusion
from workflow.models.case import Case
from workflow.models.item import Item


class ClassifiedCard(models.Model):
    """A classified document that was found and stays outside this system (保密法31(3)); never its content."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="classified_cards")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name="申请事项")
    number = models.CharField("文件编号", max_length=100)
    grade = models.CharField("密级", max_length=14, choices=Grade.choices)
    term = models.CharField("保密期限", max_length=60)
    classified_by = models.CharField("定密机关", max_length=120)
    kept_at = models.CharField("存放处", max_length=120)
    title_is_open = models.BooleanField("标题本身不涉密", default=False)
    title = models.CharField("标题", max_length=200, blank=True)
    conclusion = models.CharField(
        "线下审查结论", max_length=12, choices=OfflineConclusion.choices, default=OfflineConclusion.PENDING
    )
    concluded_on = models.DateField("作出结论的日期", null=True, blank=True)
    concluded_by = models.CharField("作出结论的机构", max_length=120, blank=True)
    basis = models.CharField("依据", max_length=300, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="登记人")
    entered_on = models.DateField("登记日")

    class Meta:
        verbose_name = verbose_name_plural = "涉密文件卡片"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(title_is_open=True) | models.Q(title=""), name="card_title_only_if_open"
            ),
            models.CheckConstraint(
                condition=models.Q(conclusion=OfflineConclusion.PENDING)
                | models.Q(concluded_on__isnull=False) & ~models.Q(concluded_by=""),
                name="card_concluded_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"
