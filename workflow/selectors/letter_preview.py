"""The letters an act would send, composed from what was filled in, before anything is numbered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import letters
from law.remedies.answering import Duty, answer_due
from office.models import Office
from workflow import linting, paper_facts, paper_facts_before, remedy_facts, rules
from workflow.actions.charge_fee import ahead
from workflow.errors import BadRequest
from workflow.models import Consultation

Facts = Callable[[Any, Mapping[str, Any], dt.date], dict[str, Any]]


def _consultation(case: Any, data: Mapping[str, Any], on: dt.date) -> Consultation:
    return Consultation(
        case=case, kind=Consultation.Kind.THIRD, party_name=data["party_name"], subject=data["subject"],
        party_kind=data["party_kind"], concern=data["concern"], party_address=data["party_address"], sent_on=on,
    )  # fmt: skip


def _office_asked(kind: Consultation.Kind) -> Facts:
    def facts(case: Any, data: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
        row = _asked(case, data, on, kind)
        return paper_facts_before.office_consultation(case, row, on=on)

    return facts


def _told_of(kind: Consultation.Kind) -> Facts:
    return lambda case, data, on: paper_facts.consultation_notice(case, _asked(case, data, on, kind), on=on)


def _asked(case: Any, data: Mapping[str, Any], on: dt.date, kind: Consultation.Kind) -> Consultation:
    office = data.get("office")
    name = Office.objects.get(pk=office).name if office else data["office_name"]
    return Consultation(case=case, kind=kind, party_name=name, subject=data["subject"], sent_on=on)


def _decision(case: Any, data: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    row = next(c for c in case.all_consultations() if c.pk == int(data["consultation"]))
    row.decision_basis, row.decision_reason = data["basis"], data["reason"]
    return paper_facts_before.disclosure_decision(case, row, on=on, content=data["content"])


def _handed(case: Any, data: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    item = next(row for row in case.items_in_order() if row.seq == int(data["item_seq"]))
    return paper_facts_before.refer(case, item, to_name=data["to_name"])


def _fee(case: Any, data: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    already, fee = ahead(case, data["basis"], data["count"])
    return paper_facts_before.fee(
        case,
        on=on,
        fee=fee,
        already=already,
        payment_way=data["payment_way"],
        days=rules.number("fees.payment_days", case.office, on),
    )


def _doubt(case: Any, data: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    holding = next(one for one in case.open_holdings() if one.pk == int(data["holding_id"]))
    return paper_facts_before.secrecy_referral(
        case, holding, authority=data["authority"], question=data["question"]
    )


#: The facts of each act's letters, in the order in which the act seals them.
LETTERS: dict[str, tuple[tuple[str, Facts], ...]] = {
    "register": (("registration_receipt", lambda case, data, on: paper_facts.receipt(case, on=on)),),
    "request_supplement": ((
        "supplement_notice",
        lambda case, data, on: paper_facts.supplement(
            case, on=on, matters=data["matters"], guidance=data["guidance"], days=data["days"],
            lacks=data.get("lacks", ("content",)),
        ),
    ),),
    "communicate": (
        ("communication", lambda case, data, on: paper_facts.communication(case, on=on, matters=data["matters"])),
    ),
    "invite_to_read": ((
        "reading_notice",
        lambda case, data, on: paper_facts.reading(
            case, content=data["content"], place=data["place"], from_on=data["from_on"], until_on=data["until_on"],
            hours=data["hours"],
        ),
    ),),
    "extend": ((
        "extension_notice",
        lambda case, data, on: paper_facts.extension(case, on=on, days=data["days"], reason=data["reason"]),
    ),),
    "lapse": (("lapse_notice", lambda case, data, on: paper_facts.lapse(case, on=on, finding=data["finding"])),),
    "consult_joint": (
        ("consultation_joint", _office_asked(Consultation.Kind.JOINT)),
        ("consultation_applicant_notice", _told_of(Consultation.Kind.JOINT)),
    ),
    "ask_assistance": (
        ("assistance_letter", _office_asked(Consultation.Kind.AGENCY)),
        ("consultation_applicant_notice", _told_of(Consultation.Kind.AGENCY)),
    ),
    "decide_disclosure": (("disclosure_decision_notice", _decision),),
    "refer": (("referral_letter", _handed),),
    "refer_holding": (("secrecy_referral", _doubt),),
    "ask_reasons": ((
        "excess_notice",
        lambda case, data, on: paper_facts_before.excess(case, on=on, counted=data["counted"], days=data["days"]),
    ),),
    "delay_reply": ((
        "delay_notice",
        lambda case, data, on: paper_facts_before.delay(case, on=on, until=data["until"], reason=data["reason"]),
    ),),
    "charge_fee": (("fee_notice", _fee),),
    "lapse_fee": ((
        "fee_lapse_notice",
        lambda case, data, on: paper_facts_before.fee_lapse(case, on=on, finding=data["finding"]),
    ),),
    "withdraw": (("withdrawal_confirmation", lambda case, data, on: paper_facts.withdrawal(case, on=on)),),
    "consult": (
        (
            "consultation_third_party",
            lambda case, data, on: paper_facts.consultation(case, _consultation(case, data, on), on=on),
        ),
        (
            "consultation_applicant_notice",
            lambda case, data, on: paper_facts.consultation_notice(case, _consultation(case, data, on), on=on),
        ),
    ),
}  # fmt: skip


def _answer(case: Any, data: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the answer of the chosen proceeding; none before it is drafted and its evidence bound."""
    remedy = next((row for row in case.remedies_to_answer() if str(row.pk) == str(data["remedy"])), None)
    if remedy is None or not remedy.draft or remedy.evidence_index is None:
        raise BadRequest("not_ready", "这一程序还没有拟好答复或者没有编制证据卷", field="remedy")
    facts = remedy_facts.answer(
        case, remedy, points=remedy.draft, plea=data["plea"], index=remedy.evidence_index.number_text
    )
    return f"remedy_answer_{remedy.kind}", facts


