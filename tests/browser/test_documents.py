"""Documents in a browser: attached by their handler, reviewed by their levels, blocked after a new version."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.access.world import DAY
from tests.browser.conftest import Watch
from tests.browser.moves import go
from tests.browser.stage import Login, NewPage, Stage, judged, looks_at, opened, press, send
from tests.review.at_home import at_home
from tests.review.makers import PLAIN, STAMPED, workbook
from tests.review.reviewing import attach, begun, ready_to_go, signed_off
from tests.workflow.factories import DISCLOSE, at, clear, handled, make_town, replied, searched
from workflow.actions import propose, secrecy_marks, send_to_review
from workflow.models import Case, Holding
from workflow.review import copies

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    at_home(monkeypatch)


@pytest.fixture
def stage(transactional_db: Any, request: pytest.FixtureRequest) -> Iterator[Stage]:
    with judged(make_town(), request.function) as stage:
        yield stage


def shot(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look at them."""
    if folder := os.environ.get("DOCUMENT_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def _register(page: Page) -> None:
    """Answer the question that comes before the upload."""
    page.locator("[name=secrecy][value=none]").check()
    press("登记材料")(page)


def _table(book: Any) -> None:
    sheet = book.active
    sheet.title = "补偿明细"
    sheet.delete_rows(1, 2)
    sheet.append(["姓名", "年龄", "住址", "补偿金额"])
    for name, age, place, sum_ in (
        ("张某一", 31, "云岫县采薇村一组", 12000), ("李某二", 31, "云岫县采薇村一组", 15000), ("王某三", 38, "云岫县采薇村二组", 9000),
        ("赵某四", 62, "云岫县思齐村", 30000),
    ):  # fmt: skip
        sheet.append([name, age, place, sum_])


@looks_at("desk:holding", "desk:holding_mosaic")
def test_the_pages_of_documents(stage: Stage, new_page: NewPage, login: Login, watch: Watch) -> None:
    town = stage.town
    earlier = replied(town)
    Case.objects.filter(pk=earlier.pk).update(state="handling", handler=town.handler)
    signed_off(town, Case.objects.get(pk=earlier.pk))
    Case.objects.filter(pk=earlier.pk).update(state="replied")
    case = handled(town)
    row = begun(town, attach(town, case, workbook(_table), name="补偿明细.xlsx"))
    stamped = attach(town, case, PLAIN + "内部资料\n".encode())
    secrecy_marks.report_mark(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), holding_id=stamped.pk, where="第1页右上角"
    )
    page = login(opened(new_page), town.handler.username)
    here = f"/desk/case/{case.pk}/holding/{row.pk}/"
    stage.visit(page, here)
    picture = page.locator("img.letter-page")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("e => e.naturalWidth") > 800
    shot(page, "document")
    stage.visit(page, here + "?page=9999999999")
    stage.visit(page, here + "mosaic/")
    expect(page.locator("main")).to_contain_text("突出的行")
    shot(page, "mosaic")
    stage.visit(page, f"/desk/case/{case.pk}/")
    shot(page, "case")
    for act in ("add_holding", "replace_holding", "report_mark", "register_card", "refer_holding"):
        path = f"/desk/case/{case.pk}/do/{act}/?holding_id={row.pk}"
        stage.visit(page, path)
        stage.visit(page, path, send)
        shot(page, act)
    stage.visit(page, f"/desk/case/{case.pk}/do/add_holding/", _register)
    shot(page, "add_holding_2")
    stage.visit(page, f"/desk/case/{case.pk}/do/add_holding/", _register, send)
    watch.expected.append("404")
    assert page.goto(f"/desk/case/{case.pk}/holding/{stamped.pk}/").status == 404
    other = login(opened(new_page), town.secrecy.username)
    stage.visit(other, f"/desk/case/{case.pk}/holding/{stamped.pk}/")
    expect(other.locator("main")).to_contain_text("已隔离")
    shot(other, "quarantined")
    stage.visit(other, f"/desk/case/{case.pk}/do/settle_quarantine/?holding_id={stamped.pk}")
    stage.visit(other, f"/desk/case/{case.pk}/do/settle_quarantine/?holding_id={stamped.pk}", send)
    shot(other, "settle_quarantine")
    head = login(opened(new_page), town.unit_head.username)
    stage.visit(head, f"/desk/case/{case.pk}/do/review_holding/?holding_id={row.pk}")
    stage.visit(head, f"/desk/case/{case.pk}/do/review_holding/?holding_id={row.pk}", send)
    shot(head, "review_holding")


