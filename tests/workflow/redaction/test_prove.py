"""The proof fails where it must: each way in which a copy could leak is done on purpose, and found."""

from __future__ import annotations

import hashlib
import io

import pikepdf
import pytest
from PIL import Image

from tests.workflow.redaction.corpus.case import ID, NAME, OPEN, changed, drawn, text
from workflow.review.redaction import Box, Leaks, Mark, Wanted, burn, ocr, prove
from workflow.review.redaction.ocr import Word
from workflow.review.redaction.rebuild import CleanPdf
from workflow.review.redaction.tone import Stored, stored


@pytest.fixture
def made(tmp_path):
    source = tmp_path / "in.pdf"
    source.write_bytes(drawn(text(f"申请人{NAME}，身份证号码{ID}。")))
    marks = [Mark(1, Box(60, 40, 300, 75), "过程性信息")]
    return burn(source, tmp_path / "copy.pdf", marks, [Wanted(ID), Wanted(NAME)], workers=1)


def refused(copy):
    with pytest.raises(Leaks) as leaks:
        prove(copy, workers=1)
    assert ID not in leaks.value.message
    assert NAME not in leaks.value.message
    return {(finding.name, finding.where) for finding in leaks.value.findings}


def test_a_good_copy_passes_and_says_what_was_tried(made):
    proof = prove(made, workers=1)
    assert proof.copy_sha256 == hashlib.sha256(made.path.read_bytes()).hexdigest()
    names = [probe["probe"] for probe in proof.probes]
    assert names == [
        "uncovered_identity_numbers", "structure", "bytes_streams_objects", "boxes_are_solid", "text_of_pages",
        "reading_of_boxes",
    ]  # fmt: skip
    assert (proof.probes[-1]["result"] == "not run") == (ocr.engine() is None)


@pytest.mark.parametrize(
    "sabotage, where",
    [
        (lambda pdf: pdf.docinfo.update({"/Title": OPEN}), "文件尾"),
        (
            lambda pdf: pdf.attachments.update({"a": pikepdf.AttachedFileSpec(pdf, b"x", filename="a")}),
            "文档目录",
        ),
        (lambda pdf: pdf.pages[0].obj.update({"/Annots": pikepdf.Array()}), "页面字典"),
        (lambda pdf: pdf.add_blank_page(), "页数"),
        (lambda pdf: pdf.pages[0].Resources.XObject.I.update({"/Alt": pikepdf.String("x")}), "图像"),
        (lambda pdf: pdf.pages[0].Resources.update({"/Font": pikepdf.Dictionary()}), "页面字典"),
    ],
    ids=["title", "attachment", "annotation", "page", "key of a picture", "font"],
)
def test_what_we_did_not_write_is_found(made, sabotage, where):
    made.path.write_bytes(changed(made.path.read_bytes(), sabotage))
    assert ("不应有的内容", where) in refused(made)


def test_a_revision_put_behind_is_found(made):
    with made.path.open("ab") as file:
        file.write(b"1 0 obj\n<<>>\nendobj\nxref\n0 0\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n")
    assert ("不应有的内容", "早期版本") in refused(made)


def test_a_string_among_the_bytes_is_found(made):
    data = made.path.read_bytes()
    made.path.write_bytes(data.replace(b"\nxref", f"\n%{ID}\nxref".encode(), 1))
    assert any(name == "strings[0]" for name, _ in refused(made))


def test_a_fragment_among_the_bytes_of_a_picture_is_found(made):
    with pikepdf.open(io.BytesIO(made.path.read_bytes())) as pdf:
        picture = pdf.pages[0].Resources.XObject.I
        made.pages[0] = _as_if(made.pages[0], picture.read_raw_bytes() + ID[:12].encode())
        kept = Stored("1-bit", picture.Width, picture.Height, picture.read_raw_bytes() + ID[:12].encode())
    with CleanPdf(made.path) as clean:
        clean.add(made.pages[0].size, kept)
        clean.finish(made.seal)
    assert ("strings[0]", "第1页图像数据") in refused(made)


def _as_if(page, data):
    return type(page)(**{**vars(page), "sha256": hashlib.sha256(data).hexdigest()})


def test_a_box_that_was_not_burned_is_found(made):
    white = stored(Image.new("L", made.pages[0].pixels, 255), "1-bit")
    made.pages[0] = _as_if(made.pages[0], white.data)
    with CleanPdf(made.path) as clean:
        clean.add(made.pages[0].size, white)
        clean.finish(made.seal)
    assert {("第1个遮盖", "第1页"), ("第2个遮盖", "第1页"), ("第3个遮盖", "第1页")} <= refused(made)


def test_a_layer_that_repeats_what_was_burned_is_found(made):
    with pikepdf.open(io.BytesIO(made.path.read_bytes())) as pdf:
        picture = pdf.pages[0].Resources.XObject.I
        kept = Stored("1-bit", picture.Width, picture.Height, picture.read_raw_bytes())
    made.layer = True
    words = [
        Word(ID[:8], Box(100, 900, 300, 940), (1, 1, 1), 90),
        Word(ID[8:], Box(300, 900, 500, 940), (1, 1, 1), 90),
    ]
    with CleanPdf(made.path) as clean:
        clean.add(made.pages[0].size, kept, words)
        clean.finish(made.seal)
    assert ("strings[0]", "第1页可搜索的文字") in refused(made)


def test_an_identity_number_beside_the_boxes_is_found(tmp_path):
    source = tmp_path / "in.pdf"
    source.write_bytes(drawn(text(f"证号{ID}。")))
    copy = burn(source, tmp_path / "copy.pdf", [Mark(1, Box(60, 225, 140, 250), "x")], workers=1)
    assert ("第1个身份证号码", "第1页") in refused(copy)
    covered = burn(source, tmp_path / "copy.pdf", [Mark(1, Box(60, 225, 300, 250), "x")], workers=1)
    assert prove(covered, workers=1)


@pytest.mark.slow
def test_many_pages_in_two_processes_are_the_same_bytes_as_in_one(tmp_path):
    source = tmp_path / "in.pdf"
    source.write_bytes(drawn(*[text(f"第{number}户，证号{ID}") for number in range(1, 71)]))
    sums = set()
    for workers in (1, 2):
        copy = burn(source, tmp_path / f"{workers}.pdf", [], [Wanted(ID)], workers=workers)
        sums.add(prove(copy, workers=workers).copy_sha256)
        assert copy.found[0] == 70
    assert len(sums) == 1
