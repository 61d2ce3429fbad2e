"""Extend the term for the reply, once (延期)."""

from __future__ import annotations

import datetime as dt
import uuid

from law.values import value
from office.actors import Actor
from workflow import paper_facts
from workflow.actions._service import serve_at_once
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case


def extend(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, days: int, reason: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Extend by up to 20 working days; the head of the disclosure office approves and the applicant is told.

    Both happen before the current term is over (条例33); the original date stays on record.
    """
    most = int(value("art33.extension_days_max", on))
    if not 1 <= days <= most:
        raise BadRequest("bad_days", f"延长的期限应为 1 至 {most} 个工作日", field="days")
    if not reason.strip():
        raise BadRequest("no_reason", "请写明延期的理由", field="reason")

    def effect(case: Case, work: Work) -> None:
        notice = work.seal("extension_notice", paper_facts.extension(case, on=on, days=days, reason=reason))
        work.event("extension", paper=notice, days=days)
        work.note["days"] = days
        work.remark(reason)
        serve_at_once(case, work, notice)

    return fire(
        case_id,
        "extend",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )
