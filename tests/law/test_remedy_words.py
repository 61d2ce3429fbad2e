"""Remedies word for word: where there was no reply, procedural papers, and letters of many items."""

from datetime import date

import pytest

import calendars
from calendars.days import Projection
from law.errors import NotOverridable
from law.outcomes import Outcome
from law.remedies import OfficeFacts, Remedy, is_procedural, objection, paragraphs, remedy
from law.remedies.answering import answer_due
from law.remedies.kinds import choices, generic
from law.remedies.terms import reconsideration_untold_until

ON, BEFORE = date(2026, 11, 20), date(2023, 12, 31)
CALENDAR = calendars.load()
FIRST = "可以自收到本答复书之日起60日内先向清源县人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向清源县人民法院提起行政诉讼。"
EITHER = "可以自收到本答复书之日起60日内向清源县人民政府申请行政复议，或者自收到本答复书之日起6个月内向清源县人民法院提起行政诉讼。"
ONLY = "可以自收到本答复书之日起60日内向清源县人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向清源县人民法院提起行政诉讼。"


def office(**more):
    facts = {
        "kind": "department", "level": "county", "name": "清源县自然资源局", "government_name": "清源县人民政府",
        "superior_government": "临江市人民政府", "superior_department": "临江市自然资源局",
        "basic_court": "清源县人民法院", "intermediate_court": "临江市中级人民法院",
    }  # fmt: skip
    return OfficeFacts.from_dict(facts | more)


def test_where_there_was_no_reply_both_roads_run_from_the_end_of_the_term():
    found = remedy("no_reply", office(), ON)
    assert found.sentence == (
        "对逾期未作出答复不服的，可以自答复期限届满之日起60日内向清源县人民政府申请行政复议，"
        "或者自答复期限届满之日起6个月内向清源县人民法院提起行政诉讼。"
    )
    assert found.parts == {
        "subject": "对逾期未作出答复不服的",
        "reconsideration": "可以自答复期限届满之日起60日内向清源县人民政府申请行政复议",
        "litigation": "或者自答复期限届满之日起6个月内向清源县人民法院提起行政诉讼",
    }
    assert found.citation.startswith("法释〔2025〕8号第二条第二款")
    with pytest.raises(NotOverridable):
        remedy("no_reply", office(readings={"remedies.class.no_reply": [["2026-01-01", "A"]]}), ON)


def test_a_procedural_paper_has_a_clause_of_nothing():
    authority = "程序性文书，不单独申请行政复议、提起行政诉讼"
    assert is_procedural("extension_notice")
    assert remedy("extension_notice", office(), ON) == Remedy(
        "P", "", "", None, None, None, "", "P", "", authority, "second-hand", {}
    )


def test_a_fee_notice_says_how_to_object():
    assert objection("fee_notice") == (
        "对收费数额或者计收方式有异议的，可以在缴费期限内向本机关政府信息公开工作机构提出。"
        "收费决定不单独申请行政复议或者提起行政诉讼；因逾期未缴费不再处理的，"
        "对不再处理决定不服，可以依法投诉、申请行政复议或者提起行政诉讼。"
    )
    assert objection("extension_notice") == ""


def test_a_refusal_cites_by_what_authority_it_goes_first_to_reconsideration():
    found = remedy("refuse_process", office(), ON)
    assert (found.cls, found.certainty) == ("A", "verified")
    assert found.citation == (
        "《行政复议法》（2023修订）第二十三条第一款第四项；法释〔2025〕8号（条例第十四条至第十六条的不予公开）"
    )
    assert found.sentence == f"对本答复不服的，{FIRST}"


@pytest.mark.parametrize(
    "outcomes,told",
    [
        (["disclose", "not_exist"], [f"对本答复不服的，{EITHER}"]),
        (["refuse_process"], [f"对本答复不服的，{FIRST}"]),
        (["partial", "partial"], [f"对第一项、第二项中不予公开的部分不服的，{FIRST}"]),
        (["refuse_process", "refuse_internal"], [f"对第一项、第二项不予公开不服的，{FIRST}"]),
        (
            ["disclose", "partial"],
            [f"对第二项中不予公开的部分不服的，{FIRST}", f"对其余各项不服的，{EITHER}"],
        ),
        (
            ["refuse_process", "disclose", "partial"],
            [f"对第一项不予公开以及第三项中不予公开的部分不服的，{FIRST}", f"对其余各项不服的，{EITHER}"],
        ),
    ],
)
def test_a_letter_of_many_items(outcomes, told):
    items = list(zip(("第一项", "第二项", "第三项"), outcomes, strict=False))
    assert paragraphs(items, office(), ON) == told


def test_two_items_without_direct_suit_share_a_sentence_of_their_own():
    own = office(readings={"remedies.excluded_direct_suit": [["2026-08-01", False]]})
    items = [("第一项", "repeat"), ("第二项", "publication"), ("第三项", "disclose")]
    assert paragraphs(items, own, ON) == [f"对第一项、第二项不服的，{ONLY}", f"对其余各项不服的，{EITHER}"]