def _report(case: Any, data: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    remedy = next(row for row in case.advice_to_report() if str(row.pk) == str(data["remedy"]))
    facts = remedy_facts.report(
        case, remedy, opinion_number=data["opinion_number"], measures=data["measures"]
    )
    return "opinion_report", facts


def _withdrawal(case: Any, on: dt.date) -> tuple[str, dict[str, Any]]:
    calendar, overrides = rules.of(case.office)
    due = answer_due(Duty.REREPLY, on, calendar, overrides=overrides).date
    return "withdrawal_of_reply", remedy_facts.withdrawal(case, case.pending_change(), due_on=due)


def _complaint(case: Any, data: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    row = next(row for row in case.open_complaints() if str(row.pk) == str(data["complaint"]))
    office, finding, result = row.supervisor, data["finding"], data["result"]
    made = [
        (
            "complaint_answer",
            remedy_facts.complaint_answer(case, row, office=office, finding=finding, result=result),
        )
    ]
    if data["rectify_by_on"] and result in ("rectify", "criticise"):
        facts = remedy_facts.rectification(
            case, row, office=office, finding=finding, measures=data["measures"], until=data["rectify_by_on"],
            criticised=result == "criticise",
        )  # fmt: skip
        made.insert(0, ("rectification_notice", facts))
    return made


def _after_reply(
    case: Any, act: str, data: Mapping[str, Any], on: dt.date
) -> list[tuple[str, dict[str, Any]]]:
    if act == "answer_remedy":
        return [_answer(case, data)]
    if act == "report_advice":
        return [_report(case, data)]
    if act == "correct_reply":
        return [("correction_of_reply", remedy_facts.correction(case, case.pending_change()))]
    if act == "withdraw_reply":
        return [_withdrawal(case, on)]
    return _complaint(case, data) if act == "decide_complaint" else []


def letters_ahead(case: Any, act: str, data: Mapping[str, Any], *, on: dt.date) -> list[tuple[str, str]]:
    """Compose the letters of an act as (title, text), without number and date.

    Raises Refusal naming what a letter lacks, or why the lint stops it.
    """
    wanted = [(kind, facts(case, data, on)) for kind, facts in LETTERS.get(act, ())]
    wanted += _after_reply(case, act, data, on)
    if act == "reply_at_once":
        wanted.append(paper_facts.reply(case, on=on))
    made = []
    for kind, facts in wanted:
        composed = letters.compose_for_office(kind, facts, on=on)
        linting.stop(case, composed, facts, what=f"《{composed.title}》")
        made.append(composed.as_draft())
    return [(composed.title, composed.text) for composed in made]
