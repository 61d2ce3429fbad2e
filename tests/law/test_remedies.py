"""Remedies: the class by outcome and day, the body and court by office, the words item by item."""

import itertools
from datetime import date

import pytest

from law.errors import BadFacts, NotOverridable
from law.outcomes import Outcome
from law.remedies import OfficeFacts, body_is_open, is_procedural, objection, paragraphs, remedy
from law.remedies.kinds import generic

AFTER, BEFORE = date(2026, 11, 20), date(2023, 12, 31)
REFUSED = [o for o in Outcome if o.value.startswith("refuse_")]
DEFAULT_B = {"needs_making", "petition", "publication", "repeat", "admin_query", "reconfirm"}
SPELLINGS = [
    f"{level}_{kind}"
    for level in ("province", "city", "county")
    for kind in (
        "government",
        "government_office",
        "department",
        "zone",
        "vertical",
        "dispatched",
        "authorised",
        "party_gov",
    )
] + ["township", "nation_department"]


def office(**more):
    facts = {
        "kind": "department", "level": "county", "name": "清源县自然资源局", "government_name": "清源县人民政府",
        "superior_government": "临江市人民政府", "superior_department": "临江市自然资源局",
        "basic_court": "清源县人民法院", "intermediate_court": "临江市中级人民法院",
    }  # fmt: skip
    return OfficeFacts.from_dict(facts | more)


SIGNED = [BEFORE, date(2024, 1, 1), date(2026, 6, 30), date(2026, 7, 1), AFTER]


def expected_class(outcome, on):
    if on <= BEFORE:
        return "B"
    if outcome in REFUSED or outcome is Outcome.PARTIAL:
        return "A"
    return "C" if outcome.value in DEFAULT_B else "B"


@pytest.mark.parametrize("outcome", Outcome)
def test_the_whole_matrix(outcome):
    for spelling, on in itertools.product(SPELLINGS, SIGNED):
        found = remedy(outcome, generic(spelling), on)
        assert found.cls == expected_class(outcome, on), (spelling, on)
        assert "60日内" in found.sentence
        if found.cls == "A":
            assert "6个月" not in found.sentence
            assert "应当" not in found.sentence
            assert "可以自收到本答复书之日起60日内先向" in found.sentence
            assert "15日内" in found.sentence
            assert found.suit_months is None
        else:
            assert "或者自收到本答复书之日起6个月内向" in found.sentence
            assert found.suit_months == 6


@pytest.mark.parametrize(
    "facts,body,court",
    [
        ({}, "清源县人民政府", "清源县人民法院"),
        ({"kind": "township", "level": "township", "name": "石桥镇人民政府"}, "清源县人民政府", "清源县人民法院"),
        ({"kind": "government", "name": "清源县人民政府"}, "临江市人民政府", "临江市中级人民法院"),
        ({"kind": "government", "level": "city", "name": "临江市人民政府", "superior_government": "某省人民政府"}, "某省人民政府", "临江市中级人民法院"),
        ({"kind": "government", "level": "province", "name": "某省人民政府"}, "某省人民政府", "临江市中级人民法院"),
        ({"kind": "vertical", "name": "清源县税务局", "superior_department": "临江市税务局"}, "临江市税务局", "清源县人民法院"),
        ({"kind": "vertical", "name": "临江海关", "superior_department": "江城海关"}, "江城海关", "临江市中级人民法院"),
        ({"kind": "dispatched", "name": "清源县市场监督管理局城关所"}, "清源县人民政府", "清源县人民法院"),
        ({"kind": "authorised", "name": "清源县住房公积金管理部"}, "清源县人民政府", "清源县人民法院"),
        ({"kind": "zone", "name": "清源经济开发区管委会"}, "清源县人民政府", "清源县人民法院"),
        ({"kind": "government_office", "name": "清源县人民政府办公室"}, "清源县人民政府", "清源县人民法院"),
        ({"name": "清源县司法局", "superior_department": "临江市司法局"}, "清源县人民政府或者临江市司法局", "清源县人民法院"),
        ({"reconsideration_body": "另定机关", "court": "集中管辖法院"}, "另定机关", "集中管辖法院"),
    ],
)  # fmt: skip
def test_body_and_court_follow_from_the_office(facts, body, court):
    found = remedy("disclose", office(**facts), AFTER)
    assert (found.body, found.court) == (body, court)


