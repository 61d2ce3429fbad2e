"""A reconsideration or a suit against what the office did, or failed to do, about a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django_fsm import FSMField, transition

from letters.models import Paper
from office.models import StoredFile, User
from workflow.models.case import Case

if TYPE_CHECKING:
    from workflow.models.reopening import Reopening


class Remedy(models.Model):
    """行政复议、行政诉讼: one proceeding, from the copy that reached the office to its result (条例51).

    Its own small machine: 待答复 → 已答复 → 已审结. The columns and rows are those of table 4 of the annual report:
    reconsideration, direct suit, suit after reconsideration × upheld, corrected, other, pending.
    """

    class Kind(models.TextChoices):
        RECONSIDERATION = "reconsideration", "行政复议"
        SUIT = "suit", "行政诉讼"

    class Road(models.TextChoices):
        RECONSIDERATION = "reconsideration", "行政复议"
        DIRECT = "direct", "未经复议直接起诉"
        AFTER = "after", "复议后起诉"

    class About(models.TextChoices):
        REPLY = "reply", "对答复不服"
        INACTION = "inaction", "认为逾期不答复"
        LATE = "late", "认为答复逾期违法"
        LAPSE = "lapse", "对不再处理不服"
        OTHER = "other", "其他"

    class Claimant(models.TextChoices):
        APPLICANT = "applicant", "申请人"
        THIRD = "third", "第三方"

    class Procedure(models.TextChoices):
        SIMPLE = "simple", "简易程序"
        ORDINARY = "ordinary", "普通程序"

    class Instance(models.TextChoices):
        FIRST = "first", "一审"
        SECOND = "second", "二审"
        RETRIAL = "retrial", "再审"

    class Stage(models.TextChoices):
        RECEIVED = "received", "待答复"
        ANSWERED = "answered", "已答复、待审结"
        DECIDED = "decided", "已审结"

    class Result(models.TextChoices):
        PENDING = "", "尚未审结"
        UPHELD = "upheld", "结果维持"
        CORRECTED = "corrected", "结果纠正"
        OTHER = "other", "其他结果"

    class Order(models.TextChoices):
        NONE = "", "没有责令"
        REREPLY = "rereply", "责令重新答复"
        PERFORM = "perform", "责令限期答复"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="remedies")
    seq = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("种类", max_length=16, choices=Kind.choices)
    road = models.CharField("路径", max_length=16, choices=Road.choices)
    after = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="前一程序"
    )  # fmt: skip
    about = models.CharField("请求", max_length=12, choices=About.choices)
    claimant = models.CharField("提起人", max_length=12, choices=Claimant.choices, default=Claimant.APPLICANT)
    claimant_name = models.CharField("提起人姓名或者名称", max_length=120)
    paper = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被诉文书"
    )
    body = models.CharField("受理机关", max_length=120)
    number = models.CharField("案号", max_length=80, blank=True)
    instance = models.CharField("审级", max_length=8, choices=Instance.choices, blank=True)
    procedure = models.CharField("程序", max_length=10, choices=Procedure.choices, blank=True)
    beside_body = models.BooleanField("复议机关为共同被告", default=False)
    applied_on = models.DateField("申请或者起诉日", null=True, blank=True)
    received_on = models.DateField("收到副本日")
    answer_due_on = models.DateField("答复期限届满日")
    stage = FSMField("阶段", max_length=10, choices=Stage.choices, default=Stage.RECEIVED, protected=True)

    draft = models.TextField("答复（答辩）拟稿", blank=True)
    drafter = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    drafted_on = models.DateField("拟稿日", null=True, blank=True)
    answer = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField("答复日", null=True, blank=True)
    evidence = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    evidence_index = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    result = models.CharField("结果", max_length=10, choices=Result.choices, blank=True)
    decision_number = models.CharField("决定书或者裁判文书文号", max_length=80, blank=True)
    decided_on = models.DateField("决定或者裁判日", null=True, blank=True)
    decision_received_on = models.DateField("收到决定或者裁判日", null=True, blank=True)
    order = models.CharField("责令", max_length=10, choices=Order.choices, blank=True)
    order_days = models.PositiveSmallIntegerField("责令的期限（工作日）", null=True, blank=True)

    opinion_received_on = models.DateField("收到意见书日", null=True, blank=True)
    opinion_due_on = models.DateField("报告纠正情况届满日", null=True, blank=True)
    opinion_reported_on = models.DateField("报告纠正情况日", null=True, blank=True)
    by_ref = models.CharField("登记人", max_length=60)
    created_at = models.DateTimeField("登记时间")

    if TYPE_CHECKING:
        carried_out: models.Manager[Reopening]

    class Meta:
        verbose_name = verbose_name_plural = "复议诉讼"
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="remedy_seq_once"),
            models.CheckConstraint(
                condition=models.Q(stage__in=["received", "answered", "decided"]), name="remedy_stage_known"
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(stage="decided") & ~models.Q(result="") & models.Q(decided_on__isnull=False)
                )
                | (~models.Q(stage="decided") & models.Q(result="", decided_on__isnull=True)),
                name="remedy_decided_has_result",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="reconsideration", road="reconsideration")
                | models.Q(kind="suit", road="direct")
                | models.Q(kind="suit", road="after", after__isnull=False),
                name="remedy_road_fits_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(answer__isnull=True, answered_on__isnull=True)
                | models.Q(answer__isnull=False, answered_on__isnull=False),
                name="remedy_answer_and_day_together",
            ),
        ]
        indexes = [models.Index(fields=["stage", "answer_due_on"], name="remedy_due")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.kind}"

    @transition(field=stage, source=Stage.RECEIVED, target=Stage.ANSWERED)
    def mark_answered(self) -> None:
        """Go on once the answer was given."""

    @transition(field=stage, source=[Stage.RECEIVED, Stage.ANSWERED], target=Stage.DECIDED)
    def mark_decided(self) -> None:
        """End with a result; a proceeding may end before it was answered (不予受理、撤回)."""

    @property
    def is_open(self) -> bool:
        """Tell whether the proceeding still runs."""
        return bool(self.stage != self.Stage.DECIDED)

    @property
    def label(self) -> str:
        """Name the proceeding as lists and forms do."""
        number = f"（{self.number}）" if self.number else ""
        return f"{self.get_road_display()}：{self.body}{number}"

    @property
    def ours(self) -> str:
        """Say what the office is in the proceeding."""
        return "被申请人" if self.kind == self.Kind.RECONSIDERATION else "被告"
