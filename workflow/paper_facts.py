"""What a case says in each of its papers, as plain facts for the letters floor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from law.records.retention import transfer_due
from letters.catalogue import reply_kind
from office.web.dates import chinese_date
from workflow import rules
from workflow.errors import BadRequest
from workflow.kinds import PartyKind, Service
from workflow.models import Case, Consultation, Item, Supplement
from workflow.review.disclosing.joining import names_of
from workflow.selectors.papers import reply_of

#: More third parties than this are counted in the reply instead of told one by one.
MANY = 3
CONSULTED = {"third": "第三方", "joint": "共同制作机关", "agency": "其他机关"}
NATURAL, ORGANISATION = "natural", "org"


def common(case: Case) -> dict[str, Any]:
    """Return what every paper to the applicant says of the case."""
    if case.received_on is None:
        raise BadRequest("not_received", "尚未确定收到申请之日，不能出具文书")
    return {
        "office": case.office_facts(),
        "addressee": addressee(case),
        "case_number": case.number,
        "received_on": case.received_on.isoformat(),
        "channel": case.channel,
        "items": [{"seq": item.seq, "description": item.description} for item in case.items_in_order()],
        "electronic": case.service in (Service.PORTAL, Service.EMAIL),
    }


def addressee(case: Case) -> dict[str, str]:
    """Return whom the papers are addressed to: all applicants by name, as one addressee."""
    applicants = case.applicants()
    names = [party.name for party in applicants]
    name = "、".join(names) if len(names) <= 3 else f"{names[0]}等{len(names)}人"
    natural = applicants[0].kind == PartyKind.NATURAL
    return {"name": name, "kind": NATURAL if natural else ORGANISATION}


def receipt(case: Case, *, on: dt.date) -> dict[str, Any]:
    """Return the facts of the registration receipt (接收回执), with the term its office goes by, in working days."""
    days = rules.number("art33.reply_days", case.office, case.received_on or on)
    return common(case) | {"reply_days": days}


def supplement(
    case: Case, *, on: dt.date, matters: str, guidance: str, days: int, lacks: Sequence[str] = ("content",)
) -> dict[str, Any]:
    """Return the facts of the supplement notice; its term is in working days from service (条例30)."""
    lacking = Supplement(lacks=list(lacks)).lacking
    return common(case) | {"lacking": lacking, "matters": matters, "guidance": guidance, "days": days}


def communication(case: Case, *, on: dt.date, matters: str) -> dict[str, Any]:
    """Return the facts of a letter that does not stop the clock."""
    facts = common(case) | {"matters": matters}
    if case.due_on:
        facts["due_on"] = case.due_on.isoformat()
    return facts


def extension(case: Case, *, on: dt.date, days: int, reason: str) -> dict[str, Any]:
    """Return the facts of the extension notice, with the date before and after (条例33)."""
    from workflow.clock import reading_with

    assert case.due_on is not None  # the machine's condition has just seen it
    after = reading_with(case, {"type": "extension", "on": on, "days": days}, as_of=on)
    return common(case) | {
        "reason": reason, "days": days, "original_due_on": case.due_on.isoformat(),
        "new_due_on": after.due_on.isoformat(),
    }  # fmt: skip


def consultation(case: Case, row: Consultation, *, on: dt.date) -> dict[str, Any]:
    """Return the facts of the letter to a third party; it says nothing of the applicant (条例32)."""
    office = case.office_facts()
    return {
        "office": office,
        "addressee": {"name": row.party_name, "kind": row.party_kind, "address": row.party_address},
        "content": row.subject,
        "concern": row.concern,
        "days": row.opinion_days,
        "reply_to": "，".join(
            part for part in (office.get("disclosure_office"), office.get("address")) if part
        ),
    }


def consultation_notice(case: Case, row: Consultation, *, on: dt.date) -> dict[str, Any]:
    """Return the facts of the notice that tells the applicant of a consultation, without naming the party."""
    return common(case) | {"sent_on": on.isoformat(), "consulted": CONSULTED[row.kind]}


def lapse(case: Case, *, on: dt.date, finding: str) -> dict[str, Any]:
    """Return the facts of the notice that the request is no longer handled (条例30)."""
    notice = case.events_of("supplement_notice")[-1]
    served, due = case.reached_on(notice.paper_id), case.supplement_due_on
    if notice.paper is None or served is None or due is None:
        raise BadRequest("not_served", "补正告知书尚未登记送达", field="paper")
    return common(case) | {
        "cause": "supplement", "lacking": _lacking(case), "notice_number": notice.paper.number_text, "notice_on": notice.on.isoformat(),
        "served_on": served.isoformat(), "deadline_on": due.isoformat(), "finding": finding,
    }  # fmt: skip


def withdrawal(case: Case, *, on: dt.date) -> dict[str, Any]:
    """Return the facts of the withdrawal confirmation; a request never confirmed counts from its arrival."""
    if case.received_on is None:
        case.received_on = case.arrived_on
        facts = common(case)
        case.received_on = None
    else:
        facts = common(case)
    return facts | {"withdrawn_on": on.isoformat()}


def reply(case: Case, *, on: dt.date) -> tuple[str, dict[str, Any]]:
    """Return the kind and the facts of the reply to all items of the case."""
    items = case.items_in_order()
    facts = common(case) | {"items": [item_facts(case, item) for item in items]}
    facts |= _history(case) | _again(case)
    attachments = [name for item in items for name in item.facts.get("attachments", [])] + names_of(case)
    if attachments:
        facts["attachments"] = attachments
    return reply_kind(item.outcome for item in items), facts


def item_facts(case: Case, item: Item) -> dict[str, Any]:
    """Return what the reply says of one item, with the searches where nothing was found (条例36(4))."""
    own = {name: text for name, text in item.facts.items() if name != "attachments"}
    facts: dict[str, Any] = {"seq": item.seq, "description": item.description, "outcome": item.outcome, **own}
    if item.grounds:
        facts["grounds"] = item.grounds
    if item.reason:
        facts["reason"] = item.reason
    handed = case.referral_of(item)
    if item.outcome == "petition" and handed:
        number = f"（受理编号{handed.number}）" if handed.number else ""
        told = f"本机关已于{chinese_date(handed.handed_on)}将该部分内容移送{handed.to_name}{number}"
        facts["query_way"] = "；".join(filter(None, (str(own.get("query_way", "")), told)))
    if item.outcome == "not_exist":
        facts["searches"] = [
            {
                "systems": s.systems, "keywords": s.keywords, "period": s.period, "method": s.method,
                "people": s.searched_by.display, "searched_on": s.searched_on.isoformat(), "result": s.result,
            }
            for s in case.search_records()
            if s.item_id in (None, item.pk) and not s.found
        ]  # fmt: skip
    return facts


def reading(
    case: Case, *, content: str, place: str, from_on: dt.date, until_on: dt.date, hours: str
) -> dict[str, Any]:
    """Return the facts of the notice of when and where the information can be read (查阅通知书, 条例40)."""
    told = reply_of(case)
    if told is None:
        raise BadRequest("no_reply", "还没有答复书，不能通知查阅", field="content")
    return common(case) | {
        "reply_on": told.signed_on.isoformat(), "reply_number": told.number_text, "content": content.strip(),
        "place": place.strip(), "read_from_on": from_on.isoformat(), "read_until_on": until_on.isoformat(),
        "hours": hours.strip(),
    }  # fmt: skip


def archive_index(case: Case, rows: list[dict[str, str]], *, on: dt.date) -> dict[str, Any]:
    """Return the facts of the file's index (卷内目录)."""
    entries = [
        {
            "number": row["reference"], "author": row["author"], "title": row["title"], "date": row["on"],
            "note": row["sha256"][:8],
        }
        for row in rows
    ]  # fmt: skip
    outcomes = "、".join(_outcome_label(item) for item in case.items_in_order() if item.outcome)
    handed = transfer_due(on, overrides=rules.of(case.office).overrides)
    closing = f"{case.title}。处理结果：{outcomes}。归档日期{chinese_date(on)}。卷内清单SHA-256：{case.manifest_sha256}。请于{chinese_date(handed)}前移交档案室"
    return {
        "office": case.office_facts(), "addressee": addressee(case), "case_number": case.number,
        "entries": entries, "retention": f"{case.retention_years}年",
        "closing_note": f"本卷共{len(rows)}件。{closing}。",
    }  # fmt: skip


