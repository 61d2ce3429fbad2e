"""What every page costs: at most 25 queries and 200 KB, and no more queries for thousands of cases than for sixty."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access import pages, table
from tests.access.crowd import a_village, copy, one_of_each
from tests.access.world import DAY, POSTS, following, make_department, person, signed_in
from tests.amount import FULL, turn_of
from tests.workflow.factories import Town, make_town
from workflow.models import Case

pytestmark = pytest.mark.django_db
MOST_QUERIES, MOST_BYTES = 25, 200 * 1024
#: Lists of so many cases are asked for; a thousand are as far beyond a page as ten thousand, and made in a tenth.
MANY = 10_000 if FULL else 1_000
LISTS = (
    "/desk/", "/desk/unit/", "/desk/watch/?level=overdue", "/desk/watch/?level=near", "/desk/search/", "/desk/letters/", "/board/",
    "/board/list/", "/board/list/?standing=overdue", "/board/list/?standing=paused", "/board/list.csv",
    "/board/view/late/", "/board/view/stages/", "/board/view/people/", "/board/view/flow/", "/board/view/forecast/",
    "/board/view/board.svg", "/board/view/stages.xlsx", "/board/list/?late=with", "/board/list/?ahead=10&pace=1", "/board/list/?age=1", "/counter/",
    "/counter/register/",
)  # fmt: skip
#: Whose lists are longest, each for a reason of its own: they ask for every list, the others in turn for one in three.
WIDE = ("intake", "handler", "above", "everything")
#: Where one file holds everything on purpose, or a document is no page.
WHOLE = ("text/csv", "application/pdf", "image/png", "text/plain")


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())


@pytest.fixture
def town(db: None) -> Town:
    return make_department()


def cost(client: Client, address: str, data: dict[str, str] | None = None) -> tuple[int, int, Any]:
    """Ask for a page and measure it: (status, queries, answer)."""
    ask: Callable[[], Any] = lambda: client.get(address) if data is None else client.post(address, data)  # noqa: E731
    with CaptureQueriesContext(connection) as seen:
        answer = ask()
        size = sum(map(len, answer)) if answer.streaming else len(answer.content)
    kind = answer.get("Content-Type", "").split(";")[0]
    assert len(seen) <= MOST_QUERIES, (address, len(seen), [query["sql"][:100] for query in seen])
    assert size <= MOST_BYTES or kind in WHOLE, (address, size)
    return answer.status_code, len(seen), answer


def readers(town: Town) -> dict[str, Client]:
    """Sign in one person of every post, a supervisor above, and one who holds every post of a small office."""
    found = {role: signed_in(town.people[role]) for role in POSTS}
    found["above"] = signed_in(person("above", town.government, "supervisor"))
    found["everything"] = signed_in(person("everything", town.office, *POSTS))
    return found


def test_lists_ask_as_often_for_thousands_of_cases_as_for_sixty(town: Town) -> None:
    cases = list(one_of_each(town).values())
    people = {
        who: client
        for who, client in readers(town).items()
        if who not in ("admin", "legal", "redaction", "supervisor")
    }
    small, large = {}, {}
    cost(people["above"], "/board/")  # what a process reads once
    # Sixty have one due on each day of the bands: an empty list would ask less than one with a row.
    for found, count in ((small, 60), (large, MANY)):
        copy(cases, count, first=count * 2)
        for number, (who, client) in enumerate(people.items()):
            for place, address in enumerate(LISTS):
                if who not in WIDE and not turn_of(number + place, 3):
                    continue
                status, queries, answer = cost(client, address)
                # A whole list is read in batches of two thousand, so that it need not lie in memory.
                found[who, address] = (status, 0 if answer.streaming else queries)
                page = re.search(
                    r'href="(\?[^"]*after=[^"]+)"',
                    "" if answer.streaming else answer.content.decode(errors="replace"),
                )
                if page:
                    further = address.split("?")[0] + page.group(1).replace("&amp;", "&")
                    assert cost(client, further)[0] == 200
            for words in ("采薇村", "2026-0030", "11010519491231002X", "王䶮"):
                found[who, words] = cost(client, "/desk/search/", {"text": words})[:2]
    assert Case.objects.count() > MANY
    assert {key: (small[key], large[key]) for key in small if small[key] != large[key]} == {}
    assert {status for status, _ in small.values()} == {200, 403}


def allowed() -> Iterator[tuple[str, str, str]]:
    """Yield (page, role, state) for everything of a case that the golden table shows to the own office."""
    for (page, who), marks in table.read().items():
        if len(marks) > 1 and who.startswith("own ") and who.removeprefix("own ") in POSTS:
            for state, mark in zip(table.STATES, marks, strict=True):
                if mark == "o":
                    yield page.removeprefix("GET "), who.removeprefix("own "), state


def test_pages_of_a_case_keep_to_their_budget_in_every_state(town: Town) -> None:
    """Each page of a case for one person to whom the table shows it, in every fourth state; in the full suite in each."""
    cases, people = one_of_each(town), readers(town)
    done: set[tuple[str, str]] = set()
    per_page: dict[str, int] = {}
    for page, role, state in allowed():
        if state not in cases or (page, state) in done or page.startswith(("desk:paper", "desk:file")):
            continue
        if page in per_page and not turn_of(per_page[page] + table.STATES.index(state), 4):
            continue
        per_page.setdefault(page, table.STATES.index(state))
        address = (pages.of_case(cases[state]) | pages.acts_of(cases[state].pk)).get(page)
        if (
            address is None
            or page == "desk:act clear_legal"
            or (page, role) == ("desk:act send_back", "legal")
        ):
            continue
        status, _, _ = cost(people[role], address)
        assert status == 200, (page, role, state)
        done.add((page, state))
    for case in cases.values():
        for path in (
            "/follow/case/",
            "/follow/case/supplement/",
            "/follow/case/reasons/",
            "/follow/case/fee/",
            "/follow/case/withdraw/",
        ):
            cost(following(case), path)
    assert len({page for page, _ in done}) > 20


def test_the_case_page_keeps_to_it_for_one_who_holds_every_post(town: Town) -> None:
    """Whoever runs a small office alone is asked for every act's reasons at once, in every state."""
    cases, everything = one_of_each(town), readers(town)["everything"]
    for case in cases.values():
        assert cost(everything, f"/desk/case/{case.pk}/")[0] == 200
    some = cases["handling"]
    assert cost(everything, f"/desk/case/{some.pk}/contact/", {})[0] == 200


