"""The main job by its people, each in a browser of their own, on the real pages."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from office import outbox
from office.today import now
from tests.browser.conftest import Watch
from tests.browser.moves import go
from tests.browser.people import Applicant, Clerk, Login, NewPage
from tests.workflow.factories import DAY, add_person, make_town, signing
from workflow.models import Case

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let today be the day of the factories."""
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    return monkeypatch


def test_from_the_application_to_the_archive(new_page: NewPage, login: Login) -> None:
    """Applicant, intake, allocator, handler, two reviewers, signatory, archivist: one request, one letter."""
    town = make_town()
    applicant = Applicant(new_page(size="phone"), town)
    applicant.apply("2025年度采薇村土地征收补偿安置方案", "采薇村分户补偿清单")

    def clerk(role: str) -> Clerk:
        page = login(new_page(), town.people[role].username)
        at_desk = Clerk(page, applicant.number)
        at_desk.open()
        return at_desk

    intake = clerk("intake")
    intake.act("登记")
    clerk("allocator").act("分办", unit=str(town.unit.pk), handler=str(town.handler.pk), note="请从速办理")
    handler = clerk("handler")
    handler.act(
        "记录检索", item_seq="0", systems="局综合档案管理系统", keywords="采薇村、补偿", period="2024年至2026年",
        method="关键词检索并逐卷核对", found="yes", result="检索到方案和清单各1份",
    )  # fmt: skip
    handler.propose(1, "disclose", provided="补偿安置方案电子文件1份，随本答复书提供")
    handler.propose(
        2, "partial", provided="各户补偿面积、标准和金额", withheld="各户的身份证号码和银行账号",
        grounds="条例第十五条", reason="身份证号码、银行账号属于个人隐私，公开会损害他人合法权益",
    )  # fmt: skip
    handler.act("送审")
    secrecy, redaction = clerk("secrecy"), clerk("redaction")
    secrecy.act("保密审查通过", opinion="不涉及国家秘密，同意。")
    redaction.act("去标识化审查通过", opinion="身份证号码、银行账号已处理，同意。")
    signatory = clerk("signatory")
    go(signatory.page.locator("aside").get_by_role("link", name="签发并编号", exact=True))
    first_page = signatory.page.locator("img[src*='draft/1.png']")
    expect(first_page).to_be_visible()
    expect(first_page).to_have_js_property("complete", True)
    assert first_page.evaluate("e => e.naturalWidth") > 400
    go(signatory.page.get_by_role("button", name="签发并编号").last)
    expect(signatory.page.locator("body")).to_contain_text("已办理：签发并编号")
    clerk("intake").act("登记用印")
    # What a worker does after the commit: the reply reaches the applicant's own page.
    assert outbox.deliver(now()).gave_up == 0
    case = Case.objects.get(office=town.office)
    assert (case.state, case.completed_on) == ("served", DAY)
    applicant.follow()
    expect(applicant.page.locator("main")).to_contain_text("答复")
    text = applicant.download("答复书")
    assert "依复〔2026〕1号" in text
    assert "王䶮" in text
    assert "先向" in text
    clerk("archivist").act("归档")
    assert Case.objects.get(pk=case.pk).state == "archived"


def test_supplement_restarts_the_clock_and_the_reply_refuses(
    new_page: NewPage, login: Login, the_day: pytest.MonkeyPatch
) -> None:
    """The notice stops the clock, the answer starts it anew, the refusal leads to reconsideration first."""
    town = make_town()
    applicant = Applicant(new_page(size="phone"), town)
    applicant.apply("那次会议的记录")

    def clerk(role: str) -> Clerk:
        at_desk = Clerk(login(new_page(), town.people[role].username), applicant.number)
        at_desk.open()
        return at_desk

    intake = clerk("intake")
    intake.act("登记")
    intake.act(
        "告知补正",
        confirm="出具补正告知书",
        matters="未写明是哪一次会议",
        guidance="请写明会议的时间和议题",
        days="15",
    )
    case = Case.objects.get(office=town.office)
    assert (case.state, case.due_on) == ("supplementing", None)
    answered = dt.date(2026, 3, 18)
    the_day.setenv("DEMO_TODAY", answered.isoformat())
    applicant.follow()
    page = applicant.page
    expect(page.locator("main")).to_contain_text("补正")
    page.goto("/follow/case/supplement/")
    page.locator("[name=item1]").fill("2025年11月3日采薇村征地补偿协调会的会议记录")
    go(page.locator("main form button[type=submit]").last)
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.received_on, case.clock_start_on) == ("registered", DAY, answered)
    assert case.due_on == dt.date(2026, 4, 16)
    clerk("allocator").act("分办", unit=str(town.unit.pk), handler=str(town.handler.pk))
    handler = clerk("handler")
    handler.propose(
        1, "refuse_process", grounds="条例第十六条第二款", reason="该记录是内部讨论的过程稿，未形成对外决定",
        discretion="公开未定论的讨论意见会影响讨论的坦率，权衡后不予公开", inseparable="全文均为发言记录，不能区分",
    )  # fmt: skip
    handler.act("送审")
    clerk("secrecy").act("保密审查通过", opinion="同意。")
    clerk("redaction").act("去标识化审查通过", opinion="同意。")
    clerk("signatory").act("签发并编号")
    clerk("intake").act("登记用印")
    outbox.deliver(now())
    applicant.follow()
    text = applicant.download("答复书")
    assert "第十六条第二款" in text
    assert re.search(r"60日内先向", text)
    assert "6个月" not in text


def test_the_second_signatory_is_told(new_page: NewPage, login: Login, watch: Watch) -> None:
    """Two signatories have the same page open; the second press is answered in words, not with a fault."""
    watch.expected.append("409")
    town = make_town()
    other = add_person(town, "signatory")
    case = signing(town)
    pages = []
    for person in (town.signatory, other):
        page = login(new_page(), person.username)
        page.goto(f"/desk/case/{case.pk}/do/sign/")
        pages.append(page)
    for page in pages:
        go(page.get_by_role("button", name="签发并编号").last)
    expect(pages[0].locator("body")).to_contain_text("已办理：签发并编号")
    expect(pages[1].locator("main")).to_contain_text("已答复")
