"""A draft of the reply as it went to review."""

from django.db import models

from office.models import User
from workflow.models.case import Case
from workflow.models.draft_edit import DraftEdit


class ReplyDraft(models.Model):
    """The composed reply that reviewers and the signatory see; sign-offs pin its hash."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="drafts")
    version = models.PositiveSmallIntegerField("稿次")
    kind = models.CharField("文书", max_length=40)
    facts_sealed = models.TextField("要素（加密）")
    edit = models.ForeignKey(
        DraftEdit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修改稿"
    )
    body_sha256 = models.CharField("文稿摘要", max_length=64)
    drafter = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafter_for = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被代理的拟稿人"
    )
    drafted_on = models.DateField("拟稿日")
    #: How many findings of the lint went along that do not block; unknown for drafts made before it was kept.
    warnings = models.PositiveSmallIntegerField("检查提示数", null=True, blank=True)
    created_at = models.DateTimeField("成稿时间")

    class Meta:
        verbose_name = verbose_name_plural = "答复稿"
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="draft_version_once")]

    def __str__(self) -> str:
        return f"{self.case_id} v{self.version}"
