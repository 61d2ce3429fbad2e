"""Requests for the same thing decided once: own letters, own clocks, and nobody decided along who asks otherwise."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client

from letters.models import Paper
from office import journal
from office.models import JournalEntry
from tests.workflow.factories import (
    APPLICANT,
    DAY,
    DISCLOSE,
    NOT_EXIST,
    REFUSE,
    PartyData,
    Town,
    at,
    handled,
    make_town,
    replied,
)
from workflow.actions import bundle, follow_lead, propose, record_search, review, send_to_review, sign
from workflow.errors import BadRequest, NotNow
from workflow.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
WHEN = {"on": DAY, "now": at(DAY)}
REPHRASED = "采薇村2025年征地补偿安置方案的文本"


def neighbour(number: int) -> PartyData:
    return PartyData(**{**vars(APPLICANT), "name": f"赵{number}", "id_number": f"1101051949123{number:05d}"})


@pytest.fixture
def town() -> Town:
    return make_town()


def join(town: Town, case: Case, lead: Case) -> Case:
    return bundle.join_bundle(case_id=case.pk, by=town.handler, lead_id=lead.pk, **WHEN)


def follow(town: Town, lead: Case, step: str, by: object) -> list[bundle.Result]:
    return follow_lead.follow_lead(lead_id=lead.pk, step=step, by=by, act_id=uuid.uuid4(), **WHEN)


def decide(town: Town, lead: Case, proposal: dict[str, object] = DISCLOSE) -> None:
    propose.propose(case_id=lead.pk, by=town.handler, item_seq=1, **WHEN, **proposal)


def fresh(case: Case) -> Case:
    return Case.objects.select_related("office").get(pk=case.pk)


def test_decided_once_answered_one_by_one_on_own_clocks(town: Town) -> None:
    lead = handled(town)
    later = DAY - dt.timedelta(days=3)
    members = [
        handled(town, parties=(neighbour(1),)),
        handled(town, parties=(neighbour(2),), arrived_on=later),
    ]
    dues = [case.due_on for case in members]
    for case in members:
        join(town, case, lead)
    decide(town, lead)
    for step, by in (("propose", town.handler), ("send_to_review", town.handler)):
        if step != "propose":
            send_to_review.send_to_review(case_id=lead.pk, by=by, **WHEN)
        assert [one.done for one in follow(town, lead, step, by)] == [True, True]
    for kind in ("secrecy", "redaction"):
        seen = fresh(lead).current_draft().body_sha256
        review.clear(
            case_id=lead.pk, kind=kind, by=town.people[kind], opinion="同意公开。", seen_sha256=seen, **WHEN
        )
        assert all(one.done for one in follow(town, lead, f"clear_{kind}", town.people[kind]))
    sign.sign(case_id=lead.pk, by=town.signatory, seen_sha256=fresh(lead).current_draft().body_sha256, **WHEN)
    assert all(one.done for one in follow(town, lead, "sign", town.signatory))
    assert [fresh(case).state for case in members] == ["replied", "replied"]
    assert [fresh(case).due_on for case in members] == dues
    assert dues[0] != dues[1]
    replies = [Paper.objects.get(subject_ref=case.subject_ref, kind__startswith="reply") for case in members]
    assert len({paper.number for paper in replies}) == 2
    assert "与" in fresh(members[0]).current_reviews()[0].opinion
    assert list(journal.verify(members[0].subject_ref)) == []


def test_one_who_asks_otherwise_is_named_and_left_out(town: Town) -> None:
    lead, other = (
        handled(town),
        handled(town, items=("2024年度采薇村土地征收补偿安置方案",), parties=(neighbour(1),)),
    )
    with pytest.raises(BadRequest, match="年度不同"):
        join(town, other, lead)
    two = handled(town, items=("补偿安置方案", "征地批复"), parties=(neighbour(2),))
    with pytest.raises(BadRequest, match="项数不同"):
        join(town, two, lead)
    told = bundle.join_many(
        case_ids=[other.pk, two.pk], lead_id=lead.pk, by=town.handler, act_id=uuid.uuid4(), **WHEN
    )
    assert [one.done for one in told] == [False, False]
    assert all("不能并案" in one.message for one in told)


def test_one_decided_otherwise_is_left_out_and_the_others_go_on(town: Town) -> None:
    lead = handled(town)
    same, own = (handled(town, items=(REPHRASED,), parties=(neighbour(n),)) for n in (1, 2))
    join(town, same, lead)
    join(town, own, lead)
    decide(town, lead)
    follow(town, lead, "propose", town.handler)
    decide(town, fresh(own), REFUSE)
    told = {one.case_id: one for one in follow(town, lead, "send_to_review", town.handler)}
    assert told[same.pk].done
    assert not told[own.pk].done
    assert "处理结果与主件不同" in told[own.pk].message
    assert (fresh(same).state, fresh(own).state) == ("reviewing", "handling")


def test_the_search_of_the_lead_is_told_in_every_file(town: Town) -> None:
    lead, member = handled(town), handled(town, parties=(neighbour(1),))
    join(town, member, lead)
    record_search.record_search(
        case_id=lead.pk, by=town.handler, systems="档案系统", keywords="采薇村", period="2025年", method="逐卷核对",
        result="没有检索到", found=False, **WHEN,
    )  # fmt: skip
    decide(town, lead, NOT_EXIST)
    assert all(one.done for one in follow(town, lead, "propose", town.handler))
    assert lead.number in fresh(member).search_records()[0].method
    assert follow(town, lead, "send_to_review", town.handler)[0].done


def test_leaving_frees_a_case_and_the_trail_says_why(town: Town) -> None:
    lead, member = handled(town), handled(town, parties=(neighbour(1),))
    join(town, member, lead)
    with pytest.raises(NotNow, match="已经并案"):
        join(town, fresh(member), lead)
    with pytest.raises(NotNow, match="主件"):
        join(town, fresh(lead), member)
    bundle.leave_bundle(case_id=member.pk, by=town.handler, reason="另有争议", **WHEN)
    assert follow(town, lead, "propose", town.handler) == []
    said = [
        journal.sentence(one)
        for one in JournalEntry.objects.filter(subject=member.subject_ref).order_by("seq")
    ]
    assert f"主件{lead.number}" in said[-1]
    assert join(town, fresh(member), lead).version


def test_no_case_follows_what_is_over(town: Town) -> None:
    with pytest.raises(BadRequest, match="已经答复"):
        join(town, handled(town, parties=(neighbour(1),)), replied(town))


def test_a_press_repeated_does_no_case_twice(town: Town) -> None:
    lead, member = handled(town), handled(town, parties=(neighbour(1),))
    join(town, member, lead)
    decide(town, lead)
    press = uuid.uuid4()
    for _ in range(2):
        told = follow_lead.follow_lead(lead_id=lead.pk, step="propose", by=town.handler, act_id=press, **WHEN)
        assert [one.done for one in told] == [True]
    assert JournalEntry.objects.filter(subject=member.subject_ref, key="case.propose").count() == 1


def test_the_page_joins_and_applies(town: Town, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    lead, member = handled(town), handled(town, items=(REPHRASED,), parties=(neighbour(1),))
    client.force_login(town.handler, "django.contrib.auth.backends.ModelBackend")
    address = f"/desk/case/{lead.pk}/bundle/"
    assert member.number in client.get(address).content.decode()
    page = client.post(
        address, {"step": "join", "case": [member.pk], "act_id": str(uuid.uuid4())}
    ).content.decode()
    assert "已并案" in page
    decide(town, lead)
    page = client.post(address, {"step": "propose", "act_id": str(uuid.uuid4())}).content.decode()
    assert "共 1 件，办成 1 件" in page
    assert fresh(member).items_in_order()[0].outcome == "disclose"
    assert client.get(f"/desk/case/{member.pk}/bundle/").status_code == 200
    assert "撤出并案" in client.get(f"/desk/case/{member.pk}/do/leave_bundle/").content.decode()
    foreign = make_town().handler
    client.force_login(foreign, "django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 404
