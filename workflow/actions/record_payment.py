"""Record that the fee was paid, or that it was not (缴费、逾期未缴费)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from workflow import dossier, paper_facts_before
from workflow.actions._files import attach
from workflow.actions._service import serve_at_once
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, Item
from workflow.requests import FileData


def record_payment(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, paid_on: dt.date, amount: int, receipt_number: str,
    proof: FileData | None = None, expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record payment in full with its fiscal receipt; the clock starts anew on the day of payment (109号).

    A payment after the term is accepted as long as the request has not been ended, and the clock flags it.
    """
    if not receipt_number.strip():
        raise BadRequest("no_receipt", "请填写财政票据号码", field="receipt_number")

    def effect(case: Case, work: Work) -> None:
        fee = case.fee_notice()
        assert fee is not None  # a case in 待缴费 has one
        if not fee.asked_on <= paid_on <= on:
            raise BadRequest("bad_day", "缴费日期应在通知之日与今天之间", field="paid_on")
        if amount != fee.total:
            raise BadRequest("wrong_amount", f"应缴{fee.total}元，全额缴纳后再登记", field="amount")
        fee.paid_on, fee.receipt_number = paid_on, receipt_number.strip()
        fee.save(update_fields=["paid_on", "receipt_number"])
        if proof is not None:
            attach(case, work, FileData(proof.name, proof.content, "payment"))
        work.event("fee_paid", on=paid_on)
        work.note.update(paid_on=paid_on.isoformat(), amount=amount)

    return fire(
        case_id,
        "record_payment",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def lapse_fee(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, finding: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """End a request whose fee was not paid within 20 working days of the notice's service (109号第六条)."""
    if not finding.strip():
        raise BadRequest(
            "no_finding", "请写明认定逾期未缴费的依据（如查询收缴系统的日期和结果）", field="finding"
        )

    def effect(case: Case, work: Work) -> None:
        notice = work.seal("fee_lapse_notice", paper_facts_before.fee_lapse(case, on=on, finding=finding))
        Item.objects.filter(case=case).update(outcome="lapsed_fee", reason=finding, proposed_on=on)
        case.answered(on, ["lapsed_fee"])
        work.event("replied")
        work.remark(finding)
        dossier.keep(case, notice, now=work.now)
        serve_at_once(case, work, notice)

    return fire(
        case_id,
        "lapse_fee",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )
