"""What a case is found by: written by the database itself, on PostgreSQL alone."""

from django.db import models

from workflow.models.case import Case


class CaseWords(models.Model):
    """The title of a case with its applicant's name; triggers keep it, so that a moved due date need not index them anew."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="+")
    words = models.TextField("检索词", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "案件检索词"

    def __str__(self) -> str:
        return str(self.case_id)
