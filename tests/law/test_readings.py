"""Each reading of `law/READINGS.md`, pinned."""

import re
from datetime import date
from pathlib import Path

import pytest

import calendars
from law import values
from law.annual.tally import Period, Proceeding, Request, counted_proceedings
from law.clock import ImpossibleEvent, Status, evaluate
from law.errors import BadFacts
from law.fees import items_fee
from law.gid.art17_review import report_stops_clock
from law.gid.art31_receipt import received_on
from law.gid.art35_excess import ask_due, explain_due
from law.gid.art42_fee import is_excessive, may_charge
from law.records.annual import annual_outcome, suit_counts
from law.records.retention import retention_years, transfer_due
from law.remedies import OfficeFacts, remedy
from law.remedies.answering import may_serve_as_evidence
from law.remedies.kinds import generic
from law.values import dated, number

D = date.fromisoformat
HERE = Path(__file__)
TODAY = date(2026, 11, 20)


def clock(arrived, events=(), *, as_of=None, channel="counter", **more):
    last = max([e["on"] for e in events], default=arrived)
    return evaluate(channel=channel, arrived_on=D(arrived), events=events, as_of=D(as_of or last), **more)


def consult(name, on, party="third", delivered=None):
    return {"type": "consultation_sent", "id": name, "party": party, "on": on, "delivered_on": delivered}


def opinion(name, on):
    return {"type": "opinion_received", "id": name, "on": on}


def test_each_reading_has_its_test_and_each_value_its_reading():
    text = (HERE.parents[2] / "law/READINGS.md").read_text("utf-8")
    listed = set(re.findall(r"^\| (R\d+) \|", text, re.M))
    here = {f"R{n}" for n in re.findall(r"^def test_r(\d+)_", HERE.read_text("utf-8"), re.M)}
    assert listed - {"R20"} == here
    cited = {v.reading for held in values.table().values() for v in held if v.reading}
    assert cited <= listed
    unsure = [
        v for held in values.table().values() for v in held if v.certainty == "disputed" and not v.reading
    ]
    assert unsure == []


def test_r1_receipt():
    arrived, confirmed = D("2026-03-02"), D("2026-03-05")
    told = {
        channel: received_on(channel=channel, arrived_on=arrived, confirmed_on=confirmed)
        for channel in ("counter", "post_signed", "post_plain", "portal", "fax", "email", "oral", "pushed")
    }
    waiting = {"post_plain", "fax", "email"}
    assert told == {channel: confirmed if channel in waiting else arrived for channel in told}
    own = {"art31.receipt.email": "arrived"}
    assert received_on(channel="email", arrived_on=arrived, overrides=own) == arrived


def test_r2_agency_silence():
    events = [consult("a", "2026-03-09", "agency", "2026-03-11")]
    assert clock("2026-03-02", events).due_on == D("2026-04-23")
    own = {"art33.agency_opinion_days": 5}
    assert clock("2026-03-02", events, overrides=own).due_on == D("2026-04-09")


def test_r3_supplement_window():
    events = [{"type": "supplement_notice", "on": "2026-03-09", "delivered_on": "2026-03-11"}]
    assert clock("2026-03-02", events).supplement_due_on == D("2026-04-01")
    own = {"art30.supplement_term_days": 10}
    assert clock("2026-03-02", events, overrides=own).supplement_due_on == D("2026-03-25")


def test_r4_consultation_time():
    late_opinion = [consult("a", "2026-03-09", delivered="2026-03-11"), opinion("a", "2026-05-20")]
    assert clock("2026-03-02", late_opinion).due_on == D("2026-04-23")
    overlapping = [
        consult("a", "2026-03-09"),
        consult("b", "2026-03-12"),
        opinion("a", "2026-03-16"),
        opinion("b", "2026-03-18"),
    ]
    assert clock("2026-03-02", overlapping).due_on == calendars.load().add_working_days(D("2026-03-02"), 27)
    same_day = [consult("a", "2026-03-09"), opinion("a", "2026-03-09")]
    assert clock("2026-03-02", same_day).due_on == D("2026-03-30")
    undelivered = clock("2026-03-02", [consult("a", "2026-03-09")], as_of="2026-03-11")
    assert (undelivered.due_on, undelivered.assumed) == (D("2026-04-23"), True)