def test_a_handler_attaches_and_begins_and_the_levels_agree(
    new_page: NewPage, login: Login, tmp_path: Path
) -> None:
    town = make_town()
    case = handled(town)
    page = login(new_page(), town.handler.username)
    page.goto(f"/desk/case/{case.pk}/do/add_holding/")
    assert page.locator("input[type=file]").count() == 0
    page.locator("[name=secrecy][value=classified]").check()
    press("登记材料")(page)
    expect(page.locator("main")).to_contain_text("涉密文件不得上传")
    assert page.locator("input[type=file]").count() == 0
    _register(page)
    (tmp_path / "请示.txt").write_bytes(STAMPED)
    (tmp_path / "方案.txt").write_bytes(PLAIN)

    def filled(name: str) -> None:
        page.locator("[name=item_seq]").select_option("1")
        page.locator("[name=title]").fill("土地征收补偿安置方案")
        page.locator("[name=formed_on]").fill("2025-06-03")
        for field, value in (("source", "made"), ("carrier", "electronic")):
            page.locator(f"[name={field}][value={value}]").check()
        page.locator("[name=original]").set_input_files(tmp_path / name)
        press("登记材料")(page)

    filled("请示.txt")
    expect(page.locator("main")).to_contain_text("标志")
    assert Holding.objects.count() == 0
    filled("方案.txt")
    row = Holding.objects.get()
    assert copies.make(row.current.pk, now=at(DAY)) == "ready"
    go(page.get_by_role("link", name="土地征收补偿安置方案").first)
    go(page.get_by_role("link", name="保密初审"))
    for box in page.locator("[name^=holds_][value=no]").all():
        box.check()
    for line in page.locator("[name^=basis_]").all():
        line.fill("不涉及，已逐页查看。")
    for name in ("content", "timing", "manner", "opinion"):
        page.locator(f"[name={name}]").fill("已逐页查看，可以公开。")
    page.locator("[name=conclusion][value=disclose]").check()
    shot(page, "begin_holding_review")
    press("签署初审意见，送下一级")(page)
    for role in ("unit_head", "secrecy", "head"):
        level = login(new_page(), town.people[role].username)
        level.goto(f"/desk/case/{case.pk}/holding/{row.pk}/")
        go(level.get_by_role("link", name="逐级保密审查"))
        level.locator("[name=decision][value=agree]").check()
        level.locator("[name=opinion]").fill("同意公开。")
        press("签署意见")(level)
        expect(level.locator("body")).to_contain_text("已办理：逐级保密审查")
    row = Holding.objects.get()
    assert (row.review.status, row.review.pinned_sha256) == ("signed", row.current.sha256)


def test_a_new_version_after_sign_off_blocks_signature_with_the_reason(
    new_page: NewPage, login: Login, watch: Watch, tmp_path: Path
) -> None:
    """The signatory has the letter open; the handler replaces the file; the press is refused and says why."""
    town = make_town()
    case = handled(town)
    row = ready_to_go(town, signed_off(town, case))
    searched(town, case)
    propose.propose(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), item_seq=1, **DISCLOSE)
    case = send_to_review.send_to_review(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY))
    clear(town, case, "secrecy")
    clear(town, case, "redaction")
    signatory = login(new_page(), town.signatory.username)
    signatory.goto(f"/desk/case/{case.pk}/do/sign/")
    expect(signatory.get_by_role("button", name="签发并编号").last).to_be_visible()
    handler = login(new_page(), town.handler.username)
    handler.goto(f"/desk/case/{case.pk}/do/replace_holding/?holding_id={row.pk}")
    (tmp_path / "方案（补）.txt").write_bytes(PLAIN + "第二页\n".encode())
    handler.locator("[name=original]").set_input_files(tmp_path / "方案（补）.txt")
    handler.locator("[name=reason]").fill("补扫缺页")
    press("更换版本")(handler)
    expect(handler.locator("#holdings")).to_contain_text("签署已失效")
    shot(handler, "voided")
    watch.expected.append("409")
    go(signatory.get_by_role("button", name="签发并编号").last)
    expect(signatory.locator("main")).to_contain_text("保密审查签署已失效")
    expect(signatory.locator("main")).to_contain_text("第2版")
    shot(signatory, "sign_blocked")
    assert Case.objects.get(pk=case.pk).state == "signing"
    signatory.goto(f"/desk/case/{case.pk}/")
    expect(signatory.locator("aside")).to_contain_text("签署已失效")
    replaced_once = Holding.objects.get(pk=row.pk)
    assert replaced_once.review.status == "void"
