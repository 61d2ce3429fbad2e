"""The applicant's door and the counter in a real browser: small screens, keyboard, no script, no faults."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import too_wide
from tests.browser.moves import enter, go
from tests.workflow.factories import (
    APPLICANT,
    DAY,
    ApplicantActor,
    Town,
    at,
    file_case,
    make_town,
    request_of,
)
from workflow.actions import register, request_supplement, submit

PUBLIC = ["/", "/apply/", "/apply/{code}/", "/follow/", "/account/login/"]
COUNTER = ["/counter/", "/counter/register/", "/counter/{case}/", "/account/password/"]
OWN = [
    "/follow/case/",
    "/follow/case/supplement/",
    "/follow/case/reasons/",
    "/follow/case/fee/",
    "/follow/case/withdraw/",
]


@pytest.fixture
def town(transactional_db: Any, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Give a department on the day of the factories."""
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    return make_town(reconsideration_online="https://fuyi.example/apply")


def fill(page: Page) -> None:
    page.get_by_label("自然人", exact=True).check()
    page.get_by_label("姓名或者名称", exact=False).first.fill(APPLICANT.name)
    page.get_by_label("身份证明种类").first.select_option("resident_id")
    page.get_by_label("证件号码", exact=True).fill(APPLICANT.id_number)
    page.get_by_label("联系电话").fill(APPLICANT.phone)
    page.get_by_label("所需信息的名称、文号或者其他特征描述").first.fill("2025年度采薇村土地征收补偿安置方案")
    page.get_by_label("电子文件").check()
    page.get_by_label("网上送达").check()


def follow(page: Page, code: str) -> None:
    page.goto("/follow/")
    page.get_by_label("查询码", exact=True).fill(code)
    page.get_by_label("证件号码后四位").fill(APPLICANT.id_number[-4:].lower())
    go(page.get_by_role("button", name="查询"))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_an_applicant_applies_on_a_phone_and_follows(
    new_page: Callable[..., Page], town: Town, script: bool
) -> None:
    page = new_page(size="phone", java_script_enabled=script)
    page.goto("/")
    go(page.get_by_role("link", name="开始申请"))
    go(page.get_by_role("link", name=town.office.name))
    go(page.get_by_role("button", name="继续，核对内容"))
    assert page.title().startswith("错误：")
    fill(page)
    go(page.get_by_role("button", name="再加一项"))
    page.get_by_label("所需信息的名称、文号或者其他特征描述").nth(1).fill("分户补偿清单")
    go(page.get_by_role("button", name="继续，核对内容"))
    assert "现在还没有提交" in page.content()
    go(page.get_by_role("button", name="确认并提交申请"))
    code = page.locator("dd.code").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}", code)
    follow(page, code)
    assert "您在网上提交了申请" in page.locator(".timeline").inner_text()
    assert "分户补偿清单" in page.content()


def test_public_pages_fit_and_have_no_faults(
    new_page: Callable[..., Page], axe_violations: Callable[..., list[str]], town: Town
) -> None:
    page = new_page(size="phone")
    for path in PUBLIC:
        page.goto(path.format(code=town.office.code))
        assert too_wide(page) == [], path
        assert axe_violations(page) == [], path


def test_the_applicants_own_pages_fit_and_have_no_faults(
    new_page: Callable[..., Page], axe_violations: Callable[..., list[str]], town: Town
) -> None:
    me = ApplicantActor(None, town.office.pk)
    filed = submit.submit(request=request_of(town), by=me, on=DAY, now=at(DAY))
    register.register(case_id=filed.case.pk, by=town.intake, on=DAY, now=at(DAY))
    request_supplement.request_supplement(
        case_id=filed.case.pk,
        by=town.intake,
        on=DAY,
        now=at(DAY),
        matters="未写明地块",
        guidance="请写明地块位置",
    )
    page = new_page(size="phone")
    follow(page, filed.query_code)
    for path in OWN:
        page.goto(path)
        assert too_wide(page) == [], path
        assert axe_violations(page) == [], path


def test_the_counters_pages_fit_and_have_no_faults(
    new_page: Callable[..., Page],
    login: Callable[[Page, str], Page],
    axe_violations: Callable[..., list[str]],
    town: Town,
) -> None:
    case = file_case(town, channel="fax")
    page = login(new_page(), town.intake.username)
    for path in COUNTER:
        page.goto(path.format(case=case.pk))
        assert too_wide(page) == [], path
        assert axe_violations(page) == [], path


def test_a_letter_is_registered_with_the_keyboard_alone(
    new_page: Callable[..., Page], login: Callable[[Page, str], Page], town: Town
) -> None:
    earlier = file_case(town)
    page = login(new_page(), town.intake.username)
    page.goto("/counter/register/")
    page.keyboard.press("ArrowDown")  # the channel has the focus: from 当面提交 to 邮寄（签收邮件）
    for text in (
        None, None, None, None, None, None, None, APPLICANT.name, "ArrowDown", APPLICANT.id_number, None, APPLICANT.phone,
        None, APPLICANT.address, "990100", None, None, None, "2025年度采薇村土地征收补偿安置方案",
    ):  # fmt: skip
        page.keyboard.press("Tab")
        if text == "ArrowDown":
            page.keyboard.press(text)
        elif text is not None:
            page.keyboard.type(text)
    assert page.locator("#id_item1-description").input_value() == "2025年度采薇村土地征收补偿安置方案"
    page.get_by_text("可能相同或者相近的申请").wait_for()
    assert earlier.number in page.locator("#similar").inner_text()
    page.get_by_role("button", name="登记并编号").focus()
    enter(page)
    page.get_by_role("heading", name="已登记").wait_for()
    assert page.locator("dd.code").count() == 1
    page.reload()
    assert page.locator("dd.code").count() == 0
