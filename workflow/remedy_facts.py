"""What the papers of a reconsideration, a suit, a self-correction or a complaint say, as plain facts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from letters.vocabulary import CHANNELS
from office.web.dates import chinese_date
from workflow import rules
from workflow.kinds import Channel
from workflow.models import Case, Complaint, Remedy, ReplyChange
from workflow.paper_facts import addressee, common, item_facts
from workflow.selectors.papers import ENDINGS, papers_of

ARTICLES = {"simple": "第五十四条", "ordinary": "第四十八条", "": "第六十七条"}
#: Papers that tell how a request was handled, up to its reply.
TOLD = (
    "registration_receipt", "supplement_notice", "extension_notice", "excess_notice", "delay_notice", "fee_notice",
    "consultation_third_party", "consultation_applicant_notice", *ENDINGS,
)  # fmt: skip


def challenged(case: Case, remedy: Remedy) -> str:
    """Say who attacks what, as the beginning of a sentence."""
    who, request = remedy.claimant_name, f"政府信息公开申请（登记编号：{case.number}）"
    paper = remedy.paper
    if paper is not None:
        return f"{who}不服本机关{chinese_date(paper.signed_on)}作出的《{paper.title}》（{paper.number_text}）"
    whose = "其" if remedy.claimant == Remedy.Claimant.APPLICANT else ""
    if remedy.about == Remedy.About.INACTION:
        return f"{who}认为本机关对{whose}{request}逾期不答复"
    if remedy.about == Remedy.About.LATE:
        return f"{who}认为本机关对{whose}{request}的答复超过法定期限"
    return f"{who}不服本机关对{whose}{request}的处理"


def history(case: Case) -> list[str]:
    """Tell how the request was handled, one sentence for each step, from the record."""
    asked = "；".join(f"“{item.description.rstrip('。')}”" for item in case.items_in_order())
    received = case.received_on or case.arrived_on
    lines = [
        f"{chinese_date(received)}，本机关收到{case.applicant_name}{CHANNELS[Channel(case.channel)]}政府信息公开申请，申请公开{asked}"
    ]
    served = {row.paper_id: row for row in case.all_deliveries()}
    for paper in papers_of(case):
        if paper.kind not in TOLD and not paper.kind.startswith("reply_"):
            continue
        line = f"{chinese_date(paper.signed_on)}，本机关作出《{paper.title}》（{paper.number_text}）"
        row = served.get(paper.pk)
        if row is not None and row.completed_on:
            line += f"，于{chinese_date(row.completed_on)}以{row.get_channel_display()}送达"
        lines.append(line)
    return lines


def answer(case: Case, remedy: Remedy, *, points: str, plea: str, index: str) -> dict[str, Any]:
    """Return the facts of the answer to a reconsideration or a suit.

    :param index: the number of the evidence index
    """
    return _to_body(case, remedy) | {
        "challenged": challenged(case, remedy), "copy_on": remedy.received_on.isoformat(),
        "articles": ARTICLES[remedy.procedure], "history": history(case), "points": points, "plea": plea,
        "attachments": [f"《证据目录》（{index}）", "证据卷一册"],
    }  # fmt: skip


def report(case: Case, remedy: Remedy, *, opinion_number: str, measures: str) -> dict[str, Any]:
    """Return the facts of the report on a reconsideration opinion (复议法76)."""
    assert remedy.opinion_received_on is not None  # the machine's condition has just seen it
    facts = _to_body(case, remedy) | {
        "opinion_number": opinion_number, "opinion_on": remedy.opinion_received_on.isoformat(), "measures": measures,
    }  # fmt: skip
    facts.pop("proceeding_number", None)
    return facts


def body_notice(case: Case, remedy: Remedy, *, old: Any, new: Any) -> dict[str, Any]:
    """Return the facts of the letter that tells a body of a change during its proceeding (复议法65、行诉法62)."""
    return _to_body(case, remedy) | {
        "challenged": challenged(case, remedy), "suit": "yes" if remedy.kind == Remedy.Kind.SUIT else "no",
        **_old(old), "new_title": new.title, "new_number": new.number_text, "new_on": new.signed_on.isoformat(),
    }  # fmt: skip


def correction(case: Case, change: ReplyChange) -> dict[str, Any]:
    """Return the facts of the paper that corrects words of a reply and tells the remedies anew."""
    items = [item_facts(case, item) for item in case.items_in_order()]
    return common(case) | _old(change.old) | {
        "items": items, "reason": change.reason, "wrong": change.wrong, "right": change.right,
    }  # fmt: skip


def withdrawal(case: Case, change: ReplyChange, *, due_on: dt.date) -> dict[str, Any]:
    """Return the facts of the decision that withdraws a reply."""
    return common(case) | _old(change.old) | {"reason": change.reason, "new_due_on": due_on.isoformat()}


def again(case: Case) -> dict[str, str]:
    """Return what a reply says of the one it takes the place of; nothing in the first round."""
    row = case.last_reopening()
    if row is None:
        return {}
    facts: dict[str, str] = {}
    if row.paper is not None:
        facts |= {"old_title": row.paper.title, "old_number": row.paper.number_text,
                  "old_on": row.paper.signed_on.isoformat()}  # fmt: skip
    if row.remedy is not None:
        return facts | _ordered_by(row.remedy)
    assert row.notice is not None  # a constraint of the table
    return facts | {"withdrawn_by": row.notice.number_text, "again_on": row.notice.signed_on.isoformat()}


def complaint_answer(case: Case, row: Complaint, *, office: Any, finding: str, result: str) -> dict[str, Any]:
    """Return the facts of the answer to whoever complained."""
    return {
        "office": rules.facts_of(office), "addressee": addressee(case), "complaint_on": row.received_on.isoformat(),
        "about_office": case.office.name, "about_number": case.number, "matters": row.matters, "finding": finding,
        "result": result,
    }  # fmt: skip


def rectification(
    case: Case, row: Complaint, *, office: Any, finding: str, measures: str, until: dt.date, criticised: bool
) -> dict[str, Any]:
    """Return the facts of the notice that urges an office to put something right (条例47)."""
    return {
        "office": rules.facts_of(office), "addressee": {"name": case.office.name, "kind": "org"}, "finding": finding,
        "complaint_on": row.received_on.isoformat(), "about_number": case.number, "measures": measures,
        "rectify_by_on": until.isoformat(), "criticised": "yes" if criticised else "no",
    }  # fmt: skip


def _ordered_by(remedy: Remedy) -> dict[str, str]:
    day = remedy.decision_received_on or remedy.decided_on
    assert day is not None  # only a decided proceeding orders
    number = f"（{remedy.decision_number}）" if remedy.decision_number else ""
    kind = "行政复议决定" if remedy.kind == Remedy.Kind.RECONSIDERATION else "裁判文书"
    return {"ordered_by": f"{remedy.body}{kind}{number}", "again_on": day.isoformat()}


def _old(paper: Any) -> dict[str, str]:
    return {"old_title": paper.title, "old_number": paper.number_text, "old_on": paper.signed_on.isoformat()}


def _to_body(case: Case, remedy: Remedy) -> dict[str, Any]:
    number = {"proceeding_number": remedy.number} if remedy.number else {}
    return common(case) | {"addressee": {"name": remedy.body, "kind": "org"}, "electronic": False} | number