def test_r5_regime_by_start():
    assert clock("2019-05-14").quota == 15
    assert clock("2019-05-15").quota == 20
    assert number("art33.extensions_max", D("2010-01-04")) == 1


def test_r6_completion():
    told = {}
    for channel in ("counter", "post", "courier", "portal", "email"):
        events = [
            {"type": "replied", "on": "2026-03-26"},
            {"type": "served", "channel": channel, "on": "2026-03-27"}
            | ({"signed_on": "2026-03-31"} if channel == "courier" else {}),
        ]
        reading = clock("2026-03-02", events)
        told[channel] = (reading.completed_on, reading.status, reading.flags)
    in_time = (D("2026-03-27"), Status.MET, ())
    assert told == dict.fromkeys(["counter", "post", "portal", "email"], in_time) | {
        "courier": (D("2026-03-31"), Status.LATE, ("courier",))
    }


def test_r7_payment_restarts():
    events = [{"type": "fee_notice", "on": "2026-03-10"}, {"type": "fee_paid", "on": "2026-04-09"}]
    reading = clock("2026-03-02", events)
    assert (reading.clock_start_on, reading.flags) == (D("2026-04-09"), ("late_payment",))


def test_r8_excess_runs_on():
    events = [{"type": "excess_asked", "on": "2026-03-05"}, {"type": "excess_explained", "on": "2026-03-12"}]
    assert clock("2026-03-02", events).due_on == D("2026-03-30")
    assert clock("2026-03-02", events, overrides={"art35.stops_clock": True}).due_on == D("2026-04-07")


def test_r9_ordered_rereply():
    replied = {"type": "replied", "on": "2026-03-30"}
    order = {"type": "ordered_rereply", "on": "2026-06-01"}
    assert clock("2026-03-02", [replied, order]).due_on == calendars.load().add_working_days(
        D("2026-06-01"), 20
    )
    more = {"type": "extension", "on": "2026-06-10", "days": 20}
    assert clock("2026-03-02", [replied, order, more]).quota == 40


def test_r10_internal_terms():
    for key in ("art41.correction_days", "art44.conversion_days"):
        held = dated(key, TODAY)
        assert (held.value, held.certainty, held.overridable) == (20, "practice", True)


def test_r11_delay():
    asked = {"type": "excess_asked", "on": "2026-03-05"}
    delay = {"type": "excess_delay", "on": "2026-03-20", "until": "2026-05-02"}
    assert clock("2026-03-02", [asked, delay]).due_on == D("2026-05-06")
    # A consultation holds back the quota of working days, not the day that was stated to the applicant ...
    within = [consult("a", "2026-04-20"), opinion("a", "2026-04-23")]
    assert clock("2026-03-02", [asked, delay, *within]).due_on == D("2026-05-06")
    # ... unless that day lies in it, or the quota so held back ends later.
    over = [consult("a", "2026-04-20"), opinion("a", "2026-05-11")]
    assert clock("2026-03-02", [asked, delay, *over]).due_on == D("2026-05-12")
    early = [consult("a", "2026-03-05"), opinion("a", "2026-03-20")]
    later = [consult("b", "2026-03-24"), opinion("b", "2026-04-20")]
    assert clock("2026-03-02", [asked, delay, *early, *later]).due_on == D("2026-05-13")
    # An extension granted after it adds to the stated day; one granted before is part of the quota.
    extended = {"type": "extension", "on": "2026-04-01", "days": 5}
    assert clock("2026-03-02", [asked, delay, extended]).due_on == D("2026-05-12")


