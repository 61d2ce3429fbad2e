"""Ask for the information processing fee (收费通知)."""

from __future__ import annotations

import datetime as dt
import uuid

from law.errors import LawError
from law.fees import Fee, month_day, request_fee
from law.gid.art42_fee import may_charge
from office.actors import Actor
from workflow import paper_facts_before, rules
from workflow.actions._service import serve_at_once
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, FeeNotice
from workflow.selectors.fees import items_before


def charge_fee(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, basis: str, count: int, payment_way: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Seal the fee notice and stop the clock until payment (条例42; 国办函〔2020〕109号).

    :param basis: "items" or "pages", one of them for the whole request
    :param count: items of this request, or A4 sides to be provided
    :param payment_way: how and where to pay
    """
    if not payment_way.strip():
        raise BadRequest("no_way", "请写明缴纳的方式（账户、缴款码或者地点）", field="payment_way")

    def effect(case: Case, work: Work) -> None:
        already, fee = ahead(case, basis, count)
        facts = paper_facts_before.fee(
            case,
            on=on,
            fee=fee,
            already=already,
            payment_way=payment_way,
            days=rules.number("fees.payment_days", case.office, on),
        )
        notice = work.seal("fee_notice", facts)
        FeeNotice.objects.create(
            case=case, basis=basis, count=count, already=already, total=fee.total, citation=fee.citation, paper=notice,
            asked_on=on, payment_way=payment_way.strip(),
        )  # fmt: skip
        served = serve_at_once(case, work, notice)
        work.event("fee_notice", paper=notice, **({"delivered_on": on.isoformat()} if served else {}))
        work.note["total"] = fee.total

    return fire(
        case_id,
        "charge_fee",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def ahead(case: Case, basis: str, count: int) -> tuple[int, Fee]:
    """Compute the fee of a request by the tariff of its day of receipt, with the items of the month before it.

    Raises BadRequest where there is nothing to pay.
    """
    if basis not in FeeNotice.Basis.values:
        raise BadRequest("bad_basis", "按件、按量只能选一种", field="basis")
    if case.received_on is None:
        raise BadRequest("not_received", "尚未确定收到申请之日，不能计收", field="basis")
    already = items_before(case) if basis == FeeNotice.Basis.ITEMS else 0
    pages = basis == FeeNotice.Basis.PAGES
    try:
        day = month_day(case.received_on, case.arrived_on, rules.of(case.office).overrides)
        fee = request_fee(
            day, items=None if pages else count, already=already, pages=count if pages else None
        )
    except LawError as error:
        raise BadRequest("bad_fee", error.message, field="count") from error
    if not may_charge(day, excessive=fee.total > 0):
        counted = f"{count}页" if pages else f"当月累计{already + count}件"
        raise BadRequest("nothing_to_pay", f"{counted}在免费的范围内，不收取信息处理费", field="count")
    return already, fee
