"""A tie between two requests."""

from django.db import models

from workflow.models.case import Case


class CaseLink(models.Model):
    """关联: the same letter at several offices, or a request filed at the office that answers for it."""

    class Kind(models.TextChoices):
        COPY = "copy", "同一来信"
        FILED = "filed", "代为提出"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField("关系", max_length=8, choices=Kind.choices)
    linked_on = models.DateField("关联日")
    code_shown_on = models.DateField("向申请人显示查询码之日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "关联案件"
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="case_link_once"),
            models.CheckConstraint(condition=~models.Q(case=models.F("other")), name="case_link_two"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}-{self.other_id}"
