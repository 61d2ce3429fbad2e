"""Articles of the Regulation, one by one."""

from datetime import date

import pytest

import calendars
from law.errors import BadFacts
from law.gid.art10_responsible import Origin, Responsible, own_name, responsible
from law.gid.art16_discretionary import is_discretionary
from law.gid.art26_publication import publish_due
from law.gid.art27_who import takes_requests
from law.gid.art29_elements import forbidden_questions, missing_elements
from law.gid.art30_supplement import notice_due, window_end
from law.gid.art31_receipt import received_on, waits_for_confirmation
from law.gid.art32_third_party import may_refuse_for_third_party, opinion_due, silence_agrees
from law.gid.art33_reply import extended_due, longest_extension, reply_due
from law.gid.art36_reply import must_say
from law.gid.art37_separable import as_separable, must_ask_separable
from law.gid.art41_correction import Correction, correction_due, decide
from law.gid.art44_conversion import conversion_due
from law.gid.art49_annual_report import report_due
from law.outcomes import Outcome
from law.remedies import OfficeFacts, terms

D = date.fromisoformat
CALENDAR = calendars.load()


@pytest.mark.parametrize(
    "origin,who",
    [
        ("made", Responsible.MAKER),
        ("obtained_from_person", Responsible.HOLDER),
        ("obtained_from_organ", Responsible.FIRST_ORGAN),
        ("made_jointly", Responsible.LEADING_MAKER),
    ],
)
def test_art10_who_is_responsible(origin, who):
    assert responsible(origin) is responsible(Origin(origin)) is who
    assert who.label
    assert own_name(may_act_in_own_name=True)
    assert not own_name(may_act_in_own_name=False)


def test_art26_publication_within_twenty_working_days_or_a_shorter_local_term():
    assert publish_due(D("2026-03-02"), CALENDAR).date == D("2026-03-30")
    assert publish_due(D("2026-03-02"), CALENDAR, overrides={"art26.publish_days": 3}).date == D("2026-03-05")


@pytest.mark.parametrize(
    "kind,level,takes",
    [
        ("government", "county", True),
        ("township", "township", True),
        ("department", "county", True),
        ("department", "township", False),
        ("dispatched", "county", True),
    ],
)
def test_art27_who_takes_requests(kind, level, takes):
    assert takes_requests(OfficeFacts(kind=kind, level=level)) is takes


def test_art29_elements_and_what_is_not_asked():
    assert missing_elements(name="王某", identity="证件", contact="电话") == []
    assert missing_elements(name=" ", contact="电话") == ["姓名或者名称", "身份证明"]
    assert missing_elements() == ["姓名或者名称", "身份证明", "联系方式"]
    assert missing_elements(name="王某", identity="证件", contact="电话", description="", form="电子") == [
        "所需信息的名称、文号或者其他特征描述"
    ]
    assert forbidden_questions(["name", "purpose", "用途"]) == ["purpose", "用途"]


def test_art30_notice_and_window():
    assert notice_due(D("2026-02-06"), CALENDAR).date == D("2026-02-24")
    assert window_end(D("2026-03-09"), CALENDAR).date == D("2026-03-30")
    assert window_end(D("2026-03-09"), CALENDAR, days=10).date == D("2026-03-23")
    own = {"art30.supplement_term_days": 5}
    assert window_end(D("2026-03-09"), CALENDAR, overrides=own).date == D("2026-03-16")


@pytest.mark.parametrize(
    "channel,waits",
    [
        ("counter", False),
        ("post_signed", False),
        ("portal", False),
        ("post_plain", True),
        ("fax", True),
        ("email", True),
        ("oral", False),
        ("pushed", False),
    ],
)
def test_art31_which_channels_wait_for_confirmation(channel, waits):
    assert waits_for_confirmation(channel, D("2026-03-02")) is waits
    assert (received_on(channel=channel, arrived_on=D("2026-03-02")) is None) is waits


def test_art31_refuses_what_cannot_be():
    with pytest.raises(BadFacts) as refusal:
        received_on(channel="pigeon", arrived_on=D("2026-03-02"))
    assert refusal.value.field == "channel"
    with pytest.raises(BadFacts) as refusal:
        received_on(channel="fax", arrived_on=D("2026-03-02"), confirmed_on=D("2026-03-01"))
    assert refusal.value.field == "confirmed_on"


