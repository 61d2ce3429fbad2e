"""Too many requests: reasons asked, judged, delayed; the fee asked, paid, not paid."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from letters.models import Paper
from office import journal
from tests.workflow.factories import DAY, Town, at, handled, make_town, registered
from tests.workflow.seeing import kinds, open_tasks, text_of, trail
from workflow.actions import (
    archive,
    ask_reasons,
    assess_reasons,
    charge_fee,
    delay_reply,
    extend,
    propose,
    receive_reasons,
    record_payment,
    record_remedy,
    serve,
    withdraw,
)  # fmt: skip
from workflow.actions.record_remedy import RemedyData
from workflow.actors import ApplicantActor
from workflow.errors import BadRequest, NotNow
from workflow.models import Case, SignedFile

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
COUNTED = "自2026年1月1日至3月2日共提出申请46件，涉及信息312项"
EXCESSIVE: dict[str, Any] = {
    "outcome": "excessive",
    "grounds": [],
    "reason": "所述理由与申请内容没有关联",
    "facts": {},
}


@pytest.fixture
def town() -> Town:
    return make_town()


def asked(town: Town, **changes: Any) -> Case:
    case = handled(town, **changes)
    return ask_reasons.ask_reasons(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), counted=COUNTED)


def judged(town: Town, case: Case, finding: str, on: dt.date) -> Case:
    return assess_reasons.assess_reasons(
        case_id=case.pk,
        by=town.handler,
        on=on,
        now=at(on),
        finding=finding,
        assessment="与生产经营的范围不相称",
    )


def test_asking_for_reasons_does_not_stop_the_clock(town: Town) -> None:
    case = asked(town)
    assert (case.state, case.due_on, case.clock_status) == ("explaining", dt.date(2026, 3, 30), "running")
    assert "说明理由的期间计入答复期限" in text_of(case, "excess_notice")
    assert open_tasks(case) == {"handle"}
    with pytest.raises(NotNow, match="期限至2026年3月11日止"):
        receive_reasons.note_silence(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY))


def test_unreasonable_is_not_handled_and_only_after_the_finding(town: Town) -> None:
    case, day = asked(town), dt.date(2026, 3, 5)
    me = ApplicantActor(case.pk, town.office.pk)
    case = receive_reasons.receive_reasons(case_id=case.pk, by=me, on=day, now=at(day), reasons="想了解情况")
    assert (case.state, case.due_on) == ("handling", dt.date(2026, 3, 30))
    with pytest.raises(BadRequest, match="认定理由不合理"):
        propose.propose(case_id=case.pk, by=town.handler, on=day, now=at(day), item_seq=1, **EXCESSIVE)
    case = judged(town, case, "unreasonable", day)
    propose.propose(case_id=case.pk, by=town.handler, on=day, now=at(day), item_seq=1, **EXCESSIVE)
    with pytest.raises(NotNow, match="方可确定延迟"):
        delay_reply.delay_reply(
            case_id=case.pk, by=town.head, on=day, now=at(day), until=dt.date(2026, 5, 15), reason="量大"
        )
    with pytest.raises(NotNow, match="已要求申请人说明过理由"):
        ask_reasons.ask_reasons(case_id=case.pk, by=town.handler, on=day, now=at(day), counted=COUNTED)
    assert list(journal.verify(case.subject_ref)) == []


def test_reasonable_is_delayed_to_a_stated_day(town: Town) -> None:
    case, day, until = asked(town), dt.date(2026, 3, 5), dt.date(2026, 5, 15)
    receive_reasons.receive_reasons(case_id=case.pk, by=town.handler, on=day, now=at(day), reasons="编写村史")
    case = judged(town, case, "reasonable", day)
    with pytest.raises(BadRequest, match="应晚于现在的期限"):
        delay_reply.delay_reply(
            case_id=case.pk, by=town.head, on=day, now=at(day), until=dt.date(2026, 3, 20), reason="量大"
        )
    case = delay_reply.delay_reply(
        case_id=case.pk, by=town.head, on=day, now=at(day), until=until, reason="需逐卷调取、审查"
    )
    assert (case.due_on, case.original_due_on) == (until, dt.date(2026, 3, 30))
    assert "本机关确定延迟答复，将于2026年5月15日前（含当日）答复您" in text_of(case, "delay_notice")
    with pytest.raises(NotNow, match="已经确定"):
        delay_reply.delay_reply(
            case_id=case.pk, by=town.head, on=day, now=at(day), until=dt.date(2026, 6, 15), reason="量大"
        )


def test_silence_is_found_by_a_person_after_the_term_and_cannot_be_reasonable(town: Town) -> None:
    case, day = asked(town), dt.date(2026, 3, 12)
    case = receive_reasons.note_silence(case_id=case.pk, by=town.handler, on=day, now=at(day))
    assert case.state == "handling"
    with pytest.raises(BadRequest, match="没有说明理由，不能认定理由合理"):
        judged(town, case, "reasonable", day)
    assert judged(town, case, "unreasonable", day).excess_inquiry().finding == "unreasonable"


def test_a_case_that_waits_for_reasons_may_be_extended_and_withdrawn(town: Town) -> None:
    case = extend.extend(case_id=asked(town).pk, by=town.head, on=DAY, now=at(DAY), days=20, reason="量大")
    assert case.due_on == dt.date(2026, 4, 28)
    case = withdraw.withdraw(case_id=case.pk, by=ApplicantActor(case.pk, town.office.pk), on=DAY, now=at(DAY))
    assert (case.state, open_tasks(case)) == ("withdrawn", set())


def charged(town: Town, on: dt.date = DAY, **changes: Any) -> Case:
    case = handled(town, **changes)
    return charge_fee.charge_fee(
        case_id=case.pk,
        by=town.head,
        on=on,
        now=at(on),
        basis="pages",
        count=68,
        payment_way="云岫县非税收入收缴系统",
    )


def test_a_fee_stops_the_clock_and_payment_starts_it_anew(town: Town) -> None:
    notice_day, paid = dt.date(2026, 3, 10), dt.date(2026, 4, 7)
    case = charged(town, notice_day)
    assert (case.state, case.due_on, case.clock_status) == ("awaiting_fee", None, "stopped")
    assert case.fee_due_on == dt.date(2026, 4, 8)
    text = text_of(case, "fee_notice")
    assert "第31页至第68页：38页，每页10元，计380元" in text
    assert "380元（大写：人民币叁佰捌拾元整）" in text
    assert "有异议的" in text
    assert "行政复议" not in text
    given = {"case_id": case.pk, "by": town.intake, "on": paid, "now": at(paid), "paid_on": paid}
    with pytest.raises(BadRequest, match="应缴380元"):
        record_payment.record_payment(**given, amount=300, receipt_number="0012")
    with pytest.raises(BadRequest, match="财政票据号码"):
        record_payment.record_payment(**given, amount=380, receipt_number=" ")
    case = record_payment.record_payment(**given, amount=380, receipt_number="0012")
    assert (case.state, case.clock_start_on, case.due_on) == ("handling", paid, dt.date(2026, 5, 8))
    assert case.received_on == DAY
    with pytest.raises(NotNow, match="只能按一种方式计收一次"):
        charge_fee.charge_fee(
            case_id=case.pk, by=town.head, on=paid, now=at(paid), basis="items", count=1, payment_way="同前"
        )
    assert trail(case)[-2:] == ["case.charge_fee", "case.record_payment"]


def test_an_unpaid_fee_ends_the_request_with_its_own_notice(town: Town) -> None:
    case = charged(town, dt.date(2026, 3, 10))
    last, after = dt.date(2026, 4, 8), dt.date(2026, 4, 9)
    with pytest.raises(NotNow, match="期满次日"):
        record_payment.lapse_fee(case_id=case.pk, by=town.intake, on=last, now=at(last), finding="未到账")
    case = record_payment.lapse_fee(
        case_id=case.pk, by=town.intake, on=after, now=at(after), finding="经查询未到账"
    )
    assert (case.state, case.replied_on) == ("lapsed", after)
    assert {item.outcome for item in case.items.all()} == {"lapsed_fee"}
    assert kinds(case)[-1] == "fee_lapse_notice"
    assert "6个月内向云岫县人民法院提起行政诉讼" in text_of(case, "fee_lapse_notice")
    case = archive.archive(case_id=case.pk, by=town.archivist, on=after, now=at(after))
    assert case.state == "archived"
    assert SignedFile.objects.get(case=case).paper == Paper.objects.get(
        subject_ref=case.subject_ref, kind="fee_lapse_notice"
    )
    case = record_remedy.record_remedy(
        case_id=case.pk, by=town.intake, on=after, now=at(after),
        remedy=RemedyData(
            kind="reconsideration", about="lapse", body="云岫县人民政府", received_on=after, procedure="ordinary"
        ),
    )  # fmt: skip
    assert case.all_remedies()[0].paper.kind == "fee_lapse_notice"


def test_the_term_to_pay_runs_from_the_day_the_notice_was_signed_for(town: Town) -> None:
    case = charged(town, dt.date(2026, 3, 10), channel="counter", service="post")
    assert case.fee_due_on is None
    day = dt.date(2026, 3, 12)
    case = serve.record_delivery(
        case_id=case.pk, by=town.intake, on=day, now=at(day), paper_id=case.fee_notice().paper_id, channel="post",
        sent_on=dt.date(2026, 3, 10), tracking="EX1", signed_on=day,
    )  # fmt: skip
    assert case.fee_due_on == dt.date(2026, 4, 10)
    assert case.events_of("fee_notice")[0].data["delivered_on"] == "2026-03-12"


def test_items_of_the_month_are_added_up_and_what_is_free_is_not_charged(town: Town) -> None:
    for n in range(5):
        registered(town, items=tuple(f"第{n}批第{k}项批复" for k in range(4)))
    gone = registered(town, items=("批复甲",))
    withdraw.withdraw(case_id=gone.pk, by=town.intake, on=DAY, now=at(DAY))
    registered(make_town(), items=("别的机关的申请",))
    case = handled(town, items=tuple(f"末批第{k}项批复" for k in range(12)))
    case = charge_fee.charge_fee(
        case_id=case.pk,
        by=town.handler,
        on=DAY,
        now=at(DAY),
        basis="items",
        count=12,
        payment_way="云岫县非税收入收缴系统",
    )
    fee = case.fee_notice()
    # Items 21 to 30 at 100, 31 and 32 at 200.
    assert (fee.already, fee.total) == (20, 1400)
    assert "在2026年3月向本机关提出的申请，本件之前已有20件，本件计12件" in text_of(case, "fee_notice")
    other = handled(make_town())
    with pytest.raises(BadRequest, match="免费的范围内"):
        charge_fee.charge_fee(
            case_id=other.pk,
            by=other.handler,
            on=DAY,
            now=at(DAY),
            basis="items",
            count=1,
            payment_way="同前",
        )
