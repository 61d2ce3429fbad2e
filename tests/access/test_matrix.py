"""Every address × every person × every state, against the golden table; wider or narrower fails.

`ACCESS_MATRIX=write` before pytest writes the table anew: read its diff, a line that became wider is a decision.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

import letters
from office.models import JournalEntry, OutboxMessage
from tests.access import pages, table
from tests.access.world import DAY, LATE, World, make_world
from tests.amount import turn_of
from workflow.machine import State
from workflow.models import Case
from workflow.selectors import documents

pytestmark = pytest.mark.django_db
WRITE = os.environ.get("ACCESS_MATRIX") == "write"
NOT_ASKED = ""
#: Who may have to do with the case.
NEAR = ("own ", "above ", "below ", "applicant")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask who may have a document, without typesetting it each time."""
    monkeypatch.setattr(letters, "render", lambda paper: b"%PDF-")
    monkeypatch.setattr(documents, "pdf", lambda *args, **kwargs: b"%PDF-")
    monkeypatch.setattr(documents, "_picture", lambda content, number: b"PNG")
    monkeypatch.setattr(documents, "page_count", lambda content: 1)
    monkeypatch.setattr(letters, "render_draft", lambda composed: b"%PDF-")


@pytest.fixture(params=table.STATES)
def world(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("DEMO_TODAY", (LATE if request.param == "lapsed" else DAY).isoformat())
    return make_world(State(request.param))


def test_every_address_is_classified() -> None:
    """A new address must be put in a class, and so into this table, before anything else passes."""
    known = pages.OF_A_CASE | pages.LISTS | pages.PLAIN
    assert set(pages.names()) == known
    assert len(known) == len(pages.OF_A_CASE) + len(pages.LISTS) + len(pages.PLAIN)
    assert known >= pages.TAKES_A_FORM


#: Fields of every act together.
FILLED = {
    "step": "confirm", "confirmed_on": DAY, "how": "电话", "matters": "请写明地块", "guidance": "写明位置", "days": "15",
    "received_on": DAY, "item1": "另一种说法", "finding": "没有联系", "note": "无", "item_seq": "1", "systems": "档案系统",
    "keywords": "采薇村", "period": "2025年", "method": "全文检索", "searched_on": DAY, "found": "yes", "result": "一份",
    "party_name": "某公司", "party_kind": "org", "concern": "商业秘密", "subject": "附件三", "reason": "需要时间",
    "outcome": "disclose", "provided": "复印件1份", "opinion": "同意。", "channel": "portal", "sent_on": DAY,
    "signed_on": DAY, "matches": "yes", "years": "30", "tracking": "EX990130007CN",
    "seal_kind": "office", "seal_copies": "2", "seal_used_on": DAY, "returned_on": DAY, "way": "copies", "carrier": "纸质复制件", "materials": "方案，12", "receiver": "本人",
    "reported_on": DAY,
}  # fmt: skip


def filled(world: World) -> dict[str, Any]:
    """Return what would carry out any act on the case if it were let."""
    draft = world.case.current_draft()
    return FILLED | {
        "seen_sha256": draft.body_sha256 if draft else "", "unit": world.town.unit.pk,
        "signer": world.town.signatory.pk, "version": world.case.version,
    }  # fmt: skip


def standing(world: World) -> Any:
    """Return everything that an act would have changed."""
    case = Case.objects.get(pk=world.case.pk)
    return JournalEntry.objects.count(), OutboxMessage.objects.count(), case.version, case.state


def test_who_gets_which_answer(world: World) -> None:
    """Every page of the case in turn by a seventh of those who may have to do with it, by a fourteenth of the others.

    Of the acts every fortieth is looked at, and half of these also sent. Which ones turns with page, person and state, so
    that over all the states each person asks for each page, those near to the case twice. The grid of permissions holds
    every cell of the machine.
    """
    ask(world, near=len(table.STATES) // 2, far=len(table.STATES), looked_at=40, sent_too=2)


@pytest.mark.slow
def test_everybody_asks_for_everything(world: World) -> None:
    """Every page by everybody; every act, filled in and sent by whoever may not do it, leaves all as it stands."""
    ask(world, near=1, far=1, looked_at=1, sent_too=1)


def ask(world: World, *, near: int, far: int, looked_at: int, sent_too: int) -> None:
    """Ask for everything of a case.

    Of its pages let each person near to it ask for one in `near`, each of the others for one in `far`; of its acts
    look at one in so many, and of these send one in so many. A run that writes the table asks for everything.
    """
    if WRITE:
        near = far = looked_at = sent_too = 1
    column, found = table.STATES.index(world.case.state), {}
    for page, who, address in of_case(world, column, near, far):
        found[f"GET {page}", who] = table.mark(world.clients[who].get(address))
    asked, before, wrong = set(found), standing(world), []
    data = filled(world)
    for page in ("counter:arrival", "desk:bundle", "portal:supplement", "portal:reasons", "portal:withdraw"):
        address = pages.of_case(world.case)[page]
        for who, client in world.clients.items():
            told = found.get((f"GET {page}", who), NOT_ASKED)
            if told not in ("o", NOT_ASKED) and table.mark(client.post(address, data)) != told:
                wrong.append(f"{page}, {who}: shown {told}, but a form was taken")
    for turn, page, who, address in acts(world, found):
        if turn % looked_at:
            continue
        asked.add((f"GET {page}", who))
        client, seen = world.clients[who], found["GET desk:case", who]
        shown = client.get(address)
        if shown.status_code == 200:
            found[f"GET {page}", who] = "o"
            continue
        sent = shown
        if turn // looked_at % sent_too == 0:
            sent = client.post(address, data | {"act_id": str(uuid.uuid4())})
        if {table.mark(shown), table.mark(sent)} != {"c" if seen == "o" else seen}:
            wrong.append(f"{page}, {who}: {shown.status_code} to look, {sent.status_code} to do")
    assert wrong == []
    assert standing(world) == before
    if WRITE:
        table.keep(found, column)
    else:
        assert table.differences(found, column, asked) == []


def of_case(world: World, column: int, near: int, far: int) -> Iterator[tuple[str, str, str]]:
    """Yield (page, person, address): the page of the case for everybody, of the others one in `near` or `far`."""
    for n, (page, address) in enumerate(pages.of_case(world.case).items()):
        for k, who in enumerate(world.clients):
            share = near if who.startswith(NEAR) else far
            if page == "desk:case" or (n + k + column) % share == 0:
                yield page, who, address


def acts(world: World, found: table.Cells) -> Iterator[tuple[int, str, str, str]]:
    """Yield (turn, page, person, address): every act for whoever is shown the case, two different ones for each other."""
    addresses = list(pages.acts_of(world.case.pk).items())
    turn = table.STATES.index(world.case.state)
    for n, who in enumerate(world.clients):
        chosen = addresses
        if found["GET desk:case", who] != "o":
            chosen = [addresses[(2 * (n + 5 * turn) + k) % len(addresses)] for k in (0, 1)]
        for k, (page, address) in enumerate(chosen):
            yield turn + n + k, page, who, address


few = pytest.mark.parametrize("world", ["submitted", "reviewing", "archived"], indirect=True)


@few
def test_another_county_is_answered_as_a_department_beside(world: World) -> None:
    """Each page in turn by one of four; in the full suite by all."""
    for n, (page, address) in enumerate(pages.of_case(world.case).items()):
        for k, (role, client) in enumerate(world.foreign.items()):
            if not turn_of(n + k, 4):
                continue
            beside = world.clients[f"sideways {role}"].get(address)
            assert client.get(address).status_code == beside.status_code, (page, role)


@few
def test_what_only_shows_takes_nothing(world: World) -> None:
    """A form sent to an address that only shows is turned away, whoever sends it, and changes nothing."""
    before = standing(world)
    for page, address in pages.of_case(world.case).items():
        if page.split()[0] in pages.TAKES_A_FORM:
            continue
        for who in ("own intake", "own handler", "sideways intake", "anonymous", "applicant"):
            sent = world.clients[who].post(address, FILLED)
            assert table.mark(sent) in "mlqx", (page, who, sent.status_code)
    assert standing(world) == before


@few
def test_nothing_tells_that_a_case_exists(world: World) -> None:
    """A foreign case answers as a case that never was: same status, same page, for every address of it."""
    never = {
        page: re.sub(rf"/{world.case.pk}/", f"/{pages.NOBODY}/", address) for page, address in every(world)
    }
    for who in (
        "sideways intake",
        "sideways handler",
        "above head",
        "own admin",
        "applicant of another case",
    ):
        client = world.clients[who]
        for page, address in every(world):
            if page.startswith("portal:") != (who == "applicant of another case"):
                continue
            real, made_up = client.get(address), client.get(missing(page, never[page]))
            assert real.status_code == made_up.status_code, (who, page)
            if real.status_code != 200:
                assert body(real) == body(made_up), (who, page)


def every(world: World) -> list[tuple[str, str]]:
    return list((pages.of_case(world.case) | dict(list(pages.acts_of(world.case.pk).items())[:3])).items())


def missing(page: str, address: str) -> str:
    return f"/follow/case/papers/{pages.NOBODY}/" if page.startswith("portal:paper") else address


def body(answer: Any) -> str:
    """Read an answer without the token that is new each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
