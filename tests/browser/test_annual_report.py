"""The annual report in a browser: from a figure to its cases, filled in, downloaded, published, at every size."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from law.annual.read_file import read_bytes
from law.annual.rules import check
from tests.access.world import DAY, make_department
from tests.browser.conftest import EVERY_SIZE, too_wide
from tests.browser.moves import go
from tests.browser.stage import Login, NewPage, Stage, fill, judged, looks_at, opened, press, send
from tests.browser.test_board import shoot
from tests.workflow.supervision.annual_histories import fill as fill_office
from tests.workflow.supervision.conftest import County, make_county
from workflow.selectors import annual_report

pytestmark = pytest.mark.django_db(transaction=True)
ON = dt.date(2026, 1, 20)
PROBLEMS = "（一）主要问题。公开的时效还要提高。\n（二）改进情况。加强培训。"


@pytest.fixture
def county(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> County:
    monkeypatch.setenv("DEMO_TODAY", ON.isoformat())
    county = make_county()
    for place, office in enumerate(county.offices):
        fill_office(office, 70, seed=40 + place)
    return county


@pytest.fixture
def stage(
    transactional_db: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Stage]:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    with judged(make_department(), request.function) as stage:
        yield stage


@looks_at(
    "board:annual", "board:annual_report", "board:annual_cases", "board:annual_fill", "board:annual_step"
)
def test_the_pages_of_the_report(stage: Stage, new_page: NewPage, login: Login) -> None:
    town = stage.town
    for state in ("handling", "served", "withdrawn"):
        assert stage.cases[state].pk
    page = login(opened(new_page), town.head.username)
    where = [town.office.pk, 2026, "own"]
    stage.visit(page, reverse("board:annual"))
    stage.visit(page, f"{reverse('board:annual')}?year=2026")
    stage.visit(page, reverse("board:annual_report", args=where))
    stage.visit(page, reverse("board:annual_cases", args=where))
    stage.visit(page, reverse("board:annual_cases", args=where) + "?table=4&row=direct&column=all")
    fill_in = reverse("board:annual_fill", args=where)
    stage.visit(page, fill_in)
    stage.visit(page, fill_in, fill(hand_0="一件", text_1="共{没有的数}件"), send)
    assert "没有名为" in page.content() or "应填非负整数" in page.content()
    stage.visit(page, fill_in, fill(text_5=PROBLEMS), press("保存"))
    stage.visit(page, reverse("board:annual_step", args=[*where, "publish"]), send)
    assert "公布日期应在" in page.content()
    stage.visit(page, reverse("board:annual_step", args=[town.office.pk, 2025, "own", "enter"]), send)


@pytest.mark.parametrize("size", EVERY_SIZE)
def test_at_every_size(
    county: County, new_page: Callable[..., Page], login: Callable[[Page, str], Page],
    axe_violations: Callable[..., list[str]], size: str,
) -> None:  # fmt: skip
    page = login(new_page(size=size), "du")
    office = county.offices[0]
    for name, address in (
        ("home", "/board/annual/"),
        ("report", reverse("board:annual_report", args=[office.pk, 2025, "own"])),
        ("cases", reverse("board:annual_cases", args=[office.pk, 2025, "own"])),
        ("whole", reverse("board:annual_report", args=[county.government.pk, 2025, "whole"])),
    ):
        page.goto(address)
        assert too_wide(page) == []
        assert axe_violations(page) == []
        shoot(page, f"annual-{name}-{size}")


def test_from_the_figure_to_its_cases_and_from_the_draft_to_publication(
    county: County, page: Page, login: Callable[[Page, str], Page]
) -> None:
    office = county.offices[0]
    login(page, "tou")
    page.goto("/board/annual/")
    go(page.get_by_role("link", name=office.name, exact=True))
    link = page.locator("a[href*='row=total'][href*='column=all']")
    number = link.inner_text()
    go(link)
    expect(page.locator(".page-head p.quiet")).to_contain_text(f"共 {number} 件")
    page.go_back()
    go(page.get_by_role("link", name="填写表二和正文"))
    shoot(page, "annual-fill")
    for place in range(10):
        page.locator(f"[name=hand_{place}]").fill("0")
    page.locator("[name=text_5]").fill(PROBLEMS)
    press("保存")(page)
    expect(page.locator("#state")).to_have_text("勾稽一致")
    with page.expect_download() as download:
        page.get_by_role("link", name="XLSX").click()
    figures = read_bytes(Path(download.value.path()).read_bytes())
    assert str(figures.cell("total", "all").value) == number
    assert [finding for finding in check(figures) if finding.blocks] == []
    go(page.get_by_role("link", name="登记已经公布"))
    press("登记已经公布")(page)
    expect(page.locator(".page-head p.quiet").first).to_contain_text("2026年1月20日")
    shoot(page, "annual-published")
    row = annual_report.stored(office, 2025, "own")
    assert row is not None
    assert row.published_on == ON
    page.emulate_media(media="print")
    from pypdf import PdfReader

    assert len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages) <= 3
