"""Giving work to units and people: leads, parts, internal terms, and the statutory date that never moves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from viewflow.workflow.models import Task

from calendars import published
from office.models import User
from tests.workflow.factories import (
    DAY,
    Town,
    add_person,
    at,
    clear,
    handled,
    make_town,
    registered,
    reviewing,
)
from workflow.actions import (
    accept,
    assign,
    receive_supplement,
    record_search,
    release,
    request_supplement,
    return_assignment,
    review,
    share,
    take,
    urge,
)
from workflow.errors import BadRequest, NotNow, NotYourRole
from workflow.handing import Asked
from workflow.models import Case, Share
from workflow.selectors.access import may_see
from workflow.selectors.trail import trail_of
from workflow.selectors.worklists import my_work

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
DATES = (
    "received_on",
    "clock_start_on",
    "original_due_on",
    "due_on",
    "alert_due_on",
    "supplement_notice_due_on",
)


@pytest.fixture
def town() -> Town:
    return make_town()


@pytest.fixture
def helper(town: Town) -> User:
    """A handler of the other unit."""
    return add_person(town, "handler", unit=town.other_unit)


def given(day: dt.date = DAY, **more: Any) -> dict[str, Any]:
    return {"on": day, "now": at(day)} | more


def with_help(town: Town, **more: Any) -> Case:
    case = registered(town)
    asked = Asked(town.other_unit.pk, matter="提供2025年的会议纪要", days=3)
    return assign.assign(
        case_id=case.pk, by=town.allocator, unit_id=town.unit.pk, handler_id=town.handler.pk, days=8, co=[asked],
        **given(**more),
    )  # fmt: skip


def todo(person: User, on: dt.date = DAY) -> dict[int, str]:
    return {row.id: row.todo for row in my_work(User.objects.get(pk=person.pk), on=on).rows}


def owner(case: Case) -> int | None:
    return next(
        task.owner_id
        for task in Task.objects.filter(process__caseprocess__case=case)
        if task.flow_task.name == "handle" and task.status in ("NEW", "ASSIGNED")
    )


def test_a_lead_and_a_part_each_with_its_internal_term_in_working_days(town: Town, helper: User) -> None:
    case = with_help(town)
    lead, part = Share.objects.filter(case=case).order_by("pk")
    calendar = published.calendar()
    assert (lead.part, lead.unit, lead.handler, lead.status) == ("lead", town.unit, town.handler, "given")
    assert lead.internal_due_on == calendar.project(DAY, 8).date == dt.date(2026, 3, 12)
    assert (part.part, part.unit, part.handler, part.status) == ("co", town.other_unit, None, "given")
    assert part.internal_due_on == calendar.project(DAY, 3).date == dt.date(2026, 3, 5)
    assert todo(town.handler) == {case.pk: "办理"}
    assert todo(helper) == {case.pk: "接收协办"}


def test_no_internal_transfer_moves_a_statutory_date(town: Town, helper: User) -> None:
    """Every road a case takes inside the office, one after another, on later and later days."""
    case = registered(town)
    before = {name: getattr(case, name) for name in DATES}
    colleague = add_person(town, "handler", unit=town.unit)
    co = [Asked(town.other_unit.pk, matter="提供会议纪要")]
    unit, other = town.unit.pk, town.other_unit.pk
    day = [DAY + dt.timedelta(days=n) for n in range(10)]
    a: dict[str, Any] = {"case_id": case.pk}
    steps = (
        lambda on: assign.assign(**a, by=town.allocator, unit_id=unit, co=co, **given(on)),
        lambda on: take.take(**a, by=town.handler, **given(on)),
        lambda on: accept.accept_share(**a, by=helper, **given(on)),
        lambda on: share.answer_share(**a, by=helper, answer="纪要一份。", **given(on)),
        lambda on: take.take_over(**a, by=colleague, reason="同事外出", **given(on)),
        lambda on: release.release(**a, by=colleague, reason="另有任务", **given(on)),
        lambda on: assign.name_handler(**a, by=town.unit_head, handler_id=town.handler.pk, **given(on)),
        lambda on: urge.urge(**a, by=town.head, words="请抓紧", **given(on)),
        lambda on: assign.reassign(**a, by=town.allocator, unit_id=other, note="归办公室办理", **given(on)),
        lambda on: return_assignment.return_assignment(**a, by=helper, reason="不归本科室", **given(on)),
    )
    for step, on in zip(steps, day, strict=True):
        step(on)
        found = Case.objects.get(pk=case.pk)
        assert {name: getattr(found, name) for name in DATES} == before
    assert (found.state, found.unit, found.handler) == ("registered", None, None)
    assert not Share.objects.filter(case=case, status__in=Share.OPEN).exists()
    again = assign.assign(**a, by=town.allocator, unit_id=unit, **given(day[-1]))
    assert (again.state, again.due_on) == ("handling", before["due_on"])


def test_a_part_is_accepted_and_answered(town: Town, helper: User) -> None:
    case = with_help(town)
    accept.accept_share(case_id=case.pk, by=helper, **given())
    assert todo(helper) == {case.pk: "答复协办"}
    share.answer_share(case_id=case.pk, by=helper, answer="查到会议纪要一份，可以公开。", **given())
    part = Share.objects.get(case=case, part="co")
    assert (part.status, part.handler, part.answered_on) == ("answered", helper, DAY)
    assert todo(helper) == {}
    assert may_see(User.objects.get(pk=helper.pk), case.pk), "who took part still sees how it went on"
    with pytest.raises(NotNow, match="其他科室"):
        share.answer_share(case_id=case.pk, by=helper, answer="再答一次。", **given())


def test_a_part_is_returned_with_a_reason_and_then_out_of_sight(town: Town, helper: User) -> None:
    case = with_help(town)
    with pytest.raises(BadRequest, match="理由"):
        share.return_share(case_id=case.pk, by=helper, reason=" ", **given())
    share.return_share(case_id=case.pk, by=helper, reason="会议纪要由秘书股保管", **given())
    assert Share.objects.get(case=case, part="co").status == "returned"
    assert not may_see(User.objects.get(pk=helper.pk), case.pk)
    assert any("会议纪要由秘书股保管" in line.body for line in trail_of(case))
    share.ask_units(
        case_id=case.pk, by=town.handler, asked=[Asked(town.other_unit.pk, matter="再查一次")], **given()
    )
    assert todo(helper) == {case.pk: "接收协办"}


def test_a_part_is_called_off(town: Town, helper: User) -> None:
    case = with_help(town)
    part = Share.objects.get(case=case, part="co")
    share.cancel_share(case_id=case.pk, by=town.handler, share_id=part.pk, reason="已经查到", **given())
    assert todo(helper) == {}
    with pytest.raises(NotNow, match="没有还在协办的科室"):
        share.cancel_share(case_id=case.pk, by=town.handler, share_id=part.pk, reason="重复", **given())


def test_other_units_do_not_act_for_the_lead(town: Town, helper: User) -> None:
    case = with_help(town)
    with pytest.raises(NotNow, match="其他科室"):
        take.take_over(case_id=case.pk, by=helper, reason="我来", **given())
    stranger = add_person(town, "handler", unit=None)
    Case.objects.filter(pk=case.pk)  # a post without a unit reaches every unit
    take.take_over(case_id=case.pk, by=stranger, reason="全机关承办人接办", **given())
    outsider = make_town()
    for act in (
        lambda: share.answer_share(case_id=case.pk, by=outsider.handler, answer="外机关", **given()),
        lambda: urge.urge(case_id=case.pk, by=outsider.head, words="外机关", **given()),
    ):
        with pytest.raises(NotYourRole):
            act()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (lambda town: Asked(town.unit.pk, matter="查"), "牵头科室，不必再请"),
        (lambda town: Asked(make_town().unit.pk, matter="查"), "请选择本机关的科室"),
        (lambda town: Asked(town.other_unit.pk, matter="查", days=60), "晚于答复届满日"),
        (lambda town: Asked(town.other_unit.pk, matter="查", days=0), "至少 1 个工作日"),
        (
            lambda town: Asked(town.other_unit.pk, matter="查", handler_id=town.handler.pk),
            "不是办公室的承办人",
        ),
        (lambda town: Asked(town.other_unit.pk, matter=" "), "请写明请科室做什么"),
    ],
)
def test_what_cannot_be_asked_of_a_unit(town: Town, asked: Any, words: str) -> None:
    case = handled(town)
    with pytest.raises(BadRequest, match=words):
        share.ask_units(case_id=case.pk, by=town.handler, asked=[asked(town)], **given())
    assert not Share.objects.filter(part="co").exists()


def test_a_unit_is_asked_once_at_a_time(town: Town) -> None:
    case = with_help(town)
    with pytest.raises(BadRequest, match="已经在协办"):
        share.ask_units(
            case_id=case.pk, by=town.handler, asked=[Asked(town.other_unit.pk, matter="再来")], **given()
        )


def test_the_default_term_is_cut_to_the_due_date_and_a_written_one_is_refused(town: Town) -> None:
    case = registered(town)
    late = dt.date(2026, 3, 26)  # two working days before the reply is due
    assert case.due_on == dt.date(2026, 3, 30)
    with pytest.raises(BadRequest, match="晚于答复届满日"):
        assign.assign(case_id=case.pk, by=town.allocator, unit_id=town.unit.pk, days=5, **given(late))
    assign.assign(case_id=case.pk, by=town.allocator, unit_id=town.unit.pk, **given(late))
    assert Share.objects.get(case=case).internal_due_on == case.due_on


def test_beginning_to_work_says_accepted(town: Town) -> None:
    case = handled(town)
    assert Share.objects.get(case=case).status == "given"
    later = DAY + dt.timedelta(days=1)
    record_search.record_search(
        case_id=case.pk, by=town.handler, systems="档案", keywords="采薇村", period="2025年", method="全文", found=True,
        result="一份", **given(later),
    )  # fmt: skip
    lead = Share.objects.get(case=case)
    assert (lead.status, lead.accepted_on) == ("accepted", later)
    with pytest.raises(NotNow, match="已经接收"):
        accept.accept(case_id=case.pk, by=town.handler, **given(later))


def test_the_desk_task_belongs_to_whoever_handles_the_case(town: Town) -> None:
    colleague = add_person(town, "handler", unit=town.unit)
    case = registered(town)
    a: dict[str, Any] = {"case_id": case.pk} | given()
    assign.assign(by=town.allocator, unit_id=town.unit.pk, **a)
    assert owner(case) is None
    take.take(by=town.handler, **a)
    assert owner(case) == town.handler.pk
    take.take_over(by=colleague, reason="同事休假", **a)
    assert owner(case) == colleague.pk
    release.release(by=town.allocator, reason="另派", **a)
    assert owner(case) is None
    assign.name_handler(by=town.unit_head, handler_id=town.handler.pk, **a)
    assert owner(case) == town.handler.pk


def test_a_draft_sent_back_returns_to_whoever_handles_the_case_now(town: Town) -> None:
    case = reviewing(town)
    colleague = add_person(town, "handler", unit=town.unit)
    assign.reassign(
        case_id=case.pk,
        by=town.allocator,
        unit_id=town.unit.pk,
        handler_id=colleague.pk,
        note="调岗",
        **given(),
    )
    clear(town, case, "secrecy")
    review.send_back(case_id=case.pk, by=town.redaction, reason="有电话号码", **given())
    assert owner(case) == colleague.pk


def test_urging_reaches_the_lead_and_every_silent_part_once_a_day(town: Town, helper: User) -> None:
    case = with_help(town)
    urge.urge(case_id=case.pk, by=town.supervisor, words="请在周五前办结", **given())
    assert set(Share.objects.filter(case=case).values_list("urged", "urged_on")) == {(1, DAY)}
    with pytest.raises(NotNow, match="今天已经催办过"):
        urge.urge(case_id=case.pk, by=town.head, words="再催", **given())
    urge.urge(case_id=case.pk, by=town.head, words="再催", **given(DAY + dt.timedelta(days=1)))
    assert [line.title for line in trail_of(case)][-2:] == ["监督员甲催办", "工作机构负责人甲催办"]


def test_a_returned_case_waits_for_allocation_and_says_why(town: Town) -> None:
    case = handled(town)
    return_assignment.return_assignment(
        case_id=case.pk, by=town.handler, reason="房屋征收归征收办", **given()
    )
    assert todo(town.allocator) == {case.pk: "分办"}
    assert todo(town.handler) == {}
    line = trail_of(case)[-1]
    assert (line.title, line.body) == ("承办人甲退回分办", "房屋征收归征收办")


def test_a_head_of_a_unit_names_handlers_of_the_own_unit_only(town: Town, helper: User) -> None:
    case = registered(town)
    assign.assign(case_id=case.pk, by=town.allocator, unit_id=town.unit.pk, **given())
    assert todo(town.unit_head) == {case.pk: "指定承办人"}
    with pytest.raises(BadRequest, match="不是耕地保护股的承办人"):
        assign.name_handler(case_id=case.pk, by=town.unit_head, handler_id=helper.pk, **given())
    foreign_head = add_person(town, "unit_head", unit=town.other_unit)
    with pytest.raises(NotNow, match="其他科室"):
        assign.name_handler(case_id=case.pk, by=foreign_head, handler_id=town.handler.pk, **given())
    with pytest.raises(NotYourRole):
        assign.name_handler(case_id=case.pk, by=town.handler, handler_id=town.handler.pk, **given())


def test_what_was_never_allocated_cannot_change_hands_while_the_applicant_is_waited_for(town: Town) -> None:
    """Given to a unit behind the allocation, it would come back to work with nobody's task on the desk."""
    case = registered(town, service="counter", channel="counter")
    who = {"case_id": case.pk, "on": DAY, "now": at(DAY)}
    request_supplement.request_supplement(**who, by=town.intake, matters="内容不明确", guidance="请写明地块")
    with pytest.raises(NotNow, match="还没有分办过"):
        assign.reassign(**who, by=town.allocator, unit_id=town.unit.pk, note="先交给耕地保护股")
    with pytest.raises(NotNow, match="还没有分办过"):
        share.ask_units(**who, by=town.allocator, asked=[Asked(town.other_unit.pk, "提供材料")])
    receive_supplement.receive_supplement(
        **who, by=town.intake, items={1: "采薇村三组地块的征地批复"}, files=()
    )
    case = assign.assign(**who, by=town.allocator, unit_id=town.unit.pk, handler_id=town.handler.pk)
    case = return_assignment.return_assignment(**who, by=town.handler, reason="属办公室职责")
    assert case.state == "registered"
