"""A file that belongs to a case."""

from django.db import models

from office.models import StoredFile
from workflow.kinds import AttachmentKind
from workflow.models.case import Case


class Attachment(models.Model):
    """One file of the case, kept in the content-addressed store."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="case_attachments")
    kind = models.CharField("类别", max_length=20, choices=AttachmentKind.choices)
    title = models.CharField("名称", max_length=160)
    by_ref = models.CharField("提交人", max_length=60)
    created_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = verbose_name_plural = "附件"

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
