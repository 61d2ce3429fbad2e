"""Self-correction of a served reply, complaints, and mail that goes astray, through the real actions."""

from __future__ import annotations

import datetime as dt

import pytest

from office import journal
from office.models import Post, User
from tests.workflow.after import COPY_ON, SERVED_ON, challenged, served
from tests.workflow.factories import DAY, DISCLOSE, SEALED, Town, at, handled, make_town, replied
from workflow.actions import archive, change_reply, complain, follow_mail, serve, use_seal, withdraw
from workflow.actors import ApplicantActor
from workflow.errors import BadRequest, NotNow
from workflow.models import Case, CaseProcess, Delivery
from workflow.requests import FileData
from workflow.selectors.papers import applicant_papers, papers_of, reply_of
from workflow.selectors.trail import trail_of

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
PROOF = FileData("回执.txt", "快件签收证明的说明".encode(), "proof")


def fresh(case: Case) -> Case:
    return Case.objects.select_related("office").get(pk=case.pk)


def propose(town: Town, case: Case, **more: str) -> Case:
    given = {
        "form": "correct",
        "reason": "答复书中的表述有误",
        "wrong": "内部讨论形成的过程稿",
        "right": "内部讨论形成的过程性记录",
    } | more
    return change_reply.propose_change(case_id=case.pk, by=town.handler, on=COPY_ON, now=at(COPY_ON), **given)


def test_a_correction_is_a_new_paper_that_refers_to_the_old_one() -> None:
    town = make_town()
    case = served(town)
    old = reply_of(case)
    with pytest.raises(BadRequest, match="没有这段文字"):
        propose(town, case, wrong="从来没有写过的话")
    case = propose(town, case)
    case = change_reply.correct_reply(case_id=case.pk, by=town.signatory, on=COPY_ON, now=at(COPY_ON))
    new = papers_of(case)[-1]
    assert (new.kind, new.corrects, case.state) == ("correction_of_reply", old, "served")
    text = new.frozen()["text"]
    assert f"2026年3月2日作出《政府信息公开申请答复书》（{old.number_text}）" in text
    assert "先向" in text
    assert "自收到本更正书之日起60日内" in text
    assert "6个月" not in text
    assert reply_of(fresh(case)) == old
    # A letter of its own: it is served and read like any other.
    assert new in fresh(case).unserved_papers()
    use_seal.use_seal(case_id=case.pk, by=town.intake, on=COPY_ON, now=at(COPY_ON), seal=SEALED)
    case = serve.record_delivery(
        case_id=case.pk, by=town.intake, on=COPY_ON, now=at(COPY_ON), paper_id=new.pk, channel="post",
        sent_on=COPY_ON, tracking="1234567890124",
    )  # fmt: skip
    assert new in applicant_papers(fresh(case))
    assert any("引用" in line.title for line in trail_of(fresh(case)))
    assert list(journal.verify(case.subject_ref)) == []


def test_who_proposes_a_change_does_not_sign_it_and_only_one_waits() -> None:
    town = make_town()
    case = propose(town, served(town))
    Post.objects.create(user=town.handler, office=town.office, role="signatory", from_on=dt.date(2020, 1, 1))
    with pytest.raises(NotNow, match="不能自己签发"):
        change_reply.correct_reply(
            case_id=case.pk, by=User.objects.get(pk=town.handler.pk), on=COPY_ON, now=at(COPY_ON)
        )
    with pytest.raises(NotNow, match="已有一份"):
        propose(town, case)
    case = change_reply.drop_change(
        case_id=case.pk, by=town.signatory, on=COPY_ON, now=at(COPY_ON), reason="原文没有错误"
    )
    assert case.reply_changes.get().status == "dropped"
    propose(town, case)


def test_a_withdrawn_reply_is_handled_anew_and_the_body_is_told() -> None:
    town = make_town()
    case = challenged(town, served(town))
    old = reply_of(case)
    case = propose(town, case, form="withdraw")
    case = change_reply.withdraw_reply(case_id=case.pk, by=town.signatory, on=COPY_ON, now=at(COPY_ON))
    kinds = [paper.kind for paper in papers_of(case)]
    assert kinds[-2:] == ["withdrawal_of_reply", "remedy_body_notice"]
    withdrawal = papers_of(case)[-2]
    assert withdrawal.corrects == old
    text = withdrawal.frozen()["text"]
    assert "6个月内" in text
    # Twenty working days from 7 April 2026, by the reading R9.
    assert (case.state, case.due_on) == ("reopened", dt.date(2026, 5, 8))
    assert "2026年5月8日" in text
    notice = papers_of(case)[-1].frozen()["text"]
    assert "案号为云政复〔2026〕7号" in notice
    assert withdrawal.number_text in notice
    assert (case.reopenings.get().cause, case.remedies.get().stage) == ("own", "received")
    assert CaseProcess.objects.filter(case=case, open=True).count() == 1


def test_a_closed_file_is_withdrawn_only_while_it_is_reviewed() -> None:
    town = make_town()
    case = archive.archive(case_id=served(town).pk, by=town.archivist, on=COPY_ON, now=at(COPY_ON))
    case = propose(town, case, form="withdraw")
    with pytest.raises(NotNow, match="已归档"):
        change_reply.withdraw_reply(case_id=case.pk, by=town.signatory, on=COPY_ON, now=at(COPY_ON))
    case = challenged(town, case)
    case = change_reply.withdraw_reply(case_id=case.pk, by=town.signatory, on=COPY_ON, now=at(COPY_ON))
    assert case.state == "reopened"