def archive_note(case: Case, count: int, *, by: str, remarks: str, on: dt.date) -> dict[str, Any]:
    """Return the facts of the file's closing note (备考表).

    :param count: how many things the file holds
    :param by: who filed it
    """
    outcomes = "、".join(_outcome_label(item) for item in case.items_in_order() if item.outcome)
    facts: dict[str, Any] = {
        "office": case.office_facts(), "case_number": case.number, "title": case.title, "count": count,
        "retention": f"{case.retention_years}年", "outcome": outcomes or "—", "filed_by": by, "filed_on": on.isoformat(),
        "manifest_sha256": case.manifest_sha256,
    }  # fmt: skip
    return facts | ({"remarks": remarks} if remarks else {})


def approval_sheet(case: Case, *, chain: list[str]) -> dict[str, Any]:
    """Return the facts of the approval sheet that leaders sign on paper (审查呈批单)."""
    draft = case.current_draft()
    if draft is None:
        raise BadRequest("no_draft", "本件还没有送审的答复书稿", field="draft")
    items = [
        {**item_facts(case, item), "outcome_label": _outcome_label(item)} for item in case.items_in_order()
    ]
    facts: dict[str, Any] = common(case) | {
        "items": items, "drafter": draft.drafter.display, "chain": chain, "submitted_on": draft.drafted_on.isoformat(),
        "body_sha256": draft.body_sha256,
        "reviews": [
            {"name": review.get_kind_display(), "opinion": review.opinion, "signed": _signed(review)}
            for review in case.current_reviews()
        ],
    }  # fmt: skip
    if case.due_on:
        facts["due_on"] = case.due_on.isoformat()
    return facts


