"""条例18, 34, 35, 43, 45, 47, 50, 51: duties beside the reply."""

from datetime import date

import pytest

import calendars
from law.gid.art18_reassessment import is_reassessed, reassess_due
from law.gid.art34_joint import joint_maker_agrees
from law.gid.art35_excess import Excess, decide
from law.gid.art43_help import Need, help_for
from law.gid.art45_procedure import STEPS, steps_missing
from law.gid.art47_supervision import Measure, measures, upheld_needs
from law.gid.art50_report import parts, parts_missing
from law.gid.art51_roads import roads
from law.outcomes import Outcome
from law.remedies.kinds import generic

D = date.fromisoformat
ON = D("2026-11-20")
CALENDAR = calendars.load()


def test_art18_what_was_withheld_is_looked_at_again():
    assert {o for o in Outcome if is_reassessed(o)} == {
        o for o in Outcome if o.family in ("refuse", "partial")
    }
    assert reassess_due(D("2025-11-20"), CALENDAR) == ON
    assert reassess_due(D("2025-09-25"), CALENDAR) == D("2026-09-28"), "a last day off rolls on"
    own = {"art18.reassess_months": [(D("2025-01-01"), 6)]}
    assert reassess_due(D("2025-05-20"), CALENDAR, overrides=own) == D("2025-11-20")


@pytest.mark.parametrize(
    "opinion,received,on,agrees",
    [
        ("agree", "2026-03-20", "2026-03-20", True),
        ("disagree", "2026-04-01", "2026-04-01", False),
        ("disagree", "2026-04-02", "2026-04-02", True),
        ("", None, "2026-04-01", None),
        ("", None, "2026-04-02", True),
    ],
)
def test_art34_a_joint_makers_silence_is_consent(opinion, received, on, agrees):
    told = joint_maker_agrees(
        opinion=opinion, delivered_on=D("2026-03-11"), on=D(on), calendar=CALENDAR,
        received_on=D(received) if received else None,
    )  # fmt: skip
    assert told is agrees


def test_art35_what_follows_from_the_reasons():
    assert decide(reasonable=False, in_time=True) is Excess.DECLINE
    assert decide(reasonable=True, in_time=True) is Excess.ANSWER
    assert decide(reasonable=True, in_time=False) is Excess.DELAY


def test_art43_help_is_given_for_each_difficulty():
    assert help_for(frozenset()) == ()
    assert len(help_for(set(Need))) == len(Need)
    assert "电话" in help_for({Need.HEARING})[0]


def test_art45_the_machine_has_an_act_for_every_step():
    from workflow.machine import ACTS

    assert steps_missing(set(ACTS)) == []
    assert steps_missing(set(ACTS) - {"archive"}) == ["归档"]
    assert list(STEPS) == ["登记", "审核", "办理", "答复", "归档"]


def test_art45_a_procedure_without_an_act_lacks_its_step():
    every = {act for needed in STEPS.values() for act in needed}
    assert steps_missing(every) == steps_missing(every | {"something else"}) == []
    assert steps_missing(every - {"serve"}) == ["答复"]
    assert steps_missing({"register"}) == ["审核", "办理", "答复", "归档"]
    assert steps_missing(set()) == list(STEPS)


def test_art47_only_the_organ_above_orders():
    assert [m.label for m in measures(superior=False)] == ["督促整改", "通报批评"]
    assert Measure.ORDER in measures(superior=True)
    assert upheld_needs("rectify") == upheld_needs(Measure.ORDER) == ("整改要求", "整改期限")
    assert upheld_needs(Measure.CRITICISE) == upheld_needs("discipline") == ("查实的情况",)


def test_art50_six_parts_and_none_left_out():
    told = parts(2026)
    assert len(told) == 6
    assert told[0] == "一、总体情况"
    assert told[5] == "六、其他需要报告的事项"
    written = dict.fromkeys(told, "……") | {told[5]: " "}
    assert parts_missing(2026, written) == [told[5]]
    assert parts_missing(2026, {}) == told


def test_art51_roads_against_a_reply():
    office = generic("county_department", region="清源县")
    refused = roads("refuse_process", office, ON, supervisor="清源县人民政府办公室")
    assert [(r.name, r.open_at_once) for r in refused] == [
        ("投诉、举报", True),
        ("行政复议", True),
        ("行政诉讼", False),
    ]
    assert [r.to for r in refused] == [
        "清源县人民政府办公室",
        "清源县人民政府",
        "本机关所在地基层人民法院",
    ]
    assert [r.open_at_once for r in roads("not_exist", office, ON, supervisor="x")] == [True, True, True]
    assert [r.name for r in roads("supplement_notice", office, ON, supervisor="x")] == ["投诉、举报"]
