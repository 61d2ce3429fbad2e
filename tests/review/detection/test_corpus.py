"""The detectors on the labelled corpus: no worse than promised, on the half that was held out, and as published."""

import os
import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.review.detection.corpus import pages, samples, sentences
from tests.review.detection.measure import ALL_CHECKED, ALL_NAMES, BY_CUE, measure, table

DOCUMENT = ROOT / Path("docs", "detection.md")
BEGIN, END = "<!-- table -->\n", "\n<!-- end of table -->"


@pytest.fixture(scope="module", params=[False, True], ids=["open half", "held out"])
def counts(request):
    return measure(request.param)


def test_the_corpus_is_as_large_as_it_is_said_to_be():
    assert len(sentences()) >= 400
    assert len(pages()) >= 40
    assert abs(sum(sample.held_out for sample in samples()) * 2 - len(samples())) <= 2


def test_no_label_is_left_in_a_text():
    assert [s.name for s in samples() if re.search(r"\{[a-z?]{1,2}\||\}", s.text)] == []


def test_numbers_with_check_digits(counts):
    assert counts[ALL_CHECKED].recall >= 0.99
    assert counts[ALL_CHECKED].precision >= 0.98


def test_names_with_a_cue(counts):
    assert counts[BY_CUE].recall >= 0.90
    assert counts[BY_CUE].precision >= 0.85


def test_all_names(counts):
    assert counts[ALL_NAMES].recall >= 0.75
    assert counts[ALL_NAMES].precision >= 0.75


@pytest.mark.parametrize("kind", ["mobile", "landline", "permit", "plate", "email", "wechat", "qq"])
def test_numbers_that_are_known_by_shape(counts, kind):
    assert counts[kind].recall >= 0.95
    assert counts[kind].precision >= 0.8


def test_the_published_table_is_what_is_measured():
    """`DETECTION=write ./dev test tests/review/detection/test_corpus.py -n0` writes it anew; its diff is to be read."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    published, after = rest.split(END)
    measured = table()
    if os.environ.get("DETECTION") == "write":
        DOCUMENT.write_text(before + BEGIN + measured + END + after, encoding="utf-8")
        published = measured
    assert published == measured
