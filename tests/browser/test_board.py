"""The board in a browser: at every size, by keyboard, in print, without accessibility faults."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import EVERY_SIZE, too_wide
from tests.browser.moves import enter, go
from tests.workflow.supervision.conftest import DAY, County, make_county
from workflow.selectors import board as boards

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> County:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    county = make_county()
    county.fill(90)
    return county


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
    with page.expect_download() as download:
        page.get_by_text("导出这份清单").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert download.value.suggested_filename == f"督办清单-10个工作日以后到期-{DAY}.csv"
    assert len(text.splitlines()) == 1 + int(number)


def test_print_is_one_landscape_sheet(
    county: County, page: Page, login: Callable[[Page, str], Page], tmp_path: Path
) -> None:
    login(page, "du")
    page.goto("/board/")
    paper = page.pdf(prefer_css_page_size=True, path=str(tmp_path / "board.pdf"))
    from pypdf import PdfReader

    sheets = PdfReader(tmp_path / "board.pdf").pages
    assert len(paper) > 0
    assert len(sheets) == 1
    assert sheets[0].mediabox.width > sheets[0].mediabox.height
    page.emulate_media(media="print")
    shoot(page, "board-print")
