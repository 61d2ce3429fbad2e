"""Propose the outcome of one item (拟定答复意见)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from law.outcomes import Outcome
from office.models import User
from workflow.changes import difference, snapshot
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case
from workflow.outcome_facts import missing_facts, ungrounded

CLERK_OUTCOMES = tuple(
    outcome for outcome in Outcome if outcome not in ("lapsed_supplement", "lapsed_fee", "withdrawn")
)


def propose(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, item_seq: int, outcome: str,
    grounds: list[str], reason: str, facts: Mapping[str, Any],
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record what the handler proposes for one item: outcome, grounds (条款项), reasons and what the letter needs.

    Raises BadRequest naming the first fact the outcome needs and does not have (条例36–40).
    """

    def effect(case: Case, work: Work) -> None:
        put_proposal(
            case, work, item_seq=item_seq, outcome=outcome, grounds=grounds, reason=reason, facts=facts
        )

    return fire(
        case_id,
        "propose",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def put_proposal(
    case: Case,
    work: Work,
    *,
    item_seq: int,
    outcome: str,
    grounds: list[str],
    reason: str,
    facts: Mapping[str, Any],
) -> None:
    """Write a proposal on its item, once everything its outcome needs is there."""
    if outcome not in CLERK_OUTCOMES:
        raise BadRequest("bad_outcome", "请选择处理结果", field="outcome")
    if problem := missing_facts(outcome, grounds=grounds, reason=reason, facts=facts):
        field, message = problem
        raise BadRequest("missing_fact", message, field=field)
    item = next((i for i in case.items_in_order() if i.seq == item_seq), None)
    if item is None:
        raise BadRequest("no_such_item", "没有这一项申请事项", field="item_seq")
    if reason_why_not := ungrounded(case, outcome, facts):
        raise BadRequest("ungrounded", reason_why_not, field="outcome")
    before = snapshot(item)
    item.outcome, item.grounds, item.reason = outcome, list(grounds), reason.strip()
    item.facts, item.proposed_on = dict(facts), work.on
    item.proposed_by = work.by if isinstance(work.by, User) else None
    item.save()
    work.note_changes(f"item:{item_seq}", difference(before, snapshot(item)))
    work.note.update(item=item_seq, outcome=outcome)
