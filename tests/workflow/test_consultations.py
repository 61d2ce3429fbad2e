"""Consultations: many parties, delivery, objections, silence, public interest, joint makers, other organs."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from openpyxl import Workbook

from letters.models import Paper
from office import journal
from tests.workflow.factories import (
    APPLICANT,
    DAY,
    DISCLOSE,
    Town,
    add_person,
    at,
    clear,
    handled,
    make_town,
    searched,
)  # fmt: skip
from tests.workflow.seeing import kinds, text_of, trail
from workflow.actions import (
    assess_opinion,
    consult,
    consult_office,
    propose,
    record_opinion,
    send_to_review,
    serve_consultation,
    sign,
)  # fmt: skip
from workflow.errors import BadRequest, NotNow
from workflow.impact import readings
from workflow.models import Case, Consultation
from workflow.party_list import read_party_list
from workflow.requests import ConsultedParty, FileData

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
THIRD_PARTY: dict[str, Any] = {
    "outcome": "refuse_third_party", "grounds": ["条例第十五条"], "reason": "含未公开的成本构成，属于商业秘密",
    "facts": {"inseparable": "成本构成贯穿全文，不能作区分处理"},
}  # fmt: skip
SENT, SERVED = dt.date(2026, 3, 9), dt.date(2026, 3, 11)


@pytest.fixture
def town() -> Town:
    return make_town()


def asked(town: Town, *names: str, on: dt.date = SENT) -> Case:
    case = searched(town, handled(town))
    for name in names or ("岚泽建材有限公司",):
        case = consult.consult(
            case_id=case.pk,
            by=town.handler,
            on=on,
            now=at(on),
            party_name=name,
            subject="地块开发方案，共28页",
        )
    return case


def row(case: Case, n: int = 0) -> Consultation:
    return list(case.consultations.order_by("pk"))[n]


def answered(town: Town, case: Case, n: int, opinion: str, on: dt.date, **more: Any) -> Case:
    return record_opinion.record_opinion(
        case_id=case.pk, by=more.pop("by", town.handler), on=on, now=at(on), consultation_id=row(case, n).pk,
        opinion=opinion, opinion_on=on, reason="涉及商业秘密" if opinion != "agree" else "", **more,
    )  # fmt: skip


def to_review(town: Town, case: Case, on: dt.date, proposal: dict[str, Any]) -> Case:
    propose.propose(case_id=case.pk, by=town.handler, on=on, now=at(on), item_seq=1, **proposal)
    return send_to_review.send_to_review(case_id=case.pk, by=town.handler, on=on, now=at(on))


def to_signature(town: Town, case: Case, on: dt.date) -> Case:
    clear(town, case, "secrecy", on=on)
    return clear(town, case, "redaction", on=on)


def signed(town: Town, case: Case, on: dt.date) -> Case:
    sha = case.current_draft().body_sha256
    return sign.sign(case_id=case.pk, by=town.signatory, on=on, now=at(on), seen_sha256=sha)


def table(*rows: tuple[str, ...]) -> FileData:
    book = Workbook()
    for cells in rows:
        book.active.append(cells)
    held = io.BytesIO()
    book.save(held)
    return FileData("名单.xlsx", held.getvalue(), "party_list")


HEAD = ("名称", "类别", "地址")


def test_a_list_is_asked_as_one_act_with_one_letter_each(town: Town) -> None:
    case = handled(town)
    parties = read_party_list(
        table(HEAD, *((f"采薇村{n}户", "自然人", f"采薇村{n}号") for n in range(1, 41)))
    )
    assert len(parties) == 40
    case = consult.consult_list(
        case_id=case.pk,
        by=town.handler,
        on=SENT,
        now=at(SENT),
        parties=parties,
        subject="补偿登记表",
        concern="个人隐私",
    )
    letters = Paper.objects.filter(subject_ref=case.subject_ref, kind="consultation_third_party")
    assert letters.count() == 40
    assert len({paper.number_text for paper in letters}) == 40
    assert kinds(case).count("consultation_applicant_notice") == 1
    for paper in letters[:3]:
        assert APPLICANT.name not in str(paper.frozen())
        assert APPLICANT.phone not in str(paper.frozen())
    assert case.due_on is not None
    assert case.clock_status == "running"
    assert trail(case)[-1] == "case.consult_list"
    assert list(journal.verify(case.subject_ref)) == []
    with pytest.raises(BadRequest, match=r"采薇村1户、采薇村2户.*正在征求"):
        consult.consult_list(
            case_id=case.pk, by=town.handler, on=SENT, now=at(SENT), parties=parties[:2], subject="补偿登记表"
        )


@pytest.mark.parametrize(
    "content,message",
    [
        ("名称,类别\n甲公司,单位\n,单位\n乙,村集体\n甲公司,单位\n", "第 3 行：没有填写名称；第 4 行：类别“村集体”.*第 5 行：与第 2 行重复"),
        ("单位,地址\n甲,乙\n", "没有“名称”一列"),
        ("名称\n", "名单是空的"),
        ("名称\n" + "\n".join(f"第{n}户" for n in range(301)), "一次最多 300 个"),
        ("\x00\x01\x02", "xlsx 或者 CSV"),
    ],
)  # fmt: skip
def test_a_wrong_list_says_every_wrong_line(content: str, message: str) -> None:
    with pytest.raises(BadRequest, match=message):
        read_party_list(FileData("名单.csv", content.encode("utf-8"), "party_list"))


def test_a_list_in_the_old_encoding_and_a_broken_workbook() -> None:
    read = read_party_list(
        FileData("名单.csv", "姓名,类别,地址\n王䶮,个人,采薇巷3号\n".encode("gb18030"), "party_list")
    )
    assert read == [ConsultedParty("王䶮", "natural", "采薇巷3号")]
    with pytest.raises(BadRequest, match="不是可以读取的 xlsx"):
        read_party_list(FileData("名单.xlsx", b"PK\x03\x04broken", "party_list"))


def test_delivery_is_proven_for_each_party_and_silence_runs_from_it(town: Town) -> None:
    case = asked(town, "甲公司", "乙公司")
    for n, day in ((0, SERVED), (1, dt.date(2026, 3, 12))):
        case = serve_consultation.serve_consultation(
            case_id=case.pk, by=town.intake, on=day, now=at(day), consultation_id=row(case, n).pk, channel="post",
            tracking=f"EX{n}", delivered_on=day,
        )  # fmt: skip
    # The pauses are a union: 03-09 to the end of the later silence, 04-02; due moves by those working days.
    assert (row(case, 0).silence_ends_on, row(case, 1).silence_ends_on) == (
        dt.date(2026, 4, 1),
        dt.date(2026, 4, 2),
    )
    assert case.due_on == dt.date(2026, 4, 24)
    with pytest.raises(BadRequest, match="EMS"):
        serve_consultation.serve_consultation(
            case_id=asked(town).pk, by=town.intake, on=SERVED, now=at(SERVED),
            consultation_id=Consultation.objects.latest("pk").pk, channel="post", delivered_on=SERVED,
        )  # fmt: skip


def test_a_returned_letter_leaves_the_term_open(town: Town) -> None:
    case = asked(town)
    case = serve_consultation.serve_consultation(
        case_id=case.pk,
        by=town.intake,
        on=SERVED,
        now=at(SERVED),
        consultation_id=row(case).pk,
        returned_on=SERVED,
    )
    assert (row(case).returned_on, row(case).delivered_on, row(case).silence_ends_on) == (SERVED, None, None)
    day = dt.date(2026, 3, 16)
    case = serve_consultation.serve_consultation(
        case_id=case.pk, by=town.intake, on=day, now=at(day), consultation_id=row(case).pk, channel="counter",
        delivered_on=day,
    )  # fmt: skip
    assert row(case).delivered_on == day


def test_a_refusal_for_a_third_party_rests_on_its_opinion_and_the_assessment(town: Town) -> None:
    alone = searched(town, handled(town))
    with pytest.raises(NotNow, match="请先「征求第三方意见」"):
        to_review(town, alone, DAY, THIRD_PARTY)
    case, day = asked(town), dt.date(2026, 3, 25)
    case = answered(town, case, 0, "disagree", day, by=town.intake)
    assert case.due_on == dt.date(2026, 4, 16)
    with pytest.raises(NotNow, match="请先「评估第三方理由」"):
        to_review(town, case, day, THIRD_PARTY)
    given = {
        "case_id": case.pk,
        "by": town.handler,
        "on": day,
        "now": at(day),
        "consultation_id": row(case).pk,
    }
    assess_opinion.assess_opinion(**given, sound=False, assessment="方案已在规划公示中公开")
    with pytest.raises(NotNow, match="理由都不合理"):
        to_review(town, case, day, THIRD_PARTY)
    case = assess_opinion.assess_opinion(**given, sound=True, assessment="成本构成未公开，损害确实")
    assert (row(case).assessed_by, row(case).assessed_on) == (town.handler, day)
    assert to_review(town, case, day, THIRD_PARTY).state == "reviewing"


def test_consent_carries_no_refusal_and_silence_leaves_it_to_the_office(town: Town) -> None:
    case, day = asked(town), dt.date(2026, 3, 25)
    case = answered(town, case, 0, "agree", day)
    with pytest.raises(BadRequest, match="均同意公开"):
        to_review(town, case, day, THIRD_PARTY)
    quiet = asked(town)
    quiet = serve_consultation.serve_consultation(
        case_id=quiet.pk, by=town.intake, on=SERVED, now=at(SERVED), consultation_id=row(quiet).pk, channel="counter",
        delivered_on=SERVED,
    )  # fmt: skip
    with pytest.raises(NotNow, match="也未满 15 个工作日"):
        to_review(town, quiet, dt.date(2026, 4, 1), THIRD_PARTY)
    assert to_review(town, quiet, dt.date(2026, 4, 2), THIRD_PARTY).state == "reviewing"


def test_public_interest_overrides_a_sound_objection_with_notice_and_a_wait(town: Town) -> None:
    proposal = readings.propose(
        key="art32.publication_buffer_days", value=5, office=town.office, from_on=DAY, reason="本市规定", by=town.admin,
        now=at(DAY),
    )  # fmt: skip
    readings.confirm(parameter_id=proposal.pk, by=add_person(town, "admin"), on=DAY, now=at(DAY))
    case, day = asked(town), dt.date(2026, 3, 25)
    case = answered(town, case, 0, "disagree", day, reason_assessed="损害确实", reason_sound=True)
    due = case.due_on
    with pytest.raises(NotNow, match="不同意公开，公开之前请先「告知第三方公开决定」"):
        to_review(town, case, day, DISCLOSE)
    given = {
        "case_id": case.pk,
        "by": town.handler,
        "on": day,
        "now": at(day),
        "consultation_id": row(case).pk,
    }
    words = {"content": "方案防洪部分，共6页", "reason": "关系三个村的防洪安全"}
    with pytest.raises(BadRequest, match="只能因公共利益公开"):
        assess_opinion.decide_disclosure(**given, basis="unsound", **words)
    case = assess_opinion.decide_disclosure(**given, basis="public_interest", **words)
    notice = text_of(case, "disclosure_decision_notice")
    assert "不公开可能对公共利益造成重大影响" in notice
    assert "满5个工作日后" in notice
    assert "60日内向云岫县" in notice
    assert APPLICANT.name not in notice
    case = to_signature(town, to_review(town, case, day, DISCLOSE), day)
    with pytest.raises(NotNow, match="还没有登记签收"):
        signed(town, case, day)
    got = dt.date(2026, 3, 26)
    case = serve_consultation.serve_consultation(
        case_id=case.pk, by=town.intake, on=got, now=at(got), consultation_id=row(case).pk, channel="counter",
        delivered_on=got, which="decision",
    )  # fmt: skip
    assert case.due_on == due
    with pytest.raises(NotNow, match="缓冲期，至2026年4月2日止；缓冲期不停止计算答复期限"):
        signed(town, case, dt.date(2026, 4, 2))
    case = signed(town, case, dt.date(2026, 4, 3))
    assert "决定予以公开，并已书面告知第三方" in text_of(case, "reply_disclose")


def test_an_unsound_objection_is_answered_before_disclosure(town: Town) -> None:
    case, day = asked(town), dt.date(2026, 3, 25)
    case = answered(town, case, 0, "disagree", day, reason_assessed="已经公示", reason_sound=False)
    given = {
        "case_id": case.pk,
        "by": town.handler,
        "on": day,
        "now": at(day),
        "consultation_id": row(case).pk,
    }
    with pytest.raises(BadRequest, match="不需要以公共利益为依据"):
        assess_opinion.decide_disclosure(**given, basis="public_interest", content="方案", reason="公示")
    case = assess_opinion.decide_disclosure(**given, basis="unsound", content="方案", reason="已经公示")
    assert "理由不合理" in text_of(case, "disclosure_decision_notice")
    assert to_review(town, case, day, DISCLOSE).state == "reviewing"


def test_silence_of_a_joint_maker_is_consent_and_of_another_organ_decides_nothing(town: Town) -> None:
    case = searched(town, handled(town))
    case = consult_office.consult_joint(
        case_id=case.pk,
        by=town.handler,
        on=SENT,
        now=at(SENT),
        subject="联合印发的通知",
        office_id=town.government.pk,
    )
    assert "逾期未提出意见的，视为同意公开" in text_of(case, "consultation_joint")
    assert APPLICANT.name not in text_of(case, "consultation_joint")
    assert "征求共同制作机关的意见" in text_of(case, "consultation_applicant_notice")
    case = serve_consultation.serve_consultation(
        case_id=case.pk, by=town.handler, on=SERVED, now=at(SERVED), consultation_id=row(case).pk, channel="counter",
        delivered_on=SERVED,
    )  # fmt: skip
    assert (case.due_on, row(case).silence_agrees) == (dt.date(2026, 4, 23), True)
    case = to_review(town, case, dt.date(2026, 4, 2), DISCLOSE)
    case = signed(town, to_signature(town, case, dt.date(2026, 4, 2)), dt.date(2026, 4, 2))
    assert "没有提出意见，依法视为同意公开" in text_of(case, "reply_disclose")
    other = consult_office.ask_assistance(
        case_id=handled(town).pk,
        by=town.handler,
        on=SENT,
        now=at(SENT),
        subject="凭证由谁制作",
        office_name="云岫县财政局",
    )
    assert (row(other).kind, row(other).silence_agrees) == ("agency", False)
    assert "视为同意" not in text_of(other, "assistance_letter")
    assert other.events_of("consultation_sent")[0].data["party"] == "agency"
    with pytest.raises(BadRequest, match="请选择或者填写"):
        consult_office.ask_assistance(
            case_id=other.pk, by=town.handler, on=SENT, now=at(SENT), subject="凭证由谁制作"
        )
    with pytest.raises(BadRequest, match="其他机关"):
        consult_office.consult_joint(
            case_id=other.pk, by=town.handler, on=SENT, now=at(SENT), subject="通知", office_id=town.office.pk
        )


def test_many_third_parties_are_counted_in_the_reply(town: Town) -> None:
    case, day = asked(town, "甲", "乙", "丙", "丁"), dt.date(2026, 3, 16)
    for n, opinion in enumerate(("agree", "agree", "agree", "partly")):
        case = answered(town, case, n, opinion, day)
    case = to_review(town, case, day, DISCLOSE)
    text = text_of(signed(town, to_signature(town, case, day), day), "reply_disclose")
    assert "书面征求了4个第三方的意见，其中3个同意公开，1个不同意或者不同意全部公开" in text
    assert "甲" not in text.split("如下")[0]
