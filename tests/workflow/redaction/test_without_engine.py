"""A machine without an engine that reads pictures: the work goes on, and what was not read is named."""

import pytest

from tests.workflow.redaction.corpus import CASES
from tests.workflow.redaction.corpus.case import ID, drawn, text
from workflow.review.redaction import Box, Mark, NotLocated, Wanted, ocr, probe, release

SCANS = {one.name: one for one in CASES if one.name in ("scan", "text_and_scan")}


@pytest.fixture(autouse=True)
def no_engine(monkeypatch):
    monkeypatch.setattr(ocr, "engine", lambda: None)


def released(place, data, *given, **more):
    (place / "in.pdf").write_bytes(data)
    return release(place / "in.pdf", place / "out.pdf", place / "c.json", *given, workers=1, **more)


def test_the_certificate_names_what_is_missing(tmp_path):
    made = released(tmp_path, drawn(text(ID)), (), [Wanted(ID)], layer=True)
    assert "tesseract-ocr-chi-sim" in made["ocr"]
    assert made["copy"]["searchable_layer"] is False
    assert [one["result"] for one in made["probes"] if one["probe"] == "reading_of_boxes"] == ["not run"]


def test_pages_whose_pictures_were_not_searched_are_named(tmp_path):
    made = released(tmp_path, SCANS["text_and_scan"].make(), (), [Wanted(ID)])
    assert [one["page"] for one in made["pictures_not_searched"]] == [1]
    assert "没有安装" in made["pictures_not_searched"][0]["why"]


def test_a_string_that_may_stand_in_a_picture_is_refused_with_the_reason(tmp_path):
    with pytest.raises(NotLocated, match="第1页有图像，没有安装文字识别引擎"):
        released(tmp_path, SCANS["scan"].make(), (), [Wanted(ID)])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.pdf"]
    assert released(tmp_path, SCANS["scan"].make(), [Mark(1, Box(50, 300, 520, 380), "个人隐私")])


def test_a_search_says_that_pictures_were_not_read():
    report = probe(SCANS["scan"].make(), [ID])
    assert report.clean
    assert any("没有检查" in note for note in report.notes)
