"""What an applicant was asked to supplement."""

from django.db import models

from letters.models import Paper
from workflow.kinds import Lack
from workflow.models.case import Case


class Supplement(models.Model):
    """补正: what the request lacked (条例29), asked for once; the clock's events carry its days."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supplements")
    lacks = models.JSONField("欠缺", default=list)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField("告知日")

    class Meta:
        verbose_name = verbose_name_plural = "补正"

    def __str__(self) -> str:
        return f"{self.case_id} {self.sent_on}"

    @property
    def lacking(self) -> str:
        """Name what the request lacked, in words for a letter: 申请内容不明确、没有提供身份证明."""
        return "、".join(Lack(code).label for code in self.lacks)