def test_r12_buffer():
    held = dated("art32.publication_buffer_days", TODAY)
    assert (held.value, held.overridable) == (0, True)


def test_r13_partial():
    office = generic("county_department")
    told = {
        day: remedy("partial", office, D(day)).cls
        for day in ("2023-12-31", "2024-01-01", "2026-06-30", "2026-07-01")
    }
    assert told == {"2023-12-31": "B", "2024-01-01": "A", "2026-06-30": "A", "2026-07-01": "A"}
    assert remedy("partial", office, D("2026-06-30")).certainty == "disputed"
    assert remedy("partial", office, D("2026-07-01")).certainty == "second-hand"


def test_r14_class_c():
    office = generic("county_department")
    for outcome in ("needs_making", "petition", "publication", "repeat", "admin_query", "reconfirm"):
        found = remedy(outcome, office, TODAY)
        assert (found.cls, found.written_as, found.suit_months) == ("C", "B", 6)


def test_r15_disputed_bodies():
    for kind in ("government_office", "zone", "party_gov"):
        office = OfficeFacts(
            kind=kind, level="county", government_name="清源县人民政府", basic_court="清源县人民法院"
        )
        assert remedy("disclose", office, TODAY).body == "清源县人民政府"
        own = OfficeFacts(
            kind=kind, level="county", reconsideration_body="某市人民政府", court="某市铁路运输法院"
        )
        found = remedy("disclose", own, TODAY)
        assert (found.body, found.court) == ("某市人民政府", "某市铁路运输法院")


def test_r16_day_zero():
    assert clock("2026-02-14").due_on == clock("2026-02-15").due_on == D("2026-03-20")


def test_r17_withdrawal():
    in_time = clock("2026-03-02", [{"type": "withdrawn", "on": "2026-03-30"}])
    assert (in_time.status, in_time.due_on) == (Status.STOPPED, None)
    late = clock("2026-03-02", [{"type": "withdrawn", "on": "2026-03-31"}])
    assert (late.status, late.due_on) == (Status.LATE, D("2026-03-30"))


def test_r18_reassessment():
    assert number("art18.reassess_months", TODAY) == 12


def test_r19_fee_month():
    assert items_fee(1, D("2026-03-31"), already=10).total == 100
    assert items_fee(1, D("2026-04-01"), already=0).total == 0


def test_r21_mixture():
    assert annual_outcome(["disclose", "refuse_process"], TODAY) == "partial"
    assert annual_outcome(["partial", "not_exist"], TODAY) == "partial"
    assert annual_outcome(["not_exist", "disclose"], TODAY) == "disclose"
    assert annual_outcome(["petition", "not_exist", "not_ours"], TODAY) == "not_exist"
    assert annual_outcome(["withdrawn"], TODAY) == "withdrawn"
    own = {"annual.mixture_order": "unable,grant,refuse,not_handled,other"}
    assert annual_outcome(["not_exist", "disclose"], TODAY, overrides=own) == "not_exist"
    with pytest.raises(BadFacts):
        annual_outcome([], TODAY)


def test_r22_no_reply():
    found = remedy("no_reply", generic("county_department"), TODAY)
    assert (found.cls, found.certainty, found.suit_months) == ("B", "disputed", 6)


def test_r23_reporting_runs_on():
    assert report_stops_clock(TODAY) is False
    assert dated("art17.report_stops_clock", TODAY).certainty == "disputed"


def test_r24_asking_for_reasons():
    assert ask_due(D("2026-03-02"), calendars.load()).date == D("2026-03-11")
    own = {"art35.ask_days": [(D("2026-03-01"), 5)]}
    assert ask_due(D("2026-03-02"), calendars.load(), overrides=own).date == D("2026-03-09")


