"""An office's data and its seals in a browser: changed, refused at the field, a seal entered by one and used by another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from letters.models import SealImage
from tests.browser.conftest import EVERY_SIZE
from tests.browser.moves import go
from tests.browser.stage import address_of, looks_at
from tests.browser.test_admin_room import sound
from tests.letters.test_seal_image import seal_png
from tests.workflow.factories import DAY, Town, add_person, make_town

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    return make_town()


@looks_at("admin_room:office")
@pytest.mark.parametrize("size", EVERY_SIZE)
def test_an_office_changes_its_telephone(
    town: Town, new_page: Callable[..., Page], login: Callable[[Page, str], Page],
    axe_violations: Callable[..., list[str]], size: str,
) -> None:  # fmt: skip
    page = login(new_page(size=size), town.admin.username)
    page.goto("/admin/office/")
    sound(page, axe_violations, f"office-{size}")
    page.get_by_label("邮政编码").fill("123")
    page.get_by_label("电话", exact=True).fill("")
    go(page.get_by_role("button", name="保存修改"))
    expect(page.locator("#error-summary")).to_contain_text("请填写电话")
    sound(page, axe_violations, f"office-refused-{size}")
    page.get_by_label("邮政编码").fill("118100")
    page.get_by_label("电话", exact=True).fill("0415-3126688")
    page.get_by_label("修改的理由").fill("办公电话更换")
    go(page.get_by_role("button", name="保存修改"))
    expect(page.get_by_role("cell", name="办公电话更换")).to_be_visible()
    expect(page.get_by_label("电话", exact=True)).to_have_value("0415-3126688")
    sound(page, axe_violations, f"office-changed-{size}")


@looks_at("admin_room:seals", "admin_room:seal_image")
@pytest.mark.parametrize("size", EVERY_SIZE)
def test_a_seal_is_entered_by_one_and_used_by_another(
    town: Town, new_page: Callable[..., Page], login: Callable[[Page, str], Page],
    axe_violations: Callable[..., list[str]], size: str, tmp_path: Path,
) -> None:  # fmt: skip
    picture, wrong = tmp_path / "seal.png", tmp_path / "white.png"
    picture.write_bytes(seal_png())
    wrong.write_bytes(seal_png(ground=(255, 255, 255, 255)))
    page = login(new_page(size=size), town.admin.username)
    page.goto("/admin/seals/")
    page.get_by_label("印模图片").set_input_files(wrong)
    go(page.get_by_role("button", name="录入，看样张"))
    expect(page.locator("#error-summary")).to_contain_text("透明")
    sound(page, axe_violations, f"seals-refused-{size}")
    page.get_by_label("印模图片").set_input_files(picture)
    go(page.get_by_role("button", name="录入，看样张"))
    expect(page.get_by_role("button", name="复核启用")).to_be_disabled()
    sound(page, axe_violations, f"seal-own-{size}")
    assert page.request.get(f"{page.url}sample.pdf").body().startswith(b"%PDF")
    other = login(new_page(size=size), add_person(town, "admin").username)
    other.goto(page.url)
    assert address_of(other) == "admin_room:seal_image"
    expect(other.get_by_role("img", name="印模")).to_be_visible()
    sound(other, axe_violations, f"seal-waits-{size}")
    go(other.get_by_role("button", name="复核启用"))
    sound(other, axe_violations, f"seal-used-{size}")
    go(other.get_by_role("link", name="机关印章").first)
    expect(other.get_by_text("正在使用")).to_be_visible()
    sound(other, axe_violations, f"seals-{size}")
    assert SealImage.objects.get().confirmed_at is not None