def test_art32_and_34_silence_means_opposite_things():
    on = D("2026-03-02")
    assert silence_agrees("joint", on)
    assert not silence_agrees("third", on)
    assert not silence_agrees("agency", on)
    assert {opinion_due(party, D("2026-03-11"), CALENDAR).date for party in ("third", "joint", "agency")} == {
        D("2026-04-01")
    }
    own = {"art33.agency_opinion_days": 5}
    assert opinion_due("agency", D("2026-03-11"), CALENDAR, overrides=own).date == D("2026-03-18")


@pytest.mark.parametrize(
    "objects,sound,public,refuse",
    [
        (True, True, False, True),
        (True, True, True, False),
        (True, False, False, False),
        (False, True, False, False),
    ],
)
def test_art32_an_objection_alone_carries_no_refusal(objects, sound, public, refuse):
    assert (
        may_refuse_for_third_party(objects=objects, reason_is_sound=sound, public_interest=public) is refuse
    )


def test_art33_reply_and_extension():
    assert reply_due(D("2026-03-02"), CALENDAR).date == D("2026-03-30")
    assert reply_due(D("2011-06-01"), CALENDAR).date == D("2011-06-23")
    assert extended_due(D("2026-03-02"), 20, CALENDAR).date == D("2026-04-28")
    assert (longest_extension(D("2026-03-02")), longest_extension(D("2011-06-01"))) == (20, 15)


def test_art36_what_a_reply_must_say():
    assert "检索关键词" in must_say(Outcome.NOT_EXIST)
    assert "时间" in must_say(Outcome.DISCLOSE)
    assert must_say(Outcome.REFUSE_INTERNAL) == ("条款项", "事实和理由", "不能区分处理的说明")
    assert must_say(Outcome.REPEAT) == ("理由",)
    assert [o for o in Outcome if is_discretionary(o)] == [
        Outcome.REFUSE_INTERNAL, Outcome.REFUSE_PROCESS, Outcome.REFUSE_ENFORCEMENT,
    ]  # fmt: skip


def test_art37_what_can_be_separated_is_provided():
    assert must_ask_separable(Outcome.REFUSE_PROCESS)
    assert not must_ask_separable(Outcome.NOT_EXIST)
    assert as_separable(Outcome.REFUSE_PROCESS, separable=True) is Outcome.PARTIAL
    assert as_separable(Outcome.REFUSE_PROCESS, separable=False) is Outcome.REFUSE_PROCESS
    assert as_separable(Outcome.NOT_EXIST, separable=True) is Outcome.NOT_EXIST


def test_art41_correction():
    assert decide(proven=True, competent=True) is Correction.CORRECT
    assert decide(proven=False, competent=True) is Correction.DECLINE
    assert decide(proven=True, competent=False) is Correction.HAND_OVER
    assert correction_due(D("2026-03-02"), CALENDAR).date == D("2026-03-30")
    own = {"art41.correction_days": 7}
    assert correction_due(D("2026-03-02"), CALENDAR, overrides=own).date == D("2026-03-11")


def test_art44_conversion():
    assert conversion_due(D("2026-03-02"), CALENDAR).date == D("2026-03-30")
    own = {"art44.conversion_days": 7}
    assert conversion_due(D("2026-03-02"), CALENDAR, overrides=own).date == D("2026-03-11")


@pytest.mark.parametrize(
    "kind,due",
    [
        ("department", "2027-01-31"),
        ("township", "2027-01-31"),
        ("government", "2027-03-31"),
        ("government_office", "2027-03-31"),
    ],
)
def test_art49_annual_report(kind, due):
    assert report_due(2026, OfficeFacts(kind=kind, level="county")) == D(due)


def test_art49_until_2019_every_report_was_due_at_the_end_of_march():
    department = OfficeFacts(kind="department", level="county")
    assert report_due(2018, department) == D("2019-03-31")
    assert report_due(2019, department) == D("2020-01-31")


def test_terms_of_remedies():
    on = D("2026-03-02")
    assert terms.reconsideration_until(on, CALENDAR) == D("2026-05-06")
    assert terms.suit_after_until(on, CALENDAR) == D("2026-03-17")
    assert terms.direct_suit_until(on, CALENDAR) == D("2026-09-02")
    assert terms.direct_suit_until(D("2014-09-09"), CALENDAR) == D("2014-12-09")
    assert terms.reconsideration_untold_until(on, CALENDAR) == D("2027-03-02")
