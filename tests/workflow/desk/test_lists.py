"""Work lists: who sees what, in which order, at what cost."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from office.models import Post
from tests.workflow.factories import (
    DAY,
    add_person,
    at,
    file_case,
    handled,
    make_town,
    registered,
    replied,
    reviewing,
    signing,
)  # fmt: skip
from workflow.actions import consult, enter_signed_sheet
from workflow.models import Case
from workflow.requests import FileData
from workflow.selectors import find, worklists

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def mine(person, **more) -> list[tuple[int, str]]:
    return [(row.id, row.todo) for row in worklists.my_work(person, on=DAY, **more).rows]


def test_each_role_finds_its_own_next_step(town):
    new, given = file_case(town), registered(town)
    post = file_case(town, channel="post_plain", service="post")
    work, review, sign, reply = handled(town), reviewing(town), signing(town), replied(town, service="post")
    assert dict(mine(town.intake)) == {new.pk: "登记", post.pk: "确认收件", reply.pk: "送达答复"}
    assert mine(town.allocator) == [(given.pk, "分办")]
    assert mine(town.handler) == [(work.pk, "办理")]
    assert mine(town.secrecy) == [(review.pk, "保密审查")]
    assert mine(town.redaction) == [(review.pk, "去标识化审查")]
    assert mine(town.legal) == []
    assert mine(town.signatory) == [(sign.pk, "签发")]
    assert mine(town.archivist) == []
    assert mine(town.admin) == []


def test_a_paper_without_proof_of_service_waits_for_the_registrar(town):
    case = handled(town, service="post")
    consult.consult(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), party_name="岚泽建材有限公司", subject="附件三"
    )
    assert mine(town.intake) == [(case.pk, "登记送达")]
    assert mine(town.handler) == [(case.pk, "等第三方意见")]


def test_a_signed_sheet_waits_for_somebody_else(town):
    case = signing(town)
    enter_signed_sheet.enter_signed_sheet(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), signer_id=town.signatory.pk, signed_on=DAY,
        scan=FileData("呈批单.png", PNG),
    )  # fmt: skip
    assert mine(town.intake) == []
    assert mine(town.head) == [(case.pk, "核对纸质签批")]
    assert mine(town.signatory) == []


def test_nearest_due_date_first_and_pages_join_without_gap_or_repeat(town):
    days = [dt.date(2026, 2, 24), dt.date(2026, 2, 10), dt.date(2026, 2, 25), dt.date(2026, 2, 10), DAY]
    cases = [registered(town, on=DAY, arrived_on=day) for day in days]
    undated = registered(town)
    Case.objects.filter(pk=undated.pk).update(due_on=None)
    wanted = [cases[1].pk, cases[3].pk, cases[0].pk, cases[2].pk, cases[4].pk, undated.pk]
    seen, after = [], ""
    for _ in range(4):
        page = worklists.my_work(town.allocator, on=DAY, after=after, size=2)
        seen += [row.id for row in page.rows]
        after = page.following
        if not after:
            break
    assert seen == wanted
    assert worklists.my_work(town.allocator, on=DAY, after="nonsense").rows[0].id == cases[1].pk


def test_a_unit_sees_its_own_work_and_nobody_sees_sideways(town):
    case, elsewhere = handled(town), handled(make_town())
    handler_elsewhere = add_person(town, "handler", unit=town.other_unit)
    assert [row.id for row in worklists.unit_work(town.handler, on=DAY).rows] == [case.pk]
    assert worklists.unit_work(handler_elsewhere, on=DAY).rows == ()
    assert [row.id for row in worklists.unit_work(town.head, on=DAY).rows] == [case.pk]
    assert worklists.unit_work(town.head, on=DAY, unit=town.other_unit.pk).rows == ()
    assert elsewhere.pk not in [row.id for row in worklists.unit_work(town.supervisor, on=DAY).rows]


def test_due_today_is_in_time_and_in_one_list(town):
    case = handled(town)
    for day, level in (
        (dt.date(2026, 3, 30), "today"), (dt.date(2026, 3, 31), "overdue"), (dt.date(2026, 3, 27), "soon"),
    ):  # fmt: skip
        found = [
            str(name)
            for name in worklists.LEVELS
            if any(
                row.id == case.pk for row in worklists.watch_list(town.supervisor, on=day, level=name).rows
            )
        ]
        assert found == [level]


def test_a_supervisor_sees_a_family_name_only(town):
    case = handled(town)
    assert worklists.unit_work(town.supervisor, on=DAY).rows[0].applicant == "王某"
    assert worklists.unit_work(town.handler, on=DAY).rows[0].applicant == "王䶮"
    case.applicant_name = "王䶮等3人"
    assert worklists.shown_name(case, town.supervisor) == "王某等3人"


@pytest.mark.parametrize("words", ["2026-0001", "王䶮", "采薇村", "征收 王䶮", "11010519491231002x"])
def test_search(town, words):
    case, other = handled(town), handled(make_town())
    Case.objects.filter(pk=other.pk).update(seq=1)
    rows, more = find.search(town.handler, words, on=DAY)
    assert [row.id for row in rows] == [case.pk]
    assert not more


def test_search_by_the_number_of_a_letter(town):
    case = replied(town)
    number = f"{town.office.doc_code}依复〔2026〕1号"
    assert [row.id for row in find.search(town.intake, number, on=DAY)[0]] == [case.pk]
    assert find.search(town.intake, "没有的词", on=DAY) == ((), False)


def copies(case: Case, count: int, *, first: int) -> None:
    """Copy one case many times; only the columns of the lists matter."""
    values = {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}
    Case.objects.bulk_create(
        (
            Case(**values | {
                "id": None, "seq": first + n, "submission_id": uuid.UUID(int=first + n),
                "due_on": DAY + dt.timedelta(days=n % 60),
            })
            for n in range(count)
        ),
        batch_size=500,
    )  # fmt: skip


@pytest.mark.parametrize("url", ["/desk/", "/desk/unit/", "/desk/watch/?level=near"])
def test_ten_thousand_cases_cost_the_same_queries_as_ten(town, as_, url):
    case = registered(town)
    copies(case, 9, first=100)
    client = as_(town.allocator)
    with CaptureQueriesContext(connection) as few:
        assert client.get(url).status_code == 200
    copies(case, 10_000, first=1000)
    with CaptureQueriesContext(connection) as lots:
        response = client.get(url)
    assert response.status_code == 200
    assert len(lots) == len(few) <= 25
    assert len(response.content) <= 200_000


def test_one_person_in_every_role_costs_no_more(town, as_):
    for role in (
        "intake",
        "allocator",
        "handler",
        "secrecy",
        "redaction",
        "legal",
        "head",
        "signatory",
        "archivist",
    ):
        Post.objects.create(user=town.supervisor, office=town.office, role=role, from_on=dt.date(2020, 1, 1))
    for make in (file_case, registered, handled, reviewing, signing, replied):
        make(town)
    client = as_(town.supervisor)
    with CaptureQueriesContext(connection) as queries:
        text = client.get("/desk/").content.decode()
    assert len(queries) <= 25
    assert all(todo in text for todo in ("登记", "分办", "保密审查、去标识化审查", "签发", "送达答复"))


def test_a_page_tells_its_tab_the_number_the_tab_would_count(town):
    for make in (file_case, registered, handled, reviewing, signing, replied):
        make(town)
    copies(registered(town), 120, first=100)
    told = set()
    for person in (
        town.intake,
        town.allocator,
        town.handler,
        town.head,
        town.signatory,
        town.supervisor,
        town.admin,
    ):
        counted = worklists.tab_counts(person, on=DAY)
        mine, units = worklists.my_work(person, on=DAY), worklists.unit_work(person, on=DAY)
        levels = worklists.watch_counts(person, on=DAY)
        watched = sum(levels[level] for level in worklists.PRESSING)
        assert counted == worklists.tab_counts(
            person, on=DAY, home=mine.count, unit=units.count, watch=watched
        )
        told |= set(counted.values())
        for page in (mine, units):
            assert len(page.rows) == min(page.count, worklists.PAGE)
    assert {"0", "1", "99+"} <= told
    behind = worklists.my_work(
        town.allocator, on=DAY, after=worklists.my_work(town.allocator, on=DAY).following
    )
    assert behind.count is None, "what lies behind the first page is not the whole list"
    assert worklists.unit_work(town.head, on=DAY, unit=town.unit.pk).count is None


def test_empty_lists_say_what_would_be_here(town, as_):
    client = as_(town.archivist)
    assert "没有要您办的事" in client.get("/desk/").content.decode()
    assert "科室没有在办的案件" in client.get("/desk/unit/").content.decode()
    assert "这一档没有案件" in client.get("/desk/watch/").content.decode()
    assert "没有找到" in client.post("/desk/search/", {"text": "不存在"}).content.decode()


def test_a_stranger_is_sent_to_sign_in(client):
    for url in ("/desk/", "/desk/unit/", "/desk/watch/", "/desk/search/", "/desk/case/1/"):
        assert client.get(url).url.startswith("/account/login/")
