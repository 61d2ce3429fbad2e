"""What an office's own parameters do to a clock, and which it may not have; the limits of an event's fields."""

from datetime import date, datetime

import pytest

from law.clock import evaluate
from law.clock.errors import SHOWN, BadEvent, ImpossibleEvent, quoted
from law.clock.events import MOST_DAYS, MOST_LETTERS, read_day, read_event
from law.errors import NotOverridable

D = date.fromisoformat


def read(*events, channel="counter", as_of="2026-03-31", own=None, **more):
    told = [
        {**event, "on": D(event["on"])} if isinstance(event.get("on"), str) else event for event in events
    ]
    return evaluate(
        channel=channel, arrived_on=D("2026-03-02"), events=told, as_of=D(as_of), overrides=own, **more
    )


def of(kind, on, **more):
    return {"type": kind, "on": on, **more}


ASKED = of("consultation_sent", "2026-03-09", id="a", party="third", delivered_on=D("2026-03-11"))
WITH_AGENCY = ASKED | {"party": "agency"}
ANSWERED = (
    of("replied", "2026-03-16"),
    of("served", "2026-03-17", channel="email", signed_on=D("2026-03-20")),
)
FEE = of("fee_notice", "2026-03-10")
#: An office's own parameter, the events it is tried on, the date it changes, as the law has it and as the office has.
OWN = [
    ("art30.supplement_term_days", 10, [of("supplement_notice", "2026-03-09")], "supplement_due_on", "2026-03-30", "2026-03-23"),
    ("art33.agency_opinion_days", 5, [WITH_AGENCY], "due_on", "2026-04-23", "2026-04-09"),
    ("art35.stops_clock", True, [of("excess_asked", "2026-03-05"), of("excess_explained", "2026-03-12")], "due_on", "2026-03-30", "2026-04-07"),
    ("fees.payment_days", 10, [FEE], "fee_due_on", "2026-04-08", "2026-03-24"),
    ("fees.clock_restarts", False, [FEE, of("fee_paid", "2026-03-17")], "due_on", "2026-04-15", "2026-04-07"),
    ("rereply.days", 15, [of("ordered_rereply", "2026-03-10")], "due_on", "2026-04-08", "2026-03-31"),
    ("completion.email", "signed", ANSWERED, "completed_on", "2026-03-17", "2026-03-20"),
]  # fmt: skip


@pytest.mark.parametrize("key,value,events,field,lawful,own", OWN, ids=[row[0] for row in OWN])
def test_an_office_may_read_for_itself_what_the_text_leaves_open(key, value, events, field, lawful, own):
    assert getattr(read(*events), field) == D(lawful)
    assert getattr(read(*events, own={key: value}), field) == D(own)
    # From a day after the clock began it changes nothing of this clock.
    assert getattr(read(*events, own={key: [(date(2026, 3, 18), value)]}), field) == D(lawful)


@pytest.mark.parametrize("key,value", [
    ("art33.reply_days", 15), ("art33.extension_days_max", 30), ("art33.extensions_max", 2), ("art30.notice_days", 10),
    ("art32.opinion_days", 10), ("art34.opinion_days", 10), ("art33.pauses.third", False), ("art33.pauses.agency", False),
    ("art33.pauses.joint", False),
])  # fmt: skip
def test_what_the_text_fixes_no_office_may_change(key, value):
    with pytest.raises(NotOverridable) as refused:
        read(own={key: value})
    assert refused.value.key == key
    assert key in refused.value.message


def test_the_term_of_payment_runs_from_the_day_the_notice_was_delivered():
    assert read(FEE).fee_due_on == D("2026-04-08")
    assert read(FEE | {"delivered_on": D("2026-03-12")}).fee_due_on == D("2026-04-10")
    assert read(FEE | {"delivered_on": D("2026-03-10")}).fee_due_on == D("2026-04-08")
    with pytest.raises(ImpossibleEvent) as refused:
        read(FEE | {"delivered_on": D("2026-03-09")})
    assert (refused.value.code, refused.value.message) == (
        "delivered_before_sent",
        "收费通知的送达日早于发出日。",
    )


def test_where_payment_does_not_restart_the_clock_it_goes_on_with_what_was_left():
    own = {"fees.clock_restarts": False}
    paid = read(FEE, of("fee_paid", "2026-03-17"), own=own, as_of="2026-03-18")
    assert (paid.clock_start_on, paid.used, paid.left, paid.waiting) == (D("2026-03-02"), 7, 13, "")
    assert paid.flags == ()
    at_once = read(FEE, of("fee_paid", "2026-03-10"), own=own)
    assert at_once.due_on == D("2026-03-30")
    with pytest.raises(ImpossibleEvent, match="没有正在等待的收费通知"):
        read(FEE, of("fee_paid", "2026-03-17"), of("fee_paid", "2026-03-18"), own=own)


