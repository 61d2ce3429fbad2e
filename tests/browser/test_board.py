"""The board in a browser: at every size, by keyboard, in print, without accessibility faults."""

from __future__ import annotations

import datetime as dt
import os
import uuid
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from office import journal
from office.actors import SystemActor
from tests.access.world import DAY as TOWN_DAY
from tests.access.world import make_department
from tests.browser.conftest import EVERY_SIZE, too_wide
from tests.browser.moves import enter, go
from tests.browser.stage import Login, NewPage, Stage, judged, looks_at, opened
from tests.workflow.supervision.conftest import DAY, County, make_county
from workflow.models import Case
from workflow.selectors import board as boards
from workflow.selectors.timeliness import standing_at

pytestmark = pytest.mark.django_db(transaction=True)
NOW = dt.datetime(2026, 7, 8, 2, tzinfo=dt.UTC)


@pytest.fixture
def county(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> County:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    county = make_county()
    county.fill(90)
    return county


@pytest.fixture
def stage(
    transactional_db: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Stage]:
    monkeypatch.setenv("DEMO_TODAY", TOWN_DAY.isoformat())
    with judged(make_department(), request.function) as stage:
        yield stage


def shoot(page: Page, name: str) -> None:
    """Keep a picture where somebody asked for pictures."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("size", EVERY_SIZE)
def test_board_and_list_at_every_size(
    county: County, new_page: Callable[..., Page], login: Callable[[Page, str], Page],
    axe_violations: Callable[..., list[str]], size: str,
) -> None:  # fmt: skip
    page = login(new_page(size=size), "du")
    page.goto("/board/")
    number = boards.board(county.supervisor, on=DAY).total.counts["overdue"]
    expect(page.locator("a.tile.overdue b")).to_have_text(str(number))
    assert too_wide(page) == []
    assert axe_violations(page) == []
    shoot(page, f"board-{size}")
    go(page.locator("a.tile.overdue"))
    expect(page.locator("h1")).to_have_text("已逾期")
    expect(page.locator("tbody tr")).to_have_count(number)
    assert too_wide(page) == []
    assert axe_violations(page) == []
    shoot(page, f"board-list-{size}")


def test_from_a_number_to_its_list_and_its_file(
    county: County, page: Page, login: Callable[[Page, str], Page]
) -> None:
    login(page, "du")
    page.goto("/board/")
    cell = page.locator("tr.office td.num.later a").first
    number = cell.inner_text()
    cell.focus()
    enter(page)
    expect(page.locator(".page-head p").first).to_contain_text(f"共 {number} 件")
    with page.expect_download() as book:
        page.get_by_text("导出这份清单（xlsx）").click()
    rows = list(load_workbook(BytesIO(book.value.path().read_bytes())).active.iter_rows(values_only=True))
    assert rows[0][0] == "案件编号"
    assert len(rows) == 1 + int(number)
    with page.expect_download() as download:
        page.get_by_text("导出这份清单（CSV）").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert download.value.suggested_filename == f"督办清单-10个工作日以后到期-{DAY}.csv"
    assert len(text.splitlines()) == 1 + int(number)


def test_from_the_county_down_to_a_person(
    county: County, page: Page, login: Callable[[Page, str], Page],
    axe_violations: Callable[..., list[str]],
) -> None:  # fmt: skip
    office = county.offices[0]
    login(page, "du")
    page.goto("/board/")
    go(page.locator("tr.office th a", has_text=office.name))
    expect(page.locator("h1")).to_have_text(f"督办看板 · {office.name}")
    go(page.locator("tr.unit th a", has_text="业务股"))
    go(page.locator("tr.person th a", has_text=county.handler.display))
    expect(page.locator(".crumbs li")).to_have_text(
        ["全部机关", office.name, "业务股", county.handler.display]
    )
    assert page.url.endswith(
        f"?office={office.pk}&unit={county.units[office.pk][1].pk}&person={county.handler.pk}"
    )
    assert axe_violations(page) == []
    for title in ("超期与依据", "阶段与停留", "各人负荷", "新收与办结", "逾期预测"):
        go(page.locator(".tabs a", has_text=title))
        expect(page.locator("h1")).to_have_text(f"{county.handler.display} · {title}")
    go(page.locator(".crumbs a", has_text=office.name))
    cell = page.locator("tfoot td.num a").nth(2)
    number = cell.inner_text()
    assert int(number) > 0
    go(cell)
    expect(page.locator(".page-head p").first).to_contain_text(f"共 {number} 件")


@pytest.mark.parametrize("name", ["late", "stages", "people", "flow", "forecast"])
def test_each_view_is_readable_printable_and_has_its_picture(
    county: County, page: Page, login: Callable[[Page, str], Page],
    axe_violations: Callable[..., list[str]], tmp_path: Path, name: str,
) -> None:  # fmt: skip
    login(page, "du")
    page.goto(f"/board/view/{name}/")
    assert too_wide(page) == []
    assert axe_violations(page) == []
    picture = page.locator(".board-chart svg")
    expect(picture).to_have_attribute("role", "img")
    assert picture.locator("> title").text_content()
    assert "截至" in (picture.locator("> desc").text_content() or "")
    shoot(page, f"board-{name}")
    page.set_viewport_size({"width": 360, "height": 740})
    assert axe_violations(page) == []
    shoot(page, f"board-{name}-phone")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.pdf(prefer_css_page_size=True, path=str(tmp_path / "view.pdf"))
    sheets = PdfReader(tmp_path / "view.pdf").pages
    assert len(sheets) == 1
    assert sheets[0].mediabox.width > sheets[0].mediabox.height
    page.emulate_media(media="print")
    shoot(page, f"board-{name}-print")
    page.emulate_media(media="screen")
    with page.expect_download() as book:
        page.get_by_text("导出本页各表").click()
    assert (
        len(load_workbook(BytesIO(book.value.path().read_bytes())).worksheets)
        == page.locator("section table").count()
    )
    page.goto(page.locator("figcaption a").get_attribute("href") or "")
    expect(page.locator("svg > title")).to_have_count(1)
    assert page.evaluate("document.querySelector('svg .seg').getAttribute('fill')").startswith("#")


def test_an_open_page_shows_what_was_done_since_and_asks_for_nothing_else(
    county: County, page: Page, login: Callable[[Page, str], Page]
) -> None:
    """Asked again when somebody looks: unchanged is answered without a page, an act brings the new numbers."""
    login(page, "du")
    page.goto("/board/")
    look = "document.dispatchEvent(new Event('visibilitychange'))"
    with page.expect_response(lambda answer: answer.url.endswith("/board/")) as unchanged:
        page.evaluate(look)
    assert unchanged.value.status == 304
    tile = page.locator("a.tile.overdue b")
    before = int(tile.inner_text())
    case = standing_at(Case.objects.all(), "later", on=DAY).first()
    assert case is not None
    Case.objects.filter(pk=case.pk).update(due_on=DAY - dt.timedelta(days=5))
    with transaction.atomic():
        journal.write(
            subject=case.subject_ref, key="case.recomputed", by=SystemActor("tick"), on=DAY, now=NOW,
            office_id=case.office_id, act_id=uuid.uuid4(), data={"changed": 1},
        )  # fmt: skip
    with page.expect_response(lambda answer: answer.url.endswith("/board/")) as fresh:
        page.evaluate(look)
    assert fresh.value.status == 200
    expect(tile).to_have_text(str(before + 1))
    expect(page.locator("#live-note")).to_contain_text("已更新")


@looks_at("board:view")
def test_the_views_of_a_department(stage: Stage, new_page: NewPage, login: Login) -> None:
    for state in ("handling", "supplementing", "signing", "served", "withdrawn"):
        assert stage.cases[state].pk
    page = login(opened(new_page), stage.town.head.username)
    for name in ("late", "stages", "people", "flow", "forecast"):
        stage.visit(page, f"/board/view/{name}/")


def test_print_is_one_landscape_sheet(
    county: County, page: Page, login: Callable[[Page, str], Page], tmp_path: Path
) -> None:
    login(page, "du")
    page.goto("/board/")
    paper = page.pdf(prefer_css_page_size=True, path=str(tmp_path / "board.pdf"))
    sheets = PdfReader(tmp_path / "board.pdf").pages
    assert len(paper) > 0
    assert len(sheets) == 1
    assert sheets[0].mediabox.width > sheets[0].mediabox.height
    page.emulate_media(media="print")
    shoot(page, "board-print")
