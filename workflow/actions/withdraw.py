"""Withdraw a request (撤回)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from workflow import paper_facts
from workflow.actions._service import serve_at_once
from workflow.fire import Work, fire
from workflow.models import Case, Item


def withdraw(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, reason: str = "",
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Withdraw a request before service of the reply, by the applicant or on the applicant's written word.

    The applicant need not say why; what is said is kept with the case.
    """

    def effect(case: Case, work: Work) -> None:
        slip = work.seal("withdrawal_confirmation", paper_facts.withdrawal(case, on=on))
        Item.objects.filter(case=case).update(outcome="withdrawn", proposed_on=on)
        work.event("withdrawn", paper=slip)
        case.answered(case.replied_on or on, ["withdrawn"])
        work.remark(reason)
        serve_at_once(case, work, slip)

    return fire(
        case_id,
        "withdraw",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )
