"""Who sees what on the board: one queryset for every view, list, picture and file; and what each costs."""

from __future__ import annotations

import datetime as dt
import io
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from office import journal
from office.actors import SystemActor
from office.models import Delegation, User
from office.roles import POSTS, Role
from tests.workflow.supervision.conftest import DAY, County, person
from workflow.models import Case
from workflow.selectors import board as boards
from workflow.selectors.board import Scope, Wanted
from workflow.selectors.boards.views import VIEWS

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
PAGES = ("/board/", *(f"/board/view/{name}/" for name in VIEWS))
FILES = tuple(f"/board/view/{name}.{form}" for name in ("board", *VIEWS) for form in ("svg", "xlsx"))
LISTS = (
    "/board/list/?late=with", "/board/list/?late=without&moved=1", "/board/list/?stage=handling&age=2",
    "/board/list/?reason=third", "/board/list/?ahead=10", "/board/list/?ahead=20&pace=1",
    "/board/list/?way=in&first=2026-06-01&last=2026-07-08", "/board/list/?way=out&result=late&first=2026-06-01&last=2026-07-08",
    "/board/list/?original=overdue&standing=paused",
)  # fmt: skip


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def text_of(answer: Any) -> str:
    """Read a page, a picture or every cell of a workbook as text."""
    if "spreadsheet" in answer["Content-Type"]:
        book = load_workbook(io.BytesIO(answer.content))
        return "\n".join(str(c.value) for page in book for row in page.iter_rows() for c in row)
    return answer.content.decode()


def test_every_role_gets_its_own_part(county: County) -> None:
    county.fill(60)
    land, house = county.offices
    own = set(Case.objects.filter(office=land).values_list("pk", flat=True))
    unit = county.units[land.pk][1]
    of_unit = set(Case.objects.filter(unit=unit).values_list("pk", flat=True))
    for role in POSTS:
        user = person(f"r-{role}", land, role, unit if role in (Role.UNIT_HEAD, Role.HANDLER) else None)
        listed = (
            {row.id for row in boards.case_list(user, on=DAY, size=500).rows}
            if boards.may_watch(user)
            else None
        )
        still = {pk for pk, one in county.histories.items() if Case.objects.get(pk=pk).is_unfinished}
        wanted = {
            Role.SUPERVISOR: own & still, Role.HEAD: own & still, Role.ALLOCATOR: own & still, Role.UNIT_HEAD: of_unit & still,
        }.get(role)  # fmt: skip
        assert listed == wanted, role
        client = signed_in(user)
        for address in (*PAGES, *FILES, *LISTS, "/board/list.csv", "/board/list.xlsx"):
            answer = client.get(address)
            assert answer.status_code == (403 if wanted is None else 200), (role, address)
            if wanted is not None and not answer.streaming:
                assert house.name not in text_of(answer), (role, address)


def test_a_unit_head_sees_the_own_unit_and_no_name_beside_it(county: County) -> None:
    county.fill(60)
    land = county.offices[0]
    ours, theirs = county.units[land.pk]
    head = person("kezhang", land, Role.UNIT_HEAD, ours)
    other = person("wai", land, Role.HANDLER, theirs)
    Case.objects.filter(unit=theirs).update(handler=other)
    client = signed_in(head)
    for address in PAGES:
        page = client.get(address).content.decode()
        assert other.display not in page, address
        assert theirs.name not in page, address
    sideways = f"/board/list/?office={land.pk}&unit={theirs.pk}&person={other.pk}"
    assert "共 0 件" in client.get(sideways).content.decode()
    assert other.display not in client.get(sideways).content.decode()


def test_a_stand_in_sees_it_for_as_long_as_the_delegation_lasts(county: County) -> None:
    county.fill(30)
    deputy = person("fu", county.offices[0], Role.HANDLER)
    assert not boards.may_watch(deputy)
    Delegation.objects.create(
        office=county.offices[0], delegator=county.head, delegate=deputy, from_on=DAY, to_on=DAY, reason="出差",
        entered_at=dt.datetime(2026, 7, 7, tzinfo=dt.UTC), entered_by=county.head,
    )  # fmt: skip
    deputy = User.objects.get(pk=deputy.pk)
    assert boards.watched_offices(deputy) == [county.offices[0].pk]
    mine, theirs = (boards.board(user, on=DAY).total.counts for user in (deputy, county.head))
    assert mine == theirs


