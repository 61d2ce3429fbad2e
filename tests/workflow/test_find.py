"""Finding cases by words: the same answers by the index of pairs as by reading every row."""

from __future__ import annotations

from itertools import permutations

import pytest
from django.db import connection

from tests.workflow.factories import DAY, Town, file_case, make_town, registered
from workflow.models import Case
from workflow.selectors import find
from workflow.selectors.words import in_case, in_names

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
TITLES = (
    "采薇村土地征收补偿安置方案",
    "采薇小学 2025年 预算",
    "Wi-Fi 设备采购合同",
    "100%_合格证明\\目录",
    "薇采",
    "村",
)
WORDS = (*TITLES, "采薇", "薇村", "征收 补偿", "补偿 采薇", "wi-fi", "WI", "%", "_合", "\\目", "年 预", "王", "䶮", "王䶮 采薇", "李王", "无此")  # fmt: skip


@pytest.fixture
def town(db: None) -> Town:
    town = make_town()
    for number, title in enumerate(TITLES):
        case = (registered if number % 2 else file_case)(town)
        Case.objects.filter(pk=case.pk).update(title=title)
    return town


def read_all(words: str) -> set[int]:
    """Look through every case and every party, as the rule says it."""
    found = set()
    for case in Case.objects.prefetch_related("parties"):
        names = [case.title, case.applicant_name, *(party.name for party in case.parties.all())]
        if all(any(word.lower() in name.lower() for name in names) for word in words.split()):
            found.add(case.pk)
    return found


def test_words_find_exactly_the_cases_that_have_them(town: Town) -> None:
    asked = [*WORDS, *map(" ".join, permutations(WORDS, 2))]
    found = {words: {row.id for row in find.search(town.intake, words, on=DAY)[0]} for words in asked}
    assert found == {words: read_all(words) for words in asked}
    assert 50 < sum(map(bool, found.values())) < len(asked)


def test_the_newest_come_first_and_no_more_than_fifty(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "MOST", 2)
    rows, more = find.search(town.intake, "王䶮", on=DAY)
    assert ([row.id for row in rows], more) == (sorted(read_all("王䶮"), reverse=True)[:2], True)


def test_what_is_corrected_is_found_by_its_new_words_alone(town: Town) -> None:
    case = Case.objects.filter(title__contains="采薇").first()
    assert case is not None
    Case.objects.filter(pk=case.pk).update(title="关于望舒路的规划", applicant_name="孟羲和")
    assert list(in_case(Case.objects.all(), "望舒")) == [case]
    assert list(in_case(Case.objects.all(), "羲和")) == [case]
    assert case not in in_case(Case.objects.all(), "采薇")


def test_the_index_serves_two_characters(town: Town) -> None:
    """With no other way left to it, PostgreSQL goes by the pairs."""
    if connection.vendor != "postgresql":
        assert "workflow_bigrams" not in str(in_case(Case.objects.all(), "采薇").query)
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute("SET LOCAL enable_nestloop = off")
    assert "case_words_pairs" in in_case(Case.objects.order_by(), "采薇").explain()
    assert "party_by_words" in in_names(Case.objects.all(), "王䶮").order_by().explain()
