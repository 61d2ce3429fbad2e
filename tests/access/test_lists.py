"""Lists and pages about no case: who gets them, and that they name nothing their reader may not open."""

from __future__ import annotations

import os
import re

import pytest
from django.db import transaction
from django.test import Client

from tests.access import pages, table
from tests.access.world import DAY, MAKERS, POSTS, World, make_world
from tests.amount import FULL, turn_of
from tests.workflow.factories import file_case, handled, registered, reviewing
from workflow.machine import State
from workflow.models import Case
from workflow.selectors.access import visible_cases

pytestmark = pytest.mark.django_db
#: These end the session they are sent in, so they are asked last.
LAST = ("portal:leave", "logout")
SHOWN_SOMETHING = ("own handler", "own allocator", "own supervisor", "above supervisor")
LINK = re.compile(r"/(?:desk/case|counter)/(\d+)/")
QUERIES = {
    "desk:watch": [f"?level={level}" for level in ("overdue", "today", "soon", "near", "paused")],
    "board:list": ["", "?standing=all", "?standing=overdue", "?standing=later"],
    "board:export": ["", "?standing=all"],
    "board:annual_cases": ["", "?table=3&row=carried_out&column=all", "?table=4&row=direct&column=all"],
}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    return make_world(State.HANDLING)


def test_pages_about_no_case(world: World) -> None:
    found: table.Cells = {}
    addresses = pages.of_no_case(world.town.office.code)
    for turn, page in enumerate(sorted(addresses, key=lambda page: page in LAST)):
        for who, client in world.clients.items():
            if not asks(who, turn):
                continue
            found[f"GET {page}", who] = table.mark(client.get(addresses[page]))
            if page in pages.TAKES_A_FORM:
                found[f"POST {page}", who] = _pressed(client, addresses[page])
            else:
                assert table.mark(client.post(addresses[page], {})) in "mlx"
    if os.environ.get("ACCESS_MATRIX") == "write":
        return table.write(table.ordered({k: v for k, v in table.read().items() if len(v) > 1} | found))
    golden = {key: marks for key, marks in table.read().items() if len(marks) == 1}
    assert found == (golden if FULL else {key: marks for key, marks in golden.items() if key in found})
    assert {page for page, _ in found} == {page for page, _ in golden}
    return None


def _pressed(client: Client, address: str) -> str:
    """Send an empty form, and undo what it did, so that nobody finds what somebody else made."""
    with transaction.atomic():
        mark = table.mark(client.post(address, {}))
        transaction.set_rollback(True)
    return mark


def asks(who: str, turn: int) -> bool:
    """Let those who hold a post take turns in the quick suite, those of the department beside, strangers here, more so."""
    where, _, post = who.partition(" ")
    if os.environ.get("ACCESS_MATRIX") == "write" or post not in POSTS:
        return True
    return turn_of(turn + POSTS.index(post), 12 if where == "sideways" else 4)


@pytest.fixture
def crowded(world: World) -> World:
    """Put cases in many states into the department, the one beside and one above."""
    for state in (
        State.SUBMITTED,
        State.REGISTERED,
        State.SUPPLEMENTING,
        State.REVIEWING,
        State.SIGNING,
        State.REPLIED,
    ):
        MAKERS[state](world.town)
    for make in (file_case, registered, handled, reviewing):
        make(world.beside)
    return world


def test_a_list_names_only_what_its_reader_may_open(crowded: World) -> None:
    shown: dict[str, set[int]] = {}
    for who, client in crowded.clients.items():
        may = (
            set(visible_cases(crowded.people[who]).values_list("pk", flat=True))
            if who in crowded.people
            else set()
        )
        for turn, (page, address) in enumerate(pages.of_no_case(crowded.town.office.code).items()):
            if page not in pages.LISTS or not (who in SHOWN_SOMETHING or asks(who, turn)):
                continue
            for query in QUERIES.get(page, [""]):
                answer = client.get(address + query)
                text = b"".join(answer) if answer.streaming else answer.content
                named = {int(pk) for pk in LINK.findall(text.decode(errors="replace"))}
                assert named <= may, (who, page, query)
                shown.setdefault(who, set()).update(named)
        if who in crowded.people:
            text = client.post("/desk/search/", {"text": "采薇村"}).content.decode()
            assert {int(pk) for pk in LINK.findall(text)} <= may, (who, "search")
    # The lists do show something, to those whose work it is.
    everything = set(
        Case.objects.filter(office=crowded.town.office, state="handling").values_list("pk", flat=True)
    )
    for who in SHOWN_SOMETHING:
        assert everything & shown[who], who
    for who in (
        "own admin",
        "above head",
        "above admin",
        "below supervisor",
        "no post at all",
        "anonymous",
        "applicant",
    ):
        assert shown[who] == set(), who


def test_a_handler_and_a_reviewer_see_their_share_only(crowded: World) -> None:
    """A handler sees the own unit's cases, a reviewer those sent to that review, an administrator none."""
    of_office = Case.objects.filter(office=crowded.town.office)
    expected = {
        "own handler": of_office.filter(unit=crowded.town.unit),
        "own handler of another unit": of_office.none(),
        "own secrecy": of_office.filter(reviews__kind="secrecy"),
        "own redaction": of_office.filter(reviews__kind="redaction"),
        "own legal": of_office.filter(reviews__kind="legal"),
        "own admin": of_office.none(),
        "own intake": of_office,
        "above supervisor": Case.objects.filter(office__in=[crowded.town.office, crowded.beside.office]),
        "below supervisor": of_office.none(),
        "sideways supervisor": Case.objects.filter(office=crowded.beside.office),
    }
    for who, cases in expected.items():
        seen = set(visible_cases(crowded.people[who]).values_list("pk", flat=True))
        assert seen == set(cases.values_list("pk", flat=True)), who


def test_the_counter_offers_nothing_of_another_office(crowded: World) -> None:
    """Neither the notice of earlier requests nor the copied applicant reaches across offices."""
    known = {"party1-id_number": "11010519491231002X", "party1-name": "王䶮"}
    own = crowded.clients["own intake"].post("/counter/similar/", known).content.decode()
    assert "王䶮" in own
    outside = crowded.clients["sideways intake"]
    foreign = Case.objects.filter(office=crowded.town.office).first()
    assert "王䶮" not in outside.get(f"/counter/register/?same={foreign.pk}").content.decode()
    assert outside.post("/counter/similar/", known | {"office": crowded.town.office.code}).status_code == 403
    assert outside.get(f"/counter/register/?office={crowded.town.office.code}").status_code == 403


def test_a_board_counts_only_what_is_watched(crowded: World) -> None:
    names = {
        who: crowded.clients[who].get("/board/").content.decode() for who in ("own head", "above supervisor")
    }
    assert crowded.beside.office.name not in names["own head"]
    assert crowded.beside.office.name in names["above supervisor"]
    foreign = crowded.clients["own head"].get(f"/board/list/?office={crowded.beside.office.pk}")
    assert LINK.findall(foreign.content.decode()) == []
    never = crowded.clients["own head"].get("/board/list/?office=990000000")
    assert foreign.status_code == never.status_code