def test_a_letter_of_many_items_served_online_names_the_online_road():
    own = office(reconsideration_online="https://fy.example.test/")
    items = [("第一项", "disclose"), ("第二项", "refuse_process")]
    told = paragraphs(items, own, ON, electronic=True)
    assert all(
        "清源县人民政府申请行政复议（可以通过 https://fy.example.test/ 在线提交）" in text for text in told
    )
    assert all("fy.example.test" not in text for text in paragraphs(items, own, ON))
    assert remedy(Outcome.PARTIAL, own, ON).sentence == f"对本答复中不予公开的部分不服的，{FIRST}"


@pytest.mark.parametrize(
    "facts,body,court",
    [
        ({"kind": "government", "level": "nation", "name": "", "government_name": "国务院"}, "国务院", "临江市中级人民法院"),
        ({"kind": "government", "level": "province", "name": "", "government_name": "某省人民政府"}, "某省人民政府", "临江市中级人民法院"),
        ({"kind": "township", "level": "township", "name": "石桥镇人民政府", "government_name": ""}, "临江市人民政府", "清源县人民法院"),
        ({"kind": "department", "level": "province", "name": "某省司法厅", "superior_department": "司法部"}, "清源县人民政府或者司法部", "清源县人民法院"),
        ({"kind": "department", "level": "nation", "name": "某部"}, "某部", "临江市中级人民法院"),
    ],
)  # fmt: skip
def test_bodies_that_are_seldom_met(facts, body, court):
    found = remedy("disclose", office(**facts), ON)
    assert (found.body, found.court) == (body, court)


def test_a_reading_may_be_given_with_days_as_dates():
    own = {"remedies.class.partial": [(date(2026, 8, 1), "B")]}
    assert remedy("partial", office(readings=own), ON).cls == "B"


def test_the_kinds_are_listed_for_help():
    told = choices()
    assert told.startswith(
        "government（人民政府）、government_office（政府办公室）、department（政府部门）、"
    )
    assert told.endswith(
        "；可冠以层级 nation、province、city、county、township，如 county_department、city_government"
    )


@pytest.mark.parametrize(
    "spelling,region,expected",
    [
        (" County-Department ", "", ("department", "county", "本级人民政府（县（市、区）人民政府）", "上一级人民政府（市人民政府）", "上一级主管部门")),
        ("township", "", ("township", "township", "县（市、区）人民政府", "上一级人民政府（市人民政府）", "上一级主管部门")),
        ("township_department", "", ("department", "township", "县（市、区）人民政府", "上一级人民政府（市人民政府）", "上一级主管部门")),
        ("township_department", "清源县", ("department", "township", "清源县人民政府", "上一级人民政府（市人民政府）", "上一级主管部门")),
        ("province_government", "", ("government", "province", "本级人民政府（省（自治区、直辖市）人民政府）", "国务院", "上一级主管部门")),
        ("nation_department", "", ("department", "nation", "国务院", "国务院", "上一级主管部门")),
        ("justice_bureau", "", ("justice", "county", "本级人民政府（县（市、区）人民政府）", "上一级人民政府（市人民政府）", "上一级司法行政部门")),
    ],
)  # fmt: skip
def test_an_unnamed_office_is_described(spelling, region, expected):
    kind, level, government, above, department = expected
    assert generic(spelling, region=region) == OfficeFacts(
        kind=kind, level=level, name="本机关", government_name=government, superior_government=above,
        superior_department=department, basic_court="本机关所在地基层人民法院",
        intermediate_court="本机关所在地中级人民法院",
    )  # fmt: skip


def test_untold_of_the_right_there_is_a_year():
    assert reconsideration_untold_until(date(2026, 3, 2), CALENDAR) == date(2027, 3, 2)


@pytest.mark.parametrize(
    "received,expected",
    [
        # sure: the term ends before the days the next notice may still move
        ("2026-03-02", Projection(date(2026, 3, 17), False, False, date(2026, 3, 17))),
        # 28 December is the last sure day of 2026
        ("2026-12-13", Projection(date(2026, 12, 28), False, False, date(2026, 12, 28))),
        ("2026-12-14", Projection(date(2026, 12, 29), False, True, date(2026, 12, 29))),
        ("2026-12-16", Projection(date(2026, 12, 31), False, True, date(2026, 12, 31))),
        # 1 January falls into the new year's days off, and nobody has published how long they last
        ("2026-12-17", Projection(date(2027, 1, 4), True, False, date(2027, 1, 1))),
    ],
)
def test_how_sure_a_calendar_term_is(received, expected):
    assert answer_due("defence", date.fromisoformat(received), CALENDAR) == expected
    assert answer_due("rereply", date(2026, 3, 2), CALENDAR, days=1).date == date(2026, 3, 3)
