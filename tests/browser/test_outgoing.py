"""What leaves the house, in Chromium: three papers sealed in one press, posted in one batch with their EMS numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from letters.models import SealUse
from tests.access.world import make_department
from tests.browser.moves import go
from tests.browser.stage import Login, NewPage, Stage, judged, looks_at, opened, press, send
from tests.workflow.factories import DAY, SEALED, at, handled, make_town, replied
from workflow.actions import communicate, use_seal
from workflow.actions.reserve_numbers import reserve_numbers
from workflow.models import Case, Delivery

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())


@pytest.fixture
def stage(transactional_db: Any, request: pytest.FixtureRequest) -> Iterator[Stage]:
    with judged(make_department(), request.function) as stage:
        yield stage


def test_a_keeper_seals_three_papers_and_a_clerk_posts_them_in_one_batch(
    live_server: Any, new_page: NewPage, login: Login
) -> None:
    town = make_town()
    cases = [replied(town, service="post") for _ in range(3)]
    keeper = login(new_page(), town.seal.username)
    keeper.goto(live_server.url + "/desk/")
    assert "用印、寄送 3" in " ".join(keeper.locator(".tabs").inner_text().split())
    go(keeper.get_by_role("link", name="用印、寄送"))
    go(keeper.get_by_role("link", name="全部选上"))
    assert keeper.locator("[name=paper]:checked").count() == 3
    go(keeper.get_by_role("button", name="登记用印"))
    keeper.wait_for_selector("text=全部办成")
    assert SealUse.objects.filter(sealed_by=town.seal).count() == 3
    clerk = login(new_page(), town.intake.username)
    clerk.goto(live_server.url + "/desk/posting/")
    boxes = clerk.get_by_role("textbox", name="EMS 邮件号")
    assert boxes.count() == 3
    for n in range(3):
        boxes.nth(n).focus()
        clerk.keyboard.type(f"EX99013000{n}CN")
    go(clerk.get_by_role("button", name="登记交寄"))
    clerk.wait_for_selector("text=全部办成")
    assert {Case.objects.get(pk=case.pk).state for case in cases} == {"served"}
    clerk.goto(live_server.url + "/desk/posting/")
    with clerk.expect_download() as got:
        clerk.get_by_role("button", name="表格（xlsx）").click()
    assert got.value.suggested_filename == "交寄清单20260302.xlsx"
    go(clerk.get_by_role("link", name="登记签收日期"))
    assert clerk.get_by_label("签收日期").count() == 3
    assert Delivery.objects.filter(channel="post", signed_on=None).count() == 3


@looks_at("desk:seals", "desk:seal_register", "desk:numbers", "desk:number_reserve", "desk:number_step", "desk:posting",
          "desk:posting_signed", "desk:seal_uses")  # fmt: skip
def test_the_pages_of_what_leaves_the_house(stage: Stage, new_page: NewPage, login: Login) -> None:
    town, when = stage.town, {"on": DAY, "now": at(DAY)}
    replied_, other = stage.cases["replied"], stage.cases["served"]
    case = handled(town, service="post")
    communicate.communicate(case_id=case.pk, by=town.handler, matters="请说明所需年度", **when)
    held = reserve_numbers(
        office_id=town.office.pk, by=town.intake, series="依函", count=2, reason="停电期间手写", **when
    )
    page: Page = login(opened(new_page), town.intake.username)
    stage.visit(page, "/desk/seals/")
    stage.visit(page, "/desk/seals/", send)
    use_seal.use_seal(case_id=replied_.pk, by=town.seal, seal=SEALED, **when)
    stage.visit(page, "/desk/seals/")
    stage.visit(page, "/desk/seals/register/")
    stage.visit(page, "/desk/numbers/")
    stage.visit(page, "/desk/numbers/reserve/")
    stage.visit(page, "/desk/numbers/reserve/", send)
    number = held.numbers.order_by("number")[0]
    for name in ("use_number", "void_number"):
        stage.visit(page, f"/desk/numbers/{number.pk}/{name}/")
        stage.visit(page, f"/desk/numbers/{number.pk}/{name}/", send)
    stage.visit(page, "/desk/posting/")
    stage.visit(page, "/desk/posting/", press("登记交寄"))
    assert page.title().startswith("错误：")
    stage.visit(page, "/desk/posting/signed/")
    stage.visit(page, "/desk/posting/signed/", press("登记签收"))
    assert page.title().startswith("错误：")
    assert other.deliveries.filter(channel="post").exists()
    login(page, town.seal.username)
    use = SealUse.objects.get(paper__subject_ref=replied_.subject_ref)
    stage.visit(page, f"/desk/seals/paper/{use.paper_id}/")
    stage.visit(page, f"/desk/seals/paper/{use.paper_id}/", press("作废用印登记"))
