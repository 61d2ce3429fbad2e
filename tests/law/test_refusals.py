"""What the law floor refuses beside impossible orders of events, word for word: `cases/refusals.toml`."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

import calendars
from law import fees
from law.clock import evaluate
from law.errors import LawError
from law.gid.art31_receipt import received_on
from law.nature import finding, tree, walk
from law.outcomes import outcome
from law.records.annual import annual_outcome
from law.remedies import OfficeFacts, paragraphs, remedy
from law.remedies.answering import answer_due
from law.remedies.kinds import generic
from law.values import flag, number, text, value

D = date(2026, 3, 2)
CALENDAR = calendars.load()
TABLE = tomllib.loads((Path(__file__).parent / "cases/refusals.toml").read_text("utf-8"))


def office(**more):
    return OfficeFacts.from_dict(
        {"kind": "department", "level": "county", "basic_court": "清源县人民法院"} | more
    )


def event(**more):
    return evaluate(channel="counter", arrived_on=D, as_of=D, events=[{"on": D, **more}])


CALLS = {
    "unknown channel": lambda: received_on(channel="pigeon", arrived_on=D),
    "confirmed before it arrived": lambda: received_on(channel="fax", arrived_on=D, confirmed_on=date(2026, 3, 1)),
    "unknown outcome": lambda: outcome("refuse"),
    "unknown outcome of a remedy": lambda: remedy("refuse", office(), D),
    "no items for the annual report": lambda: annual_outcome([], D),
    "no items for a clause": lambda: paragraphs([], office(), D),
    "no online road": lambda: remedy("disclose", office(government_name="清源县人民政府"), D, electronic=True),
    "before the regulation": lambda: remedy("disclose", office(), date(2008, 4, 30)),
    "no government named": lambda: remedy("disclose", office(), D),
    "no department above named": lambda: remedy("disclose", office(kind="vertical"), D),
    "no government above named": lambda: remedy("disclose", office(kind="government"), D),
    "no county named": lambda: remedy("disclose", office(kind="township", level="township"), D),
    "no basic court named": lambda: remedy("disclose", office(basic_court="", government_name="清源县人民政府"), D),
    "no intermediate court named": lambda: remedy("disclose", office(kind="government", superior_government="临江市人民政府"), D),
    "unknown kind": lambda: office(kind="bureau"),
    "unknown level": lambda: office(level="village"),
    "no kind": lambda: office(kind=""),
    "no level": lambda: office(level=""),
    "unknown spelling": lambda: generic("county_bureau"),
    "unknown duty": lambda: answer_due("appeal", D, CALENDAR),
    "days where the law has its own": lambda: answer_due("defence", D, CALENDAR, days=20),
    "no day at all": lambda: answer_due("rereply", D, CALENDAR, days=0),
    "both bases": lambda: fees.request_fee(D, items=1, pages=1),
    "no basis": lambda: fees.request_fee(D),
    "fewer than no items": lambda: fees.items_fee(-1, D),
    "fewer than no items before": lambda: fees.items_fee(1, D, already=-1),
    "fewer than no pages": lambda: fees.pages_fee(-1, D),
    "no such item": lambda: fees.item_rate(0, D),
    "before the fee": lambda: fees.pages_fee(1, date(2020, 12, 31)),
    "unknown value": lambda: value("art99.days", D),
    "value of another day": lambda: value("art33.reply_days", date(2008, 4, 30)),
    "fixed by the text": lambda: number("art33.reply_days", D, {"art33.reply_days": 25}),
    "no number": lambda: number("art34.silence", D),
    "no yes or no": lambda: flag("art33.reply_days", D),
    "no words": lambda: text("art33.reply_days", D),
    "an answer that is none": lambda: walk({tree().first: "perhaps"}),
    "unknown nature": lambda: finding("gossip"),
    "no event": lambda: event(type="sneeze"),
    "event without a day": lambda: evaluate(channel="counter", arrived_on=D, as_of=D, events=[{"type": "replied"}]),
    "no date": lambda: event(type="fee_notice", delivered_on="3月2日"),
    "an hour is no day": lambda: event(type="excess_delay", until=20260302),
    "no days": lambda: event(type="extension", days=0),
    "no days in words": lambda: event(type="supplement_notice", days="十"),
    "no name": lambda: event(type="opinion_received", id=" "),
    "too long a name": lambda: event(type="opinion_received", id="字" * 101),
    "no such party": lambda: event(type="consultation_sent", id="a", party="neighbour"),
    "no such service": lambda: event(type="served", channel="owl"),
    "a field too many": lambda: event(type="replied", mood="good"),
    "a field too few": lambda: event(type="extension"),
    "null": lambda: event(type=None),
    "an object": lambda: event(type={}),
    "a list": lambda: event(type=[]),
    "true": lambda: event(type=True),
    "a very large number": lambda: event(type=10**40),
    "a very long word": lambda: event(type="x" * 41),
}  # fmt: skip


@pytest.mark.parametrize("what", CALLS)
def test_it_is_refused_in_these_words(what):
    with pytest.raises(LawError) as refusal:
        CALLS[what]()
    told = {"says": refusal.value.message}
    if field := getattr(refusal.value, "field", ""):
        told["field"] = field
    assert told == TABLE[what]


def test_each_row_of_the_table_is_asked_for():
    assert set(TABLE) == set(CALLS)