def test_a_mail_that_bounced_serves_nothing_and_the_first_service_counts():
    reply = of("replied", "2026-03-16")
    bounced = of("served", "2026-03-16", channel="email", failed_on=D("2026-03-16"))
    assert read(reply, bounced).completed_on is None
    assert read(reply, bounced, of("served", "2026-03-18", channel="post")).completed_on == D("2026-03-18")
    courier = of("served", "2026-03-17", channel="courier", signed_on=D("2026-03-23"))
    assert read(reply, courier, of("served", "2026-03-19", channel="post")).completed_on == D("2026-03-19")
    assert read(reply, of("served", "2026-03-17", channel="post"), of("served", "2026-03-19", channel="email")).completed_on == D("2026-03-17")  # fmt: skip


def test_service_cannot_be_complete_before_the_reply():
    with pytest.raises(ImpossibleEvent) as refused:
        read(
            of("replied", "2026-03-16"),
            of("served", "2026-03-17", channel="counter", signed_on=D("2026-03-13")),
        )
    assert refused.value.code == "served_before_reply"
    assert refused.value.message == "送达日 2026-03-13 早于答复日 2026-03-16。"


#: Acts that need a running clock, as a refusal calls them.
NEED_A_CLOCK = [
    (of("supplement_notice", "2026-03-10"), "不能发补正告知书。", "不能再发补正告知书。"),
    (of("extension", "2026-03-10", days=20), "不能延期。", "不能再延期。"),
    (of("fee_notice", "2026-03-10"), "不能发收费通知。", "不能再发收费通知。"),
    (of("excess_asked", "2026-03-10"), "不能要求说明理由。", "不能再要求说明理由。"),
    (of("excess_delay", "2026-03-10", until=D("2026-05-20")), "不能确定延迟答复的期限。", "不能再确定延迟答复的期限。"),
]  # fmt: skip


@pytest.mark.parametrize("event,stopped,after", NEED_A_CLOCK, ids=[row[0]["type"] for row in NEED_A_CLOCK])
def test_an_act_that_needs_a_running_clock_is_refused_by_its_name(event, stopped, after):
    def refusal(*before, channel="counter"):
        with pytest.raises(ImpossibleEvent) as refused:
            read(*before, event, channel=channel)
        return refused.value.code, refused.value.message

    assert refusal(channel="fax") == ("not_received", f"尚未与申请人确认收到，{stopped}")
    for opener in (of("supplement_notice", "2026-03-04"), of("fee_notice", "2026-03-04")):
        told = f"正在等待补正或者缴费，答复期限没有进行，{stopped}"
        if opener["type"] != event["type"]:
            assert refusal(opener) == ("clock_stopped", told)
    assert refusal(of("replied", "2026-03-05")) == ("after_reply", f"已于 2026-03-05 答复，{after}")


@pytest.mark.parametrize(
    "kind,code", [("supplement_notice", "supplement_twice"), ("fee_notice", "fee_notice_twice")]
)
def test_a_second_notice_is_refused_by_its_name_while_the_first_is_waited_for(kind, code):
    with pytest.raises(ImpossibleEvent) as refused:
        read(of(kind, "2026-03-04"), of(kind, "2026-03-05"))
    assert refused.value.code == code


@pytest.mark.parametrize("first, told, waited", [
    ("supplement_notice", "supplement_received", "fee_notice"), ("fee_notice", "fee_paid", "supplement_notice"),
])  # fmt: skip
def test_a_second_notice_while_another_is_waited_for_meets_a_stopped_clock(first, told, waited):
    with pytest.raises(ImpossibleEvent) as refused:
        read(
            of(first, "2026-03-04"), of(told, "2026-03-05"), of(waited, "2026-03-06"), of(first, "2026-03-09")
        )
    assert refused.value.code == "clock_stopped"


def test_a_number_of_days_has_its_limits():
    for days in (1, MOST_DAYS):
        assert read_event(of("ordered_rereply", D("2026-03-10"), days=days)).data["days"] == days
    assert read_event(of("extension", D("2026-03-10"), days=1)).data["days"] == 1
    assert read_event(of("extension", D("2026-03-10"), days=MOST_DAYS)).data["days"] == MOST_DAYS
    assert read_event(of("ordered_rereply", D("2026-03-10"), days=None)).data["days"] is None
    for kind in ("ordered_rereply", "extension"):
        for days in (0, MOST_DAYS + 1, True, 1.0, "1"):
            with pytest.raises(BadEvent) as refused:
                read_event(of(kind, D("2026-03-10"), days=days))
            assert refused.value.field == "event.days"
    with pytest.raises(BadEvent):
        read_event(of("extension", D("2026-03-10"), days=None))


