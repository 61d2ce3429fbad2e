"""The index of the law is what the folder, the tests, the letters and the acts say."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from law.index import entries
from law.index.listing import articles_in
from law.values import table

TESTS = Path(__file__).resolve().parents[1]


def test_the_index_is_in_step() -> None:
    call_command("lawindex", "--check")


def test_a_stale_index_is_refused(settings, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="lawindex"):
        call_command("lawindex", "--check")


def test_every_value_of_the_law_is_listed_and_every_article_has_a_test() -> None:
    listed = entries(TESTS)
    assert {key for entry in listed for key in entry.values} == set(table())
    assert [entry.name for entry in listed if not entry.tests] == []


@pytest.mark.parametrize(
    "text, found",
    [
        ("第三十三条第二款", {33}),
        ("第三十一条、第三十三条", {31, 33}),
        ("条例第四十五条", {45}),
        ("条例30", {30}),
        ("档案法第十四条", set()),
        ("国办函〔2020〕109号第六条", set()),
    ],
)
def test_articles_of_other_laws_are_left_out(text: str, found: set[int]) -> None:
    assert articles_in(text) == found


ARTICLES = {10, 14, 15, 16, 17, 18, 26, *range(29, 46), 47, 49, 50, 51}


def test_every_article_that_the_program_carries_out_has_its_file() -> None:
    assert {entry.article for entry in entries(TESTS) if entry.article} >= ARTICLES
