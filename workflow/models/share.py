"""What a unit was given to do on a case: the lead's part, or a co-handler's (牵头、协办)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from office.models import Office, Unit, User
from workflow.models.case import Case


class Share(models.Model):
    """One unit's part in a case, with the day by which the house wants it; it never moves a statutory date."""

    class Part(models.TextChoices):
        LEAD = "lead", "牵头"
        CO = "co", "协办"

    class Status(models.TextChoices):
        GIVEN = "given", "待接收"
        ACCEPTED = "accepted", "办理中"
        ANSWERED = "answered", "已答复"
        RETURNED = "returned", "已退回"
        CANCELLED = "cancelled", "已撤销"

    #: A unit sees the case while its part is one of these; the first two still want something of it.
    TAKING_PART = (Status.GIVEN, Status.ACCEPTED, Status.ANSWERED)
    OPEN = (Status.GIVEN, Status.ACCEPTED)

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name="机关")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="shares")
    part = models.CharField("分工", max_length=4, choices=Part.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="科室")
    handler = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.GIVEN)
    matter = models.CharField("协办事项", max_length=500, blank=True)
    given_on = models.DateField("交办日")
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="交办人"
    )
    internal_due_on = models.DateField("内部期限", null=True, blank=True)
    accepted_on = models.DateField("接收日", null=True, blank=True)
    answer = models.TextField("协办意见", blank=True)
    answered_on = models.DateField("答复日", null=True, blank=True)
    closed_on = models.DateField("退回或者撤销日", null=True, blank=True)
    urged_on = models.DateField("最近催办日", null=True, blank=True)
    urged = models.PositiveSmallIntegerField("催办次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "分办"
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(part="lead", status__in=["given", "accepted"]),
                name="share_one_lead",
            ),
            models.UniqueConstraint(
                fields=["case", "unit"],
                condition=Q(part="co", status__in=["given", "accepted"]),
                name="share_once_per_unit",
            ),
            models.CheckConstraint(
                condition=Q(internal_due_on__isnull=True) | Q(internal_due_on__gte=F("given_on")),
                name="share_days",
            ),
            models.CheckConstraint(
                condition=~Q(status="answered") | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="share_answer_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "status", "internal_due_on"], name="share_unit_worklist"),
            models.Index(fields=["handler", "status", "internal_due_on"], name="share_handler_worklist"),
            models.Index(fields=["office", "status", "given_on"], name="share_unaccepted"),
            models.Index(fields=["case", "part", "status"], name="share_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.part} {self.unit_id} {self.status}"

    @property
    def is_open(self) -> bool:
        """Tell whether the unit still owes something."""
        return self.status in self.OPEN
