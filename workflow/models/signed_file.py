"""What a case's file held at the moment its reply was signed."""

from django.db import models

from letters.models import Paper
from workflow.models.case import Case


class SignedFile(models.Model):
    """签发时案卷: evidence is what was in the file then (复议法46、行诉法35), so its content is kept as it was.

    The facts are sealed under the case's data key; papers and files are named by their hashes.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="signed_files")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="signed_file")
    facts_sealed = models.TextField("案卷内容（加密）")
    facts_sha256 = models.CharField("案卷内容摘要", max_length=64)
    created_at = models.DateTimeField("固定时间")

    class Meta:
        verbose_name = verbose_name_plural = "签发时案卷"

    def __str__(self) -> str:
        return f"{self.case_id} {self.facts_sha256[:8]}"
