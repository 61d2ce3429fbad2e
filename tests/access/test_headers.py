"""Every answer of every address: headers, cookies, caches; where a sign-in leads, and whose session it is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.access import pages
from tests.access.world import BACKEND, DAY, World, make_world
from tests.amount import turn_of
from tests.workflow.factories import APPLICANT, Town, make_town, request_of
from workflow.actions.submit import submit
from workflow.actors import ApplicantActor
from workflow.machine import State

pytestmark = pytest.mark.django_db
#: The same for everybody, so that a browser may keep them.
PUBLIC = ("portal:favicon", "portal:robots")
#: These end the session if anything is sent to them: they are only looked at.
LAST = ("logout", "portal:leave")


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


def directives(answer: Any) -> dict[str, list[str]]:
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";")]
    return {part[0]: part[1:] for part in parts if part}


def check(answer: Any, *, private: bool, what: object) -> None:
    policy = directives(answer)
    assert policy["default-src"] == ["'self'"], what
    assert policy["frame-ancestors"] == ["'self'"], what
    assert policy["form-action"] == ["'self'"], what
    assert policy["base-uri"] == ["'none'"], what
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "http:", "https:"} & {
        source for sources in policy.values() for source in sources
    }, what
    assert answer["X-Content-Type-Options"] == "nosniff", what
    assert answer["Referrer-Policy"] == "same-origin", what
    assert answer["X-Frame-Options"] == "SAMEORIGIN", what
    assert "camera=()" in answer["Permissions-Policy"], what
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin", what
    assert not {"Server", "X-Powered-By"} & set(answer.headers), what
    if private:
        assert {"no-store", "private"} <= set(answer["Cache-Control"].replace(" ", "").split(",")), what
    for cookie in answer.cookies.values():
        if cookie["max-age"] == 0:
            continue  # taken back, not given
        assert cookie["httponly"], (what, cookie.key)
        assert cookie["samesite"] in ("Lax", "Strict"), (what, cookie.key)
        assert not cookie["domain"], (what, cookie.key)


@pytest.mark.parametrize("state", [State.SIGNING, State.ARCHIVED])
def test_every_answer_is_guarded(state: State) -> None:
    """Whatever the answer is, a page, a document, a refusal: it is guarded, and nobody's cache keeps it.

    Each person asks for every sixth page in one of the three ways, which turn with page and person; in the full suite
    for all in all ways.
    """
    world: World = make_world(state)
    addresses = (
        pages.of_case(world.case) | pages.acts_of(world.case.pk) | pages.of_no_case(world.town.office.code)
    )
    addresses["nowhere"] = "/nowhere/at/all/"
    for start, who in enumerate(
        ("own signatory", "own intake", "own archivist", "own admin", "applicant", "anonymous")
    ):
        client = world.clients[who]
        for place, (page, address) in enumerate(addresses.items()):
            for way, ask in enumerate((client.get, client.head, client.post)):
                if (page in LAST and way) or (page not in LAST and not turn_of(way + place + start, 18)):
                    continue
                answer = ask(address)
                signed_in = who.startswith("own") or page in (
                    "portal:case",
                    "portal:supplement",
                    "portal:withdraw",
                )
                check(
                    answer, private=signed_in and page not in PUBLIC and page != "nowhere", what=(who, page)
                )
                if not answer.streaming and "text/html" in answer.get("Content-Type", ""):
                    inert(answer.content.decode(), (who, page))


def inert(page: str, what: object) -> None:
    """No page carries a script, a style or a handler of its own, or asks another host for anything."""
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=|javascript:", page), what
    outside = re.findall(r'(?:src|href|action)="(?:https?:)?//([^/"]+)', page)
    assert set(outside) <= {"www.gnu.org", "fuyi.yunxiu.example"}, (what, outside)


def test_behind_https_cookies_and_transport_are_strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of an installation with HTTPS, as its process would read them."""
    import subprocess
    import sys

    ask = (
        "import django; from django.conf import settings as s; django.setup();"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 86400, s.DEBUG)"
    )
    monkeypatch.setenv("HTTPS", "true")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings")
    said = subprocess.run(
        [sys.executable, "-c", ask], capture_output=True, text=True, cwd=settings.BASE_DIR, check=True
    )
    assert said.stdout.split() == ["True", "True", "True", "True", "False"]


