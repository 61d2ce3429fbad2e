"""Conditions of the acts after the reply: remedies, self-correction, service, complaints, filing."""

from __future__ import annotations

from typing import Any

from law.outcomes import Outcome
from letters import sealing
from office.roles import Role
from workflow.scope import persons
from workflow.selectors.papers import own_papers, reply_of, voidable_papers
from workflow.transfer_conditions import urge_to_answer


def something_granted(case: Any, by: Any, on: Any) -> str | None:
    """Only what is disclosed can be read on site (条例40)."""
    granted = any(
        item.outcome and Outcome(item.outcome).family in ("grant", "partial")
        for item in case.items_in_order()
    )
    return None if granted else "答复没有公开的内容，不需要通知查阅"


# -- remedies ---------------------------------------------------------------------------------------
def remedy_running(case: Any, by: Any, on: Any) -> str | None:
    """A result ends a proceeding that runs."""
    return None if case.open_remedies() else "没有正在进行的行政复议或者行政诉讼"


def remedy_to_answer(case: Any, by: Any, on: Any) -> str | None:
    """An answer is drafted for a proceeding that waits for it."""
    return None if case.remedies_to_answer() else "没有等待答复、答辩的行政复议或者行政诉讼"


def answer_drafted(case: Any, by: Any, on: Any) -> str | None:
    """What is signed has been drafted."""
    if reason := remedy_to_answer(case, by, on):
        return reason
    if not any(remedy.draft for remedy in case.remedies_to_answer()):
        return "还没有拟好的答复或者答辩，请先「拟复议答复、答辩」"
    return None


def evidence_compiled(case: Any, by: Any, on: Any) -> str | None:
    """Without evidence handed in, the act counts as having none (复议法70、行诉法34)."""
    if any(remedy.draft and remedy.evidence_index_id for remedy in case.remedies_to_answer()):
        return None
    return "还没有「编制证据卷」；逾期不举证的，视为没有证据"


def not_the_answer_drafter(case: Any, by: Any, on: Any) -> str | None:
    """Drafter and signatory always differ."""
    drafted = [remedy for remedy in case.remedies_to_answer() if remedy.draft]
    if drafted and all(remedy.drafter_id in persons(by) for remedy in drafted):
        return "拟稿人不能签发自己拟的文稿"
    return None


def advice_possible(case: Any, by: Any, on: Any) -> str | None:
    """A reconsideration body may write its opinion in or after a reconsideration (复议法76)."""
    open_to = [
        r for r in case.all_remedies() if r.kind == "reconsideration" and r.opinion_received_on is None
    ]
    return None if open_to else "没有可以登记行政复议意见书的行政复议"


def advice_unreported(case: Any, by: Any, on: Any) -> str | None:
    """A report answers a reconsideration opinion (复议法76)."""
    return None if case.advice_to_report() else "没有等待报告纠正情况的行政复议意见书"


def ordered_to_reply(case: Any, by: Any, on: Any) -> str | None:
    """A case is taken up again on an order that is not carried out yet."""
    return None if case.orders_to_carry_out() else "没有尚未执行的责令重新答复、限期答复的决定或者判决"


# -- self-correction --------------------------------------------------------------------------------
def no_change_pending(case: Any, by: Any, on: Any) -> str | None:
    """One change at a time waits for its signature."""
    return "已有一份纠正意见等待签发" if case.pending_change() else None


def change_pending(case: Any, by: Any, on: Any) -> str | None:
    """A proposed change waits."""
    return None if case.pending_change() else "没有等待签发的纠正意见，请先「拟自行纠正」"


def correction_pending(case: Any, by: Any, on: Any) -> str | None:
    """A correction of words waits for its signature."""
    change = case.pending_change()
    return None if change and change.form == "correct" else "没有等待签发的文字更正"


def withdrawal_pending(case: Any, by: Any, on: Any) -> str | None:
    """The withdrawal of the reply waits for its signature."""
    change = case.pending_change()
    return None if change and change.form == "withdraw" else "没有等待签发的撤销意见"


def not_the_proposer(case: Any, by: Any, on: Any) -> str | None:
    """Who proposed a change does not sign it."""
    change = case.pending_change()
    return "提出纠正意见的人不能自己签发" if change and change.proposed_by_id in persons(by) else None


def file_open_or_under_remedy(case: Any, by: Any, on: Any) -> str | None:
    """A closed file is taken up by order alone, or by the office itself while it is being reviewed."""
    if case.state == "archived" and not case.open_remedies():
        return "本件已归档，只能依责令重新答复的决定或者判决重新办理"
    return None


