"""What came after the reply of one case: remedies, rounds, changes, complaints, mail; for its page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from office.models import User
from workflow.models import (
    ApprovalSheet,
    BundleMember,
    Case,
    CaseLink,
    ClassifiedCard,
    Complaint,
    Delivery,
    Holding,
    Remedy,
    Reopening,
    ReplyChange,
    Urge,
)
from workflow.selectors import beside_complaint
from workflow.selectors.timeliness import working_days_left

RECORDS = {
    "remedies": Remedy, "reopenings": Reopening, "reply_changes": ReplyChange, "complaints": Complaint,
    "holdings": Holding, "cards": ClassifiedCard, "deliveries": Delivery, "sheets": ApprovalSheet, "links": CaseLink, "urges": Urge,
}  # fmt: skip


@dataclass(frozen=True)
class RemedyLine:
    """One proceeding as the case page shows it."""

    remedy: Any
    left: int | None
    late: bool
    evidence_id: int | None


@dataclass(frozen=True)
class ComplaintLine:
    """One complaint as the case page shows it; ``leads`` where this person has its record before them."""

    complaint: Any
    result: str
    until: dt.date | None
    leads: bool


@dataclass(frozen=True)
class AfterReply:
    """Everything after the reply; empty for most cases."""

    remedies: tuple[RemedyLine, ...]
    rounds: tuple[Any, ...]
    changes: tuple[Any, ...]
    complaints: tuple[ComplaintLine, ...]
    mail_returned: tuple[Any, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing came after the reply."""
        return not (self.remedies or self.rounds or self.changes or self.complaints)


def flagged(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Say beside each case which records it has of those most have none of, so that no others are asked for."""
    members = BundleMember.objects.filter(left_on__isnull=True)
    return cases.annotate(
        has_bundling=Exists(members.filter(case_id=OuterRef("pk"))),
        has_followers=Exists(members.filter(bundle__lead_id=OuterRef("pk"))),
        **{
            f"has_{name}": Exists(model.objects.filter(case_id=OuterRef("pk")))
            for name, model in RECORDS.items()
        },
    )


def after_reply(case: Any, user: User, *, on: dt.date) -> AfterReply:
    """Read what came after the reply of a case that this person may see."""
    bundles: dict[int, int] = {}
    if case.all_remedies():
        found = case.attachments.filter(kind="evidence").values_list("file_id", "pk")
        bundles = dict(found)
    return AfterReply(
        remedies=tuple(_line(row, bundles, on, case.office_id) for row in case.all_remedies()),
        rounds=tuple(case.all_reopenings()), changes=tuple(case.all_changes()),
        complaints=_complaints(case, user), mail_returned=tuple(case.returned_mail()),
    )  # fmt: skip


def _line(row: Any, bundles: dict[int, int], on: dt.date, office_id: int) -> RemedyLine:
    waits = row.stage == "received"
    day = row.answered_on or on
    return RemedyLine(
        remedy=row, left=working_days_left(row.answer_due_on, on, office_id) if waits else None, late=day > row.answer_due_on,
        evidence_id=bundles.get(row.evidence_id),
    )  # fmt: skip


def _complaints(case: Any, user: User) -> tuple[ComplaintLine, ...]:
    rows = case.all_complaints()
    mine = (
        set(beside_complaint.visible(user).filter(case=case).values_list("pk", flat=True)) if rows else set()
    )
    return tuple(
        ComplaintLine(row, row.told_result, None if row.waits_for_seal else row.rectify_by_on, row.pk in mine)
        for row in rows
    )
