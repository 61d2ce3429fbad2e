"""One decision over many cases: each by itself, nothing skipped, nothing twice, resumed after a crash."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from viewflow.workflow.models import Task

from letters.models import Paper
from office import journal, tick
from office.models import Delegation, JournalEntry, User
from tests.workflow.factories import (
    DAY,
    SEALED,
    Town,
    add_person,
    at,
    handled,
    make_town,
    registered,
    replied,
    reviewing,
)
from workflow.actions import assign, serve
from workflow.actions import leaver as leaving
from workflow.bulk import kinds, running, starting
from workflow.errors import BadRequest, NotYourRole
from workflow.handing import Asked
from workflow.jobs import BULKS
from workflow.models import Bulk, BulkLine, Case, Share
from workflow.selectors.trail import trail_of
from workflow.tasks import run_bulk

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())


@pytest.fixture
def town() -> Town:
    return make_town()


def begin(town: Town, kind: str, cases: list[Case], by: User, **given: Any) -> Bulk:
    return starting.start(
        kind=kind, office_id=town.office.pk, case_ids=[case.pk for case in cases], given=given, by=by, on=DAY,
        now=at(DAY), act_id=uuid.uuid4(),
    )  # fmt: skip


def results(bulk: Bulk) -> list[tuple[str, str]]:
    return list(bulk.lines.order_by("seq").values_list("status", "message"))


def state(case: Case) -> str:
    return str(Case.objects.get(pk=case.pk).state)


def test_assign_many(town: Town) -> None:
    cases = [registered(town) for _ in range(3)]
    bulk = begin(town, "assign", cases, town.allocator, unit=town.unit.pk, handler=town.handler.pk)
    assert running.run(bulk.pk, now=at(DAY)) == 3
    assert results(bulk) == [("done", "")] * 3
    assert {(state(case), Case.objects.get(pk=case.pk).handler_id) for case in cases} == {
        ("handling", town.handler.pk)
    }
    assert Bulk.objects.get(pk=bulk.pk).finished_at == at(DAY)


def test_extend_many_one_approval_one_letter_each_and_every_refusal_in_words(town: Town) -> None:
    good, second = handled(town), handled(town)
    own = handled(town)
    Case.objects.filter(pk=own.pk).update(handler=town.head)
    done = replied(town, service="post")
    bulk = begin(town, "extend", [good, own, done, second], town.head, days=10, reason="需要调取历史档案")
    running.run(bulk.pk, now=at(DAY))
    assert results(bulk) == [
        ("done", ""),
        ("refused", "承办人不能批准自己承办案件的延期"),
        ("refused", "本件现为「已答复」，不能「批准延期」"),
        ("done", ""),
    ]
    notices = Paper.objects.filter(kind="extension_notice")
    assert {paper.subject_ref for paper in notices} == {good.subject_ref, second.subject_ref}
    assert len({paper.number_text for paper in notices}) == 2
    lines = JournalEntry.objects.filter(subject=town.office.ref, key="bulk.started")
    assert journal.sentence(lines.get()) == "工作机构负责人甲对4件案件作出决定：批量延期"


def test_urge_and_archive_many(town: Town) -> None:
    cases = [handled(town), reviewing(town)]
    bulk = begin(town, "urge", cases, town.supervisor, words="请抓紧办理")
    running.run(bulk.pk, now=at(DAY))
    again = begin(town, "urge", cases, town.head, words="再催一次")
    running.run(again.pk, now=at(DAY))
    assert results(bulk) == [("done", "")] * 2
    assert results(again) == [("refused", "今天已经催办过，明天再催")] * 2
    served = replied(town, service="post")
    serve.serve(seal=SEALED,
        case_id=served.pk, by=town.intake, on=DAY, now=at(DAY), channel="post", sent_on=DAY, tracking="EX1",
    )  # fmt: skip
    filed = begin(town, "archive", [served, cases[0]], town.archivist)
    running.run(filed.pk, now=at(DAY))
    assert [status for status, _ in results(filed)] == ["done", "refused"]
    assert state(served) == "archived"


def test_a_crash_between_case_and_line_repeats_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed after the third case was done and before its line said so: the next runner finds it done."""
    cases = [handled(town) for _ in range(5)]
    bulk = begin(town, "extend", cases, town.head, days=5, reason="材料较多")
    real, count = running._result, [0]

    def dies(*args: Any) -> int:
        count[0] += 1
        if count[0] == 3:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(running, "_result", dies)
    with pytest.raises(KeyboardInterrupt):
        running.run(bulk.pk, now=at(DAY))
    monkeypatch.setattr(running, "_result", real)
    assert [status for status, _ in results(bulk)] == ["done", "done", "waiting", "waiting", "waiting"]
    assert Paper.objects.filter(kind="extension_notice").count() == 3
    assert tick.run(at(DAY, 11))[BULKS] == 3
    assert results(bulk) == [("done", "")] * 5
    assert Paper.objects.filter(kind="extension_notice").count() == 5
    assert all(len(Case.objects.get(pk=case.pk).events_of("extension")) == 1 for case in cases)


