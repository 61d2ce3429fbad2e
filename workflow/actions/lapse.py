"""End a request whose applicant did not supplement it (不再处理)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from workflow import dossier, paper_facts
from workflow.actions._service import serve_at_once
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, Item


def lapse(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, finding: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record the finding that there was no proper reason for silence, and tell the applicant (条例30)."""
    if not finding.strip():
        raise BadRequest("no_finding", "请写明认定「无正当理由逾期不补正」的依据", field="finding")

    def effect(case: Case, work: Work) -> None:
        notice = work.seal("lapse_notice", paper_facts.lapse(case, on=on, finding=finding))
        Item.objects.filter(case=case).update(outcome="lapsed_supplement", reason=finding, proposed_on=on)
        case.answered(on, ["lapsed_supplement"])
        work.event("replied")
        work.remark(finding)
        dossier.keep(case, notice, now=work.now)
        serve_at_once(case, work, notice)

    return fire(
        case_id,
        "lapse",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )
