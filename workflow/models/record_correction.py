"""A person's request to correct a record about that person (条例41): its own short machine, beside the cases."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from letters.models import Paper
from office.keys.fields import SealedField
from office.models import Office, StoredFile, User
from workflow.kinds import IdentityKind, PartyKind, Service


class RecordCorrection(models.Model):
    """更正申请: received, examined, answered; the text sets no term, the office keeps its own."""

    class Stage(models.TextChoices):
        RECEIVED = "received", "待核实"
        EXAMINED = "examined", "待答复"
        CORRECTED = "corrected", "已更正"
        HANDED_OVER = "handed_over", "已转送"
        DECLINED = "declined", "已告知不予更正"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    seq = models.PositiveIntegerField("序号")
    kind = models.CharField("申请人类别", max_length=20, choices=PartyKind.choices)
    name = models.CharField("申请人", max_length=120)
    id_kind = models.CharField("证件类型", max_length=20, choices=IdentityKind.choices)
    id_number = SealedField("证件号码")
    phone = SealedField("电话", blank=True)
    address = SealedField("通信地址", blank=True)
    record = models.CharField("需要更正的记录", max_length=200)
    wrong = models.TextField("记录的内容")
    right = models.TextField("请求更正为")
    evidence = models.TextField("申请人提供的证据")
    received_on = models.DateField("收到日")
    due_on = models.DateField("内部届满日")
    stage = FSMField("阶段", max_length=12, choices=Stage.choices, default=Stage.RECEIVED, protected=True)

    competent = models.BooleanField("有权更正", null=True)
    proven = models.BooleanField("证据属实", null=True)
    finding = models.TextField("核实情况", blank=True)
    other_office = models.CharField("有权更正的机关", max_length=200, blank=True)
    examined_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    examined_on = models.DateField("核实日", null=True, blank=True)
    answer = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField("答复日", null=True, blank=True)
    channel = models.CharField("送达方式", max_length=12, choices=Service.choices, blank=True)
    tracking = models.CharField("邮件号", max_length=40, blank=True)
    served_on = models.DateField("送达日", null=True, blank=True)
    by_ref = models.CharField("登记人", max_length=60)
    created_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "更正申请"
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "seq"], name="correction_number_once"),
            models.CheckConstraint(
                condition=models.Q(
                    stage__in=["received", "examined", "corrected", "handed_over", "declined"]
                ),
                name="correction_stage_known",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by__isnull=True) | ~models.Q(answered_by=models.F("examined_by")),
                name="correction_two_persons",
            ),
        ]
        indexes = [models.Index(fields=["office", "stage", "due_on"], name="correction_list")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """Write the number as lists do."""
        return f"更正{self.year}-{self.seq:03d}"

    @property
    def subject_ref(self) -> str:
        """Name the record as papers and the journal do."""
        return f"correction:{self.pk}"

    @property
    def waits_for_seal(self) -> bool:
        """Tell whether the answer may not be served yet, for want of a seal."""
        return self.answer is not None and self.answer.waits_for_seal

    @transition(field=stage, source=Stage.RECEIVED, target=Stage.EXAMINED)
    def examine(self) -> None:
        """Go on once the evidence was weighed."""

    @transition(field=stage, source=Stage.EXAMINED, target=Stage.CORRECTED)
    def correct(self) -> None:
        """End with the record corrected."""

    @transition(field=stage, source=Stage.EXAMINED, target=Stage.HANDED_OVER)
    def hand_over(self) -> None:
        """End with the request handed over to the office that may correct."""

    @transition(field=stage, source=Stage.EXAMINED, target=Stage.DECLINED)
    def decline(self) -> None:
        """End with the applicant told why not."""


class CorrectionFile(models.Model):
    """One piece of evidence handed in with a request for correction."""

    correction = models.ForeignKey(RecordCorrection, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=160)
    created_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = verbose_name_plural = "更正申请的证据"

    def __str__(self) -> str:
        return f"{self.correction_id} {self.pk}"
