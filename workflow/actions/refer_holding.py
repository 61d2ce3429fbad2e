"""What an office cannot tell goes up, with its paper, and comes back with an answer (报请确定、登记确定意见)."""

from __future__ import annotations

import datetime as dt
import uuid

from law.gid.art17_review import Doubt
from office.models import User
from workflow import paper_facts_before
from workflow.actions._files import attach
from workflow.actions._holdings import holding_of, void_reviews
from workflow.errors import BadRequest, NotNow
from workflow.fire import Work, fire
from workflow.holding_kinds import Conclusion, Decision, ReviewStatus
from workflow.models import Case, SecrecyReferral, SecrecyStep
from workflow.requests import FileData
from workflow.review import quarantine


def refer_holding(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, holding_id: int, to: str, authority: str, question: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Put the question whether a document may be disclosed to the competent or the secrecy authority (条例17).

    The clock runs on. The review waits for the answer.
    """
    if to not in {doubt.value for doubt in Doubt}:
        raise BadRequest("no_authority", "请选择报请对象", field="to")
    if not authority.strip():
        raise BadRequest("no_authority", "请填写机关名称", field="authority")
    if not question.strip():
        raise BadRequest("no_question", "请写明报请确定的事项，不要抄录可能涉密的内容", field="question")

    def effect(case: Case, work: Work) -> None:
        row = holding_of(case, holding_id)
        review = row.review
        if review is None or review.status != ReviewStatus.OPEN:
            raise NotNow("not_under_review", f"{row.named}没有正在进行的审查", field="holding_id")
        facts = paper_facts_before.secrecy_referral(
            case, row, authority=authority.strip(), question=question.strip()
        )
        paper = work.seal("secrecy_referral", facts)
        SecrecyReferral.objects.create(
            review=review,
            to=to,
            authority=authority.strip(),
            question=question.strip(),
            paper=paper,
            sent_on=on,
            sent_by=by,
        )
        SecrecyStep.objects.create(
            review=review, level=review.next_level or review.levels[-1], decision=Decision.DOUBT, opinion=question.strip(),
            seen_sha256=row.current.sha256, by=by, by_for=by.acting_for, decided_on=on,
        )  # fmt: skip
        review.status = ReviewStatus.REFERRED
        review.save(update_fields=["status"])
        work.note.update(holding=row.seq, to=authority.strip())

    return fire(
        case_id,
        "refer_holding",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def record_determination(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, holding_id: int, answer: str, number: str, summary: str,
    answered_on: dt.date, answer_file: FileData | None = None, expected_version: int | None = None,
    act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record the authority's answer: the review goes on with it; what is classified goes into quarantine.

    An answer that forbids disclosure makes the conclusion of the review.
    """
    if answer not in SecrecyReferral.Answer.values:
        raise BadRequest("no_answer", "请选择答复的结论", field="answer")
    if not summary.strip():
        raise BadRequest("no_summary", "请填写复函要点", field="summary")

    def effect(case: Case, work: Work) -> None:
        row = holding_of(case, holding_id)
        review = row.review
        question = review.open_referral if review is not None else None
        if review is None or question is None:
            raise NotNow("nothing_referred", f"{row.named}没有等待答复的报请", field="holding_id")
        if not question.sent_on <= answered_on <= on:
            raise BadRequest("bad_day", "答复日期应在报请之日与今天之间", field="answered_on")
        question.answer, question.answered_on, question.answer_by = answer, answered_on, by
        question.answer_number, question.answer_text = number.strip(), summary.strip()
        question.answer_file = attach(case, work, answer_file) if answer_file else None
        question.save()
        work.note.update(holding=row.seq, finding=SecrecyReferral.Answer(answer).label)
        if answer == SecrecyReferral.Answer.CLASSIFIED:
            void_reviews(row, "经确定属于国家秘密，材料已隔离")
            quarantine.put(case, row, by=by, on=on, now=now)
            return
        review.status = ReviewStatus.OPEN
        if answer == SecrecyReferral.Answer.REFUSE:
            review.conclusion = Conclusion.REFUSE
        review.save(update_fields=["status", "conclusion"])

    return fire(
        case_id, "record_determination", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip
