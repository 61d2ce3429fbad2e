"""Many cases at once, leave and leaving, likeness and bundles, in Chromium; and that every page is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

import tests.browser.test_admin_room
import tests.browser.test_after_reply
import tests.browser.test_annual_report
import tests.browser.test_every_page
import tests.browser.test_house
import tests.browser.test_room
import tests.browser.test_supervision_acts
import tests.browser.test_wordings  # noqa: F401 - what each of them looks at is told as it is imported
from tests.access import pages as addresses
from tests.browser.moves import go
from tests.browser.stage import LOOKED, Login, NewPage, Stage, fill, judged, looks_at, opened, press
from tests.workflow.factories import DAY, add_person, at, handled, make_town
from tests.workflow.test_bundles import join, neighbour
from workflow.actions import consult_office

pytestmark = pytest.mark.django_db(transaction=True)
#: What no person looks at as a page: documents, files, pictures, parts of a page, and what only leads on.
NO_PAGE = frozenset({
    "counter:receipt", "counter:similar", "desk:print", "desk:print_of", "portal:form", "desk:paper", "desk:draft", "desk:draft_page", "desk:working_copy", "admin_room:wording_sample", "desk:sheet", "desk:file",
    "desk:ledger_sheet", "desk:beside_paper", "desk:end_leave", "portal:paper", "portal:favicon", "portal:robots", "portal:leave",
    "board:export", "board:export_book", "board:picture", "board:workbook", "board:annual_file", "board:statistics_file", "board:urges_file", "board:inspection_file", "board:bulletin_file", "desk:calendar", "logout", "admin_room:home", "desk:letter_paper",
    "desk:letter_sign", "portal:filed", "desk:seal_paper", "desk:seal_register_sheet", "desk:posting_list",
    "desk:posting_counter", "admin_room:office_sample", "admin_room:seal_picture", "admin_room:seal_sample", "desk:holding_sheet", "desk:holding_picture", "desk:holding_values", "desk:holding_original",
    "room:picture", "room:copy_picture", "room:copy_pdf", "room:certificate", "room:copy_table", "portal:document", "portal:document_table",
})  # fmt: skip


@pytest.fixture
def stage(
    transactional_db: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Stage]:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    with judged(make_town(), request.function) as stage:
        yield stage


@looks_at("desk:bulks", "desk:bulk_begin", "desk:bulk")
def test_one_decision_over_many(stage: Stage, new_page: NewPage, login: Login) -> None:
    town = stage.town
    for _ in range(2):
        handled(town)
    page = login(opened(new_page), town.head.username)
    begin = reverse("desk:bulk_begin", args=["extend"])
    stage.visit(page, begin, press("看一看能办哪些"))
    assert "请至少选择一件" in page.content()
    chosen = (fill(days="10", reason="需从库房调取档案"), press("看一看能办哪些"))
    stage.visit(page, f"{begin}?all=1", *chosen)
    go(page.locator("main [name=step][value=confirm]"))
    stage.look(page, "what became of the cases")
    assert "全部" in page.content() or "已办理" in page.content()
    stage.visit(page, reverse("desk:bulks"))


@looks_at("desk:leave", "desk:leaver")
def test_leave_and_leaving(stage: Stage, new_page: NewPage, login: Login) -> None:
    town = stage.town
    handled(town)
    add_person(town, "handler", unit=town.unit)
    page = login(opened(new_page), town.head.username)
    leave = reverse("desk:leave")
    stage.visit(page, leave, press("登记代理"))
    page.goto(leave)
    page.locator("[name=delegate]").select_option(str(town.legal.pk))
    fill(from_on=DAY.isoformat(), to_on=(DAY + dt.timedelta(days=4)).isoformat(), reason="年休假")(page)
    press("登记代理")(page)
    assert "已登记代理" in page.content()
    stage.look(page, "the leaves of an office")
    page.goto(reverse("desk:leaver"))
    page.locator("[name=leaver]").select_option(str(town.handler.pk))
    press("看一看要移交什么")(page)
    assert "停用并移交 1 件" in page.content()
    stage.look(page, "what a leaver leaves behind")
    stage.visit(page, reverse("desk:leaver"), press("看一看要移交什么"))


@looks_at("desk:similar", "desk:bundle")
def test_likeness_and_bundles(stage: Stage, new_page: NewPage, login: Login) -> None:
    town = stage.town
    lead, member = (handled(town, parties=(neighbour(n),)) for n in (1, 2))
    handled(town, parties=(neighbour(3),))
    join(town, member, lead)
    page = login(opened(new_page), town.handler.username)
    stage.visit(page, reverse("desk:similar", args=[lead.pk]))
    stage.visit(page, reverse("desk:bundle", args=[lead.pk]))
    page.locator("main [name=case]").first.check()
    press("并入选中的申请")(page)
    assert "办成 1 件" in page.content()
    stage.look(page, "the bundle with one more")
    stage.visit(page, reverse("desk:bundle", args=[member.pk]))


@looks_at("desk:letters", "desk:letter", "desk:contact")
def test_letters_of_other_offices_and_how_to_reach_an_applicant(
    stage: Stage, new_page: NewPage, login: Login
) -> None:
    town, asking = stage.town, make_town()
    case = handled(asking)
    consult_office.ask_assistance(
        case_id=case.pk,
        by=asking.handler,
        on=DAY,
        now=at(DAY),
        office_id=town.office.pk,
        subject="征地批复附件三",
    )
    page = login(opened(new_page), town.intake.username)
    stage.visit(page, reverse("desk:letters"))
    go(page.locator("main .work a").first)
    stage.look(page, "a letter that nobody signed for")
    press("签收来函")(page)
    assert "已签收" in page.content()
    stage.visit(page, page.url, press("答复来函机关"))
    assert page.title().startswith("错误："), page.title()
    page.locator("[name=opinion][value=agree]").check()
    press("答复来函机关")(page)
    stage.look(page, "a letter that was answered")
    page = login(opened(new_page), asking.handler.username)
    page.goto(reverse("desk:case", args=[case.pk]))
    press("查看完整的联系方式")(page)
    stage.look(page, "how the applicant is reached")


def test_every_page_is_looked_at() -> None:
    """A new address is looked at by a test that says so, or is named as no page."""
    everything = addresses.OF_A_CASE | addresses.LISTS | addresses.PLAIN
    assert everything - LOOKED == NO_PAGE
