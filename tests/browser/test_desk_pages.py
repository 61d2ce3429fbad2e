"""Every page of the desk in Chromium: no accessibility fault, no sideways scrolling, usable by keyboard, printable."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from tests.amount import turn_of
from tests.browser.moves import enter, go
from tests.workflow.factories import (
    REFUSE,
    at,
    file_case,
    handled,
    make_town,
    registered,
    replied,
    reviewing,
    searched,
    signing,
)
from workflow.actions import consult

pytestmark = [pytest.mark.django_db(transaction=True)]
TODAY = dt.date(2026, 3, 26)
SENT = dt.date(2026, 3, 9)


@pytest.fixture
def pages(live_server, monkeypatch):
    """One case at each stage, and the page its person has open."""
    monkeypatch.setenv("DEMO_TODAY", TODAY.isoformat())
    town = make_town()
    work = searched(
        town, handled(town, items=("2025年度采薇村土地征收补偿安置方案", "采薇村三组分户补偿清单"))
    )
    consult.consult(
        case_id=work.pk,
        by=town.handler,
        on=SENT,
        now=at(SENT),
        party_name="岚泽建材有限公司",
        subject="方案附件三",
    )
    given, post = registered(town), file_case(town, channel="post_plain", service="post")
    review, sign, reply = reviewing(town, proposals=[REFUSE]), signing(town), replied(town, service="post")

    def act(case, name: str) -> str:
        return f"/desk/case/{case.pk}/do/{name}"

    return town, {
        "handler": [
            "/desk/", f"/desk/case/{work.pk}/", act(work, "propose/"), act(work, "propose/?item_seq=2&outcome=partial"),
            act(work, "record_search/"), act(work, "record_opinion/"), act(work, "consult/"),
            act(work, "consult_list/"), act(work, "consult_joint/"), act(work, "serve_consultation/"),
            act(work, "charge_fee/"), act(work, "ask_reasons/"), act(work, "split_item/"),
        ],
        "intake": [
            "/desk/", "/desk/search/", act(post, "confirm_receipt/"), act(given, "communicate/"), act(reply, "serve/"),
            act(sign, "enter_signed_sheet/"), f"/desk/case/{reply.pk}/trail/", act(post, "register/"),
            act(given, "judge_nature/"), act(post, "record_contact/"), act(given, "request_supplement/"),
        ],
        "head": ["/desk/unit/", "/desk/watch/?level=soon", act(given, "extend/")],
        "allocator": [act(given, "assign/")],
        "secrecy": [act(review, "clear_secrecy/")],
        "signatory": [act(sign, "sign/"), f"/desk/case/{sign.pk}/"],
    }  # fmt: skip


@pytest.mark.slow
def test_no_fault_at_any_width(live_server, new_page, login, pages, axe_violations, watch):
    watch.expected.append("409")  # the page that says why a letter not yet confirmed cannot be registered
    town, addresses = pages
    faults, looks = [], itertools.count()
    for role, paths in addresses.items():
        page = login(new_page(bypass_csp=True), town.people[role].username)
        for path in paths:
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(live_server.url + path)
            page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
            # Many of these acts are looked at in every page's test as well: here one in two, in the full suite each.
            if turn_of(next(looks), 2):
                faults += [f"{path} {fault}" for fault in axe_violations(page, here=True)]
            for width in (1280, 768, 360):
                page.set_viewport_size({"width": width, "height": 800})
                wide = page.evaluate("document.documentElement.scrollWidth")
                if wide > width:
                    faults.append(f"{path} is {wide} wide at {width}")
    assert faults == []


def test_an_extension_by_keyboard_alone(live_server, new_page, login, pages):
    town, addresses = pages
    page = login(new_page(), town.head.username)
    page.goto(live_server.url + addresses["head"][2])
    page.locator("#id_days").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("需从库房调取档案核对")
    page.keyboard.press("Tab")
    enter(page)
    page.wait_for_selector("text=确认：批准延期")
    page.get_by_role("button", name="批准延期并告知申请人").focus()
    enter(page)
    page.wait_for_selector("text=已办理：批准延期")
    assert "4月28日周二止" in page.content()


def test_the_letter_is_seen_before_it_is_signed(live_server, new_page, login, pages):
    town, addresses = pages
    page = login(new_page(), town.signatory.username)
    page.goto(live_server.url + addresses["signatory"][0])
    last = page.locator("img.letter-page").last
    assert last.evaluate("image => image.complete && image.naturalWidth") == 1191
    button = page.get_by_role("button", name="签发并编号")
    assert button.bounding_box()["y"] > last.bounding_box()["y"] + last.bounding_box()["height"]
    go(button)
    page.wait_for_selector("text=已办理：签发并编号")
    assert "依复〔2026〕" in page.content()


def test_the_case_page_prints_without_its_buttons(live_server, new_page, login, pages):
    town, addresses = pages
    page = login(new_page(), town.handler.username)
    page.goto(live_server.url + addresses["handler"][1])
    page.emulate_media(media="print")
    assert not page.locator("text=我现在可以").is_visible()
    assert page.locator("text=2026年3月2日（周一）").first.is_visible()
    assert page.locator("#trail").is_visible()
