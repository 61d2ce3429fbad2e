"""The two commands as a person types them: exit codes, messages, files that appear whole or not at all."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.core.management import call_command
from PIL import Image

from tests.workflow.redaction.corpus.case import ID, NAME, OPEN, changed, drawn, picture_of, text
from workflow.review.redaction import ocr


@pytest.fixture
def place(tmp_path):
    (tmp_path / "in.pdf").write_bytes(drawn(text(f"申请人{NAME}，身份证号码{ID}。"), text("第二页")))
    return tmp_path


def run(command, *arguments):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(command, *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as left:
        return left.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def redact(place, plan, *more, source="in.pdf", out="out.pdf", certificate="c.json"):
    (place / "plan.json").write_text(plan if isinstance(plan, str) else json.dumps(plan), encoding="utf-8")
    return run(
        "redact", place / source, "--plan", place / "plan.json", "--out", place / out, "--certificate",
        place / certificate, *more,
    )  # fmt: skip


def left_in(place):
    return sorted(path.name for path in place.iterdir())


def test_a_copy_and_its_certificate(place):
    plan = {"marks": [{"page": 2, "box": [60, 230, 300, 260], "ground": "个人隐私"}], "strings": [ID, NAME]}
    code, out, _ = redact(place, plan)
    assert (code, left_in(place)) == (0, ["c.json", "in.pdf", "out.pdf", "plan.json"])
    assert "遮盖3处" in out
    told = json.loads((place / "c.json").read_text(encoding="utf-8"))
    assert told["grounds"] == [{"ground": "个人隐私", "boxes": 1}, {"ground": "依法不予公开", "boxes": 2}]
    assert told["source"]["pages"] == 2
    assert {probe["result"] for probe in told["probes"]} <= {"nothing", "not run"}
    assert ("tesseract" in told["ocr"]) == (ocr.engine() is not None)
    again = (place / "out.pdf").read_bytes(), (place / "c.json").read_bytes()
    assert redact(place, plan)[0] == 0
    assert again == ((place / "out.pdf").read_bytes(), (place / "c.json").read_bytes())
    (place / "s.txt").write_text(f"{ID}\n\n{NAME}\n", encoding="utf-8")
    assert run("probe", place / "out.pdf", "--secrets", place / "s.txt")[0] == 0
    code, out, _ = run("probe", place / "in.pdf", "--secrets", place / "s.txt", "--json")
    assert code == 5
    assert json.loads(out)["findings"][0]["page"] == 1
    assert ID not in out
    assert NAME not in out


def test_boxes_cover_and_neighbours_remain(place):
    before = _page(place / "in.pdf")
    assert (
        redact(
            place,
            {"marks": [{"page": 1, "box": [70, 225, 130, 250], "ground": "x"}]},
        )[0]
        == 5
    )
    assert redact(place, {"marks": [{"page": 1, "box": [60, 225, 400, 250], "ground": "个人隐私"}]})[0] == 0
    after = _page(place / "out.pdf")
    area = [round(value * 200 / 72) for value in (62, 227, 398, 248)]
    black = after.crop(area).point(lambda value: value < 128 and 255).convert("L").histogram()[255]
    assert black > 0.9 * (area[2] - area[0]) * (area[3] - area[1])
    for box in ((0, 0, 595, 215), (0, 260, 595, 842)):
        part = [round(value * 200 / 72) for value in box]
        assert _dark(before.crop(part)) == pytest.approx(_dark(after.crop(part)), rel=0.05)


def _page(path: Path) -> Image.Image:
    with pypdfium2.PdfDocument(path) as pdf:
        return pdf[0].render(scale=200 / 72, grayscale=True).to_pil().copy()


def _dark(image):
    return sum(image.histogram()[:160])


@pytest.mark.parametrize(
    "plan, word",
    [
        ({"strings": ["不在文件里的文字"]}, "strings[0]"),
        ({"strings": [ID, "440106198512110000"]}, "strings[1]"),
        ({"marks": [{"page": 9, "box": [1, 1, 9, 9], "ground": "x"}]}, "marks[0].page"),
        ({"marks": [{"page": 1, "box": [1, 1, 9, "9"], "ground": "x"}]}, "marks[0].box"),
        (
            {"strings": [ID], "marks": [{"page": 1, "box": [1, 1, 99, 99], "ground": f"证号{ID}"}]},
            "marks[0].ground",
        ),
        ("not json", "JSON"),
    ],
)
def test_a_bad_plan_writes_nothing(place, plan, word):
    code, _, err = redact(place, plan)
    assert code == 2
    assert word in err
    assert left_in(place) == ["in.pdf", "plan.json"]


def test_an_identity_number_that_no_box_covers_stops_the_copy(place):
    code, _, err = redact(place, {"strings": [NAME]})
    assert code == 5
    assert "第1页没有被遮盖" in err
    assert ID not in err
    assert left_in(place) == ["in.pdf", "plan.json"]


def _locked():
    return changed(drawn(), lambda pdf: None, encryption=pikepdf.Encryption(owner="a", user="b"))


@pytest.mark.parametrize(
    "content, word",
    [
        (None, "不存在"),
        (b"", "空文件"),
        (b"PK\x03\x04 not a pdf", "打印为 PDF"),
        (b"%PDF-1.7 and no more", "完好"),
        (drawn()[:300], "完好"),
        (_locked(), "密码"),
        (b"\x89PNG\r\n\x1a\n broken", "打印为 PDF"),
    ],
    ids=["missing", "empty", "zip", "stub", "cut", "locked", "broken picture"],
)
def test_a_source_that_cannot_be_read(tmp_path, content, word):
    if content is not None:
        (tmp_path / "in.pdf").write_bytes(content)
    before = left_in(tmp_path)
    code, _, err = redact(tmp_path, {"strings": [ID]})
    assert code == 2
    assert word in err
    assert left_in(tmp_path) == sorted([*before, "plan.json"])


def test_the_original_is_never_written_over(place):
    before = (place / "in.pdf").read_bytes()
    os.link(place / "in.pdf", place / "hard.pdf")
    (place / "soft.pdf").symlink_to(place / "in.pdf")
    for out, certificate in (
        ("in.pdf", "c.json"), ("hard.pdf", "c.json"), ("soft.pdf", "c.json"), ("out.pdf", "in.pdf"), ("x", "x"),
        ("nowhere/out.pdf", "c.json"), ("out.pdf", "nowhere/c.json"), (".", "c.json"),
    ):  # fmt: skip
        code, _, err = redact(place, {"strings": [ID]}, out=out, certificate=certificate)
        assert code == 2, (out, certificate)
        assert err
    assert (place / "in.pdf").read_bytes() == before
    assert left_in(place) == ["hard.pdf", "in.pdf", "plan.json", "soft.pdf"]


def test_a_string_that_no_page_shows_is_dropped_and_named(place):
    def change(pdf):
        pdf.docinfo["/Title"] = "卷宗保密字样"

    (place / "in.pdf").write_bytes(changed(drawn(), change))
    assert redact(place, {"strings": ["保密字样"]})[0] == 0
    told = json.loads((place / "c.json").read_text(encoding="utf-8"))["strings"][0]
    assert told["burned"] == 0
    assert any("文档属性" in where for where in told["dropped_from"])


def test_a_ground_that_does_not_fit_is_in_the_legend(place):
    marks = [
        {"page": 1, "box": [60, 225, 400, 250], "ground": "个人隐私"},
        {"page": 2, "box": [70, 230, 90, 245], "ground": "条例第十六条第一款：人事管理、后勤管理、内部工作流程等方面的信息，" * 3},
    ]  # fmt: skip
    assert redact(place, {"marks": marks})[0] == 0
    told = json.loads((place / "c.json").read_text(encoding="utf-8"))
    assert told["copy"]["legend_pages"] == 1
    assert [box.get("legend") for box in told["boxes"]] == [None, 2]
    with pikepdf.open(place / "out.pdf") as pdf:
        assert len(pdf.pages) == 3


@pytest.mark.parametrize("suffix, kind", [("png", "PNG"), ("jpg", "JPEG"), ("tiff", "TIFF")])
def test_pictures_are_welcome(tmp_path, suffix, kind):
    picture_of("公开与不公开").save(tmp_path / f"in.{suffix}", kind, dpi=(200, 200))
    plan = {"marks": [{"page": 1, "box": [100, 5, 300, 40], "ground": "个人隐私"}]}
    assert redact(tmp_path, plan, source=f"in.{suffix}")[0] == 0
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as pdf:
        assert pdf[0].get_size() == pytest.approx((324, 43.2), abs=0.1)
        assert pdf[0].render(scale=1, grayscale=True).to_pil().getpixel((105, 8)) < 40


@pytest.mark.parametrize(
    "secrets, word", [(None, "无法读取"), (b"", "空的"), (b"\n \n", "空的"), (b"\xff\xfe\xfa", "UTF-8")]
)
def test_secrets_that_cannot_be_read(place, secrets, word):
    if secrets is not None:
        (place / "s.txt").write_bytes(secrets)
    code, _, err = run("probe", place / "in.pdf", "--secrets", place / "s.txt")
    assert code == 2
    assert word in err


def test_what_cannot_be_opened_is_not_called_clean(tmp_path):
    (tmp_path / "s.txt").write_text(ID, encoding="utf-8")
    (tmp_path / "a.rar").write_bytes(b"Rar!\x1a\x07\x01\x00" + b"\0" * 100)
    code, out, err = run("probe", tmp_path / "a.rar", "--secrets", tmp_path / "s.txt")
    assert code == 2
    assert "RAR" in err
    assert "不能确认" in out
    (tmp_path / "b.txt").write_text(f"{OPEN}，2026-11-26", encoding="utf-8")
    assert run("probe", tmp_path / "b.txt", "--secrets", tmp_path / "s.txt")[0] == 0
    assert run("probe", tmp_path / "none.txt", "--secrets", tmp_path / "s.txt")[0] == 2


def test_a_searchable_layer_holds_what_is_open_and_nothing_else(place):
    assert redact(place, {"strings": [ID, NAME]}, "--searchable")[0] == 0
    with pypdfium2.PdfDocument(place / "out.pdf") as pdf:
        said = pdf[0].get_textpage().get_text_range().replace(" ", "")
    told = json.loads((place / "c.json").read_text(encoding="utf-8"))
    assert told["copy"]["searchable_layer"] == (ocr.engine() is not None)
    assert ("征收补偿" in said) == (ocr.engine() is not None)
    assert ID not in said


def test_a_ground_may_say_what_the_page_under_it_says(place):
    (place / "in.pdf").write_bytes(drawn(text("依据政府信息公开条例第十五条，不予公开")))
    marks = [{"page": 1, "box": [60, 225, 400, 250], "ground": "政府信息公开条例第十五条"}]
    assert redact(place, {"marks": marks})[0] == 0


def test_strings_that_are_words_of_the_format_itself(place):
    (place / "in.pdf").write_bytes(drawn(text("endobj 65535 Page 000000 甲")))
    assert redact(place, {"strings": ["endobj", "65535", "Page", "000000", "甲"]})[0] == 0
