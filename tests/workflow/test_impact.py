"""What a notice does to the open cases: shown before, applied whole, by a second person."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calendars import published
from calendars.models import StoredNotice
from office import journal, parameters
from office.errors import Refusal
from office.models import JournalEntry, Office, OfficeParameter, Post, User
from tests.calendars.made_up import TEXT, YEAR
from tests.workflow.factories import Town, add_person, at, file_case, handled, make_town, registered, searched
from workflow import recompute
from workflow.actions import extend, withdraw
from workflow.actors import ApplicantActor
from workflow.clock import reading
from workflow.impact import assess, notices, readings
from workflow.impact.applying import ImpactChanged, notice_change
from workflow.impact.assess import impact_of
from workflow.impact.change import of_parameter
from workflow.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
D = dt.date.fromisoformat
ENTERED_ON = D("2026-12-30")


@pytest.fixture
def town() -> Town:
    return make_town()


def entered(town: Town, text: str = TEXT) -> StoredNotice:
    told = notices.understand(text, year=YEAR, published_on=None, address="https://www.gov.cn/made-up")
    return notices.enter(
        notice=told.notice, year=YEAR, text=text, by=town.admin, on=ENTERED_ON, now=at(ENTERED_ON)
    )


def second(town: Town) -> Any:
    return add_person(town, "admin")


def test_a_case_that_runs_into_the_new_year_moves_and_says_so(town: Town) -> None:
    case = registered(town, arrived_on=D("2027-01-18"), on=D("2027-01-18"))
    assert (case.due_on, case.due_provisional) == (D("2027-02-17"), True)
    still = registered(town, arrived_on=D("2026-11-02"), on=D("2026-11-02"))
    found = impact_of(notice_change(entered(town)), on=D("2027-01-20"))
    assert [(row.case, row.before, row.after) for row in found.moved] == [
        (case.pk, D("2027-02-17"), D("2027-02-19"))
    ]
    assert found.read == 2
    assert found.sentence.startswith(
        "会移动 1 件在办案件：0 件变为逾期，0 件不再逾期。另有 1 件的日期由暂定变为确定"
    )
    assert Case.objects.get(pk=case.pk).due_on == D("2027-02-17"), "looking changes nothing"
    assert Case.objects.get(pk=still.pk).due_on == D("2026-11-30")


def test_confirming_writes_every_date_the_clock_gives(town: Town) -> None:
    for day in ("2026-12-01", "2026-12-16", "2027-01-05", "2027-01-18", "2027-02-03"):
        registered(town, arrived_on=D(day), on=D(day))
    closed = handled(town, arrived_on=D("2027-01-18"), on=D("2027-01-18"))
    withdraw.withdraw(
        case_id=closed.pk,
        by=ApplicantActor(closed.pk, town.office.pk),
        on=D("2027-01-19"),
        now=at(D("2027-01-19")),
    )
    untouched = Case.objects.values().get(pk=closed.pk)
    on = D("2027-02-20")
    row = entered(town)
    before = impact_of(notice_change(row), on=on)
    _, found = notices.confirm(notice_id=row.pk, by=second(town), on=on, now=at(on), seen=before.digest)
    assert found.moved == before.moved
    assert len(found.moved) >= 2
    for case in Case.objects.exclude(pk=closed.pk):
        told = reading(case, as_of=on)
        assert (case.due_on, case.due_provisional, case.clock_status) == (
            told.due_on, told.provisional, str(told.status)
        )  # fmt: skip
        assert not case.due_provisional
    assert recompute.total(recompute.check(Case.objects.exclude(pk=closed.pk), on=on))[1] == []
    assert Case.objects.values().get(pk=closed.pk) == untouched


def test_what_is_reckoned_once_for_equal_clocks_is_what_each_would_give(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = [registered(town, arrived_on=D("2027-01-18"), on=D("2027-01-18")) for _ in range(3)]
    other = registered(town, arrived_on=D("2027-01-05"), on=D("2027-01-05"))
    longer = handled(town, arrived_on=D("2027-01-18"), on=D("2027-01-18"))
    extend.extend(
        case_id=longer.pk,
        by=town.head,
        on=D("2027-01-19"),
        now=at(D("2027-01-19")),
        days=5,
        reason="需检索",
    )
    change = notice_change(entered(town))
    together = impact_of(change, on=D("2027-02-05"))
    monkeypatch.setattr(assess.Judge, "HELD", 1)
    alone = impact_of(change, on=D("2027-02-05"))
    assert together == alone
    days = {row.case: row.after for row in together.moved}
    for case in (*same, other, longer):
        assert (
            days.get(case.pk, case.due_on)
            == reading(case, as_of=D("2027-02-05"), by=change.after[case.office_id]).due_on
        )
    assert len({days[case.pk] for case in same}) == 1
    assert days[longer.pk] != days[same[0].pk]


def test_late_and_cured_are_counted_by_the_one_definition(town: Town) -> None:
    earlier = registered(town, arrived_on=D("2027-01-08"), on=D("2027-01-08"))
    later = registered(town, arrived_on=D("2027-01-18"), on=D("2027-01-18"))
    change = notice_change(entered(town))
    turns = {}
    for on in (
        "2027-02-04",
        "2027-02-05",
        "2027-02-09",
        "2027-02-10",
        "2027-02-17",
        "2027-02-18",
        "2027-02-20",
    ):
        found = impact_of(change, on=D(on))
        turns[on] = ([row.case for row in found.late], [row.case for row in found.cured])
    assert turns == {
        "2027-02-04": ([], []),  # due today is in time
        "2027-02-05": ([earlier.pk], []),
        "2027-02-09": ([earlier.pk], []),
        "2027-02-10": ([], []),  # late before and after
        "2027-02-17": ([], []),
        "2027-02-18": ([], [later.pk]),
        "2027-02-20": ([], []),
    }


def test_each_office_gets_a_line_and_the_chains_hold(town: Town) -> None:
    other = make_town()
    for place in (town, other):
        registered(place, arrived_on=D("2027-01-08"), on=D("2027-01-08"))
    row = entered(town)
    on = D("2027-02-05")
    notices.confirm(notice_id=row.pk, by=second(town), on=on, now=at(on))
    lines = JournalEntry.objects.filter(key="impact.applied")
    assert {line.office_id for line in lines} == {town.office.pk, other.office.pk}
    assert "移动1件，其中1件变为逾期，0件不再逾期" in journal.sentence(lines[0])
    assert list(journal.verify()) == []


def test_two_persons_whoever_asks(town: Town) -> None:
    row = entered(town)
    on = ENTERED_ON
    with pytest.raises(Refusal, match="录入人以外"):
        notices.confirm(notice_id=row.pk, by=town.admin, on=on, now=at(on))
    with pytest.raises(Refusal, match="管理员"):
        notices.confirm(notice_id=row.pk, by=town.handler, on=on, now=at(on))
    notices.confirm(notice_id=row.pk, by=second(town), on=on, now=at(on))
    with pytest.raises(Refusal, match="已经处理过"):
        notices.confirm(notice_id=row.pk, by=second(town), on=on, now=at(on))
    with pytest.raises(Refusal, match="已经录入"):
        entered(town)


def test_a_notice_sent_back_may_be_entered_again(town: Town) -> None:
    row = entered(town)
    notices.withdraw(notice_id=row.pk, by=second(town), on=ENTERED_ON, now=at(ENTERED_ON))
    assert entered(town).pk != row.pk
    assert published.calendar().published_until == D("2026-12-31")


def test_nobody_confirms_what_has_changed_since(town: Town) -> None:
    row = entered(town)
    on = D("2027-01-20")
    shown = impact_of(notice_change(row), on=on)
    registered(town, arrived_on=D("2027-01-18"), on=D("2027-01-18"))
    with pytest.raises(ImpactChanged):
        notices.confirm(notice_id=row.pk, by=second(town), on=on, now=at(on), seen=shown.digest)
    assert StoredNotice.objects.get(pk=row.pk).is_open
    assert Case.objects.get().due_provisional


def test_an_extension_that_turns_out_late_has_no_effect_and_blocks_nothing(town: Town) -> None:
    case = handled(town, arrived_on=D("2027-01-08"), on=D("2027-01-08"))
    extend.extend(
        case_id=case.pk, by=town.head, on=D("2027-02-09"), now=at(D("2027-02-09")), days=20, reason="卷宗较多"
    )
    row = entered(town)
    found = impact_of(notice_change(row), on=D("2027-02-10"))
    assert [stuck.case for stuck in found.stuck] == [case.pk]
    assert "1 件有已登记的事件按新的日期不再成立" in found.sentence
    on = D("2027-02-10")
    notices.confirm(notice_id=row.pk, by=second(town), on=on, now=at(on))
    case = Case.objects.get(pk=case.pk)
    assert (case.due_on, case.clock_status) == (D("2027-02-04"), "late")
    searched(town, case, on=on)
    with pytest.raises(Refusal, match="不得再次延期"):
        extend.extend(case_id=case.pk, by=town.head, on=on, now=at(on), days=5, reason="再延长")


def test_the_cost_does_not_grow_with_what_is_archived(town: Town) -> None:
    registered(town, arrived_on=D("2027-01-18"), on=D("2027-01-18"))
    change = notice_change(entered(town))
    with CaptureQueriesContext(connection) as few:
        impact_of(change, on=D("2027-01-20"))
    for _ in range(5):
        case = file_case(town, arrived_on=D("2027-01-18"))
        Case.objects.filter(pk=case.pk).update(state="archived")
    with CaptureQueriesContext(connection) as many:
        assert impact_of(change, on=D("2027-01-20")).read == 1
    assert len(few) == len(many) == 3


# ----------------------------------------------------------------------------------------- own readings


def person(name: str, office: Office, role: str) -> User:
    user = User.objects.create(username=name, name=name)
    Post.objects.create(user=user, office=office, role=role, from_on=D("2020-01-01"))
    return user


def reading_change(town: Town, key: str, value: Any, office: Any = "own") -> OfficeParameter:
    place = town.office if office == "own" else office
    return readings.propose(
        key=key, value=value, office=place, from_on=D("2026-01-01"), reason="本机关的做法", by=town.admin,
        now=at(D("2026-03-02")),
    )  # fmt: skip


def emailed(town: Town) -> Case:
    return file_case(town, channel="email", arrived_on=D("2026-03-02"), service="email")


def test_an_office_may_read_the_text_otherwise_where_it_is_silent(town: Town) -> None:
    case, beside = emailed(town), emailed(make_town())
    assert case.due_on is None
    row = reading_change(town, "art31.receipt.email", "arrived")
    found = impact_of(of_parameter(row), on=D("2026-03-03"))
    assert [(r.case, r.before, r.after) for r in found.moved] == [(case.pk, None, D("2026-03-30"))]
    readings.confirm(parameter_id=row.pk, by=second(town), on=D("2026-03-03"), now=at(D("2026-03-03")))
    assert Case.objects.get(pk=case.pk).due_on == D("2026-03-30")
    assert Case.objects.get(pk=beside.pk).due_on is None
    assert emailed(town).due_on == D("2026-03-30"), "and so for every case after it"


def test_an_office_below_goes_by_the_value_above_until_it_has_its_own(town: Town) -> None:
    boss = person("boss", town.government, "admin")
    above = readings.propose(
        key="art31.receipt.email", value="arrived", office=town.government, from_on=D("2026-01-01"), reason="全县统一",
        by=boss, now=at(D("2026-03-02")),
    )  # fmt: skip
    assert of_parameter(above).offices == sorted([town.government.pk, town.office.pk])


@pytest.mark.parametrize(
    "key, value, why",
    [
        ("art33.reply_days", 10, "法律明文规定"),
        ("art31.receipt.email", "someday", "原值的写法"),
        ("art35.stops_clock", 1, "是或者否"),
        ("rereply.days", 0, "1 至 1000"),
        ("rereply.days", True, "1 至 1000"),
        ("retention.transfer", "06-31", "原值的写法"),
        ("nothing.such", 1, "没有这项参数"),
    ],
)
def test_what_the_text_fixes_or_cannot_be_read_is_refused(town: Town, key: str, value: Any, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        reading_change(town, key, value)


def test_a_reading_is_confirmed_by_another_and_only_with_its_impact(town: Town) -> None:
    row = reading_change(town, "art35.stops_clock", True)
    on = D("2026-03-03")
    with pytest.raises(Refusal, match="看过影响"):
        parameters.confirm(parameter_id=row.pk, by=second(town), now=at(on))
    with pytest.raises(Refusal, match="录入人以外"):
        readings.confirm(parameter_id=row.pk, by=town.admin, on=on, now=at(on))
    before = published.edition()
    readings.confirm(parameter_id=row.pk, by=second(town), on=on, now=at(on))
    assert published.edition() != before