# -- complaints -------------------------------------------------------------------------------------
def supervises_from_above(case: Any, by: Any, on: Any) -> str | None:
    """A complaint is for the disclosure office above, not for the office complained of (条例47)."""
    # A supervisor is one in every office below, so whoever is one in the office next above supervises this one.
    above = case.office.parent_id
    if above is not None and Role.SUPERVISOR in by.roles_in(above):
        return None
    return "投诉举报由上级政府信息公开工作主管部门处理"


def complaint_open(case: Any, by: Any, on: Any) -> str | None:
    """A complaint waits for its result."""
    return None if case.open_complaints() else "没有正在核查的投诉举报"


def rectification_owed(case: Any, by: Any, on: Any) -> str | None:
    """The office was urged to put something right."""
    return None if case.rectifications_owed() else "没有等待整改的督促通知"


# -- the seal ---------------------------------------------------------------------------------------
def paper_to_seal(case: Any, by: Any, on: Any) -> str | None:
    """A use of the seal is entered for a paper that waits for it."""
    return None if case.papers_to_seal() else "没有等待用印的文书"


def mine_to_seal(case: Any, by: Any, on: Any) -> str | None:
    """Where the office keeps its seal with one person, nobody else uses it."""
    if Role.SEAL not in by.roles_in(case.office_id) and sealing.practice(case.office, on).keeper:
        return "本机关的印章由印章管理员保管，请由其登记用印"
    return None


def seal_use_on_record(case: Any, by: Any, on: Any) -> str | None:
    """There is a use of the seal whose copy is not filed, or which may still be declared void."""
    return None if any(paper.needs_seal and paper.sealed_on for paper in own_papers(case)) else "没有用印登记"


def sealed_or_mine_to_seal(case: Any, by: Any, on: Any) -> str | None:
    """No reply leaves the house without its seal; who may use the seal enters it with the service."""
    reply = reply_of(case)
    if reply is None or not reply.waits_for_seal:
        return None
    if not by.roles_in(case.office_id) & {Role.SEAL, Role.INTAKE} or mine_to_seal(case, by, on):
        return f"{reply.number_text}还没有登记用印，请印章管理员先「登记用印」，用印后才能送达"
    return None


# -- service ----------------------------------------------------------------------------------------
def signature_missing(case: Any, by: Any, on: Any) -> str | None:
    """A mailed paper whose signature is not on record."""
    return None if case.deliveries_unsigned() else "没有等待签收日期的邮件"


def mail_unanswered(case: Any, by: Any, on: Any) -> str | None:
    """An e-mail of which neither arrival nor return is on record."""
    return None if case.mails_unanswered() else "没有等待到达报告的电子邮件"


def mail_returned(case: Any, by: Any, on: Any) -> str | None:
    """A mailed paper came back and was not sent anew."""
    return None if case.returned_mail() else "没有退回后需要再次送达的邮件"


def unread_on_portal(case: Any, by: Any, on: Any) -> str | None:
    """A paper on the portal that the applicant has not opened."""
    return None if case.unread_deliveries() else "没有未阅读的网上文书"


def paper_voidable(case: Any, by: Any, on: Any) -> str | None:
    """Only a paper that never left the house, and from which no term runs, is declared void."""
    return None if voidable_papers(case) else "没有可以作废的文书；已经送达、影响期限的文书，用另一份文书纠正"


# -- filing -----------------------------------------------------------------------------------------
def remedies_ended(case: Any, by: Any, on: Any) -> str | None:
    """The papers of a proceeding belong into the file, which closes after it."""
    if case.open_remedies():
        return "行政复议或者行政诉讼尚未审结，审结并归入文书后再归档"
    return "有尚未执行的责令重新答复，请先「重新办理」" if case.orders_to_carry_out() else None


def mail_settled(case: Any, by: Any, on: Any) -> str | None:
    """A file does not close over a letter that came back."""
    return "有退回的邮件尚未再次送达" if case.returned_mail() else None


#: Conditions that say there is nothing yet to act on: such an act waits out of sight, like one of another state.
NOTHING_THERE = frozenset(
    condition.__name__
    for condition in (
        remedy_running, remedy_to_answer, answer_drafted, advice_possible, advice_unreported, ordered_to_reply,
        change_pending, correction_pending, withdrawal_pending, supervises_from_above, complaint_open,
        rectification_owed, signature_missing, mail_returned, unread_on_portal, paper_voidable, paper_to_seal, seal_use_on_record, mail_unanswered,
        urge_to_answer,
    )
)  # fmt: skip
