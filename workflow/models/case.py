"""A case: one request for information, its dates and its place in law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models

from office.models import Office, Unit, User
from workflow.kinds import Channel, PartyKind, Service, WantedForm
from workflow.machine import OPEN, CaseMachine, State
from workflow.models.after_facts import AfterFacts
from workflow.models.case_facts import CaseFacts
from workflow.models.holding_facts import HoldingFacts

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager


class CaseQuerySet(models.QuerySet["Case"]):
    """Ways to reach cases that keep the house's lock rule."""

    def locked(self, case_id: int) -> Case:
        """Read one case under the only lock of the system: its own row."""
        return self.select_for_update(of=("self",)).select_related("office").get(pk=case_id)


class Case(CaseFacts, AfterFacts, HoldingFacts, CaseMachine):
    """One request and everything the law says of it; moved by ``workflow.fire`` alone."""

    # The indexes of the lists begin with these; an index of their own would only make each act dearer.
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="cases", verbose_name="机关", db_index=False
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="承办科室",
        db_index=False,
    )  # fmt: skip
    handler = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="承办人",
        db_index=False,
    )  # fmt: skip
    submission_id = models.UUIDField("提交编号", unique=True)
    year = models.PositiveSmallIntegerField("年度")
    seq = models.PositiveIntegerField("序号")
    version = models.PositiveIntegerField("版本", default=1)
    title = models.CharField("事由", max_length=120)

    channel = models.CharField("渠道", max_length=20, choices=Channel.choices)
    external_number = models.CharField("来源编号", max_length=60, blank=True)
    addressed_to = models.CharField("信件写明的收件人", max_length=120, blank=True)
    handed_by = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="最先收到的机关",
        db_index=False,
    )
    applicant_kind = models.CharField("申请人类别", max_length=20, choices=PartyKind.choices)
    applicant_name = models.CharField("申请人", max_length=120)
    wanted_form = models.CharField("获取形式", max_length=20, choices=WantedForm.choices)
    service = models.CharField("送达方式", max_length=20, choices=Service.choices)
    query_code_hash = models.CharField("查询码摘要", max_length=100, blank=True)

    arrived_on = models.DateField("到达日")
    confirmed_on = models.DateField("确认日", null=True, blank=True)
    received_on = models.DateField("收到日", null=True, blank=True)
    risk_received_on = models.DateField("风险收到日", null=True, blank=True)
    clock_start_on = models.DateField("起算日", null=True, blank=True)
    original_due_on = models.DateField("原届满日", null=True, blank=True)
    due_on = models.DateField("届满日", null=True, blank=True)
    alert_due_on = models.DateField("提醒届满日", null=True, blank=True)
    supplement_notice_due_on = models.DateField("补正告知届满日", null=True, blank=True)
    due_provisional = models.BooleanField("暂定", default=False)
    due_may_change = models.BooleanField("可能调整", default=False)
    clock_status = models.CharField("期限状态", max_length=24, default="running")
    moved_by = models.PositiveSmallIntegerField("届满日变动的依据", default=0)
    stage_on = models.DateField("进入本阶段之日", null=True, blank=True)
    unit_on = models.DateField("交本科室之日", null=True, blank=True)
    handler_on = models.DateField("交本承办人之日", null=True, blank=True)
    closed_on = models.DateField("办结离开之日", null=True, blank=True)
    replied_on = models.DateField("答复日", null=True, blank=True)
    # Of every item, each once and in their order; kept here so that a year is counted without reading its items.
    outcomes = models.CharField("答复结果", max_length=400, blank=True, default="")
    completed_on = models.DateField("完成日", null=True, blank=True)
    archived_on = models.DateField("归档日", null=True, blank=True)
    retention_years = models.PositiveSmallIntegerField("保管期限（年）", null=True, blank=True)
    manifest_sha256 = models.CharField("卷内清单摘要", max_length=64, blank=True)
    created_at = models.DateTimeField("建立时间")
    updated_at = models.DateTimeField("更新时间")

    objects = CaseQuerySet.as_manager()

    if TYPE_CHECKING:
        parties: RelatedManager

    class Meta:
        verbose_name = verbose_name_plural = "案件"
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "seq"], name="case_number_once"),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="case_state_known"),
            models.CheckConstraint(
                condition=~models.Q(channel__in=["counter", "portal", "oral"])
                | models.Q(received_on__isnull=False),
                name="case_receipt_immediate",
            ),
            models.CheckConstraint(
                condition=models.Q(clock_start_on__isnull=True) | models.Q(received_on__isnull=False),
                name="case_clock_needs_receipt",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state", "due_on", "id"], name="case_worklist"),
            models.Index(fields=["unit", "state", "due_on", "id"], name="case_unit_worklist"),
            models.Index(fields=["handler", "state", "due_on", "id"], name="case_handler_worklist"),
            # What is counted by the month is in the index itself: a year is counted without reading its cases.
            models.Index(
                fields=["office", "received_on", "replied_on", "applicant_kind", "channel"],
                name="case_received",
            ),
            models.Index(
                fields=[
                    "office",
                    "replied_on",
                    "received_on",
                    "applicant_kind",
                    "outcomes",
                    "due_on",
                    "completed_on",
                ],
                name="case_replied",
            ),
            models.Index(fields=["office", "-id"], name="case_newest"),
            models.Index(fields=["query_code_hash"], name="case_query_code"),
            # Everything the board counts open cases by, and of them alone: whatever has been archived is not read.
            models.Index(
                fields=[
                    "office",
                    "unit",
                    "handler",
                    "state",
                    "due_on",
                    "original_due_on",
                    "moved_by",
                    "due_provisional",
                    "stage_on",
                    "unit_on",
                    "handler_on",
                    "clock_start_on",
                    "id",
                ],
                name="case_on_board",
                condition=models.Q(state__in=[str(state) for state in OPEN]),
            ),
            models.Index(
                fields=["office", "closed_on", "unit", "handler"],
                name="case_closed",
                condition=models.Q(closed_on__isnull=False),
            ),
            models.Index(
                fields=["external_number"], name="case_external", condition=~models.Q(external_number="")
            ),
            models.Index(
                fields=["handed_by"], name="case_handed_by", condition=models.Q(handed_by__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """Write the case number as the office does: year and running number."""
        return f"{self.year}-{self.seq:04d}"

    @property
    def subject_ref(self) -> str:
        """Name the case as papers and the journal do, without a foreign key."""
        return f"case:{self.pk}"

    def answered(self, on: dt.date, outcomes: Iterable[str]) -> None:
        """Enter the day on which a request ended and what each of its items came to, in their order; nothing is saved."""
        self.replied_on = on
        self.outcomes = joined(outcomes)

    def taken_up_again(self) -> None:
        """Take back the day of the reply and what it came to; nothing is saved."""
        self.replied_on, self.outcomes = None, ""

    @cached_property
    def is_open(self) -> bool:
        """Tell whether the clock of this case still asks something of the office."""
        return self.state in OPEN_STATES

    @property
    def is_unfinished(self) -> bool:
        """Tell whether the office still owes something: service, lapse or withdrawal has not come yet."""
        return self.state in OPEN

    @property
    def arrived_at_day(self) -> dt.date:
        """Return the day counted from until the legal day of receipt is known."""
        return self.received_on or self.arrived_on


def joined(outcomes: Iterable[str]) -> str:
    """Write what the items of a request came to as one text: each outcome once, in the items' order."""
    return ",".join(dict.fromkeys(filter(None, outcomes)))


OPEN_STATES = frozenset(
    state for state in State.values if state not in {"served", "lapsed", "withdrawn", "archived", "replied"}
)
