"""Wordings in a browser: written by one, confirmed by another, carried by the letters that follow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from letters.models import Paper
from letters.own.contract import editable
from letters.own.titles import base_of
from tests.browser.conftest import EVERY_SIZE
from tests.browser.moves import go
from tests.browser.stage import address_of, looks_at
from tests.browser.test_admin_room import sound
from tests.workflow.factories import DAY, Town, add_person, at, handled, make_town
from workflow.actions.communicate import communicate

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "communication"
MORE = "请您在便利的时候与本机关联系。"


@pytest.fixture
def town(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    return make_town()


def letter_of(town: Town) -> str:
    case = handled(town)
    communicate(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), matters="请确认获取方式。")
    paper = Paper.objects.get(subject_ref=case.subject_ref, kind=KEY)
    return f"{paper.wording_version} {paper.frozen()['text']}"


@looks_at(
    "admin_room:wordings", "admin_room:wording", "admin_room:wording_edit", "admin_room:wording_change",
    "admin_room:wording_restore",
)  # fmt: skip
@pytest.mark.parametrize("size", EVERY_SIZE)
def test_a_wording_from_its_draft_to_the_letter(
    town: Town, new_page: Callable[..., Page], login: Callable[[Page, str], Page],
    axe_violations: Callable[..., list[str]], size: str,
) -> None:  # fmt: skip
    before = letter_of(town)
    page = login(new_page(size=size), town.people["legal"].username)
    page.goto("/admin/wordings/")
    sound(page, axe_violations, f"wordings-{size}")
    go(page.get_by_role("link", name="沟通函", exact=True))
    sound(page, axe_violations, f"wording-{size}")
    go(page.get_by_role("link", name="起草修改"))
    text = editable(base_of(KEY, DAY).source)
    page.get_by_label("修改的理由").fill("便于申请人联系")
    page.get_by_label("文本", exact=True).fill(text + "{{ nothing }}\n")
    go(page.get_by_role("button", name="保存草稿，查看三个样例"))
    expect(page.locator("#error-summary")).to_contain_text("没有要素“nothing”")
    sound(page, axe_violations, f"wording-refused-{size}")
    page.get_by_label("文本", exact=True).fill(text + MORE + "\n")
    go(page.get_by_role("button", name="保存草稿，查看三个样例"))
    expect(page.get_by_role("heading", name="要素最少、另一类收件人的一件")).to_be_visible()
    sound(page, axe_violations, f"wording-draft-{size}")
    go(page.get_by_role("button", name="提出，等待复核"))
    expect(page.get_by_role("button", name="复核施行")).to_be_disabled()
    address = page.url
    other = login(new_page(size=size), add_person(town, "admin").username)
    other.goto(address)
    assert address_of(other) == "admin_room:wording_change"
    sound(other, axe_violations, f"wording-waits-{size}")
    go(other.get_by_role("button", name="复核施行"))
    expect(other.get_by_text("已复核施行，为第1版")).to_be_visible()
    after = letter_of(town)
    assert MORE not in before
    assert not before.startswith("own")
    assert MORE in after
    assert after.startswith("own1-")
    go(other.get_by_role("link", name="沟通函", exact=True))
    sound(other, axe_violations, f"wording-own-{size}")
    go(other.get_by_role("link", name="恢复系统文本"))
    go(other.get_by_role("button", name="保存草稿，查看变化"))
    expect(other.locator("#error-summary")).to_be_visible()
    sound(other, axe_violations, f"wording-restore-{size}")