SIGN_IN = {"password": "brook-lantern-47"}


def member(town: Town) -> dict[str, str]:
    town.intake.set_password(SIGN_IN["password"])
    town.intake.save()
    return SIGN_IN | {"username": town.intake.username}


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
        "http:evil.example", "https:///evil.example", "data:text/html,x", " //evil.example", "/\t/evil.example",
    ],
)  # fmt: skip
def test_signing_in_never_leads_elsewhere(client: Client, town: Town, wanted: str) -> None:
    answer = client.post("/account/login/", member(town) | {"next": wanted})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    again = client.get("/account/login/", {"next": wanted})
    assert (again.status_code, again["Location"]) == (302, "/desk/")


def test_signing_in_leads_back_to_the_page_that_was_wanted(client: Client, town: Town) -> None:
    asked = client.get("/board/list/?standing=overdue")
    assert asked["Location"] == "/account/login/?next=/board/list/%3Fstanding%3Doverdue"
    answer = client.post(asked["Location"], member(town) | {"next": "/board/list/?standing=overdue"})
    assert answer["Location"] == "/board/list/?standing=overdue"


def test_a_session_planted_before_signing_in_is_worth_nothing(client: Client, town: Town) -> None:
    """The number of a session changes at sign-in, at sign-out, and when an applicant opens a case."""
    planted = _begin(client)
    client.post("/account/login/", member(town))
    own = client.session.session_key
    assert own != planted
    assert _holds(planted, client) == 302
    client.post("/account/logout/")
    assert _holds(own, client) == 302


def test_opening_a_case_takes_a_new_session(client: Client, town: Town) -> None:
    planted = _begin(client)
    me = ApplicantActor(None, town.office.pk)
    filed = submit(request=request_of(town), by=me, on=DAY, now=_now())
    opened = client.post("/follow/", {"code": filed.query_code, "last_four": APPLICANT.id_number[-4:]})
    assert opened["Location"] == "/follow/case/"
    assert client.get("/follow/case/").status_code == 200
    own = client.session.session_key
    assert own != planted
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert thief.get("/follow/case/")["Location"] == "/follow/"
    client.post("/follow/leave/")
    assert client.get("/follow/case/")["Location"] == "/follow/"


def _now() -> Any:
    from tests.workflow.factories import at

    return at(DAY)


def _begin(client: Client) -> str:
    """Begin a session before anybody is known, as somebody who plants one would."""
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return str(session.session_key)


def _holds(key: str, client: Client) -> int:
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    return int(thief.get("/desk/").status_code)


def test_an_applicants_session_is_no_members_and_the_other_way_round(town: Town) -> None:
    """Opening a case gives no desk, and a signed-in member sees no applicant's page."""
    filed = submit(request=request_of(town), by=ApplicantActor(None, town.office.pk), on=DAY, now=_now())
    both = Client()
    both.post("/follow/", {"code": filed.query_code, "last_four": "002X"})
    assert both.get("/desk/").status_code == 302
    both.force_login(town.admin, BACKEND)
    assert both.get(f"/desk/case/{filed.case.pk}/").status_code == 404


def test_every_form_is_refused_without_its_token() -> None:
    world = make_world(State.SIGNING)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.people["own signatory"], BACKEND)
    addresses = (
        pages.of_no_case(world.town.office.code) | pages.of_case(world.case) | pages.acts_of(world.case.pk)
    )
    for page, address in addresses.items():
        if page.split()[0] in pages.TAKES_A_FORM:
            assert strict.post(address, {"step": "confirm"}).status_code == 403, page
    world.case = type(world.case).objects.get(pk=world.case.pk)
    assert world.case.state == State.SIGNING
