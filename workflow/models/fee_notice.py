"""The fee asked of an applicant, and its payment."""

from django.db import models

from letters.models import Paper
from workflow.models.case import Case


class FeeNotice(models.Model):
    """信息处理费 (国办函〔2020〕109号): by item or by page, never both for one request."""

    class Basis(models.TextChoices):
        ITEMS = "items", "按件计收"
        PAGES = "pages", "按量计收"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="fee")
    basis = models.CharField("计收方式", max_length=6, choices=Basis.choices)
    count = models.PositiveIntegerField("件数或者页数")
    already = models.PositiveIntegerField("当月此前的件数", default=0)
    total = models.PositiveIntegerField("金额（元）")
    payment_way = models.TextField("缴纳的方式", blank=True)
    citation = models.CharField("标准依据", max_length=120)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField("通知日")
    paid_on = models.DateField("缴费日", null=True, blank=True)
    receipt_number = models.CharField("票据号码", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "收费通知"
        constraints = [
            models.CheckConstraint(condition=models.Q(total__gt=0), name="fee_is_some"),
            models.CheckConstraint(
                condition=models.Q(paid_on__isnull=True, receipt_number="")
                | (models.Q(paid_on__isnull=False) & ~models.Q(receipt_number="")),
                name="payment_and_receipt_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.total}"
