"""Every page, by somebody who may see it, also wrong input and refusals: readable, narrow, by keyboard, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.access import pages as addresses
from tests.access import table
from tests.access.crowd import a_village
from tests.access.world import DAY, POSTS, make_department
from tests.browser import eyes
from tests.browser.conftest import Watch
from tests.browser.moves import go
from tests.browser.people import Applicant
from tests.browser.stage import Login, NewPage, Stage, fill, judged, looks_at, opened, press, send
from tests.workflow.factories import at, file_case, make_town, request_of
from workflow import practices
from workflow.actions.submit import submit
from workflow.actors import ApplicantActor
from workflow.acts_on_holdings import HOLDING_ACTS
from workflow.models import Case

pytestmark = pytest.mark.django_db(transaction=True)


#: What is typed at the counter.
LETTER = {
    "party1-name": "王䶮", "party1-id_number": "11010519491231002X", "party1-phone": "13800000000",
    "party1-address": "云岫县采薇巷3号", "item1-description": "2025年度采薇村土地征收补偿安置方案",
}  # fmt: skip


@pytest.fixture
def stage(
    transactional_db: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Stage]:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    with judged(make_department(), request.function) as stage:
        yield stage


@looks_at("portal:home", "portal:choose", "portal:apply", "portal:receipt", "portal:follow", "portal:case",
          "portal:withdraw", "portal:supplement", "portal:reasons", "portal:fee", "portal:verify", "portal:verify_place")  # fmt: skip
def test_the_applicants_pages(stage: Stage, new_page: NewPage, watch: Watch) -> None:
    watch.expected += ["404"]
    page = opened(new_page)
    code = stage.town.office.code
    for path in (
        "/",
        "/apply/",
        "/apply/?q=没有这样的机关",
        f"/apply/{code}/",
        "/follow/",
        "/verify/zrzy/reply_refuse/2026/1/AAAAABBBBB/",
        "/nowhere/at/all/",
    ):
        stage.visit(page, path)
    stage.visit(page, f"/apply/{code}/", press("再加一项"), press("继续，核对内容"))
    stage.visit(page, "/verify/", send)
    stage.visit(page, "/verify/", fill(number="清自然资依复[2026]1号", code="aaaaa-bbbbb"), send)
    stage.visit(page, "/follow/", send)
    stage.visit(page, "/follow/", fill(code="AAAAA-BBBBB-CCCCC", last_four="1234"), send)
    applicant = Applicant(page, stage.town)
    applicant.apply("采薇村补偿安置方案")
    stage.look(page, "the receipt")
    applicant.follow()
    stage.look(page, "the applicant's case")
    stage.visit(page, "/follow/case/withdraw/")
    me = ApplicantActor(None, stage.town.office.pk)
    for state in ("supplementing", "explaining", "awaiting_fee", "served", "withdrawn"):
        case = stage.cases[state]
        filed = submit(request=request_of(stage.town), by=me, on=DAY, now=at(DAY))
        # The code is known only where it was given out: it is put on the case that is to be looked at.
        code_hash = filed.case.query_code_hash
        Case.objects.filter(pk=filed.case.pk).update(query_code_hash="")
        Case.objects.filter(pk=case.pk).update(query_code_hash=code_hash)
        page.context.clear_cookies()
        applicant.code = filed.query_code
        applicant.follow()
        stage.look(page, f"the applicant's case, {state}")
        if state == "supplementing":
            stage.visit(page, "/follow/case/supplement/")
            stage.visit(page, "/follow/case/supplement/", send)
        if state == "explaining":
            stage.visit(page, "/follow/case/reasons/")
            stage.visit(page, "/follow/case/reasons/", send)
        if state == "awaiting_fee":
            stage.visit(page, "/follow/case/fee/")


def test_the_check_before_sending(stage: Stage, new_page: NewPage) -> None:
    page = opened(new_page, size="phone")
    page.goto(f"/apply/{stage.town.office.code}/")
    for name, value in (("kind", "natural"), ("wanted_form", "electronic"), ("service", "portal")):
        page.locator(f"[name={name}][value={value}]").check()
    page.locator("[name=id_kind]").select_option("resident_id")
    fill(
        **{
            "name": "王䶮",
            "id_number": "11010519491231002X",
            "phone": "13800000000",
            "address": "云岫县采薇巷3号",
            "item1-description": "2025年度采薇村土地征收补偿安置方案",
        }
    )(page)
    press("继续，核对内容")(page)
    assert "核对申请" in page.title()
    stage.look(page, "the check page")


@looks_at("login", "password_change", "password_change_done", "desk:home")
def test_signing_in_and_refusals(
    stage: Stage, new_page: NewPage, login: Login, watch: Watch, monkeypatch: Any
) -> None:
    watch.expected += ["403", "404", "409", "429", "500"]
    page = opened(new_page)
    stage.visit(page, "/account/login/")
    wrong = (fill(username="nobody", password="wrong-password"), send)
    stage.visit(page, "/account/login/", *wrong)
    stage.visit(page, "/account/login/", *wrong * 5)
    clerk = login(opened(new_page), stage.town.handler.username)
    stage.visit(clerk, "/account/password/")
    stage.visit(clerk, "/account/password/", send)
    stage.visit(clerk, "/account/password/done/")
    stage.visit(clerk, "/counter/")
    stage.visit(clerk, f"/desk/case/{addresses.NOBODY}/")
    stage.visit(clerk, f"/desk/case/{stage.cases['archived'].pk}/do/propose/")
    from workflow.selectors import find

    monkeypatch.setattr(find, "search", None)
    stage.visit(clerk, "/desk/search/", fill(text="采薇村"), send)
    assert "系统出了问题" in clerk.title()
    go(clerk.locator("main a").first)
    stage.visit(clerk, "/desk/")


@looks_at("counter:waiting", "counter:register", "counter:arrival", "counter:done")
def test_the_counter(stage: Stage, new_page: NewPage, login: Login) -> None:
    fax = file_case(stage.town, channel="fax")
    page = login(opened(new_page), stage.town.intake.username)
    stage.visit(page, "/counter/")
    stage.visit(page, "/counter/register/")
    stage.visit(page, "/counter/register/", send)
    for case in (fax, stage.cases["submitted"], stage.cases["replied"]):
        stage.visit(page, f"/counter/{case.pk}/")
    page.goto(f"/counter/{fax.pk}/")
    page.locator("[name=confirmed_on]").fill("2020-01-01")
    send(page)
    stage.look(page, "confirming receipt on an impossible day")
    page.goto("/counter/register/")
    page.locator("[name=party1-id_kind]").select_option("resident_id")
    fill(**LETTER)(page)
    send(page)
    stage.look(page, "what was registered")


@looks_at("desk:home", "desk:unit", "desk:watch", "desk:search", "board:home", "board:list", "desk:case", "desk:trail",
          "desk:ledger")  # fmt: skip
def test_lists_board_and_case_pages(stage: Stage, new_page: NewPage, login: Login) -> None:
    stages = [stage.cases[state] for state in ("submitted", "supplementing", "signing", "served", "archived")]
    village = a_village(stage.town, people=12, items=8, searches=4)
    people = {
        role: login(opened(new_page), stage.town.people[role].username)
        for role in ("intake", "handler", "head")
    }
    page = people["intake"]
    for path in (
        "/desk/",
        "/desk/unit/",
        "/desk/watch/?level=near",
        "/desk/watch/?level=overdue",
        "/desk/search/",
    ):
        stage.visit(page, path)
    stage.visit(page, "/desk/search/", fill(text="采薇村"), send)
    stage.visit(page, "/desk/search/", fill(text="没有的词"), send)
    for path in ("/board/", "/board/list/", "/board/list/?standing=overdue"):
        stage.visit(people["head"], path)
    for case in stages:
        stage.visit(page, f"/desk/case/{case.pk}/")
    stage.visit(people["handler"], f"/desk/case/{village.pk}/")
    stage.visit(people["handler"], f"/desk/case/{village.pk}/trail/")
    stage.visit(people["handler"], reverse("desk:ledger", args=[stage.cases["handling"].pk]))


@looks_at("admin_room:years", "admin_room:enter", "admin_room:enter_region", "admin_room:parameters",
          "admin_room:propose", "admin_room:change", "admin_room:flow", "admin_room:practices",
          "admin_room:practice", "admin_room:practice_change")  # fmt: skip
def test_the_administrators_pages(stage: Stage, new_page: NewPage, login: Login) -> None:
    page = login(opened(new_page), stage.town.admin.username)
    stage.visit(page, "/desk/")
    for name in ("years", "enter", "enter_region", "parameters", "flow", "practices"):
        stage.visit(page, reverse(f"admin_room:{name}"))
    for path in (reverse("admin_room:enter"), reverse("admin_room:propose", args=["rereply.days"])):
        stage.visit(page, path, send)
    change = (fill(value="10", from_on=DAY.isoformat(), reason="本机关规定"), send)
    stage.visit(page, reverse("admin_room:propose", args=["rereply.days"]), *change)
    # The weights of measures differ by their unit only.
    alike = {one.measure and one.measure.unit: key for key, one in practices.table().items()}
    for key in [
        key for key, one in practices.table().items() if one.measure is None or key in alike.values()
    ]:
        stage.visit(page, reverse("admin_room:practice", args=[key]), fill(reason=""), send)
    second = (
        lambda page: page.get_by_label("是", exact=True).check(),
        fill(from_on=DAY.isoformat(), reason="本机关规定"),
        send,
    )
    stage.visit(page, reverse("admin_room:practice", args=["review.second_person"]), *second)


def acts(stage: Stage) -> list[tuple[str, str, str]]:
    """List (role, act, address) of every act that the golden table lets somebody do, once.

    Those that want a document are looked at with one in test_documents.
    """
    with_documents = {row.name for row, _ in HOLDING_ACTS if row.conditions}
    found: dict[str, tuple[str, str, str]] = {}
    for (page, who), marks in table.read().items():
        act, role = page.removeprefix("GET desk:act "), who.removeprefix("own ")
        if page.startswith("GET desk:act ") and role in POSTS and act not in {*found, *with_documents}:
            state = next(
                # No act leads into a lapse on the day of this stage.
                (s for s, mark in zip(table.STATES, marks, strict=True) if mark == "o" and s != "lapsed"),
                "",
            )
            if state:
                found[act] = (role, act, reverse("desk:act", args=[stage.cases[state].pk, act]))
    return list(found.values())


#: What leads from an act's form to the page that shows what it will bring.
AHEAD: dict[str, dict[str, str]] = {
    "extend": {"days": "10", "reason": "需从库房调取档案"},
    "request_supplement": {"matters": "未写明地块", "guidance": "请写明地块位置"},
    "serve": {"tracking": "EX990130007CN", "sent_on": DAY.isoformat()},
    "consult": {"party_name": "岚泽建材有限公司", "subject": "方案附件三"},
    "withdraw": {},
    "communicate": {"matters": "请告知地块"},
}


@looks_at("desk:act")
def test_acts_their_errors_and_their_previews(stage: Stage, new_page: NewPage, login: Login) -> None:
    people: dict[str, Page] = {}
    wanted = acts(stage)
    assert len(wanted) >= 20
    for role, act, address in wanted:
        if role not in people:
            people[role] = login(opened(new_page), stage.town.people[role].username)
        page = people[role]
        stage.visit(page, address)
        if act == "propose":
            stage.visit(page, f"{address}?item_seq=1&outcome=partial")
            stage.visit(page, f"{address}?item_seq=1&outcome=partial", send)
        elif act in ("extend", "consult", "record_search", "enter_signed_sheet"):
            stage.visit(page, address, send)
            assert page.title().startswith("错误：") or act == "extend", (act, page.title())
        if act in AHEAD:
            page.goto(address)
            fill(**AHEAD[act])(page)
            press("看一看会发生什么")(page)
            assert "确认" in page.title() or page.locator("[name=step][value=confirm]").count(), act
            stage.look(page, f"the preview of {act}")


def test_on_paper_the_navigation_is_gone(stage: Stage, new_page: NewPage, login: Login) -> None:
    case = stage.cases["signing"]
    for who, path in (
        ("head", f"/desk/case/{case.pk}/"),
        ("head", "/board/"),
        ("handler", f"/desk/case/{case.pk}/trail/"),
    ):
        printed(login(new_page(), stage.town.people[who].username), path)


def printed(page: Page, path: str) -> None:
    page.goto(path)
    screen = eyes.ink(page)
    page.emulate_media(media="print")
    for part in ("nav.nav", ".who", "a.skip", "aside form", ".acts a.btn"):
        for element in page.locator(part).all():
            assert not element.is_visible(), (path, part)
    assert page.locator("h1").is_visible()
    assert eyes.ink(page) > 0.005
    assert len(page.pdf()) > 5000
    page.emulate_media(media="screen", forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert eyes.ink(page) > min(0.005, screen / 2)
    box = page.locator("main").bounding_box()
    assert box
    assert box["height"] > 200


def test_forced_colours_keep_buttons_and_deadlines(stage: Stage, new_page: NewPage, login: Login) -> None:
    """Where colour is taken away, a button still has its edge and a deadline its words."""
    page = login(new_page(forced_colors="active"), stage.town.handler.username)
    page.goto(f"/desk/case/{stage.cases['handling'].pk}/")
    assert eyes.ink(page) > 0.005
    edges = page.locator("main a.btn, main button.btn").evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => getComputedStyle(e).borderTopStyle)"
    )
    assert edges
    assert "none" not in edges
    assert re.search(r"还剩 \d+ 个工作日", page.locator("main").inner_text())


def test_a_stranger_is_shown_nothing_of_the_department(
    stage: Stage, new_page: NewPage, login: Login, watch: Watch
) -> None:
    watch.expected += ["404"]
    page = login(new_page(), make_town().handler.username)
    for state in ("handling", "archived"):
        answer = page.goto(f"/desk/case/{stage.cases[state].pk}/")
        assert answer
        assert answer.status == 404
        assert stage.town.office.name not in page.content()


def test_the_eyes_see_what_is_wrong(new_page: NewPage, live_server: Any) -> None:
    """A page with every fault at once: none of the looks above passes it."""
    page = new_page(size="phone", bypass_csp=True)
    page.goto("/follow/")
    page.evaluate(
        """() => { document.querySelector('main').innerHTML =
        '<style>a:focus-visible { outline: 0; box-shadow: none }</style><p style="color:#ccc;width:900px">看不清楚的灰色文字</p>' +
        '<input name="nameless"><a href="/" id="dim">链接</a><span tabindex="3" role="button">钮</span>' }"""
    )
    assert {fault.split()[1] for fault in eyes.axe_faults(page)} >= {"label:", "color-contrast:"}
    assert eyes.wide(page)
    faults = "\n".join(eyes.keyboard_faults(page))
    assert "no visible focus: <a href" in faults
    assert "not for the keyboard: <span tabindex" in faults
    assert eyes.heavy(page, most=10)
    page.evaluate("document.body.innerHTML = ''")
    assert eyes.ink(page) < 0.005
