"""Ask a third party before disclosing what may hurt it (征求意见)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from workflow import paper_facts
from workflow.actions._service import serve_at_once
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, Consultation


def consult(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, party_name: str, subject: str,
    party_address: str = "", party_kind: str = "org", concern: str = "合法权益",
    delivered_on: dt.date | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Send the written consultation and tell the applicant that the time it takes is not counted (条例32, 33).

    The letter to the third party names no applicant. ``subject`` says what is meant to be disclosed.
    """
    if not party_name.strip():
        raise BadRequest("no_party", "请填写第三方的姓名或者名称", field="party_name")
    if not subject.strip():
        raise BadRequest("no_subject", "请写明拟公开、可能涉及第三方权益的内容", field="subject")

    def effect(case: Case, work: Work) -> None:
        row = Consultation(
            case=case, kind=Consultation.Kind.THIRD, party_name=party_name.strip(), subject=subject.strip(),
            party_address=party_address.strip(), party_kind=party_kind, concern=concern.strip(), sent_on=on,
            delivered_on=delivered_on,
        )  # fmt: skip
        row.paper = work.seal("consultation_third_party", paper_facts.consultation(case, row, on=on))
        row.save()
        told = work.seal("consultation_applicant_notice", paper_facts.consultation_notice(case, row, on=on))
        work.event(
            "consultation_sent", paper=row.paper, id=str(row.pk), party="third",
            delivered_on=delivered_on.isoformat() if delivered_on else None,
        )  # fmt: skip
        serve_at_once(case, work, told)

    return fire(
        case_id,
        "consult",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )
