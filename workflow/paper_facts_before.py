"""What a case says in the papers of the side roads before the reply, as plain facts for the letters floor."""

from __future__ import annotations

import datetime as dt
from typing import Any

from law.fees import Fee
from law.values import flag
from workflow import rules
from workflow.errors import BadRequest
from workflow.models import Case, Consultation, Holding, Item
from workflow.paper_facts import common


def excess(case: Case, *, on: dt.date, counted: str, days: int) -> dict[str, Any]:
    """Return the facts of the notice that asks for reasons (条例35)."""
    stops = flag("art35.stops_clock", on, rules.of(case.office).overrides)
    note = "说明理由的期间不计入答复期限" if stops else "说明理由的期间计入答复期限，本机关继续办理申请"
    return common(case) | {"counted": counted, "days": days, "reply_to": desk_of(case), "clock_note": note}


def delay(case: Case, *, on: dt.date, until: dt.date, reason: str) -> dict[str, Any]:
    """Return the facts of the notice that sets a later day for the reply (条例35)."""
    inquiry = case.excess_inquiry()
    if inquiry is None or case.due_on is None:
        raise BadRequest("not_asked", "没有先要求申请人说明理由", field="until")
    facts = common(case) | {
        "asked_on": inquiry.asked_on.isoformat(), "reason": reason, "original_due_on": case.due_on.isoformat(),
        "until_on": until.isoformat(),
    }  # fmt: skip
    if inquiry.answered_on:
        facts["explained_on"] = inquiry.answered_on.isoformat()
    return facts


def fee(case: Case, *, on: dt.date, fee: Fee, already: int, payment_way: str, days: int) -> dict[str, Any]:
    """Return the facts of the fee notice: standard, brackets, sum, how to pay, by when, whom to object to."""
    anew = flag("fees.clock_restarts", on, rules.of(case.office).overrides)
    facts = common(case) | {
        "clock_note": f"本机关自收到缴费的次日起{'重新' if anew else '继续'}计算答复期限",
        "basis": fee.basis, "count": fee.count, "total": fee.total, "days": days, "payment_way": payment_way,
        "brackets": bracket_lines(fee), "objection_to": desk_of(case),
    }  # fmt: skip
    if fee.basis == "items":
        assert case.received_on is not None  # common() has just asked
        facts |= {"month": f"{case.received_on.year}年{case.received_on.month}月", "already": already}
    return facts


def bracket_lines(fee: Fee) -> list[str]:
    """Write each bracket of a fee as one line: 第11页至第68页：…."""
    word = "件" if fee.basis == "items" else "页"
    lines = []
    for part in fee.brackets:
        span = (
            f"第{part.first}{word}"
            if part.first == part.last
            else f"第{part.first}{word}至第{part.last}{word}"
        )
        money = f"每{word}{part.each}元，计{part.amount}元" if part.each else "免收"
        lines.append(f"{span}：{part.count}{word}，{money}")
    return lines


def fee_lapse(case: Case, *, on: dt.date, finding: str) -> dict[str, Any]:
    """Return the facts of the notice that an unpaid request is no longer handled (109号第六条)."""
    notice = case.fee_notice()
    served, due = case.reached_on(notice.paper_id) if notice else None, case.fee_due_on
    if notice is None or served is None or due is None:
        raise BadRequest("not_served", "缴费通知书尚未登记送达", field="paper")
    return common(case) | {
        "cause": "fee", "notice_number": notice.paper.number_text, "notice_on": notice.asked_on.isoformat(),
        "served_on": served.isoformat(), "deadline_on": due.isoformat(), "finding": finding,
    }  # fmt: skip


def desk_of(case: Case) -> str:
    """Name where an applicant or a consulted party turns to: the office's disclosure office with its address."""
    office = case.office.facts()
    where = "，".join(part for part in (office.get("address"), _phone(office)) if part)
    name = f"{office['name']}{office.get('disclosure_office') or ''}"
    return f"{name}（{where}）" if where else name


def _phone(office: dict[str, Any]) -> str:
    return f"电话{office['phone']}" if office.get("phone") else ""


def office_consultation(case: Case, row: Consultation, *, on: dt.date) -> dict[str, Any]:
    """Return the facts of the letter to another organ; it says nothing of the applicant (条例11, 34)."""
    return {
        "office": case.office.facts(), "addressee": {"name": row.party_name, "kind": "org", "address": row.party_address},
        "content": row.subject, "days": row.opinion_days, "reply_to": desk_of(case),
    }  # fmt: skip


def disclosure_decision(case: Case, row: Consultation, *, on: dt.date, content: str) -> dict[str, Any]:
    """Return the facts of the notice that tells a third party of disclosure in spite of its objection (条例32)."""
    assert row.opinion_on is not None  # an objection has come on a day
    wait = rules.number("art32.publication_buffer_days", case.office, on)
    facts = {
        "office": case.office.facts(), "addressee": {"name": row.party_name, "kind": row.party_kind, "address": row.party_address},
        "consulted_on": row.sent_on.isoformat(), "objected_on": row.opinion_on.isoformat(), "content": content,
        "basis": row.decision_basis, "reason": row.decision_reason,
    }  # fmt: skip
    return facts | ({"wait": wait} if wait else {})


def refer(case: Case, item: Item, *, to_name: str) -> dict[str, Any]:
    """Return the facts of the letter that hands a foreign matter over; names stand in the copy enclosed (条例39)."""
    return {
        "office": case.office.facts(), "addressee": {"name": to_name, "kind": "org"},
        "arrived_on": case.arrived_on.isoformat(), "content": item.description,
    }  # fmt: skip


def secrecy_referral(case: Case, holding: Holding, *, authority: str, question: str) -> dict[str, Any]:
    """Return the facts of the letter that puts a doubt to whoever can tell; nothing of the document's content (条例17)."""
    return {
        "office": case.office.facts(), "addressee": {"name": authority, "kind": "org"}, "subject": holding.title,
        "formed_on": holding.formed_on.isoformat(), "matters": question, "reply_to": desk_of(case),
    } | ({"number": holding.doc_number} if holding.doc_number else {})  # fmt: skip
