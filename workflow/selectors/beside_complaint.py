"""Complaints as the supervising office has them before it: who sees which, what waits for its seal or its service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from office.models import User
from office.roles import Role
from office.web.dates import chinese_date
from workflow.models import Complaint

NAMES = {"complaint": "投诉举报"}
MODELS: dict[str, Any] = {"complaint": Complaint}
GOING_OUT = ("seal_complaint", "serve_complaint")
NEXT: dict[str, dict[str, tuple[str, ...]]] = {"complaint": {"decided": GOING_OUT}}
ORDER = {"complaint": "received_on"}
#: Who complained was told, and nothing is left to be put right.
OVER = Q(served_on__isnull=False) & (~Q(result__in=Complaint.URGED) | Q(rectified_on__isnull=False))


def visible(user: User) -> QuerySet[Complaint]:
    """Return the complaints a person may see as records of the office they were made to, and no other.

    The supervisor sees each; whoever enters and posts its letters those that are decided, whoever seals them those whose
    papers are or were to be sealed. The office complained of reads on the page of its case what has gone out.
    """
    roles = user.roles()

    def held(role: Role) -> list[int]:
        return sorted(office for office, duties in roles.items() if role in duties)

    sealed = Q(answer__needs_seal=True) | Q(notice__needs_seal=True)
    rule = Q(supervisor_id__in=held(Role.SUPERVISOR))
    rule |= Q(supervisor_id__in=held(Role.INTAKE), answer__isnull=False)
    rule |= Q(supervisor_id__in=held(Role.SEAL)) & sealed
    named = ("supervisor", "case__office", "notice__voiding", "answer__voiding")
    return Complaint.objects.filter(rule).select_related(*named)


def complaints_of(papers: Iterable[int]) -> dict[int, int]:
    """Tell of papers which complaint each was made of; those made of none are left out."""
    ids = list(papers)
    rows = Complaint.objects.filter(Q(notice_id__in=ids) | Q(answer_id__in=ids))
    found = rows.values_list("pk", "notice_id", "answer_id")
    return {paper: pk for pk, *made in found for paper in made if paper in ids}


def steps_now(row: Complaint, steps: list[Any]) -> list[Any]:
    """Leave of the next steps the one that is open: the papers are either sealed or sent."""
    if row.served_on is not None:
        return []
    return [step for step in steps if (step.name == "seal_complaint") == row.waits_for_seal]


def due(row: Complaint) -> dt.date | None:
    """Return by when something is to be put right, while it is not."""
    owed = row.is_urged and row.rectified_on is None and not row.waits_for_seal
    return row.rectify_by_on if owed else None


def number(row: Complaint) -> str:
    """Return the number of the case it is about, and which complaint of that case it is."""
    return f"{row.case.number} 第{row.seq}件投诉"


def title(row: Complaint) -> str:
    """Say which office it is about, and what it says, briefly."""
    return f"{row.case.office.name}：{row.matters[:40]}{'…' if len(row.matters) > 40 else ''}"


def _facts(row: Complaint, user: User) -> tuple[tuple[str, Any], ...]:
    how = f"{row.get_channel_display()} {row.tracking}".strip()
    return (
        ("被投诉机关", row.case.office.name), ("有关的案件", row.case.number), ("收到投诉日期", row.received_on),
        ("投诉举报的事项", row.matters), ("处理结果", row.get_result_display() if row.result else ""),
        ("核查情况", row.finding), ("处理日期", row.decided_on), ("用印", _sealed(row)),
        ("告知书送达", f"{how}，{chinese_date(row.served_on)}" if row.served_on else ""),
        ("整改期限", row.rectify_by_on), ("整改情况", row.rectified), ("整改完成日期", row.rectified_on),
    )  # fmt: skip


def _sealed(row: Complaint) -> str:
    if row.waits_for_seal:
        return "还没有登记用印，用印后才发给被投诉的机关、送达投诉人；由本机关的印章管理员、登记员登记"
    days = [paper.sealed_on for paper in row.papers if paper.sealed_on]
    return chinese_date(max(days)) if days else ""


FACTS = {"complaint": _facts}
