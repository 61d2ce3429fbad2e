"""Years and readings in a browser: entered by one, looked at and put in force by another."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import EVERY_SIZE, too_wide
from tests.browser.moves import go
from tests.browser.stage import address_of, looks_at
from tests.calendars.made_up import TEXT, YEAR
from tests.workflow.factories import Town, add_person, make_town, registered
from workflow.models import Case

pytestmark = pytest.mark.django_db(transaction=True)
ARRIVED = dt.date(2027, 1, 8)


@pytest.fixture
def town(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("DEMO_TODAY", "2027-02-05")
    return make_town()


def sound(page: Page, axe_violations: Callable[..., list[str]], name: str) -> None:
    """Hold a page to fit every window and to have no accessibility fault; keep a picture where asked for."""
    assert too_wide(page) == [], name
    assert axe_violations(page) == [], name
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@looks_at("admin_room:notice")
@pytest.mark.parametrize("size", EVERY_SIZE)
def test_a_year_from_its_text_to_every_open_case(
    town: Town, new_page: Callable[..., Page], login: Callable[[Page, str], Page],
    axe_violations: Callable[..., list[str]], size: str,
) -> None:  # fmt: skip
    case = registered(town, arrived_on=ARRIVED, on=ARRIVED)
    page = login(new_page(size=size), town.admin.username)
    page.goto("/admin/years/")
    sound(page, axe_violations, f"years-{size}")
    go(page.get_by_role("link", name="录入国务院通知"))
    page.get_by_label("年度").fill(str(YEAR))
    page.get_by_label("通知原文").fill(TEXT)
    go(page.get_by_role("button", name="读一读原文"))
    expect(page.get_by_text("自查通过")).to_be_visible()
    sound(page, axe_violations, f"years-read-{size}")
    go(page.get_by_role("button", name="与原文一致，录入"))
    expect(page.get_by_text("1 件变为逾期")).to_be_visible()
    expect(page.get_by_role("button", name="复核施行")).to_be_disabled()
    address = page.url
    other = login(new_page(size=size), add_person(town, "admin").username)
    other.goto(address)
    assert address_of(other) == "admin_room:notice"
    sound(other, axe_violations, f"years-impact-{size}")
    go(other.get_by_role("button", name="复核施行"))
    expect(other.get_by_text("移动了 1 件在办案件")).to_be_visible()
    sound(other, axe_violations, f"years-done-{size}")
    assert Case.objects.get(pk=case.pk).due_on == dt.date(2027, 2, 4)


@pytest.mark.parametrize("size", EVERY_SIZE)
def test_readings_and_the_ledger_at_every_size(
    town: Town, new_page: Callable[..., Page], login: Callable[[Page, str], Page],
    axe_violations: Callable[..., list[str]], size: str,
) -> None:  # fmt: skip
    case = registered(town, arrived_on=ARRIVED, on=ARRIVED)
    page = login(new_page(size=size), town.admin.username)
    page.goto("/admin/parameters/")
    sound(page, axe_violations, f"readings-{size}")
    go(page.get_by_role("link", name="要求说明理由期间停止计时"))
    go(page.get_by_role("button", name="提出，等待复核"))
    expect(page.locator("#error-summary")).to_be_visible()
    sound(page, axe_violations, f"reading-{size}")
    desk = login(new_page(size=size), town.head.username)
    desk.goto(f"/desk/case/{case.pk}/ledger/?as_of=2027-01-20")
    expect(desk.get_by_text("按2027年1月20日")).to_be_visible()
    sound(desk, axe_violations, f"ledger-{size}")
