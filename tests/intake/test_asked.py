"""What the office asks of an applicant online: the reasons for many requests, the fee; by when, and what follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from office.models import OfficeParameter
from tests.intake.conftest import PNG, follow, hidden, send, text
from tests.intake.test_follow import own, session_of
from tests.workflow.factories import DAY, Town, at
from workflow.actions import ask_reasons, assign, charge_fee, receive_reasons, record_payment, register, serve

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
REASONS, FEE = "/follow/case/reasons/", "/follow/case/fee/"


@pytest.fixture
def browser(client: Client, town: Town) -> Client:
    """Give a browser in which a case is open that its handler has."""
    return opened(client, town)


def opened(client: Client, town: Town, **changes: str) -> Client:
    _, code = send(client, town, **changes)
    assert follow(client, code).status_code == 302
    case = own(town)
    register.register(case_id=case.pk, by=town.intake, on=DAY, now=at(DAY))
    assign.assign(
        case_id=case.pk, by=town.allocator, on=DAY, now=at(DAY), unit_id=town.unit.pk, handler_id=town.handler.pk
    )  # fmt: skip
    return client


def asked(town: Town, **changes: Any) -> None:
    ask_reasons.ask_reasons(
        case_id=own(town).pk, by=town.handler, on=DAY, now=at(DAY), counted="自2026年1月1日以来共提出申请46件", **changes
    )  # fmt: skip


def charged(town: Town, **changes: Any) -> None:
    given: dict[str, Any] = {
        "basis": "pages",
        "count": 68,
        "payment_way": "县非税收入收缴系统\n缴款码以短信发送",
    }
    charge_fee.charge_fee(case_id=own(town).pk, by=town.handler, on=DAY, now=at(DAY), **given | changes)


def later(monkeypatch: pytest.MonkeyPatch, client: Client, town: Town, day: dt.date) -> None:
    """Let it be another day, in a browser whose case was opened that day."""
    monkeypatch.setenv("DEMO_TODAY", day.isoformat())
    session_of(client, own(town))


def test_reasons_are_given_online_and_the_case_goes_on(browser: Client, town: Town) -> None:
    asked(town)
    page = text(browser.get("/follow/case/"))
    assert f'href="{REASONS}"' in page
    assert "请在2026年3月11日（周三）以前说明理由" in page
    assert "最迟在这一天答复" in page, "the clock runs on"
    page = text(browser.get(REASONS))
    assert "共提出申请46件" in page, "the notice itself"
    nonce = hidden(page, "nonce")
    assert "请写明申请的理由，或者上传证明材料" in text(
        browser.post(REASONS, {"reasons": " ", "nonce": nonce})
    )
    assert own(town).state == "explaining"
    answer = browser.post(REASONS, {"reasons": "编写村史，分三年使用", "nonce": nonce}, follow=True)
    assert "理由已经提交" in text(answer)
    assert "机关收到您说明的理由" in text(answer)
    case = own(town)
    assert (case.state, case.due_on) == ("handling", dt.date(2026, 3, 30))
    assert (case.excess_inquiry().reasons, case.excess_inquiry().answered_on) == ("编写村史，分三年使用", DAY)
    again = browser.post(REASONS, {"reasons": "再说一次", "nonce": nonce}, follow=True)
    assert "现在不需要说明理由" in text(again)
    assert own(town).excess_inquiry().reasons == "编写村史，分三年使用"


def test_papers_alone_are_reasons_and_a_picture_is_judged_by_its_content(browser: Client, town: Town) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile as Given

    asked(town)
    wrong = Given("证明.png", b"<html>", content_type="image/png")
    assert own(town).state == "explaining"
    assert "error-summary" in text(browser.post(REASONS, {"reasons": "", "files": wrong}))
    right = [Given(f"证明{n}.png", bytes.fromhex(PNG), content_type="image/png") for n in (1, 2)]
    assert browser.post(REASONS, {"reasons": "", "files": right}).status_code == 302
    case = own(town)
    assert case.excess_inquiry().reasons == "见所附材料"
    assert [row.title for row in case.attachments.filter(kind="explanation")] == ["证明1.png", "证明2.png"]


def test_after_the_term_reasons_are_taken_until_somebody_finds_silence(
    browser: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(town)
    day = dt.date(2026, 3, 12)
    later(monkeypatch, browser, town, day)
    assert "说明理由的期限2026年3月11日（周三）已过" in text(browser.get("/follow/case/"))
    assert browser.get(REASONS).status_code == 200
    receive_reasons.note_silence(case_id=own(town).pk, by=town.handler, on=day, now=at(day))
    page = text(browser.get(REASONS, follow=True))
    assert "现在不需要说明理由" in page
    assert "机关没有在期限内收到您说明的理由" in page


def test_the_fee_is_shown_with_how_it_was_reckoned_and_what_follows(
    browser: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    charged(town)
    page = text(browser.get("/follow/case/"))
    assert f'href="{FEE}"' in page
    assert "请在2026年3月30日（周一）以前缴纳信息处理费" in page
    assert "机关请您缴纳信息处理费 380 元" in page
    assert "最迟在这一天答复" not in page, "no clock runs"
    page = text(browser.get(FEE))
    for words in (
        "380元（大写：人民币叁佰捌拾元整）", "按量计收：拟提供 68 页", "第31页至第68页：38页，每页10元，计380元",
        "缴款码以短信发送", "20 个工作日内缴纳", "重新计算 20 个工作日的答复期限", "视为放弃申请", "书面提出",
    ):  # fmt: skip
        assert words in page, words
    assert browser.post(FEE).status_code == 405
    day = dt.date(2026, 3, 31)
    later(monkeypatch, browser, town, day)
    assert "缴费的期限2026年3月30日（周一）已过" in text(browser.get(FEE))
    record_payment.record_payment(
        case_id=own(town).pk,
        by=town.intake,
        on=day,
        now=at(day),
        paid_on=day,
        amount=380,
        receipt_number="0012",
    )
    page = text(browser.get(FEE, follow=True))
    assert "没有待缴的费用" in page
    assert "机关收到您缴纳的信息处理费 380 元" in page
    assert "最迟2026年4月29日（周三）答复" in page


def test_a_fee_by_item_names_the_month_and_no_other_request(browser: Client, town: Town) -> None:
    charged(town, basis="items", count=12)
    page = text(browser.get(FEE))
    assert "本件 12 件，当月此前 0 件" in page
    assert "第11件至第12件：2件，每件100元，计200元" in page


def test_an_office_that_lets_the_clock_go_on_says_so(browser: Client, town: Town) -> None:
    OfficeParameter.objects.create(
        office=town.office, key="fees.clock_restarts", value=False, from_on=DAY, reason="本省规定", entered_by=town.admin,
        entered_at=at(DAY), confirmed_by=town.head, confirmed_at=at(DAY),
    )  # fmt: skip
    charged(town)
    page = text(browser.get(FEE))
    assert "机关继续计算答复期限" in page
    assert "重新计算 20" not in page


def test_a_notice_by_post_is_shown_once_it_arrived(client: Client, town: Town) -> None:
    browser = opened(client, town, service="post")
    charged(town)
    page = text(browser.get(FEE))
    assert "380" not in page
    assert "通知正在按您选择的方式送达" in page
    serve.record_delivery(
        case_id=own(town).pk, by=town.intake, on=DAY, now=at(DAY), paper_id=own(town).fee_notice().paper_id,
        channel="post", sent_on=DAY, tracking="EX1", signed_on=DAY,
    )  # fmt: skip
    assert "应缴 380 元" in text(browser.get(FEE))


@pytest.mark.parametrize(("path", "words"), [(REASONS, "不需要说明理由"), (FEE, "没有待缴的费用")])
def test_nothing_is_asked_before_it_is_asked(browser: Client, path: str, words: str) -> None:
    assert words in text(browser.get(path, follow=True))
