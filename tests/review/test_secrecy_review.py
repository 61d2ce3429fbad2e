"""The secrecy review of one document, level by level, and what it means for the signature of the reply."""

from __future__ import annotations

import datetime as dt

import pytest

from office.models import OfficeParameter
from tests.review.at_home import at_home
from tests.review.makers import PLAIN
from tests.review.reviewing import (
    NOTHING,
    agreed,
    attach,
    begun,
    ready_to_go,
    refused,
    replaced,
    signed_off,
)
from tests.workflow.factories import DAY, add_person, at, clear, reviewing, searched
from workflow.actions import (
    propose,
    refer_holding,
    review_holding,
    secrecy_marks,
    send_to_review,
    sign,
)
from workflow.errors import NotNow, NotSeparated, Stale
from workflow.models import (
    Case,
    Holding,
    SecrecyMark,
    SecrecyReferral,
)
from workflow.permissions import why_not
from workflow.requests import FileData
from workflow.selectors.holdings import visible_holdings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_home(monkeypatch):
    at_home(monkeypatch)


# -- review -----------------------------------------------------------------------------------------
def test_the_four_levels_sign_off_and_pin_what_they_saw(town, case):
    row = signed_off(town, case)
    review = row.review
    assert (review.status, review.pinned_sha256, review.signed_on) == ("signed", row.current.sha256, DAY)
    assert [step.level for step in review.steps.order_by("pk")] == ["handler", "unit", "secrecy", "leader"]
    assert {step.seen_sha256 for step in review.steps.all()} == {row.current.sha256}
    assert len(review.ticks) == 7
    assert all(row["basis"] for row in review.ticks)


def test_an_office_may_keep_fewer_levels(town, case):
    OfficeParameter.objects.create(
        office=town.office, key="review.secrecy_levels", value=["leader"], from_on=DAY, reason="小机关", entered_by=town.admin,
        entered_at=at(DAY), confirmed_by=town.head, confirmed_at=at(DAY),
    )  # fmt: skip
    row = agreed(town, begun(town, attach(town, case, copied=False)), "secrecy", "head")
    assert row.review.levels == ["handler", "secrecy", "leader"]
    assert row.review.status == "signed"


def test_each_level_in_its_turn_and_nobody_twice(town, case):
    row = begun(town, attach(town, case, copied=False))
    with pytest.raises(NotNow, match="处室审核"):
        agreed(town, row, "secrecy")
    row = agreed(town, row, "unit_head")
    town.people["head"] = town.unit_head
    row = agreed(town, row, "secrecy")
    from office.models import Post

    Post.objects.create(user=town.unit_head, office=town.office, role="head", from_on=dt.date(2020, 1, 1))
    from office.models import User

    both = User.objects.get(pk=town.unit_head.pk)
    assert "前一层级" in why_not(Case.objects.get(pk=case.pk), "review_holding", by=both, on=DAY).message
    with pytest.raises((NotNow, NotSeparated)):
        review_holding.review_holding(
            case_id=case.pk, by=both, on=DAY, now=at(DAY), holding_id=row.pk, seen_sha256=row.current.sha256,
            decision="agree", opinion="同意。",
        )  # fmt: skip


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"ticks": {}}, "no_basis"),
        ({"ticks": NOTHING | {"refuse_state_secret": (False, " ")}}, "no_basis"),
        ({"timing": ""}, "missing_field"),
        ({"manner": " "}, "missing_field"),
        ({"content": ""}, "missing_field"),
        ({"opinion": ""}, "missing_field"),
        ({"conclusion": "maybe"}, "no_conclusion"),
        ({"term": "for ever"}, "no_term"),
        ({"term": "running"}, "still_secret"),
        ({"term": "over"}, "term_does_not_fit"),
        ({"ticks": NOTHING | {"refuse_security": (True, "储点分布")}}, "barred"),
        ({"conclusion": "refuse"}, "no_ground"),
    ],
)  # fmt: skip
def test_an_opinion_with_a_gap_isrefused(town, case, changes, code):
    row = attach(town, case, copied=False)
    refused(code, begun, town, row, **changes)
    assert Holding.objects.get(pk=row.pk).review is None


def test_declassified_is_not_yet_disclosable(town, case):
    row = attach(
        town,
        case,
        secrecy="declassified",
        former_mark="秘密★5年",
        declassified_on=DAY,
        declassified_basis="期满",
        copied=False,
    )
    assert "解密不等于可以公开" in refused("not_yet_open", begun, town, row, term="over")
    row = begun(town, row, term="over", term_note="解密后不再影响，原保密内容已经公布。")
    assert row.review.status == "open"


def test_a_discretionary_ground_leaves_the_choice_and_a_returned_review_begins_anew(town, case):
    ticks = NOTHING | {"refuse_process": (True, "讨论记录")}
    row = begun(town, attach(town, case, copied=False), ticks=ticks, conclusion="partial")
    review_holding.review_holding(
        case_id=case.pk, by=town.unit_head, on=DAY, now=at(DAY), holding_id=row.pk, seen_sha256=row.current.sha256,
        decision="return", opinion="理由不充分。",
    )  # fmt: skip
    row = Holding.objects.get(pk=row.pk)
    assert row.review.status == "returned"
    assert agreed(town, begun(town, row)).review.status == "signed"


