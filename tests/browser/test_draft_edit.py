"""A handler takes the reply to a word processor and back, in a browser: what is sent to review is the edited text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import EVERY_SIZE
from tests.browser.moves import go
from tests.browser.test_admin_room import sound
from tests.letters.copies import more_words
from tests.workflow.factories import DAY, DISCLOSE, Town, at, handled, make_town, searched
from workflow.actions import propose

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "以上情况特此说明。"


@pytest.fixture
def town(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    return make_town()


@pytest.mark.parametrize("size", EVERY_SIZE)
def test_a_working_copy_goes_out_and_comes_back(
    town: Town, new_page: Callable[..., Page], login: Callable[[Page, str], Page],
    axe_violations: Callable[..., list[str]], size: str, tmp_path: Path,
) -> None:  # fmt: skip
    case = searched(town, handled(town))
    propose.propose(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), item_seq=1, **DISCLOSE)
    page = login(new_page(size=size), town.handler.username)
    page.goto(f"/desk/case/{case.pk}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载工作稿（docx）").click()
    assert download.value.suggested_filename.endswith("答复书工作稿.docx")
    copy = tmp_path / "改好的工作稿.docx"
    content = Path(download.value.path()).read_bytes()
    copy.write_bytes(content)
    go(page.locator("#reviews").get_by_role("link", name="导入修改稿"))
    sound(page, axe_violations, f"edit-import-{size}")
    page.get_by_label("改好的工作稿（docx）").set_input_files(str(copy))
    go(page.get_by_role("button", name="导入，与系统稿对照"))
    expect(page.locator("#error-summary")).to_contain_text("没有可以导入的修改")
    sound(page, axe_violations, f"edit-unchanged-{size}")
    copy.write_bytes(more_words(content, WORDS))
    page.get_by_label("改好的工作稿（docx）").set_input_files(str(copy))
    go(page.get_by_role("button", name="导入，与系统稿对照"))
    expect(page.locator("#reviews")).to_contain_text("导入了修改稿")
    sound(page, axe_violations, f"edit-case-{size}")
    page.goto(f"/desk/case/{case.pk}/do/send_to_review/")
    expect(page.locator("ins").first).to_contain_text(WORDS)
    sound(page, axe_violations, f"edit-send-{size}")
    go(page.get_by_role("button", name="送审"))
    reviewer = login(new_page(size=size), town.people["secrecy"].username)
    reviewer.goto(f"/desk/case/{case.pk}/do/clear_secrecy/")
    expect(reviewer.locator("ins").first).to_contain_text(WORDS)
    assert reviewer.get_by_role("link", name="下载工作稿（docx）").count() == 0
