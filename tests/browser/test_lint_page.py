"""The findings before signature in Chromium: read, followed to the field, mended, sent on."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from tests.browser.conftest import EVERY_SIZE
from tests.workflow.factories import REFUSE, at, handled, make_town, searched
from workflow.actions import propose
from workflow.models import Case

pytestmark = [pytest.mark.django_db(transaction=True)]
TODAY = dt.date(2026, 3, 3)


@pytest.mark.parametrize("size", EVERY_SIZE)
def test_a_finding_is_followed_and_mended(live_server, monkeypatch, new_page, login, axe_violations, size):
    monkeypatch.setenv("DEMO_TODAY", TODAY.isoformat())
    town = make_town()
    case = searched(town, handled(town))
    thin = {**REFUSE, "reason": "内部信息"}
    propose.propose(case_id=case.pk, by=town.handler, on=TODAY, now=at(TODAY), item_seq=1, **thin)
    page = new_page(size=size)
    login(page, town.handler.username)
    page.goto(f"{live_server.url}/desk/case/{case.pk}/do/send_to_review/")
    assert page.locator(".finding.error").count() == 1
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if shots := os.environ.get("LINT_SHOTS"):
        page.screenshot(path=Path(shots) / f"findings-{size}.png", full_page=True)
    page.get_by_role("link", name="写明该信息的具体情况").click()
    field = page.locator("#id_reason")
    assert field.is_visible()
    assert page.url.endswith("#id_reason")
    field.fill("该记录系拟定补偿方案过程中形成的讨论记录，尚未形成对外决定")
    page.get_by_role("button", name="拟定答复意见").click()
    page.goto(f"{live_server.url}/desk/case/{case.pk}/do/send_to_review/")
    assert page.get_by_text("没有发现问题").is_visible()
    page.get_by_role("button", name="送审").click()
    assert Case.objects.get(pk=case.pk).state == "reviewing"
