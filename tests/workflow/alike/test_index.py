"""The index of wordings: in step with the items, closed to those who may not see, new keys, and what it costs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from office.keys import rotate
from tests.workflow.factories import (
    APPLICANT,
    DAY,
    PartyData,
    Town,
    add_person,
    at,
    file_case,
    handled,
    make_town,
    registered,
    replied,
)
from workflow.actions import receive_supplement, request_supplement, withdraw
from workflow.alike import index
from workflow.models import Item, RequestText, TextBand
from workflow.selectors.duplicates import possible_duplicates, similar_to

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
OTHER = PartyData(
    part="applicant",
    kind="natural",
    name="赵子衿",
    id_kind="resident_id",
    id_number="110105194912310046",
    phone="1",
)
REPHRASED = "采薇村2025年征地补偿安置方案的文本"


@pytest.fixture
def town() -> Town:
    return make_town()


def test_a_repeat_is_named_with_its_answer(town: Town) -> None:
    first = replied(town)
    again = file_case(town, items=(REPHRASED,))
    found = similar_to(town.intake, again.pk)[1]
    row = found.rows[0]
    assert (row.id, row.repeat) == (first.pk, True)
    assert row.reasons[:2] == ("同一申请人", "相同事项")
    assert row.reasons[2].startswith("相似度 0.")
    assert row.reasons[3].startswith("曾于2026年3月2日答复（云自然资")
    assert "不予重复处理" in found.advice[0]


def test_what_was_withdrawn_is_no_repeat(town: Town) -> None:
    first = registered(town)
    withdraw.withdraw(case_id=first.pk, by=town.intake, on=DAY, now=at(DAY), reason="")
    found = similar_to(town.intake, file_case(town).pk)[1]
    assert [(row.id, row.alike, row.repeat) for row in found.rows] == [(first.pk, True, False)]
    assert "不能作重复申请处理" in found.advice[0]


def test_the_same_asked_by_others_is_counted(town: Town) -> None:
    for number in range(3):
        file_case(town, parties=(PartyData(**{**vars(OTHER), "id_number": f"11010519491231{number:04d}"}),))
    file_case(town, items=("2024年度采薇村土地征收补偿安置方案",), parties=(OTHER,))
    found = similar_to(town.intake, file_case(town).pk)[1]
    assert found.others == 3
    assert "条例第四十四条" in found.advice[-1]
    apart = [row for row in found.rows if not row.alike]
    assert [row.likeness.apart for row in apart] == [("年度不同（2024／2025）",)] or [
        row.likeness.apart for row in apart
    ] == [("年度不同（2025／2024）",)]


def test_only_what_a_person_may_see_is_found(town: Town) -> None:
    mine = handled(town)
    file_case(town)  # of no unit yet: not the handler's
    case = handled(town, parties=(OTHER,))
    assert [row.id for row in similar_to(town.handler, case.pk)[1].rows] == [mine.pk]
    assert similar_to(town.handler, file_case(make_town()).pk) is None
    foreign = add_person(make_town(), "intake")
    assert not possible_duplicates(foreign, office_id=town.office.pk, texts=[REPHRASED])
    assert not possible_duplicates(town.admin, office_id=town.office.pk, texts=[REPHRASED])
    seen = possible_duplicates(town.supervisor, office_id=town.office.pk, texts=[REPHRASED]).rows
    assert {row.applicant for row in seen} <= {"王某", "赵某"}


def test_a_supplement_is_found_by_its_new_words(town: Town) -> None:
    case = registered(town, items=("有关材料若干",))
    request_supplement.request_supplement(
        case_id=case.pk,
        by=town.intake,
        on=DAY,
        now=at(DAY),
        matters="内容不明确",
        guidance="请写明项目名称",
        days=15,
    )
    receive_supplement.receive_supplement(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), items={1: "2025年度采薇村土地征收补偿安置方案"}
    )
    assert possible_duplicates(town.intake, office_id=town.office.pk, texts=[REPHRASED]).rows[0].id == case.pk


def test_one_wording_is_stored_once_and_the_words_never(town: Town) -> None:
    file_case(town, items=("采薇村征地公告", "采薇村征地公告。"))
    file_case(town, items=("采薇村征地公告",))
    assert RequestText.objects.count() == 1
    assert 0 < TextBand.objects.count() <= 12
    columns = {
        field.get_internal_type() for model in (RequestText, TextBand) for field in model._meta.local_fields
    }
    assert "TextField" not in columns
    elsewhere = file_case(make_town(), items=("采薇村征地公告",))
    assert RequestText.objects.count() == 2, "another office's index has numbers of its own"
    assert (
        Item.objects.get(case=elsewhere).text_id
        != Item.objects.filter(case__office=town.office).first().text_id
    )


def test_new_keys_and_unread_items_are_caught_up_with(town: Town) -> None:
    case = file_case(town)
    old = set(RequestText.objects.values_list("number", flat=True))
    Item.objects.update(text=None)
    assert index.catch_up() == 1
    assert set(Item.objects.values_list("text_id", flat=True)) == old
    rotate.start(("search",))
    assert not possible_duplicates(town.intake, office_id=town.office.pk, texts=[REPHRASED])
    assert index.catch_up() == 1
    assert index.catch_up() == 0
    new = set(RequestText.objects.values_list("number", flat=True))
    assert new.isdisjoint(old)
    assert set(TextBand.objects.values_list("text_id", flat=True)) == new
    assert possible_duplicates(town.intake, office_id=town.office.pk, texts=[REPHRASED]).rows[0].id == case.pk


def test_looking_costs_as_much_for_many_as_for_few(town: Town) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            possible_duplicates(
                town.intake,
                office_id=town.office.pk,
                identity=APPLICANT.id_number,
                texts=[REPHRASED, "征地公告"],
            )
        return len(seen)

    replied(town)
    few = cost()
    for number in range(12):
        file_case(town, items=(f"采薇村第{number}批次征地公告", REPHRASED))
    assert cost() <= few <= 9