def _signed(review: Any) -> str:
    return f"{review.reviewer.display}　{chinese_date(review.reviewed_on)}" if review.reviewer else ""


def _lacking(case: Case) -> str:
    asked = case.supplements.order_by("pk").last()
    return asked.lacking if asked else Supplement(lacks=["content"]).lacking


def _again(case: Case) -> dict[str, str]:
    from workflow import remedy_facts

    return remedy_facts.again(case)


def _history(case: Case) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for event in case.clock_events():
        if event.type == "supplement_received":
            facts["supplement_notice_on"] = case.events_of("supplement_notice")[-1].on.isoformat()
            facts["supplemented_on"] = event.on.isoformat()
            facts["lacking"] = _lacking(case)
    fee, inquiry = case.fee_notice(), case.excess_inquiry()
    if fee and fee.paid_on:
        facts |= {"fee_notice_on": fee.asked_on.isoformat(), "paid_on": fee.paid_on.isoformat()}
    if inquiry and inquiry.delayed_until_on:
        event = case.events_of("excess_delay")[-1]
        facts |= {
            "delay_notice_on": event.on.isoformat(),
            "delayed_until_on": inquiry.delayed_until_on.isoformat(),
        }
    if case.extended_since_start():
        event = case.events_of("extension")[-1]
        facts["extension_notice_on"] = event.on.isoformat()
        facts["extended_due_on"] = case.due_on.isoformat() if case.due_on else ""
    if notes := _consultation_notes(case.all_consultations()):
        facts["consultations"] = notes
    if notes := _override_notes(case):
        facts["override_notes"] = notes
    return facts


def _consultation_notes(rows: list[Consultation]) -> list[str]:
    """Write one sentence for each consultation; many third parties are counted, never listed."""
    third = [row for row in rows if row.kind == Consultation.Kind.THIRD]
    if len(third) <= MANY:
        return [_consultation_note(row) for row in rows]
    said = {
        "同意公开": sum(row.opinion == "agree" for row in third),
        "不同意或者不同意全部公开": sum(row.objects_to_it for row in third),
        "在规定期限内没有提出意见": sum(not row.opinion for row in third),
    }
    told = "，".join(f"{count}个{words}" for words, count in said.items() if count)
    first = min(row.sent_on for row in third)
    many = f"本机关自{chinese_date(first)}起依法书面征求了{len(third)}个第三方的意见，其中{told}"
    return [many, *(_consultation_note(row) for row in rows if row not in third)]


def _consultation_note(row: Consultation) -> str:
    who = CONSULTED[row.kind]
    sent = f"本机关于{chinese_date(row.sent_on)}依法书面征求{who}意见"
    if row.opinion_on:
        said = {"agree": "同意公开", "disagree": "不同意公开", "partly": "同意部分公开"}[row.opinion]
        return f"{sent}，{chinese_date(row.opinion_on)}收到答复，{who}{said}"
    silence = "，依法视为同意公开" if row.silence_agrees else ""
    return f"{sent}，{who}在规定期限内没有提出意见{silence}"


def _override_notes(case: Case) -> list[str]:
    rows = [row for row in case.all_consultations() if row.decided_on]
    if not rows:
        return []
    why = (
        "不公开会对公共利益造成重大影响"
        if any(row.decision_basis == "public_interest" for row in rows)
        else "第三方不同意公开的理由不合理"
    )
    return [f"本机关认为{why}，决定予以公开，并已书面告知第三方"]


def _outcome_label(item: Item) -> str:
    from law.outcomes import Outcome

    return Outcome(item.outcome).label if item.outcome else ""