def test_r25_charging():
    assert may_charge(TODAY, excessive=True)
    assert not may_charge(TODAY, excessive=False)
    assert not may_charge(D("2020-12-31"), excessive=True)
    assert [is_excessive(TODAY, items=n) for n in (10, 11)] == [False, True]
    assert [is_excessive(TODAY, pages=n) for n in (30, 31)] == [False, True]
    assert is_excessive(TODAY, items=1, already=10)


def test_r26_fee_notice():
    office = generic("county_department")
    assert remedy("fee_notice", office, TODAY).suit_months is None
    assert remedy("lapsed_fee", office, TODAY).suit_months == 6


def test_r27_later_evidence():
    assert may_serve_as_evidence(existed_on=D("2026-03-30"), acted_on=D("2026-03-30"))
    assert not may_serve_as_evidence(existed_on=D("2026-03-31"), acted_on=D("2026-03-30"))


def test_r28_retention():
    assert (retention_years(["disclose"], TODAY), retention_years(["partial"], TODAY)) == (10, 30)
    assert transfer_due(TODAY) == D("2027-06-30")


def test_r29_late_or_second_supplement():
    for day in ("2026-03-12", "2026-03-30"):
        with pytest.raises(ImpossibleEvent, match="沟通函"):
            clock("2026-03-02", [{"type": "supplement_notice", "on": day, "days": 15}])
    once = [
        {"type": "supplement_notice", "on": "2026-03-05", "days": 15},
        {"type": "supplement_received", "on": "2026-03-10"},
    ]
    with pytest.raises(ImpossibleEvent, match="一次性"):
        clock("2026-03-02", [*once, {"type": "supplement_notice", "on": "2026-03-12", "days": 15}])


def test_r30_year_of_receipt():
    events = [
        {"type": "supplement_notice", "on": "2025-12-31", "days": 15},
        {"type": "supplement_received", "on": "2026-01-12"},
    ]
    reading = clock("2025-12-29", events)
    assert (reading.received_on, reading.clock_start_on) == (D("2025-12-29"), D("2026-01-12"))


def test_r31_unreachable():
    reading = clock("2026-03-02", channel="fax")
    assert (reading.received_on, reading.due_on, reading.waiting) == (None, None, "confirmation")
    assert reading.alert_due_on == D("2026-03-30")


def test_r32_co_defendant():
    assert suit_counts(TODAY, as_reconsideration_body=False)
    assert not suit_counts(TODAY, as_reconsideration_body=True)
    own = {"annual.co_defendant_counts": [(D("2026-01-01"), True)]}
    assert suit_counts(TODAY, as_reconsideration_body=True, overrides=own)


def test_r33_giving_reasons():
    assert explain_due(D("2026-03-02"), calendars.load()).date == D("2026-03-11")
    assert explain_due(D("2026-03-02"), calendars.load(), days=10).date == D("2026-03-16")
    own = {"art35.explain_days": [(D("2026-03-01"), 5)]}
    assert explain_due(D("2026-03-02"), calendars.load(), overrides=own).date == D("2026-03-09")


def test_r34_first_reply():
    case = Request(1, "natural", D("2025-11-03"), D("2025-12-01"), "refuse_process")
    assert list(case.rows(Period.of_year(2025))) == ["new", "refuse_6"]
    assert list(case.rows(Period.of_year(2026))) == []


def test_r35_instances():
    first = Proceeding(1, "direct", D("2025-03-03"), D("2025-06-02"), "upheld")
    second = Proceeding(2, "direct", D("2025-07-01"), None, "", after=1)
    year = Period.of_year(2025)
    assert [(one.id, one.result_in(year)) for one in counted_proceedings([first, second], year)] == [
        (2, "pending")
    ]
    half = Period(D("2025-01-01"), D("2025-06-30"))
    assert [(one.id, one.result_in(half)) for one in counted_proceedings([first, second], half)] == [
        (1, "upheld")
    ]
    assert counted_proceedings([first], Period.of_year(2026)) == []
