"""A complaint to the supervising office about how a request was handled."""

from __future__ import annotations

from django.db import models

from letters.models import Paper
from office.models import Office
from workflow.kinds import Service
from workflow.models.case import Case


class Complaint(models.Model):
    """投诉举报 (条例47、51): what was complained of, and what the supervising office found and did.

    The supervising office may urge correction and criticise (47); it orders nothing (53 is for the office above). Its
    papers leave its house once they are sealed, where it seals such papers by hand.
    """

    #: Results by which the office complained of has something to put right.
    URGED = ("rectify", "criticise")

    class Result(models.TextChoices):
        OPEN = "", "正在核查"
        RECTIFY = "rectify", "督促整改"
        CRITICISE = "criticise", "通报批评"
        UNFOUNDED = "unfounded", "投诉不成立"
        HANDED_OVER = "handed_over", "转有权机关处理"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="complaints")
    seq = models.PositiveSmallIntegerField("序号")
    supervisor = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="+", verbose_name="主管部门"
    )
    received_on = models.DateField("收到投诉日")
    matters = models.TextField("投诉事项")
    result = models.CharField("处理结果", max_length=12, choices=Result.choices, blank=True)
    finding = models.TextField("核查情况", blank=True)
    rectify_by_on = models.DateField("整改期限", null=True, blank=True)
    decided_on = models.DateField("处理日", null=True, blank=True)
    notice = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="督促整改通知书"
    )  # fmt: skip
    answer = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="投诉处理告知书"
    )  # fmt: skip
    channel = models.CharField("告知书送达方式", max_length=12, choices=Service.choices, blank=True)
    tracking = models.CharField("邮件号", max_length=40, blank=True)
    served_on = models.DateField("告知书送达日", null=True, blank=True)
    rectified_on = models.DateField("整改完成日", null=True, blank=True)
    rectified = models.TextField("整改情况", blank=True)
    by_ref = models.CharField("登记人", max_length=60)
    created_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "投诉举报"
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="complaint_seq_once"),
            models.CheckConstraint(
                condition=models.Q(result="", decided_on__isnull=True)
                | (~models.Q(result="") & models.Q(decided_on__isnull=False)),
                name="complaint_result_and_day_together",
            ),
            models.CheckConstraint(
                condition=models.Q(served_on__isnull=True, channel="")
                | (models.Q(served_on__isnull=False, decided_on__isnull=False) & ~models.Q(channel="")),
                name="complaint_answer_served_whole",
            ),
        ]
        indexes = [models.Index(fields=["supervisor", "served_on"], name="complaint_list")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq}"

    @property
    def subject_ref(self) -> str:
        """Name the record as its own steps' journal does; its papers belong to the case."""
        return f"complaint:{self.pk}"

    @property
    def office(self) -> Office:
        """Return the office whose record this is."""
        return self.supervisor

    @property
    def office_id(self) -> int:
        """Return the id of the office whose record this is."""
        return self.supervisor_id

    @property
    def stage(self) -> str:
        """Return from where its next steps start: "open" or "decided"."""
        return "decided" if self.result else "open"

    def get_stage_display(self) -> str:
        """Say how the complaint stands in the house of the supervising office."""
        if not self.result:
            return self.Result.OPEN.label
        if self.waits_for_seal:
            return "待用印"
        if self.served_on is None:
            return "告知书待送达"
        return "整改中" if self.is_urged and self.rectified_on is None else "已办结"

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Return the papers that were made of it: the notice to the office, the answer to whoever complained."""
        return tuple(paper for paper in (self.notice, self.answer) if paper is not None)

    @property
    def waits_for_seal(self) -> bool:
        """Tell whether its papers are still in the house of the supervising office, for want of a seal."""
        return any(paper.waits_for_seal for paper in self.papers)

    @property
    def is_urged(self) -> bool:
        """Tell whether the office complained of is to put something right."""
        return self.result in self.URGED

    @property
    def told_result(self) -> str:
        """Say what came of it as the office complained of may know: nothing before the papers went out."""
        return self.Result.OPEN.label if self.waits_for_seal else self.get_result_display()