@pytest.mark.parametrize(
    "facts,body",
    [
        ({}, "清源县人民政府或者临江市自然资源局"),
        ({"superior_department": ""}, "清源县人民政府或者上一级主管部门"),
        ({"kind": "vertical"}, "临江市自然资源局"),
        ({"kind": "government", "name": "清源县人民政府"}, "临江市人民政府"),
    ],
)
def test_before_2024_a_departments_reply_names_two_bodies(facts, body):
    found = remedy("refuse_process", office(**facts), BEFORE)
    assert (found.cls, found.body) == ("B", body)


@pytest.mark.parametrize(
    "facts,field",
    [
        ({"government_name": ""}, "government_name"),
        ({"basic_court": ""}, "basic_court"),
        ({"kind": "government", "intermediate_court": ""}, "intermediate_court"),
        ({"kind": "government", "superior_government": ""}, "superior_government"),
        ({"kind": "vertical", "superior_department": ""}, "superior_department"),
        ({"kind": "township", "level": "township", "government_name": "", "superior_government": ""}, "superior_government"),
    ],
)  # fmt: skip
def test_a_missing_fact_is_named(facts, field):
    with pytest.raises(BadFacts) as refusal:
        remedy("disclose", office(**facts), AFTER)
    assert refusal.value.field == field


@pytest.mark.parametrize("field,value", [("kind", "bureau"), ("level", "village"), ("kind", "")])
def test_an_unknown_kind_or_level_is_refused(field, value):
    with pytest.raises(BadFacts):
        office(**{field: value})


def test_an_unknown_outcome_is_refused():
    with pytest.raises(BadFacts) as refusal:
        remedy("refuse", office(), AFTER)
    assert refusal.value.field == "outcome"


def test_electronic_service_needs_an_online_channel():
    with pytest.raises(BadFacts) as refusal:
        remedy("disclose", office(), AFTER, electronic=True)
    assert refusal.value.field == "reconsideration_online"
    found = remedy(
        "disclose", office(reconsideration_online="https://fy.example.test/"), AFTER, electronic=True
    )
    assert "https://fy.example.test/" in found.sentence
    assert remedy("disclose", office(), BEFORE, electronic=True).online == ""


def test_one_item_speaks_of_the_reply():
    assert paragraphs([("第一项", "disclose")], office(), AFTER) == [
        (
            "对本答复不服的，可以自收到本答复书之日起60日内向清源县人民政府申请行政复议，"
            "或者自收到本答复书之日起6个月内向清源县人民法院提起行政诉讼。"
        )
    ]
    assert paragraphs([("第一项", "partial")], office(), AFTER) == [
        (
            "对本答复中不予公开的部分不服的，可以自收到本答复书之日起60日内先向清源县人民政府申请行政复议；"
            "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向清源县人民法院提起行政诉讼。"
        )
    ]


def test_items_of_both_kinds_are_told_apart():
    items = [
        ("第一项", "disclose"),
        ("第二项", "refuse_process"),
        ("第三项", "partial"),
        ("第四项", "not_exist"),
    ]
    first, second = paragraphs(items, office(), AFTER)
    assert first.startswith(
        "对第二项不予公开以及第三项中不予公开的部分不服的，可以自收到本答复书之日起60日内先向"
    )
    assert "6个月" not in first
    assert second.startswith("对其余各项不服的，")
    assert "6个月" in second


def test_items_of_one_kind_need_one_paragraph():
    assert len(paragraphs([("第一项", "disclose"), ("第二项", "not_exist")], office(), AFTER)) == 1
    (told,) = paragraphs([("第一项", "refuse_internal"), ("第二项", "refuse_other_law")], office(), AFTER)
    assert told.startswith("对第一项、第二项不予公开不服的，")
    assert "6个月" not in told


def test_before_2024_every_item_is_written_alike():
    (told,) = paragraphs([("第一项", "refuse_internal"), ("第二项", "disclose")], office(), BEFORE)
    assert "6个月" in told


def test_no_items_no_clause():
    with pytest.raises(BadFacts):
        paragraphs([], office(), AFTER)