def test_the_name_of_a_consultation_has_its_limits():
    def named(name):
        return read_event(of("consultation_sent", D("2026-03-10"), id=name, party="third")).data["id"]

    for name in ("a", 7, "长" * MOST_LETTERS):
        assert named(name) == name
    for name in ("", "  ", "长" * (MOST_LETTERS + 1), None, True, 1.5, ["a"]):
        with pytest.raises(BadEvent) as refused:
            named(name)
        assert refused.value.field == "event.id"


def test_a_day_is_a_day_and_no_moment():
    assert read_day("2026-03-02", "on") == read_day(D("2026-03-02"), "on") == D("2026-03-02")
    for raw in (datetime(2026, 3, 2), "2026-03-02T00:00", "20260302", "2026-W10-1", 20260302, None, True):
        with pytest.raises(BadEvent):
            read_day(raw, "on")


def test_what_is_refused_is_named_as_it_was_written():
    with pytest.raises(BadEvent) as refused:
        read_event({"type": "bogus", "on": D("2026-03-02")})
    assert refused.value.field == "event.type"
    with pytest.raises(BadEvent) as refused:
        read_event({"type": "withdrawn", "on": D("2026-03-02"), "Xylophone": 1})
    assert refused.value.field == "event.Xylophone"
    assert quoted("字" * SHOWN) == f"“{'字' * SHOWN}”"
    assert quoted("字" * (SHOWN + 1)) == f"“{'字' * SHOWN}……”"


def test_what_a_reading_is_marked_with_is_written_as_a_list():
    late = read(FEE, of("fee_paid", "2026-04-09"), as_of="2026-04-09").as_json()
    assert late["flags"] == ["late_payment"]
    assert read().as_json()["flags"] == []


def test_the_window_of_a_supplement_is_the_one_the_notice_gives():
    notice = of("supplement_notice", "2026-03-09")
    assert read(notice).supplement_due_on == D("2026-03-30")
    assert read(notice | {"days": 10}).supplement_due_on == D("2026-03-23")
    assert read(notice | {"days": 10, "delivered_on": D("2026-03-11")}).supplement_due_on == D("2026-03-25")
    with pytest.raises(ImpossibleEvent) as refused:
        read(notice | {"delivered_on": D("2026-03-06")})
    assert (refused.value.code, refused.value.message) == (
        "delivered_before_sent",
        "补正告知书的送达日早于发出日。",
    )
    assert (read(channel="fax").used, read(channel="fax").left) == (0, None)


def test_a_clock_started_anew_goes_by_the_offices_terms_and_owes_the_old_one_nothing():
    supplement = (of("supplement_notice", "2026-03-03"), of("supplement_received", "2026-03-05"))
    assert read(*supplement, FEE, own={"fees.payment_days": 10}).fee_due_on == D("2026-03-24")
    assert read(*supplement).waiting == ""
    first = (
        of("excess_asked", "2026-03-03"), of("excess_delay", "2026-03-04", until=D("2026-05-20")),
        of("extension", "2026-03-05", days=5), FEE, of("fee_paid", "2026-03-20"),
    )  # fmt: skip
    delayed = of("excess_delay", "2026-03-24", until=D("2026-06-10"))
    anew = read(*first, of("excess_asked", "2026-03-23"), delayed)
    assert (anew.due_on, anew.extended_days, anew.quota) == (D("2026-06-10"), 0, 55)
    with pytest.raises(ImpossibleEvent) as refused:
        read(*first, delayed)
    assert refused.value.code == "delay_without_asking"
    assert refused.value.event.type == "excess_delay"


def test_a_refusal_is_of_no_event_until_it_is_told_which():
    bare = ImpossibleEvent("code", "不能。")
    assert (bare.code, bare.message, bare.event, bare.field) == ("code", "不能。", None, "")


def test_a_wait_for_reasons_is_assumed_open_until_they_are_given():
    asked, own = of("excess_asked", "2026-03-05"), {"art35.stops_clock": True}
    assert read(asked, own=own, as_of="2026-03-12").assumed
    given = read(asked, of("excess_explained", "2026-03-12"), own=own, as_of="2026-03-12")
    assert (given.assumed, given.due_on) == (False, D("2026-04-07"))
