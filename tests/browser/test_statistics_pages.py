"""Monthly sheets, performance measures and the public page in a browser: from a figure to its cases, filed, corrected."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.access.world import DAY, make_department
from tests.browser.conftest import EVERY_SIZE, too_wide
from tests.browser.moves import go
from tests.browser.stage import Login, NewPage, Stage, fill, judged, looks_at, opened, press, send
from tests.browser.test_board import shoot
from tests.workflow.supervision.annual_histories import fill as fill_office
from tests.workflow.supervision.conftest import County, make_county
from workflow.models import Case

pytestmark = pytest.mark.django_db(transaction=True)
ON = dt.date(2026, 6, 3)


@pytest.fixture
def county(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> County:
    monkeypatch.setenv("DEMO_TODAY", ON.isoformat())
    cache.clear()
    county = make_county()
    for place, office in enumerate(county.offices):
        fill_office(office, 70, seed=80 + place)
    return county


@looks_at(
    "board:statistics", "board:statistics_sheet", "board:statistics_cases", "board:statistics_step",
    "board:measures", "portal:figures",
)  # fmt: skip
def test_the_pages_of_the_sheets(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch, new_page: NewPage, login: Login,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    cache.clear()
    with judged(make_department(), request.function) as stage:
        _visit(stage, login(opened(new_page), stage.town.head.username))


def _visit(stage: Stage, page: Page) -> None:
    town = stage.town
    for state in ("handling", "served"):
        assert stage.cases[state].pk
    where = [town.office.pk, "own", "2026-02"]
    stage.visit(page, reverse("board:statistics"))
    stage.visit(page, reverse("board:statistics_sheet", args=where))
    stage.visit(page, reverse("board:statistics_sheet", args=where) + "?layout=brief&known_on=2099-01-01")
    assert "这一天还没有到" in page.content()
    stage.visit(page, reverse("board:statistics_cases", args=where))
    stage.visit(
        page,
        reverse("board:statistics_cases", args=[town.office.pk, "own", "2026Q1"]) + "?what=new&span=year",
    )
    step = reverse("board:statistics_step", args=[*where, "file"])
    stage.visit(page, step)
    page.goto(step)
    press("报送统计表")(page)
    # Filed before the month's cases were corrected: asked for the reason, and told that nothing has changed.
    stage.visit(page, step, send)
    assert "请填写更正的理由" in page.content()
    stage.visit(page, step, fill(reason="再报一次"), send)
    assert "不用更正" in page.content()
    stage.visit(page, reverse("board:statistics_step", args=[*where, "confirm"]))
    stage.visit(page, reverse("board:statistics_sheet", args=where))
    stage.visit(page, reverse("board:measures"))
    stage.visit(page, reverse("portal:figures"))


@pytest.mark.parametrize("size", EVERY_SIZE)
def test_at_every_size(
    county: County, new_page: Callable[..., Page], login: Callable[[Page, str], Page],
    axe_violations: Callable[..., list[str]], size: str,
) -> None:  # fmt: skip
    page = login(new_page(size=size), "du")
    for name, address in (
        ("home", "/board/statistics/"),
        ("whole", reverse("board:statistics_sheet", args=[county.government.pk, "whole", "2026-05"])),
        ("cases", reverse("board:statistics_cases", args=[county.offices[0].pk, "own", "2026-05"]) + "?what=event&of=extension&span=year"),
        ("measures", "/board/statistics/measures/?period=2026-01..2026-05"),
        ("public", "/figures/?year=2025"),
    ):  # fmt: skip
        page.goto(address)
        assert too_wide(page) == []
        assert axe_violations(page) == []
        shoot(page, f"statistics-{name}-{size}")


def test_from_the_figure_to_its_cases_and_from_filing_to_its_correction(
    county: County, page: Page, login: Callable[[Page, str], Page]
) -> None:
    office = county.offices[0]
    login(page, "tou")
    page.goto("/board/statistics/")
    go(page.get_by_role("link", name=office.name, exact=True))
    link = page.locator("a[href$='?what=new']").first
    number = link.inner_text()
    go(link)
    expect(page.locator(".page-head p.quiet")).to_contain_text(f"共 {number} 件")
    page.go_back()
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON").click()
    lines = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["lines"]
    assert str(next(line["period"] for line in lines if line["label"] == "新收")) == number
    go(page.get_by_role("link", name="报送", exact=True))
    press("报送统计表")(page)
    go(page.get_by_role("link", name="确认", exact=True))
    press("确认统计表")(page)
    expect(page.locator(".page-head p.quiet").first).to_contain_text("确认。数字已封存")
    moved = Case.objects.filter(office=office, received_on__range=("2026-05-01", "2026-05-31")).first()
    assert moved is not None
    Case.objects.filter(pk=moved.pk).update(received_on=dt.date(2026, 6, 1))
    page.reload()
    expect(page.locator("th", has_text="现在（本期）")).to_be_visible()
    row = page.locator("tr", has=page.locator("th", has_text="新收")).first
    expect(row.locator("td").nth(0)).to_have_text(number)
    expect(row.locator("td").nth(2)).to_have_text(str(int(number) - 1))
    shoot(page, "statistics-changed")
    go(page.get_by_role("link", name="更正报送"))
    page.locator("[name=reason]").fill("一件的收到日登记有误")
    press("更正报送")(page)
    expect(page.locator(".page-head p.quiet").first).to_contain_text("第2次")
    expect(page.locator("#earlier")).to_be_visible()
    shoot(page, "statistics-corrected")
