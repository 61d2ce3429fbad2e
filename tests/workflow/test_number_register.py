"""Numbers kept back, used outside and void; papers declared void; and the register that lists every one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from letters.models import Paper, ReservedNumber
from letters.number_register import check
from office import journal
from tests.workflow.factories import DAY, Town, at, handled, make_town, registered, replied
from workflow.actions import communicate, extend
from workflow.actions.reserve_numbers import reserve_numbers, use_number, void_number
from workflow.actions.void_paper import void_paper
from workflow.errors import BadRequest, NotNow, NotYourRole, WrongState
from workflow.models import Case
from workflow.requests import FileData
from workflow.selectors.manifest import manifest
from workflow.selectors.papers import papers_of

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
WHEN: dict[str, Any] = {"on": DAY, "now": at(DAY)}


def letter(town: Town, case: Case) -> Paper:
    communicate.communicate(case_id=case.pk, by=town.handler, matters="请说明所需年度", **WHEN)
    return Paper.objects.filter(subject_ref=case.subject_ref, kind="communication").latest("pk")


def test_reserved_numbers_are_never_drawn_and_stay_listed_until_settled() -> None:
    town = make_town()
    case = handled(town)
    assert letter(town, case).number == 1
    held = reserve_numbers(
        office_id=town.office.pk, by=town.intake, series="依函", count=3, reason="停电期间手写", **WHEN
    )
    assert (held.first, held.count) == (2, 3)
    assert letter(town, case).number == 5
    two, three, four = held.numbers.order_by("number")
    scan = FileData("函.txt", "手写沟通函的扫描件".encode(), "proof")
    use_number(
        record_id=two.pk,
        by=town.intake,
        title="关于补充材料的函",
        recipient="云岫县水利局",
        used_on=DAY,
        copy=scan,
        **WHEN,
    )
    void_number(record_id=three.pk, by=town.head, reason="写错，撕毁", **WHEN)
    stages = list(ReservedNumber.objects.order_by("number").values_list("number", "stage"))
    assert stages == [(2, "used"), (3, "voided"), (4, "reserved")]
    for again in (
        lambda: use_number(
            record_id=three.pk, by=town.intake, title="再用", recipient="", used_on=DAY, **WHEN
        ),
        lambda: void_number(record_id=two.pk, by=town.head, reason="再作废", **WHEN),
    ):
        with pytest.raises(WrongState):
            again()
    assert list(check(town.office)) == []
    for subject in (held.subject_ref, two.subject_ref, three.subject_ref):
        assert list(journal.verify(subject)) == []
    assert four.stage == "reserved"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"series": "没有这个"}, "no_series"), ({"count": 0}, "bad_count"), ({"count": 51}, "bad_count"),
        ({"reason": " "}, "no_reason"),
    ],
)  # fmt: skip
def test_a_reservation_says_what_is_wrong(given: dict[str, Any], code: str) -> None:
    town = make_town()
    wanted = {"series": "依函", "count": 1, "reason": "手写"} | given
    with pytest.raises(BadRequest) as refused:
        reserve_numbers(office_id=town.office.pk, by=town.intake, **wanted, **WHEN)
    assert refused.value.code == code
    assert not ReservedNumber.objects.exists()


def test_only_who_runs_the_register_keeps_numbers_back_and_only_of_the_year() -> None:
    town, other = make_town(), make_town()
    wanted: dict[str, Any] = {"office_id": town.office.pk, "series": "依函", "count": 1, "reason": "手写"}
    for stranger in (town.handler, town.archivist, other.intake):
        with pytest.raises(NotYourRole):
            reserve_numbers(by=stranger, **wanted, **WHEN)
    number = reserve_numbers(by=town.intake, **wanted, **WHEN).numbers.get()
    for day in (DAY + dt.timedelta(days=1), dt.date(2025, 12, 31)):
        with pytest.raises(BadRequest, match="2026年内"):
            use_number(record_id=number.pk, by=town.intake, title="函", recipient="", used_on=day, **WHEN)


def test_a_void_paper_keeps_number_and_text_and_counts_for_nothing() -> None:
    town = make_town()
    case = handled(town, service="post")
    paper = letter(town, case)
    text = paper.frozen()["text"]
    assert paper in Case.objects.get(pk=case.pk).unserved_papers()
    with pytest.raises(BadRequest, match="理由"):
        void_paper(case_id=case.pk, by=town.head, paper_id=paper.pk, reason=" ", **WHEN)
    with pytest.raises(NotYourRole):
        void_paper(case_id=case.pk, by=town.handler, paper_id=paper.pk, reason="写错对象", **WHEN)
    void_paper(case_id=case.pk, by=town.head, paper_id=paper.pk, reason="写错对象", **WHEN)
    fresh = Case.objects.get(pk=case.pk)
    kept = next(row for row in papers_of(fresh) if row.pk == paper.pk)
    assert kept.is_void
    assert (kept.number_text, kept.frozen()["text"]) == (paper.number_text, text)
    assert fresh.unserved_papers() == []
    assert any(row["title"].endswith("（作废）") for row in manifest(fresh))
    assert letter(town, fresh).number == 2
    assert list(check(town.office)) == []


def test_what_was_served_or_moves_a_term_or_answers_is_not_void() -> None:
    town = make_town()
    on_portal = registered(town)  # the receipt went to the applicant's own page at once
    with pytest.raises(NotNow, match="没有可以作废的文书"):
        void_paper(
            case_id=on_portal.pk, by=town.head, paper_id=papers_of(on_portal)[0].pk, reason="误发", **WHEN
        )
    case = handled(town, service="post")
    extend.extend(case_id=case.pk, by=town.head, days=10, reason="档案年代较久", **WHEN)
    case = Case.objects.get(pk=case.pk)
    longer = next(row for row in papers_of(case) if row.kind == "extension_notice")
    with pytest.raises(BadRequest, match="不能作废"):
        void_paper(case_id=case.pk, by=town.head, paper_id=longer.pk, reason="误发", **WHEN)
    case = replied(town, service="post")
    reply = next(row for row in papers_of(case) if row.kind.startswith("reply"))
    with pytest.raises(BadRequest, match="拟自行纠正"):
        void_paper(case_id=case.pk, by=town.head, paper_id=reply.pk, reason="误发", **WHEN)


# -- the pages ----------------------------------------------------------------------------------------
def as_(user: Any) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_register_page_lists_every_number_with_its_state() -> None:
    town = make_town()
    case = handled(town)
    letter(town, case)
    desk = as_(town.intake)
    page = desk.get("/desk/numbers/reserve/").content.decode()
    assert "预留文号" in page
    sent = {
        "series": "依函",
        "count": "2",
        "reason": "停电期间手写",
        "act_id": "5b1b1b1e-0000-4000-8000-000000000001",
    }
    told = desk.post("/desk/numbers/reserve/", sent, follow=True).content.decode()
    assert "已预留 2 个文号" in told
    again = desk.post("/desk/numbers/reserve/", sent).content.decode()
    assert "没有重复办理" in again
    number = ReservedNumber.objects.order_by("number").first()
    assert number is not None
    wrong = desk.post(f"/desk/numbers/{number.pk}/void_number/", {"reason": ""}).content.decode()
    assert "错误：" in wrong
    told = desk.post(
        f"/desk/numbers/{number.pk}/void_number/", {"reason": "写错"}, follow=True
    ).content.decode()
    for words in ("作废", "预留", "已用", "写错", "停电期间手写", number.number_text):
        assert words in told


def test_another_office_sees_neither_register_nor_number() -> None:
    town, other = make_town(), make_town()
    number = reserve_numbers(
        office_id=town.office.pk, by=town.intake, series="依函", count=1, reason="手写", **WHEN
    ).numbers.get()
    for stranger in (other.intake, other.head, town.admin):
        desk = as_(stranger)
        assert number.number_text not in desk.get("/desk/numbers/").content.decode()
        assert desk.get(f"/desk/numbers/{number.pk}/use_number/").status_code == 404
    assert as_(other.intake).get(f"/desk/numbers/?office={town.office.pk}").status_code == 403
    assert as_(town.archivist).get(f"/desk/numbers/{number.pk}/use_number/").status_code == 403
    assert as_(town.archivist).get("/desk/numbers/reserve/").status_code == 403


def test_a_long_register_costs_no_more_and_comes_in_pages(django_assert_max_num_queries: Any) -> None:
    town = make_town()
    for _ in range(3):
        reserve_numbers(
            office_id=town.office.pk, by=town.intake, series="依函", count=50, reason="手写", **WHEN
        )
    desk = as_(town.intake)
    with django_assert_max_num_queries(22):
        page = desk.get("/desk/numbers/").content.decode()
    assert page.count("<tr><td") == 100
    assert "below=51" in page
    assert desk.get("/desk/numbers/?series=依函/2026&below=51").content.decode().count("<tr><td") == 50