def test_a_case_of_many_costs_no_more_than_a_case_of_one(town: Town) -> None:
    """Forty joint applicants, thirty items, thirty searches: the same queries, and still a small page."""
    one = a_village(town, people=2, items=2, searches=2)
    many = a_village(town, people=40, items=30, searches=30)
    people = readers(town)
    cost(people["above"], "/board/")  # what a process reads once
    for path in (
        "",
        "trail/",
        "do/propose/",
        "do/record_search/",
        "do/extend/",
        "do/communicate/",
        "do/reassign/",
    ):
        for role in ("handler", "intake", "head", "supervisor", "allocator"):
            few = cost(people[role], f"/desk/case/{one.pk}/{path}")[:2]
            assert cost(people[role], f"/desk/case/{many.pk}/{path}")[:2] == few, (path, role)
    assert cost(following(many), "/follow/case/")[:2] == cost(following(one), "/follow/case/")[:2]


def test_pages_about_no_case_keep_to_their_budget(town: Town) -> None:
    for n in range(200):
        town.office.pk, town.office.code = None, f"more{n}"
        town.office.name, town.office.doc_code = f"云岫县第{n}局", f"云{n}局"
        town.office._state.adding = True
        town.office.save()
    client = Client()
    for page, address in pages.of_no_case(f"more{0}").items():
        if page not in pages.LISTS:
            cost(client, address)
    for who in readers(make_town()).values():
        cost(who, "/counter/register/")
        cost(who, "/account/password/")