def test_a_dead_runners_lease_runs_out(town: Town) -> None:
    bulk = begin(town, "assign", [registered(town)], town.allocator, unit=town.unit.pk)
    Bulk.objects.filter(pk=bulk.pk).update(claimed_until=at(DAY, 10) + running.LEASE)
    assert running.run(bulk.pk, now=at(DAY, 10)) == 0
    assert running.run(bulk.pk, now=at(DAY, 11)) == 1


def test_a_fault_of_one_case_is_on_its_line_and_the_others_have_their_turn(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    cases, name = [registered(town) for _ in range(3)], "王䶮"
    real = kinds.DOING["assign"]

    def faulty(given: dict[str, Any], decided: Any) -> object:
        if given["case_id"] == cases[1].pk:
            raise KeyError(name)
        return real(given, decided)

    monkeypatch.setitem(kinds.DOING, "assign", faulty)
    bulk = begin(town, "assign", cases, town.allocator, unit=town.unit.pk)
    running.run(bulk.pk, now=at(DAY))
    assert [status for status, _ in results(bulk)] == ["done", "failed", "done"]
    assert "KeyError" in results(bulk)[1][1]
    assert "王䶮" not in caplog.text + results(bulk)[1][1]
    monkeypatch.setitem(kinds.DOING, "assign", real)
    with pytest.raises(BadRequest):
        running.retry(bulk_id=bulk.pk, by=town.head, now=at(DAY))
    assert running.retry(bulk_id=bulk.pk, by=town.allocator, now=at(DAY)) == 1
    running.run(bulk.pk, now=at(DAY))
    assert results(bulk) == [("done", "")] * 3


def test_the_letter_bears_the_day_it_is_made_not_the_day_of_the_decision(town: Town) -> None:
    """Whoever resumes after a night does not date letters back; what is over by then is refused in words."""
    case, late = handled(town), handled(town)
    bulk = begin(town, "extend", [case, late], town.head, days=5, reason="材料较多")
    Case.objects.filter(pk=late.pk).update(due_on=DAY)
    tomorrow = DAY + dt.timedelta(days=1)
    running.run(bulk.pk, now=at(tomorrow))
    assert Paper.objects.get(kind="extension_notice").signed_on == tomorrow
    assert results(bulk)[1][0] == "refused"
    assert "已过" in results(bulk)[1][1]


def test_chunks_through_the_worker(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    cases = [registered(town) for _ in range(5)]
    bulk = begin(town, "assign", cases, town.allocator, unit=town.unit.pk)
    turns = 0
    while run_bulk.func(bulk.pk):
        turns += 1
    assert turns >= 1
    assert results(bulk) == [("done", "")] * 5


@pytest.mark.parametrize("who", ["handler", "intake", "admin", "unit_head"])
def test_who_may_not_decide(town: Town, who: str) -> None:
    with pytest.raises(NotYourRole):
        begin(town, "extend", [handled(town)], town.people[who], days=5, reason="材料较多")
    assert not Bulk.objects.exists()


def test_no_case_of_another_office_and_the_same_decision_once(town: Town) -> None:
    foreign = registered(make_town())
    with pytest.raises(BadRequest, match="不属于本机关"):
        begin(town, "assign", [registered(town), foreign], town.allocator, unit=town.unit.pk)
    with pytest.raises(BadRequest, match="至少选择一件"):
        begin(town, "assign", [], town.allocator, unit=town.unit.pk)
    act_id, case = uuid.uuid4(), registered(town)
    made = {
        starting.start(
            kind="assign", office_id=town.office.pk, case_ids=[case.pk], given={"unit": town.unit.pk},
            by=town.allocator, on=DAY, now=at(DAY), act_id=act_id,
        ).pk
        for _ in range(2)
    }  # fmt: skip
    assert len(made) == 1


# ------------------------------------------------------------------------------------------ a leaver


def leave(town: Town, leaver: User, to: User | None, *, by: User | None = None) -> Bulk:
    bulk = leaving.hand_over(
        office_id=town.office.pk, leaver_id=leaver.pk, to_id=to.pk if to else None, by=by or town.head, on=DAY,
        now=at(DAY), act_id=uuid.uuid4(),
    )  # fmt: skip
    while running.run(bulk.pk, now=at(DAY)):
        pass
    return bulk


def test_a_leaver_with_fifty_open_tasks(town: Town) -> None:
    """All re-assigned in one act, nothing lost, the trail complete."""
    leaver, successor = town.handler, add_person(town, "handler", unit=town.unit)
    for maker, count in ((handled, 38), (reviewing, 6)):
        for _ in range(count):
            maker(town)
    colleague = add_person(town, "handler", unit=town.other_unit)
    for _ in range(6):  # parts in other units' cases
        case = registered(town)
        assign.assign(
            case_id=case.pk, by=town.allocator, on=DAY, now=at(DAY), unit_id=town.other_unit.pk,
            handler_id=colleague.pk, co=[Asked(town.unit.pk, matter="查底图", handler_id=leaver.pk)],
        )  # fmt: skip
    ended = replied(town)
    held = leaving.held_cases(town.office.pk, leaver.pk)
    assert len(held) == 50 + 1  # the signed reply that is not served yet is open as well
    before = {case.pk: (case.state, case.due_on) for case in Case.objects.all()}
    bulk = leave(town, leaver, successor)
    assert results(bulk) == [("done", "")] * 51
    gone = User.objects.get(pk=leaver.pk)
    assert (gone.is_active, gone.deactivated_on) == (False, DAY)
    assert gone.posts.filter(to_on__isnull=True).count() == 0
    assert leaving.held_cases(town.office.pk, leaver.pk) == []
    assert not Task.objects.filter(owner=leaver, status="ASSIGNED").exists()
    assert Case.objects.filter(handler=successor).count() == 45
    assert Share.objects.filter(handler=successor, part="co", status="given").count() == 6
    assert {case.pk: (case.state, case.due_on) for case in Case.objects.all()} == before
    for pk in held:
        case = Case.objects.get(pk=pk)
        assert trail_of(case)[-1].title == f"{town.head.name}办理{leaver.name}的离岗移交"
    assert Case.objects.get(pk=ended.pk).handler_id == successor.pk
    lines = [
        journal.sentence(entry)
        for entry in JournalEntry.objects.filter(subject=town.office.ref).order_by("seq")
    ]
    assert f"{town.head.name}办理{leaver.name}离岗：停用岗位，移交51件" in lines
    assert list(journal.verify()) == []


def test_without_a_fitting_successor_a_case_waits_in_its_unit(town: Town) -> None:
    case = handled(town)
    leave(town, town.handler, add_person(town, "handler", unit=town.other_unit))
    found = Case.objects.get(pk=case.pk)
    assert (found.unit_id, found.handler_id) == (town.unit.pk, None)
    assert Share.objects.get(case=case, status="given").internal_due_on is not None


def test_delegations_end_with_the_leaver(town: Town) -> None:
    from office import delegations

    delegations.grant(
        office_id=town.office.pk, delegator_id=town.handler.pk, delegate_id=town.legal.pk, from_on=DAY,
        to_on=DAY + dt.timedelta(days=9), reason="休假", by=town.handler, on=DAY, now=at(DAY),
    )  # fmt: skip
    leave(town, town.handler, None)
    assert Delegation.objects.get().ended_on == DAY


def test_who_may_not_hand_over(town: Town) -> None:
    successor = add_person(town, "handler", unit=town.unit)
    with pytest.raises(NotYourRole):
        leave(town, town.handler, successor, by=town.allocator)
    with pytest.raises(BadRequest, match="自己的工作"):
        leave(town, town.head, successor)
    with pytest.raises(BadRequest, match="接手人"):
        leave(town, town.handler, town.handler)
    with pytest.raises(BadRequest, match="接手人须是"):
        leave(town, town.handler, town.intake)
    with pytest.raises(BadRequest, match="请选择本机关的人员"):
        leave(town, make_town().handler, successor)
    assert User.objects.get(pk=town.handler.pk).is_active
    assert not BulkLine.objects.exists()