def test_procedural_papers_bear_no_clause():
    assert is_procedural("supplement_notice")
    assert is_procedural("extension_notice")
    assert not is_procedural("reply")


@pytest.mark.parametrize("outcome", Outcome)
def test_each_outcome_is_whole(outcome):
    assert outcome.label
    assert outcome.family in {"grant", "partial", "refuse", "unable", "not_handled", "other"}
    assert outcome.annual_row.startswith("三(")
    assert (outcome.ground != "") == (outcome.family == "refuse")
    assert outcome.article or outcome.value in {"reconfirm", "withdrawn"}


@pytest.mark.parametrize(
    "spelling,on,body",
    [
        ("county_department", AFTER, "本级人民政府（县（市、区）人民政府）"), ("city_department", AFTER, "本级人民政府（市人民政府）"),
        ("province_department", AFTER, "本级人民政府（省（自治区、直辖市）人民政府）"), ("provincial_department", AFTER, "本级人民政府（省（自治区、直辖市）人民政府）"),
        ("township", AFTER, "县（市、区）人民政府"), ("street_office", AFTER, "县（市、区）人民政府"), ("subdistrict", BEFORE, "县（市、区）人民政府"),
        ("county_government", AFTER, "上一级人民政府（市人民政府）"), ("city_government", AFTER, "上一级人民政府（省（自治区、直辖市）人民政府）"),
        ("provincial_government", AFTER, "本机关"), ("state_council_department", AFTER, "本机关"), ("national_department", BEFORE, "本机关"),
        ("nation_vertical", AFTER, "本机关"),
        *[(name, on, "上一级主管部门") for name in ("vertical", "customs", "tax", "finance", "state_security", "city_tax", "province_customs") for on in (AFTER, BEFORE)],
        ("justice_bureau", AFTER, "本级人民政府（县（市、区）人民政府）或者上一级司法行政部门"),
        ("county_dispatched", AFTER, "本级人民政府（县（市、区）人民政府）"), ("city_dispatched", AFTER, "本级人民政府（市人民政府）或者本机关所在地人民政府"),
        ("authorized_organization", AFTER, "本级人民政府（县（市、区）人民政府）"), ("development_zone", AFTER, "本级人民政府（县（市、区）人民政府）"),
        ("government_office", AFTER, "本级人民政府（县（市、区）人民政府）"),
        ("county_department", BEFORE, "本级人民政府（县（市、区）人民政府）或者上一级主管部门"), ("city_dispatched", BEFORE, "本级人民政府（市人民政府）或者上一级主管部门"),
    ],
)  # fmt: skip
def test_each_kind_of_office_has_its_body(spelling, on, body):
    found = remedy("disclose", generic(spelling), on)
    assert found.body == body
    assert f"向{found.body}申请行政复议" in found.sentence


def test_only_governments_and_state_council_departments_go_to_the_intermediate_court():
    high = {s for s in [*SPELLINGS, "street_office"] if "中级" in remedy("disclose", generic(s), AFTER).court}
    assert high == {
        "province_government",
        "city_government",
        "county_government",
        "nation_department",
    }


def test_a_region_names_its_government():
    assert remedy("disclose", generic("county_department", region="清源县"), AFTER).body == "清源县人民政府"
    assert remedy("disclose", generic("street_office", region="清源县"), AFTER).body == "清源县人民政府"


@pytest.mark.parametrize("spelling", ["", "bureau", "county_", "village_department", "county_bureau"])
def test_an_unknown_spelling_lists_the_choices(spelling):
    with pytest.raises(BadFacts, match=r"可用：.+county_department") as refusal:
        generic(spelling)
    assert refusal.value.field == "office_kind"


def test_the_sentence_is_made_of_its_parts():
    for outcome, on in itertools.product(("refuse_process", "partial", "disclose", "no_reply"), SIGNED):
        found = remedy(outcome, office(), on)
        rest = found.sentence
        for part in ("subject", "reconsideration", "litigation"):
            assert found.parts[part] in rest
            rest = rest.partition(found.parts[part])[2]
        assert rest == "。"


def test_procedural_papers_have_class_p():
    for paper in ("extension_notice", "supplement_notice", "consultation_third_party"):
        found = remedy(paper, office(), AFTER)
        assert (found.cls, found.sentence, found.body, found.suit_months) == ("P", "", "", None)
    fee = remedy("fee_notice", office(), AFTER)
    assert (fee.cls, fee.sentence) == ("P", objection("fee_notice"))
    assert "不单独申请行政复议" in fee.sentence


