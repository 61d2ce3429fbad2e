"""What a request is: judged, split, handed over, filed elsewhere, copied, repeated, answered on the spot."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from office import journal
from office.models import Office, Post
from tests.workflow.factories import (
    APPLICANT,
    DAY,
    DISCLOSE,
    SEALED,
    Town,
    at,
    clear,
    handled,
    make_town,
    registered,
    replied,
    request_of,
    searched,
)  # fmt: skip
from tests.workflow.seeing import kinds, open_tasks, text_of, trail
from workflow.actions import (
    archive,
    file_elsewhere,
    judge_nature,
    propose,
    refer,
    register,
    reply_at_once,
    send_to_review,
    serve,
    sign,
    split_item,
    submit,
    withdraw,
)  # fmt: skip
from workflow.errors import BadRequest, NotNow, NotYourRole
from workflow.models import Case
from workflow.selectors.papers import papers_of

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
PETITION = {"asks_information": "no", "complains": "yes"}
MIXED = "提供采薇村补偿方案。并要求查处村委会违法占地"
COMPLAINT: dict[str, Any] = {
    "outcome": "petition", "grounds": [], "reason": "申请内容是要求查处，不是获取政府信息", "facts": {},
}  # fmt: skip
NOT_OURS: dict[str, Any] = {
    "outcome": "not_ours", "grounds": [], "reason": "由住房和城乡建设部门负责",
    "facts": {"other_office": "云岫县住房和城乡建设局，联系电话0990-5550102"},
}  # fmt: skip


@pytest.fixture
def town() -> Town:
    return make_town()


def given(town: Town, case: Case, role: str = "handler", on: dt.date = DAY) -> dict[str, Any]:
    return {"case_id": case.pk, "by": town.people[role], "on": on, "now": at(on)}


def signed(town: Town, case: Case) -> Case:
    send_to_review.send_to_review(**given(town, case))
    for kind in ("secrecy", "redaction"):
        case = clear(town, case, kind)
    return sign.sign(**given(town, case, "signatory"), seen_sha256=case.current_draft().body_sha256)


def test_a_mixed_letter_is_split_and_its_foreign_part_handed_over(town: Town) -> None:
    case = searched(town, handled(town, items=(MIXED,)))
    case = split_item.split_item(
        **given(town, case), item_seq=1, parts=["采薇村土地征收补偿安置方案", "要求查处村委会违法占地"]
    )
    assert [(i.seq, i.split_from_id is None) for i in case.items_in_order()] == [(1, True), (2, False)]
    assert MIXED in case.remarks.get(act="split_item").text
    with pytest.raises(NotNow, match="没有研判为信访"):
        refer.refer(**given(town, case), item_seq=2, desk="petition", to_name="云岫县信访局")
    judge_nature.judge_nature(**given(town, case), item_seq=2, answers=PETITION)
    propose.propose(**given(town, case), item_seq=1, **DISCLOSE)
    propose.propose(**given(town, case), item_seq=2, **COMPLAINT)
    with pytest.raises(NotNow, match="第2项研判为信访、投诉、举报，请先「移送」"):
        send_to_review.send_to_review(**given(town, case))
    case = refer.refer(**given(town, case), item_seq=2, desk="petition", to_name="云岫县信访局")
    letter = text_of(case, "referral_letter")
    assert "要求查处村委会违法占地" in letter
    assert "补偿安置方案" not in letter
    assert APPLICANT.name not in letter
    case = refer.note_referral(**given(town, case, "intake"), item_seq=2, number="信2026-118")
    case = signed(town, case)
    reply = text_of(case, "reply_mixed")
    assert "移送云岫县信访局（受理编号信2026-118）" in reply
    assert case.due_on == dt.date(2026, 3, 30)
    assert {"case.split_item", "case.judge_nature", "case.refer", "case.note_referral"} <= set(trail(case))
    assert list(journal.verify(case.subject_ref)) == []


def test_an_unfinished_judgement_is_refused_and_a_second_one_counts(town: Town) -> None:
    case = registered(town)
    with pytest.raises(BadRequest, match="还有问题没有回答"):
        judge_nature.judge_nature(
            **given(town, case, "intake"), item_seq=1, answers={"asks_information": "no"}
        )
    judge_nature.judge_nature(**given(town, case, "intake"), item_seq=1, answers=PETITION)
    answers = {"asks_information": "no", "complains": "no", "asks_opinion": "yes"}
    case = judge_nature.judge_nature(**given(town, case, "intake"), item_seq=1, answers=answers)
    assert case.nature_of(case.items_in_order()[0]).code == "consultation"
    assert case.natures.count() == 2


def test_an_item_is_split_once_and_before_it_is_answered(town: Town) -> None:
    case = handled(town, items=(MIXED,))
    with pytest.raises(BadRequest, match="至少拆成两项"):
        split_item.split_item(**given(town, case), item_seq=1, parts=["一项", " "])
    propose.propose(**given(town, case), item_seq=1, **DISCLOSE)
    with pytest.raises(BadRequest, match="不能再拆分"):
        split_item.split_item(**given(town, case), item_seq=1, parts=["甲", "乙"])


def neighbour(town: Town) -> Town:
    """Return another department of the same county government."""
    other = make_town()
    Office.objects.filter(pk=other.office.pk).update(parent=town.government)
    return other


def test_not_ours_is_filed_at_the_other_office_as_its_own_request(town: Town) -> None:
    other, case = neighbour(town), searched(town, handled(town))
    with pytest.raises(NotNow, match="没有拟定为"):
        file_elsewhere.file_elsewhere(
            **given(town, case), item_seq=1, office_id=other.office.pk, consent="3月2日电话同意"
        )
    propose.propose(**given(town, case), item_seq=1, **NOT_OURS)
    with pytest.raises(BadRequest, match="同意代为提出"):
        file_elsewhere.file_elsewhere(**given(town, case), item_seq=1, office_id=other.office.pk, consent=" ")
    later = dt.date(2026, 3, 4)
    case = file_elsewhere.file_elsewhere(
        **given(town, case, on=later), item_seq=1, office_id=other.office.pk, consent="3月3日电话同意"
    )
    filed = case.links.get().other
    assert (filed.office_id, filed.state, filed.channel) == (other.office.pk, "submitted", "pushed")
    assert (filed.arrived_on, filed.received_on, filed.due_on) == (later, later, dt.date(2026, 4, 1))
    assert filed.applicants()[0].id_number.reveal() == APPLICANT.id_number
    assert case.due_on == dt.date(2026, 3, 30)
    with pytest.raises(BadRequest, match="已经代为向"):
        file_elsewhere.file_elsewhere(
            **given(town, case, on=later), item_seq=1, office_id=other.office.pk, consent="3月3日电话同意"
        )
    filed = register.register(case_id=filed.pk, by=other.intake, on=later, now=at(later))
    assert kinds(filed) == ["registration_receipt"]
    assert other.office.name in text_of(filed, "registration_receipt")
    assert list(journal.verify(filed.subject_ref)) == []
    send_to_review.send_to_review(**given(town, case, on=later))


def test_a_letter_that_reached_the_wrong_office_of_a_government_keeps_its_first_day(town: Town) -> None:
    other, on = neighbour(town), dt.date(2026, 3, 5)
    request = request_of(
        town, office_id=other.office.pk, channel="counter", service="post", handed_by=town.office.pk,
        addressed_to=other.office.name,
    )  # fmt: skip
    case = submit.submit(request=request, by=town.intake, on=on, now=at(on)).case
    assert (case.office_id, case.arrived_on, case.received_on) == (other.office.pk, DAY, DAY)
    assert (case.due_on, case.handed_by_id) == (dt.date(2026, 3, 30), town.office.pk)
    far = make_town()
    with pytest.raises(BadRequest, match="不属于同一政府"):
        submit.submit(
            request=request_of(town, office_id=far.office.pk, channel="counter", service="post", handed_by=town.office.pk),
            by=town.intake, on=on, now=at(on),
        )  # fmt: skip
    with pytest.raises(NotYourRole):
        submit.submit(
            request=request_of(town, office_id=other.office.pk, channel="counter", service="post"), by=town.intake,
            on=on, now=at(on),
        )  # fmt: skip


def test_copies_of_one_letter_are_tied_and_each_office_answers_its_own(town: Town) -> None:
    other = neighbour(town)
    here, there = registered(town), registered(other)
    here = file_elsewhere.link_copy(**given(town, here, "intake"), other_id=there.pk)
    assert [link.other_id for link in here.links.all()] == [there.pk]
    assert [link.other_id for link in there.links.all()] == [here.pk]
    with pytest.raises(BadRequest, match="已经关联"):
        file_elsewhere.link_copy(**given(town, here, "intake"), other_id=there.pk)
    stranger = APPLICANT.__class__(
        **{**APPLICANT.__dict__, "id_number": "110105194912310038", "name": "李四"}
    )
    with pytest.raises(BadRequest, match="不是同一申请人"):
        file_elsewhere.link_copy(
            **given(town, here, "intake"), other_id=registered(other, parties=(stranger,)).pk
        )


REPEAT: dict[str, Any] = {"outcome": "repeat", "grounds": [], "reason": "内容与上次相同，信息没有变化"}


def test_repeat_only_where_the_earlier_request_was_answered(town: Town) -> None:
    answered = replied(town)
    number = next(p.number_text for p in papers_of(answered) if p.kind.startswith("reply"))
    gone = registered(town)
    gone = withdraw.withdraw(case_id=gone.pk, by=town.intake, on=DAY, now=at(DAY))
    again = handled(town)
    assert again.seq == gone.seq + 1

    def repeat(earlier: str) -> Case:
        return propose.propose(**given(town, again), item_seq=1, facts={"earlier_number": earlier}, **REPEAT)

    slip = next(p.number_text for p in papers_of(gone) if p.kind == "withdrawal_confirmation")
    with pytest.raises(BadRequest, match=r"不是答复书.*应当作为新的申请办理"):
        repeat(slip)
    with pytest.raises(BadRequest, match="请核对此前答复的文号"):
        repeat(number.replace("〔2026〕", "〔2027〕"))
    stranger = APPLICANT.__class__(
        **{**APPLICANT.__dict__, "id_number": "110105194912310038", "name": "李四"}
    )
    theirs = replied(town, parties=(stranger,))
    other = next(p.number_text for p in papers_of(theirs) if p.kind.startswith("reply"))
    with pytest.raises(BadRequest, match="不是对同一申请人的答复"):
        repeat(other)
    assert repeat(number).items_in_order()[0].outcome == "repeat"


ALREADY: dict[str, Any] = {
    "outcome": "already_public", "grounds": [], "reason": "", "facts": {"where": "县政府网站“征地信息”栏目"},
}  # fmt: skip


def test_an_answer_on_the_spot_needs_the_applicant_two_people_and_nothing_new(town: Town) -> None:
    case = registered(town, channel="counter", service="counter")
    with pytest.raises(BadRequest, match="不能当场答复"):
        reply_at_once.propose_at_once(**given(town, case, "intake"), item_seq=1, **DISCLOSE)
    case = reply_at_once.propose_at_once(**given(town, case, "intake"), item_seq=1, **ALREADY)
    Post.objects.create(user=town.intake, office=town.office, role="signatory", from_on=dt.date(2020, 1, 1))
    intake = type(town.signatory).objects.get(pk=town.intake.pk)
    with pytest.raises(NotNow, match="拟稿人不能签发"):
        reply_at_once.reply_at_once(case_id=case.pk, by=intake, on=DAY, now=at(DAY))
    case = reply_at_once.reply_at_once(**given(town, case, "signatory"))
    assert (case.state, case.replied_on, open_tasks(case)) == ("replied", DAY, {"deliver"})
    assert "征地信息" in text_of(case, "reply_already_public")
    case = serve.serve(
        seal=SEALED,
        case_id=case.pk,
        by=intake,
        on=DAY,
        now=at(DAY),
        channel="counter",
        sent_on=DAY,
        signed_on=DAY,
    )
    assert (case.state, case.completed_on, open_tasks(case)) == ("served", DAY, {"archive"})
    assert archive.archive(**given(town, case, "archivist")).state == "archived"
    late = registered(town, channel="counter", service="counter")
    day = dt.date(2026, 3, 3)
    with pytest.raises(NotNow, match="到场的当日"):
        reply_at_once.propose_at_once(**given(town, late, "intake", on=day), item_seq=1, **ALREADY)
    portal = registered(town)
    with pytest.raises(NotNow, match="当面提交、口头提出"):
        reply_at_once.propose_at_once(**given(town, portal, "intake"), item_seq=1, **ALREADY)