def test_returned_mail_is_sent_anew_and_the_day_of_posting_stays() -> None:
    town = make_town()
    case = served(town)
    first = Delivery.objects.get(case=case, paper=reply_of(case))
    give = {"case_id": case.pk, "on": COPY_ON, "now": at(COPY_ON)}
    back = dt.date(2026, 3, 16)
    case = follow_mail.record_return(
        by=town.intake, delivery_id=first.pk, returned_on=back, reason="moved", **give
    )
    with pytest.raises(NotNow, match="退回的邮件"):
        archive.archive(by=town.archivist, **give)
    with pytest.raises(BadRequest, match="地址"):
        follow_mail.serve_again(
            by=town.intake, delivery_id=first.pk, channel="post", sent_on=COPY_ON, tracking="2", **give
        )
    case = follow_mail.serve_again(
        by=town.intake, delivery_id=first.pk, channel="post", sent_on=COPY_ON, tracking="1234567890125",
        address="云岫县东篱路9号", **give,
    )  # fmt: skip
    assert (case.completed_on, case.clock_status) == (SERVED_ON, "met")
    second = Delivery.objects.get(again_of=first)
    assert second.address.reveal() == "云岫县东篱路9号"
    case = follow_mail.record_signature(
        by=town.intake, delivery_id=second.pk, signed_on=COPY_ON, receiver="本人", **give
    )
    assert Delivery.objects.get(pk=second.pk).signed_on == COPY_ON
    assert archive.archive(by=town.archivist, **give).state == "archived"


def test_a_courier_breaks_the_rules_and_completes_on_proven_receipt() -> None:
    town = make_town()
    case = replied(town, service="post")
    give = {"case_id": case.pk, "by": town.intake, "on": COPY_ON, "now": at(COPY_ON), "channel": "courier"}
    sent, got = dt.date(2026, 3, 27), dt.date(2026, 3, 31)
    with pytest.raises(BadRequest, match="签收证明"):
        serve.serve(seal=SEALED, sent_on=sent, signed_on=got, **give)
    case = serve.serve(seal=SEALED, sent_on=sent, signed_on=got, proof=PROOF, **give)
    # Sent in time, received the day after the term: late, and flagged.
    assert (case.completed_on, case.clock_status) == (got, "late")
    assert Delivery.objects.get(case=case, channel="courier").breach


def test_opening_a_paper_on_the_portal_leaves_a_receipt_once() -> None:
    town = make_town()
    case = replied(town)
    case = serve.serve(
        seal=SEALED, case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), channel="portal", sent_on=DAY
    )
    me = ApplicantActor(case.pk, town.office.pk)
    give = {"case_id": case.pk, "by": me, "on": DAY, "paper_id": reply_of(case).pk}
    follow_mail.mark_read(now=at(DAY, 11), **give)
    assert Delivery.objects.get(paper=reply_of(case)).read_at == at(DAY, 11)
    with pytest.raises(BadRequest, match="已经阅读"):
        follow_mail.mark_read(now=at(DAY, 12), **give)
    assert any("阅读了网上送达" in line.title for line in trail_of(fresh(case)))


def test_a_signed_reply_may_still_be_withdrawn_from_before_service() -> None:
    town = make_town()
    case = replied(town, service="post")
    case = withdraw.withdraw(
        case_id=case.pk, by=ApplicantActor(case.pk, town.office.pk), on=DAY, now=at(DAY), reason=""
    )
    assert case.state == "withdrawn"


def supervisor_above(town: Town) -> User:
    person = User.objects.create(username=f"above-{town.office.code}", name="监督员上")
    Post.objects.create(user=person, office=town.government, role="supervisor", from_on=dt.date(2020, 1, 1))
    town.government.phone = "0990-5550100"
    town.government.save()
    return person


def test_a_complaint_ends_with_an_urging_and_its_report() -> None:
    town = make_town()
    above = supervisor_above(town)
    late = dt.date(2026, 4, 10)
    case = handled(town)
    give = {"case_id": case.pk, "on": late, "now": at(late)}
    with pytest.raises(NotNow, match="上级"):
        complain.record_complaint(by=town.supervisor, matters="没有答复", received_on=late, **give)
    case = complain.record_complaint(by=above, matters="一个多月没有答复", received_on=late, **give)
    row = case.complaints.get()
    with pytest.raises(BadRequest, match="整改要求和期限"):
        complain.decide_complaint(
            by=above, complaint_id=row.pk, result="rectify", finding="逾期未答复", **give
        )
    case = complain.decide_complaint(
        by=above, complaint_id=row.pk, result="rectify", finding="该局逾期未答复", measures="立即答复。",
        rectify_by_on=dt.date(2026, 4, 20), **give,
    )  # fmt: skip
    notice, answer = papers_of(case)[-2:]
    assert (notice.kind, answer.kind) == ("rectification_notice", "complaint_answer")
    assert notice.office == answer.office == town.government
    assert notice.number_text.startswith(town.government.doc_code)
    assert (case.state, case.due_on) == ("handling", dt.date(2026, 3, 30))
    case = complain.report_rectification(
        by=town.head, complaint_id=row.pk, report="已经答复并送达申请人", **give
    )
    assert case.complaints.get().rectified_on == late
    assert case.rectifications_owed() == []
    assert DISCLOSE["outcome"]


def test_an_unfounded_complaint_is_answered_and_nothing_more() -> None:
    town = make_town()
    above = supervisor_above(town)
    case = served(town)
    give = {"case_id": case.pk, "on": COPY_ON, "now": at(COPY_ON), "by": above}
    case = complain.record_complaint(matters="态度不好", received_on=COPY_ON, **give)
    case = complain.decide_complaint(
        complaint_id=case.complaints.get().pk, result="unfounded", finding="经查没有所反映的情况", **give
    )
    assert papers_of(case)[-1].kind == "complaint_answer"
    assert papers_of(case)[-2].kind.startswith("reply_")
