"""Side roads of receipt: applicants who cannot be reached, oral requests, what a request lacks."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.workflow.factories import APPLICANT, DAY, Town, at, file_case, make_town, registered
from tests.workflow.seeing import kinds, text_of, trail
from workflow.actions import (
    confirm_oral,
    confirm_receipt,
    lapse,
    propose,
    receive_supplement,
    record_contact,
    register,
    request_supplement,
    serve,
)  # fmt: skip
from workflow.errors import BadRequest, NotNow
from workflow.models import Case
from workflow.requests import FileData

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.fixture
def town() -> Town:
    return make_town()


def test_an_unreachable_applicant_keeps_waiting_in_sight_and_the_clock_by_arrival_warns(town: Town) -> None:
    case = file_case(town, channel="post_plain", service="post")
    for day in (dt.date(2026, 3, 3), dt.date(2026, 3, 5)):
        case = record_contact.record_contact(
            case_id=case.pk, by=town.intake, on=day, now=at(day), tried_on=day, way="phone", reached=False,
            result="10时拨打所留号码，无人接听",
        )  # fmt: skip
    assert (case.state, case.received_on, case.due_on) == ("submitted", None, None)
    assert case.alert_due_on == dt.date(2026, 3, 30)
    assert list(case.contacts.values_list("tried_on", "reached")) == [
        (dt.date(2026, 3, 3), False), (dt.date(2026, 3, 5), False),
    ]  # fmt: skip
    with pytest.raises(NotNow, match="尚未与申请人确认收件"):
        register.register(case_id=case.pk, by=town.intake, on=day, now=at(day))
    reached = dt.date(2026, 3, 10)
    case = confirm_receipt.confirm_receipt(
        case_id=case.pk, by=town.intake, on=reached, now=at(reached), confirmed_on=reached, how="电话"
    )
    assert (case.received_on, case.due_on, case.risk_received_on) == (reached, dt.date(2026, 4, 8), DAY)
    assert trail(case)[1:3] == ["case.record_contact"] * 2


def test_an_attempt_before_arrival_or_without_result_is_refused(town: Town) -> None:
    case = file_case(town, channel="post_plain", service="post")
    with pytest.raises(BadRequest, match="到达之日与今天之间"):
        record_contact.record_contact(
            case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), tried_on=dt.date(2026, 2, 1), way="phone",
            reached=False, result="无人接听",
        )  # fmt: skip
    with pytest.raises(BadRequest, match="联系的经过"):
        record_contact.record_contact(
            case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), tried_on=DAY, way="phone", reached=False, result=" "
        )  # fmt: skip


def test_an_oral_request_is_registered_once_its_record_is_signed(town: Town) -> None:
    case = file_case(town, channel="oral", service="counter")
    assert (case.received_on, case.due_on) == (DAY, dt.date(2026, 3, 30))
    with pytest.raises(NotNow, match="核对记录并签名"):
        register.register(case_id=case.pk, by=town.intake, on=DAY, now=at(DAY))
    with pytest.raises(BadRequest, match="宣读"):
        confirm_oral.confirm_oral(
            case_id=case.pk,
            by=town.intake,
            on=DAY,
            now=at(DAY),
            read_back=False,
            record=FileData("记录.pdf", PDF),
        )
    confirm_oral.confirm_oral(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), read_back=True, record=FileData("记录.pdf", PDF)
    )
    case = register.register(case_id=case.pk, by=town.intake, on=DAY, now=at(DAY))
    assert case.state == "registered"
    assert list(case.attachments.values_list("kind", flat=True)) == ["oral_record"]


def test_no_identity_proof_is_a_supplement_and_then_a_lapse_never_a_refusal(town: Town) -> None:
    nobody = APPLICANT.__class__(**{**APPLICANT.__dict__, "id_number": "", "id_kind": ""})
    case = registered(town, channel="counter", service="post", parties=(nobody,))
    case = request_supplement.request_supplement(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), matters="请提供身份证明", guidance="请提交身份证复印件",
        lacks=["identity", "authority"], days=10,
    )  # fmt: skip
    assert "您的申请存在下列情形：没有提供身份证明、没有提供授权委托材料，需要补正" in text_of(
        case, "supplement_notice"
    )
    sent, signed, late = dt.date(2026, 3, 3), dt.date(2026, 3, 5), dt.date(2026, 3, 20)
    paper = case.supplements.get().paper_id
    case = serve.record_delivery(
        case_id=case.pk,
        by=town.intake,
        on=sent,
        now=at(sent),
        paper_id=paper,
        channel="post",
        sent_on=sent,
        tracking="EX990130007CN",
    )
    # Posted, but not in the applicant's hands: no term of the applicant runs, and the paper still asks for its day.
    assert case.supplement_due_on is None
    with pytest.raises(NotNow, match="签收还没有登记"):
        lapse.lapse(case_id=case.pk, by=town.intake, on=late, now=at(late), finding="没有补正")
    case = serve.record_delivery(
        case_id=case.pk, by=town.intake, on=signed, now=at(signed), paper_id=paper, channel="post", sent_on=sent,
        tracking="EX990130007CN", signed_on=signed,
    )  # fmt: skip
    assert case.supplement_due_on == dt.date(2026, 3, 19)
    assert case.deliveries.count() == 1
    case = lapse.lapse(
        case_id=case.pk, by=town.intake, on=late, now=at(late), finding="多次提醒，没有正当理由"
    )
    assert (case.state, {i.outcome for i in case.items.all()}) == ("lapsed", {"lapsed_supplement"})
    notice = text_of(case, "lapse_notice")
    assert "因没有提供身份证明、没有提供授权委托材料，本机关于2026年3月2日作出" in notice
    assert "已于2026年3月5日送达您" in notice
    assert kinds(case) == ["registration_receipt", "supplement_notice", "lapse_notice"]


def test_still_unclear_needs_a_supplement_first(town: Town) -> None:
    from tests.workflow.factories import handled

    case = handled(town)
    unclear = {"outcome": "still_unclear", "grounds": [], "reason": "补正后仍没有写明地块", "facts": {}}
    with pytest.raises(BadRequest, match="没有补正过"):
        propose.propose(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), item_seq=1, **unclear)
    request_supplement.request_supplement(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), matters="未写明地块", guidance="请写明地块"
    )
    day = dt.date(2026, 3, 4)
    receive_supplement.receive_supplement(
        case_id=case.pk, by=town.handler, on=day, now=at(day), items={1: "与我家有关的全部文件"}
    )
    propose.propose(case_id=case.pk, by=town.handler, on=day, now=at(day), item_seq=1, **unclear)
    item = Case.objects.get(pk=case.pk).items.get()
    assert (item.outcome, item.proposed_by) == ("still_unclear", town.handler)
