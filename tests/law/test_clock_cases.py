"""Clocks as a lawyer would write them: `cases/clock.toml`."""

import json
import re
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from law.clock import ImpossibleEvent, evaluate

TABLE = tomllib.loads((Path(__file__).parent / "cases/clock.toml").read_text("utf-8"))


def read(case, **more):
    events = case.get("events", [])
    last = max([e["on"] for e in events], default=case["arrived_on"])
    return evaluate(
        channel=case.get("channel", "counter"),
        arrived_on=case["arrived_on"],
        confirmed_on=case.get("confirmed_on"),
        events=events,
        as_of=case.get("as_of", last),
        **more,
    )


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda c: c["name"])
def test_a_clock_tells_its_dates(case):
    reading = read(case)
    for field, expected in case["expect"].items():
        held = getattr(reading, field)
        wanted = None if expected == "" and field not in ("waiting",) else expected
        assert held == (tuple(wanted) if isinstance(wanted, list) else wanted), field


@pytest.mark.parametrize("case", TABLE["refused"], ids=lambda c: c["name"])
def test_an_impossible_order_is_refused_by_name(case):
    with pytest.raises(ImpossibleEvent) as refusal:
        read(case)
    assert refusal.value.code == case["code"]
    assert refusal.value.message == case["says"]


def test_each_refusal_of_the_source_has_a_case():
    source = "".join(p.read_text("utf-8") for p in (Path(__file__).parents[2] / "law/clock").glob("*.py"))
    told = {case["code"] for case in TABLE["refused"]}
    named = set(re.findall(r'_refuse\(\s*"(\w+)"', source)) | set(
        re.findall(r'ImpossibleEvent\(\s*"(\w+)"', source)
    )
    named |= set(re.findall(r'_not_overdue\(track, day, "(\w+)"', source))
    assert named == told


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda c: c["name"])
def test_the_ledger_counts_exactly_the_quota(case):
    reading = read(case, ledger=True)
    if reading.due_on is None:
        return
    counted = [day for day in reading.ledger if day.counted]
    assert [day.n for day in counted] == list(range(1, reading.quota + 1))
    assert counted[-1].date == reading.due_on == reading.ledger[-1].date
    assert reading.ledger[0].date == reading.received_on
    days = [day.date for day in reading.ledger]
    assert all((later - earlier).days == 1 for earlier, later in pairwise(days))
    assert all(day.why and day.source for day in reading.ledger)


def test_the_ledger_says_why_a_day_is_not_counted():
    case = next(c for c in TABLE["case"] if c["name"].startswith("征求第三方意见"))
    told = {day.date: (day.counted, day.why) for day in read(case, ledger=True).ledger}
    assert told[date(2026, 3, 2)] == (False, "收到申请之日（第0日）")
    assert told[date(2026, 3, 9)] == (True, "工作日")
    assert told[date(2026, 3, 10)] == (False, "征求第三方意见（a），不计入")
    assert told[date(2026, 3, 25)] == (False, "征求第三方意见（a），不计入")
    assert told[date(2026, 3, 14)] == (False, "周末（星期六）")
    assert told[date(2026, 4, 6)] == (False, "清明节放假")


def test_a_make_up_day_counts_and_says_so():
    reading = evaluate(
        channel="counter", arrived_on=date(2025, 12, 20), as_of=date(2025, 12, 20), ledger=True
    )
    told = {day.date: day for day in reading.ledger}
    assert told[date(2026, 1, 4)].counted
    assert told[date(2026, 1, 4)].why == "调休上班（元旦）"
    assert told[date(2026, 1, 4)].source == "国办发明电〔2025〕7号"


def test_a_reading_is_written_as_json():
    case = TABLE["case"][2]
    answer = json.loads(json.dumps(read(case, ledger=True).as_json()))
    assert answer["due_on"] == "2026-04-16"
    assert answer["status"] == "paused"
    assert set(answer["ledger"][0]) >= {"date", "counted", "n", "why", "source"}


def test_events_of_one_day_are_taken_in_the_order_they_can_follow():
    events = [
        {"type": "served", "channel": "counter", "on": date(2026, 3, 10)},
        {"type": "replied", "on": date(2026, 3, 10)},
        {"type": "opinion_received", "id": "a", "on": date(2026, 3, 9)},
        {"type": "consultation_sent", "id": "a", "party": "third", "on": date(2026, 3, 9)},
    ]
    told = [
        evaluate(channel="counter", arrived_on=date(2026, 3, 2), events=order, as_of=date(2026, 3, 10))
        for order in (events, events[::-1], sorted(events, key=lambda e: e["type"]))
    ]
    assert told[0] == told[1] == told[2]