@pytest.mark.parametrize(
    "query",
    [
        "standing=late", "office=x", "unit=-1", "person=1e3", "original=paused", "late=maybe", "moved=99", "stage=archived",
        "age=7", "reason=none", "ahead=6", "pace=yes", "way=up", "result=won", "first=2026-02-30", "last=soon",
    ],
)  # fmt: skip
def test_an_address_that_no_number_leads_to_is_not_found(county: County, query: str) -> None:
    client = signed_in(county.supervisor)
    assert client.get(f"/board/list/?{query}").status_code == 404
    assert client.get("/board/view/none/").status_code == 404


def test_every_link_of_every_view_opens(county: County) -> None:
    county.fill(60)
    client = signed_in(county.supervisor)
    seen: set[str] = set()
    for address in (*PAGES, *(f"{page}?office={county.offices[0].pk}" for page in PAGES)):
        page = client.get(address).content.decode()
        links = re.findall(r'href="(/board/list/\?[^"]*)"[^>]*>(?:<b>)?(\d+)<', page)
        assert links or "flow" in address
        for link, number in links[::5]:
            if link not in seen:
                seen.add(link)
                assert f"共 {number} 件" in client.get(link.replace("&amp;", "&")).content.decode(), link
    assert len(seen) > 20


def test_as_many_queries_for_many_cases_as_for_few(county: County) -> None:
    """At most 25 a page, however many cases, offices, units and people there are."""
    client = signed_in(county.supervisor)
    here = f"office={county.offices[0].pk}"
    addresses = [
        *PAGES, *(f"{page}?{here}" for page in PAGES), *(f"{page}?{here}&unit={county.units[county.offices[0].pk][0].pk}" for page in PAGES),
        *LISTS, *FILES,
    ]  # fmt: skip

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(address)
        assert answer.status_code == 200
        return len(seen)

    county.fill(90)
    client.get("/board/")
    few = {address: queries(address) for address in addresses}
    county.fill(250, seed=2)
    assert {a: (few[a], many) for a in addresses if (many := queries(a)) != few[a]} == {}
    assert max(few.values()) <= 25


def test_an_open_page_that_asks_again_is_told_nothing_is_new_by_few_questions(county: County) -> None:
    county.fill(30)
    client = signed_in(county.supervisor)
    first = client.get("/board/")
    again: Callable[[], Any] = lambda: client.get("/board/", headers={"If-None-Match": first["ETag"]})  # noqa: E731
    with CaptureQueriesContext(connection) as seen:
        assert again().status_code == 304
    assert len(seen) <= 8
    assert not any('"workflow_case"' in query["sql"] for query in seen.captured_queries)
    # An act is news; the same mark in the hands of somebody else is worth nothing.
    assert signed_in(county.head).get("/board/", headers={"If-None-Match": first["ETag"]}).status_code == 200
    case = Case.objects.first()
    assert case is not None
    with transaction.atomic():
        journal.write(
            subject=case.subject_ref, key="case.recomputed", by=SystemActor("tick"), on=DAY, office_id=case.office_id,
            now=dt.datetime(2026, 7, 8, tzinfo=dt.UTC), act_id=uuid.uuid4(), data={"changed": 1},
        )  # fmt: skip
    assert again().status_code == 200


def test_a_picture_says_in_words_what_it_shows(county: County) -> None:
    county.fill(60)
    client = signed_in(county.supervisor)
    total = boards.board(county.supervisor, on=DAY).total
    picture = client.get("/board/view/board.svg")
    assert picture["Content-Type"].startswith("image/svg+xml")
    words = re.search(r"<desc[^>]*>(.*?)</desc>", picture.content.decode(), re.DOTALL)
    assert words
    told = re.findall(r"已逾期(\d+)", words.group(1))
    assert sum(map(int, told)) == total.counts["overdue"]
    empty = client.get(f"/board/view/board.svg?office={county.offices[0].pk}&person=0&unit=999999")
    assert "没有案件" in empty.content.decode()


def test_a_workbook_of_a_list_has_its_cases_and_no_applicant(county: County) -> None:
    county.fill(40)
    Case.objects.filter(pk=min(county.histories)).update(title="=cmd()", applicant_name="李四")
    client = signed_in(county.supervisor)
    answer = client.get("/board/list.xlsx?late=without")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    wanted = boards.case_list(county.supervisor, on=DAY, wanted=Wanted(late="without")).count
    assert len(rows) == 1 + wanted
    assert "李四" not in str(rows)
    assert not any(str(cell).startswith("=") for row in rows for cell in row)
    assert boards.heading(county.supervisor, Wanted(office=county.offices[0].pk)).endswith(
        county.offices[0].name
    )
    assert boards.board(county.head, on=DAY).scope == Scope(county.offices[0].pk)