def test_before_the_regulation_there_is_nothing_to_complain_of():
    with pytest.raises(BadFacts, match="尚未施行") as refusal:
        remedy("disclose", office(), date(2008, 4, 30))
    assert refusal.value.field == "on"
    assert "没有这样的答复" in str(refusal.value)
    assert "3个月" in remedy("disclose", office(), date(2008, 5, 1)).sentence
    with pytest.raises(BadFacts, match="（2008年5月1日起），没有这样的文书。"):
        remedy("extension_notice", office(), date(2008, 4, 30))
    assert remedy("extension_notice", office(), date(2008, 5, 1)).cls == "P"


PARTIAL_B = {"remedies.class.partial": [["2026-08-01", "B"]]}
NO_SUIT = {"remedies.excluded_direct_suit": [["2026-08-01", False]]}


def test_an_offices_own_reading_of_partial_disclosure_counts_from_its_day():
    own = office(readings=PARTIAL_B)
    assert remedy("partial", own, date(2026, 7, 31)).cls == "A"
    found = remedy("partial", own, date(2026, 8, 1))
    assert (found.cls, found.suit_months) == ("B", 6)
    assert "6个月" in paragraphs([("第一项", "partial"), ("第二项", "disclose")], own, AFTER)[0]


def test_an_offices_own_reading_of_class_c_leaves_direct_suit_out():
    own = office(readings=NO_SUIT)
    assert remedy("repeat", own, date(2026, 7, 31)).written_as == "B"
    found = remedy("repeat", own, AFTER)
    assert (found.cls, found.written_as, found.suit_months) == ("C", "R", None)
    assert "6个月" not in found.sentence
    assert "先向" not in found.sentence
    items = [("第一项", "refuse_process"), ("第二项", "repeat"), ("第三项", "disclose")]
    told = paragraphs(items, own, AFTER)
    assert [t.partition("，")[0] for t in told] == [
        "对第一项不予公开不服的",
        "对第二项不服的",
        "对其余各项不服的",
    ]
    assert ["6个月" in t for t in told] == [False, False, True]


def test_what_the_law_fixes_no_office_reads_otherwise():
    with pytest.raises(NotOverridable):
        remedy("refuse_process", office(readings={"remedies.class.refused": [["2026-01-01", "B"]]}), AFTER)


def test_names_that_stand_in_where_an_office_has_not_told_its_own():
    nation = OfficeFacts(kind="department", level="nation", intermediate_court="北京市某中级人民法院")
    assert remedy("disclose", nation, date(2026, 3, 2)).body == "本机关"
    justice = OfficeFacts(
        kind="justice", level="county", government_name="清源县人民政府", basic_court="清源县人民法院"
    )
    assert remedy("disclose", justice, date(2026, 3, 2)).body == "清源县人民政府或者上一级司法行政部门"


@pytest.mark.parametrize("name,heard_by", [
    ("青山海关", "临江市中级人民法院"), ("海关总署", "临江市中级人民法院"), ("青山县税务局", "青山县人民法院"),
])  # fmt: skip
def test_what_customs_decide_is_heard_by_an_intermediate_court(name, heard_by):
    office = OfficeFacts(
        kind="vertical", level="city", name=name, superior_department="上一级机关",
        basic_court="青山县人民法院", intermediate_court="临江市中级人民法院",
    )  # fmt: skip
    assert remedy("disclose", office, date(2026, 3, 2)).court == heard_by


@pytest.mark.parametrize(
    "spelling,level", [("customs", "中级"), ("city_customs", "中级"), ("tax", "基层"), ("vertical", "基层")]
)
def test_customs_are_known_by_their_spelling_too(spelling, level):
    assert remedy("disclose", generic(spelling), AFTER).court == f"本机关所在地{level}人民法院"


def test_whose_body_the_law_leaves_open():
    told = {
        kind: body_is_open(OfficeFacts(kind=kind, level="county"))
        for kind in ("department", "government", "zone", "dispatched")
    }
    assert told == {"department": False, "government": False, "zone": True, "dispatched": True}