def test_the_secrecy_body_settles_every_mark_first(town, case):
    row = attach(town, case, "内部资料 注意保存\n采薇村方案\n".encode())
    row = agreed(town, begun(town, row), "unit_head")
    with pytest.raises(NotNow, match="认定"):
        agreed(town, row, "secrecy")
    for mark in SecrecyMark.objects.filter(version=row.current):
        secrecy_marks.settle_mark(
            case_id=case.pk,
            by=town.secrecy,
            on=DAY,
            now=at(DAY),
            mark_id=mark.pk,
            accepted=True,
            reason="内部资料，内容可以公开",
        )
    assert agreed(town, row, "secrecy", "head").review.status == "signed"
    assert {mark.status for mark in SecrecyMark.objects.all()} == {"accepted"}


def test_a_doubt_goes_up_with_its_paper_and_comes_back(town, case):
    row = agreed(town, begun(town, attach(town, case, copied=False)), "unit_head")
    due = Case.objects.get(pk=case.pk).due_on
    refer_holding.refer_holding(
        case_id=case.pk, by=town.secrecy, on=DAY, now=at(DAY), holding_id=row.pk, to="secrecy", authority="云岫县国家保密局",
        question="汇总后是否属于国家秘密",
    )  # fmt: skip
    row = Holding.objects.get(pk=row.pk)
    question = SecrecyReferral.objects.get()
    assert row.review.status == "referred"
    assert question.paper.kind == "secrecy_referral"
    assert "依报" in question.paper.number_text
    assert Case.objects.get(pk=case.pk).due_on == due
    with pytest.raises(NotNow):
        agreed(town, row, "secrecy")
    refer_holding.record_determination(
        case_id=case.pk, by=town.secrecy, on=DAY, now=at(DAY), holding_id=row.pk, answer="refuse", number="云密函〔2026〕2号",
        summary="储点分布不得公开。", answered_on=DAY, answer_file=FileData("复函.txt", "复函内容".encode(), "opinion"),
    )  # fmt: skip
    row = Holding.objects.get(pk=row.pk)
    assert (row.review.status, row.review.conclusion) == ("open", "refuse")
    row = agreed(town, row, "secrecy", "head")
    assert (row.review.status, row.plan) == ("signed", "withhold")
    assert SecrecyReferral.objects.get().answer_file.title == "复函.txt"


def test_an_answer_that_it_is_classified_hides_the_document(town, case):
    row = begun(town, attach(town, case, copied=False))
    refer_holding.refer_holding(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), holding_id=row.pk, to="department", authority="云岫县水利局",
        question="能否公开",
    )  # fmt: skip
    refer_holding.record_determination(
        case_id=case.pk, by=town.secrecy, on=DAY, now=at(DAY), holding_id=row.pk, answer="classified", number="", summary="属于国家秘密",
        answered_on=DAY,
    )  # fmt: skip
    row = Holding.objects.get(pk=row.pk)
    assert (row.status, row.review.status) == ("quarantined", "void")


# -- signature --------------------------------------------------------------------------------------
def _to_signature(town, case):
    searched(town, case)
    propose.propose(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), item_seq=1, outcome="disclose", grounds=[], reason="",
        facts={"provided": "随本答复书提供纸质复印件1份，共12页"},
    )  # fmt: skip
    case = send_to_review.send_to_review(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY))
    clear(town, case, "secrecy")
    return clear(town, case, "redaction")


def test_a_document_nobody_reviewed_keeps_the_secrecy_review_open(town, case):
    attach(town, case, copied=False)
    searched(town, case)
    propose.propose(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), item_seq=1, outcome="disclose", grounds=[], reason="",
        facts={"provided": "随本答复书提供纸质复印件1份，共12页"},
    )  # fmt: skip
    case = send_to_review.send_to_review(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY))
    with pytest.raises(NotNow, match="保密审查"):
        clear(town, case, "secrecy")


def test_a_new_version_after_sign_off_voids_it_and_blocks_signature(town, case):
    row = ready_to_go(town, signed_off(town, case))
    case = _to_signature(town, case)
    assert case.state == "signing"
    assert why_not(case, "sign", by=town.signatory, on=DAY) is None
    replaced(town, row, PLAIN + "第二页\n".encode())
    row = Holding.objects.get(pk=row.pk)
    assert (row.review.status, row.review.void_reason) == ("void", "签署后换了新版本（第2版）")
    case = Case.objects.get(pk=case.pk)
    told = why_not(case, "sign", by=town.signatory, on=DAY).message
    assert "材料1《土地征收补偿安置方案》" in told
    assert "第2版" in told
    with pytest.raises(NotNow, match="已失效"):
        sign.sign(
            case_id=case.pk,
            by=town.signatory,
            on=DAY,
            now=at(DAY),
            seen_sha256=case.current_draft().body_sha256,
        )
    assert Case.objects.get(pk=case.pk).state == "signing"


def test_whoever_read_the_old_version_cannot_sign_the_new_one(town, case):
    row = begun(town, attach(town, case, copied=False))
    seen = row.current.sha256
    replaced(town, row, PLAIN + b"x\n")
    row = begun(town, Holding.objects.get(pk=row.pk))
    with pytest.raises(Stale):
        review_holding.review_holding(
            case_id=case.pk, by=town.unit_head, on=DAY, now=at(DAY), holding_id=row.pk, seen_sha256=seen, decision="agree",
            opinion="同意。",
        )  # fmt: skip


def test_a_case_without_documents_goes_its_way_as_before(town):
    case = reviewing(town)
    assert clear(town, case, "secrecy").current_reviews()[0].status == "cleared"


def test_another_handler_does_not_touch_them(town, case):
    row = attach(town, case, copied=False)
    other = add_person(town, "handler", unit=town.other_unit)
    assert why_not(case, "add_holding", by=other, on=DAY) is not None
    assert not visible_holdings(other).filter(pk=row.pk).exists()
