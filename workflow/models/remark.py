"""What somebody wrote beside an act: an instruction, a reason, how an applicant was reached."""

from django.db import models

from workflow.models.case import Case


class Remark(models.Model):
    """办理意见: free text of one act; the journal refers to it by ``act_id`` and holds none of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="remarks")
    act_id = models.UUIDField("动作编号")
    act = models.CharField("动作", max_length=40)
    text = models.TextField("意见")
    by_ref = models.CharField("填写人", max_length=60)
    on = models.DateField("日期")
    created_at = models.DateTimeField("填写时间")

    class Meta:
        verbose_name = verbose_name_plural = "办理意见"
        indexes = [models.Index(fields=["case", "act_id"], name="remark_by_act")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.act}"
