"""Ask why there are so many requests (要求说明理由)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from workflow import paper_facts_before, rules
from workflow.actions._service import serve_at_once
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, ExcessInquiry

#: A term longer than this is not reasonable; working days.
LONGEST = 60


def ask_reasons(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, counted: str, days: int | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Ask the applicant for the reasons of an unusual number of requests; by default the clock runs on (条例35).

    :param counted: the facts of number and frequency, as the notice tells them
    :param days: working days to answer in, from service of the notice; by default the practice value
    """
    if not counted.strip():
        raise BadRequest("no_count", "请写明申请数量、频次的事实（起止日期、件数、项数）", field="counted")

    def effect(case: Case, work: Work) -> None:
        term = days if days is not None else rules.number("art35.explain_days", case.office, on)
        if not 1 <= term <= LONGEST:
            raise BadRequest(
                "bad_term", f"说明理由的期限应在 1 至 {LONGEST} 个工作日之间，并且合理", field="days"
            )
        notice = work.seal(
            "excess_notice", paper_facts_before.excess(case, on=on, counted=counted, days=term)
        )
        ExcessInquiry.objects.create(case=case, counted=counted.strip(), days=term, paper=notice, asked_on=on)
        work.event("excess_asked", paper=notice)
        work.note["days"] = term
        serve_at_once(case, work, notice)

    return fire(
        case_id,
        "ask_reasons",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )
