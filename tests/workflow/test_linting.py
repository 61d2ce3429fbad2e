"""What the lint knows of a case beside its papers: earlier replies, opinions, the register; and that nothing passes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import letters
from letters.models import Paper
from tests.workflow.factories import (
    APPLICANT,
    DAY,
    DISCLOSE,
    NOT_EXIST,
    REFUSE,
    Town,
    at,
    clear,
    handled,
    make_town,
    replied,
    reviewing,
    searched,
    signing,
)
from workflow import linting, paper_facts
from workflow.actions import extend, propose, send_to_review, sign
from workflow.linting import Blocked
from workflow.models import Case, Consultation, Item

pytestmark = pytest.mark.django_db
LATER = dt.date(2026, 3, 11)
THIN = {**REFUSE, "reason": "内部信息"}


@pytest.fixture
def town() -> Town:
    return make_town()


def rules(case: Case, on: dt.date = DAY) -> set[str]:
    kind, facts = paper_facts.reply(case, on=on)
    composed = letters.compose_for_office(kind, facts, on=on)
    return {finding.rule for finding in linting.findings(case, composed, facts)}


def proposed(town: Town, proposal: dict[str, Any], *, on: dt.date = DAY, **changes: Any) -> Case:
    case = searched(town, handled(town, on=on, **changes), on=on)
    for item in case.items_in_order():
        case = propose.propose(
            case_id=case.pk, by=town.handler, on=on, now=at(on), item_seq=item.seq, **proposal
        )
    return case


def test_a_draft_that_would_lose_does_not_go_to_review_and_says_why(town):
    case = proposed(town, THIN)
    with pytest.raises(Blocked, match=r"答复书稿有以下问题，请先改正：第一项的理由只是套话") as refusal:
        send_to_review.send_to_review(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY))
    assert [f.mend.target for f in refusal.value.findings] == ["items.1.reason"]
    assert (refusal.value.code, refusal.value.field) == ("lint", "items")
    assert Case.objects.get(pk=case.pk).state == "handling"


def test_the_same_applicant_is_not_told_otherwise_without_a_word(town):
    first = replied(town, proposals=[REFUSE])
    number = letters_of(first)
    case = proposed(town, {**DISCLOSE}, on=LATER)
    assert "changed_ground" not in rules(case, LATER)  # to give now what was refused harms nobody
    other = {
        "outcome": "refuse_internal", "grounds": ["条例第十六条第一款"],
        "reason": "该记录反映本机关日常后勤安排，属于后勤管理方面的信息，对外不产生效力",
        "facts": REFUSE["facts"],
    }  # fmt: skip
    case = proposed(town, other, on=LATER)
    assert "changed_ground" in rules(case, LATER)
    told = {**other, "reason": f"本机关此前的答复（{number}）认定为过程性信息，现更正：{other['reason']}"}
    assert "changed_ground" not in rules(proposed(town, told, on=LATER), LATER)
    assert "changed_ground" not in rules(proposed(town, REFUSE, on=LATER), LATER)


def letters_of(case: Case) -> str:
    return Paper.objects.get(subject_ref=case.subject_ref, kind__startswith="reply").number_text


OTHER = replace(APPLICANT, name="赵子衿", id_number="110105194912310038")


def test_another_applicants_reply_is_no_earlier_one(town):
    replied(town, proposals=[REFUSE], parties=(OTHER,))
    case = proposed(town, {**NOT_EXIST}, on=LATER)
    assert linting.register(case, on=DAY)["earlier_replies"] == []


def test_what_is_asked_of_the_register_costs_a_query_or_two(town):
    replied(town, proposals=[REFUSE])
    case = proposed(town, REFUSE, on=LATER)
    case = Case.objects.select_related("office").get(pk=case.pk)
    kind, facts = paper_facts.reply(case, on=LATER)
    composed = letters.compose_for_office(kind, facts, on=LATER)
    with CaptureQueriesContext(connection) as queries:
        linting.findings(case, composed, facts)
    assert len(queries) <= 3


def test_what_changed_since_the_review_stops_the_signature(town):
    case = signing(town, proposals=[REFUSE])
    Item.objects.filter(case=case).update(description="采薇村三组分户补偿清单和领款凭证")
    with pytest.raises(Blocked, match="不是同一件事") as refusal:
        sign.sign(
            case_id=case.pk,
            by=town.signatory,
            on=DAY,
            now=at(DAY),
            seen_sha256=case.current_draft().body_sha256,
        )
    assert refusal.value.message.startswith("《政府信息公开申请答复书》有以下问题，请先改正")
    assert Case.objects.get(pk=case.pk).state == "signing"


def test_a_late_reply_is_warned_of_and_goes_out(town):
    late = dt.date(2026, 4, 20)
    case = reviewing(town, proposals=[REFUSE])
    for kind in ("secrecy", "redaction"):
        case = clear(town, case, kind, on=late)
    kind, facts = paper_facts.reply(case, on=late)
    found = linting.findings(case, letters.compose_for_office(kind, facts, on=late), facts)
    assert [(f.rule, f.severity) for f in found] == [("overdue", "warn")]
    case = sign.sign(
        case_id=case.pk,
        by=town.signatory,
        on=late,
        now=at(late),
        seen_sha256=case.current_draft().body_sha256,
    )
    assert case.state == "replied"


def test_an_opinion_that_nobody_weighed_stops_a_refusal(town):
    from tests.workflow.grounds import grounded

    case = grounded(town, "refuse_third_party")
    case = propose.propose(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), item_seq=1, outcome="refuse_third_party",
        grounds=["条例第十五条"], reason="含有未公开的成本构成，属于商业秘密，第三方不同意公开的理由合理",
        facts={"inseparable": "成本构成贯穿全文，不能作区分处理"},
    )  # fmt: skip
    assert "unassessed" not in rules(case)
    Consultation.objects.filter(case=case).update(reason_assessed="", reason_sound=None)
    case = Case.objects.get(pk=case.pk)
    assert "unassessed" in rules(case)


def test_every_letter_is_linted_not_only_the_reply(town):
    case = handled(town)
    with pytest.raises(Blocked, match="用途"):
        extend.extend(
            case_id=case.pk, by=town.people["head"], on=DAY, now=at(DAY), days=20,
            reason="您没有说明用途，需要核对",
        )  # fmt: skip
    assert Case.objects.get(pk=case.pk).due_on == case.due_on


@pytest.mark.parametrize(
    ("words", "stopped"),
    [
        ("请与您核对联系电话13800000000", False),
        ("请与住户核对联系电话13900000000", True),
        ("您的身份证件11010519491231002X需要核对", False),
        ("住户的身份证件110105198806053718需要核对", True),
    ],
)
def test_an_applicants_own_numbers_are_nobody_elses(town, words: str, stopped: bool):
    case = handled(town)
    facts = paper_facts.extension(case, on=DAY, days=20, reason=words)
    composed = letters.compose_for_office("extension_notice", facts, on=DAY)
    found = {finding.rule for finding in linting.findings(case, composed, facts)}
    assert found == ({"personal_data"} if stopped else set())
