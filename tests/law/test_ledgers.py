"""The ledger in words: every day of a clock from receipt to due, as a court would read it, in `cases/ledgers.txt`."""

import os
from datetime import date
from itertools import groupby
from pathlib import Path

from law.clock import evaluate

GOLDEN = Path(__file__).parent / "cases/ledgers.txt"
D = date.fromisoformat


def event(kind, on, **more):
    return {"type": kind, "on": D(on), **more}


def consult(name, on, party="third", delivered=None):
    return event("consultation_sent", on, id=name, party=party, delivered_on=delivered and D(delivered))


def opinion(name, on):
    return event("opinion_received", on, id=name)


#: Name of the case: how the request came, when, as of when, what happened, and an office's own parameters.
CASES = {
    "二十个工作日，遇清明节": ("counter", "2026-03-16", "2026-03-16", [], None),
    "跨年，下一年度通知尚未公布": ("counter", "2026-12-14", "2026-12-14", [], None),
    "跨春节，首尾两个调休上班日": ("counter", "2026-02-06", "2026-02-06", [], None),
    "两个第三方和一个机关，停钟重叠": (
        "counter", "2026-03-02", "2026-04-01",
        [consult("甲", "2026-03-04"), consult("乙", "2026-03-06"), consult("丙", "2026-03-10", "agency"),
         opinion("甲", "2026-03-10"), opinion("乙", "2026-03-13"), opinion("丙", "2026-03-17")], None,
    ),
    "共同制作机关，送达未登记": ("counter", "2026-03-02", "2026-03-10", [consult("1", "2026-03-06", "joint")], None),
    "平信，尚未确认": ("post_plain", "2026-03-02", "2026-03-06", [], None),
    "邮件，次日确认后补正": (
        "email", "2026-03-02", "2026-03-20",
        [event("supplement_notice", "2026-03-05"), event("supplement_received", "2026-03-17")], None,
    ),
    "等待补正": ("counter", "2026-03-02", "2026-03-11", [event("supplement_notice", "2026-03-05")], None),
    "收费通知当日，尚未缴费": ("counter", "2026-03-02", "2026-03-05", [event("fee_notice", "2026-03-05")], None),
    "缴费后重新起算": (
        "counter", "2026-03-02", "2026-03-20",
        [event("fee_notice", "2026-03-05"), event("fee_paid", "2026-03-17")], None,
    ),
    "机关读法：缴费后接续计算": (
        "counter", "2026-03-02", "2026-03-20",
        [event("fee_notice", "2026-03-05"), event("fee_paid", "2026-03-17")], {"fees.clock_restarts": False},
    ),
    "机关读法：缴费后接续计算，当日缴费": (
        "counter", "2026-03-02", "2026-03-20",
        [event("fee_notice", "2026-03-05"), event("fee_paid", "2026-03-05")], {"fees.clock_restarts": False},
    ),
    "机关读法：说明理由期间停钟，尚未说明": (
        "counter", "2026-03-02", "2026-03-12", [event("excess_asked", "2026-03-05")], {"art35.stops_clock": True},
    ),
    "先补正再缴费，两次重新起算": (
        "counter", "2026-03-02", "2026-04-10",
        [event("supplement_notice", "2026-03-05"), event("supplement_received", "2026-03-17"),
         event("fee_notice", "2026-03-24"), event("fee_paid", "2026-04-08")], None,
    ),
    "等待补正中撤回": (
        "counter", "2026-03-02", "2026-03-20",
        [event("supplement_notice", "2026-03-05"), event("withdrawn", "2026-03-12")], None,
    ),
    "复议决定责令重新答复": (
        "counter", "2026-03-02", "2026-05-20",
        [event("replied", "2026-03-10"), event("served", "2026-03-11", channel="counter"),
         event("ordered_rereply", "2026-05-11", days=5)], None,
    ),
    "未确认收到而责令重新答复": (
        "fax", "2026-03-02", "2026-03-20", [event("ordered_rereply", "2026-03-12", days=3)], None,
    ),
    "跨年的停钟和重新起算": (
        "counter", "2026-11-30", "2027-01-20",
        [consult("1", "2026-12-28", "agency", "2026-12-29"), opinion("1", "2027-01-06"),
         event("supplement_notice", "2026-12-02"), event("supplement_received", "2026-12-24")], None,
    ),
    "下一年度责令重新答复": (
        "counter", "2026-11-30", "2027-01-20",
        [event("replied", "2026-12-24"), event("served", "2026-12-25", channel="post"),
         event("ordered_rereply", "2027-01-04", days=2)], None,
    ),
    "2007年文本，十五个工作日": ("counter", "2011-06-01", "2011-06-01", [], None),
}  # fmt: skip


def told():
    """Yield each case and its ledger, days that are alike told as one line."""
    for name, (channel, arrived, as_of, events, own) in CASES.items():
        reading = evaluate(
            channel=channel, arrived_on=D(arrived), as_of=D(as_of), events=events, overrides=own, ledger=True,
            confirmed_on=D("2026-03-03") if "次日确认" in name else None,
        )  # fmt: skip
        due = reading.due_on or f"停（{reading.waiting or reading.status}）"
        yield f"## {name}\n收到 {reading.received_on}　起算 {reading.clock_start_on}　届满 {due}　标记 {','.join(reading.flags)}"
        for (counted, why, source, provisional), days in groupby(
            reading.ledger, key=lambda day: (day.counted, day.why, day.source, day.provisional)
        ):
            held = list(days)
            span = f"{held[0].date:%m-%d}" + (f"—{held[-1].date:%m-%d}" if held[1:] else "")
            number = f"第{held[0].n}—{held[-1].n}日" if held[1:] else f"第{held[0].n}日"
            yield f"{span}　{number if counted else '不计'}　{why}　〔{source}〕{'　暂定' if provisional else ''}"
        yield ""


def test_the_ledgers_read_as_they_were_read_by_eye():
    text = "\n".join(told())
    if os.environ.get("LEDGERS") == "write":
        GOLDEN.write_text(text, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == text
