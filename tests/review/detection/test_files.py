"""Files of every kind: found with boxes on pages, with offsets in texts; what cannot be read is said, never passed over."""

import io
import json
import os
import subprocess
import sys
import zipfile

import pytest
from django.core.management import call_command
from stdnum.cn import ric

from tests.house.tree import ROOT
from tests.review.detection.paper import mail, odt, pdf, picture, signed, table, word, workbook
from workflow.review.redaction import ocr
from workflow.review.redaction.detect import faces
from workflow.review.redaction.detect.file import detect_file
from workflow.review.redaction.detect.found import UNREAD
from workflow.review.redaction.detect.layout import find_on_page
from workflow.review.redaction.errors import BadSource
from workflow.review.redaction.glyphs import Glyph
from workflow.review.redaction.marks import Box
from workflow.review.redaction.unmarked import unmarked_utf16

ID = "11010519900307123" + ric.calc_check_digit("110105199003071230")
ROWS = [
    ["序号", "姓名", "备注", "电话"],
    ["1", "高峰", "", "13800138000"],
    ["2", "何方圆", "已签", "13900139000"],
]


@pytest.fixture
def look(tmp_path):
    def look(data, name="in.bin", **options):
        path = tmp_path / name
        path.write_bytes(data)
        return detect_file(path, **options)

    return look


def told(hits, kind):
    return [hit.found.text for hit in hits if hit.found.kind == kind]


def test_boxes_on_a_page_cover_the_text_and_nothing_else(look):
    hits, _ = look(pdf([(72, 100, "申请人张建国提交材料", 12)]))
    (name,) = [hit for hit in hits if hit.found.kind == "name"]
    told = name.as_dict()
    assert (told["page"], told["text"]) == (1, "张建国")
    x0, y0, x1, y1 = told["box"]
    assert x0 == pytest.approx(72 + 3 * 12, abs=1.5)
    assert x1 == pytest.approx(72 + 6 * 12, abs=1.5)
    assert 84 < y0 < 92
    assert 98 < y1 < 106


def test_boxes_count_on_the_page_as_it_is_seen(look):
    hits, _ = look(pdf([(72, 100, "申请人张建国提交材料", 12)], turn=90))
    (name,) = [hit for hit in hits if hit.found.kind == "name"]
    x0, y0, x1, y1 = name.as_dict()["box"]
    assert x1 - x0 < 20 < 30 < y1 - y0
    assert x0 > 700


def test_columns_of_a_table_are_known_by_their_place_also_past_an_empty_cell(look):
    hits, _ = look(pdf(table(ROWS, (60, 120, 220, 320))))
    assert told(hits, "name") == ["高峰", "何方圆"]
    assert [hit.page for hit in hits] == [1, 1, 1, 1]


def test_a_number_broken_in_a_cell_and_a_name_broken_by_the_margin(look):
    line = "经查该宗土地登记卡所载使用权人一栏填写为本村村民张建"
    page = [
        *table([["姓名", "身份证号"], ["高峰", ID[:8]], ["", ID[8:]]], (60, 200), step=14),
        (60, 300, line, 12),
        (60, 318, "国，与实际耕种人不一致，应当予以更正。", 12),
    ]
    hits, _ = look(pdf(page))
    assert told(hits, "resident_id") == [ID]
    broken = [hit for hit in hits if hit.found.text == "张建国"]
    assert [len(hit.boxes) for hit in broken] == [2]
    assert set(broken[0].as_dict()) >= {"box", "boxes"}


def test_what_is_found_names_the_characters_it_is_made_of():
    line = "申请人  张建国提交"
    glyphs = [Glyph(char, Box(12 * n, 0, 12 * n + 12, 12), 0) for n, char in enumerate(line)]
    (one,) = find_on_page(glyphs)
    assert "".join(line[place] for place in one.places) == one.found.text == "张建国"


def test_pages_are_counted(look):
    hits, _ = look(pdf([(72, 100, "无", 12)], [(72, 100, f"证号{ID}", 12)]))
    assert [(hit.page, hit.found.text) for hit in hits] == [(2, ID)]


def test_word_documents_with_tables_and_headers(look):
    hits, _ = look(word(["经办人：张建国"], ROWS, header=f"证号{ID}"))
    assert told(hits, "name") == ["张建国", "高峰", "何方圆"]
    assert told(hits, "mobile") == ["13800138000", "13900139000"]
    (number,) = [hit for hit in hits if hit.found.kind == "resident_id"]
    assert number.where == "页眉页脚"


def test_workbooks_with_hidden_sheets_and_comments(look):
    hits, _ = look(workbook(ROWS, hidden=[["姓名"], ["李秀英"]], comment="问过张建国本人"))
    assert told(hits, "name") == ["高峰", "何方圆", "张建国", "李秀英"]
    assert {hit.where for hit in hits} == {"工作表“Sheet”", "工作表“Sheet”的批注", "隐藏的工作表“底稿”"}
    assert {hit.page for hit in hits} == {1, 2}


def test_odf_texts(look):
    hits, _ = look(odt("经办人：张建国", ROWS))
    assert told(hits, "name") == ["张建国", "高峰", "何方圆"]


def test_web_pages(look):
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    page = f"<html><meta charset=utf-8><script>var a='13700137000'</script><p title='证号{ID}'>经办人：张建国</p><table>{rows}</table><!-- 电话13600136000 --></html>"
    hits, _ = look(page.encode())
    assert told(hits, "name") == ["张建国", "高峰", "何方圆"]
    assert told(hits, "resident_id") == [ID]
    assert "13600136000" in told(hits, "mobile")


def test_mails_with_what_hangs_on_them(look):
    hits, _ = look(mail("东郭小雨 <dongguo@163.com>", "电话13800138000", 名单__xlsx=workbook(ROWS)), "in.eml")
    assert told(hits, "email")[:1] == ["dongguo@163.com"]
    assert "东郭小雨" in told(hits, "name")
    assert {hit.where for hit in hits if hit.found.text == "高峰"} == {"附件 名单.xlsx › 工作表“Sheet”"}


def test_archives(look):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("a/证.txt", f"证号{ID}")
        package.writestr("b.exe", b"MZ" + b"\0" * 400)
    hits, notes = look(held.getvalue(), "in.zip")
    assert told(hits, "resident_id") == [ID]
    assert len([hit for hit in hits if hit.found.kind == UNREAD]) == 1
    assert "b.exe" in notes[0]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_in_its_codings(look, coding):
    text = f"申请人：张建国\r\n证号{ID}"
    hits, _ = look(text.encode(coding), "in.txt")
    assert [(hit.as_dict()["offset"], hit.found.text) for hit in hits] == [
        (4, "张建国"),
        (text.index(ID), ID),
    ]


@pytest.mark.parametrize("coding", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    "text",
    [
        "申请人：张建国",
        "申请人张建国提出申请。",
        "applicant: zhangjianguo",
        "0123456789abcdef" * 3,
        "姓名,张建国\n",
    ],
)
def test_no_other_coding_is_taken_for_utf_16(coding, text):
    assert unmarked_utf16(text.encode(coding)) is None


def test_zero_bytes_are_no_text(look):
    with pytest.raises(BadSource, match="不是能检查的文件"):
        look(b"\0\1\2\3" * 200, "in.txt")


def test_codes_and_seals_in_a_picture(look):
    hits, _ = look(picture("https://example.cn/p/1", seal=(200, 300, 58)), read=False)
    boxes = {hit.found.kind: hit.as_dict()["box"] for hit in hits}
    assert boxes["qr_code"][0] == pytest.approx(408, abs=14)
    x0, y0, x1, y1 = boxes["seal"]
    assert x0 == pytest.approx(142, abs=8)
    assert (x1 - x0) == pytest.approx(116, abs=14)
    assert (y1 - y0) == pytest.approx(116, abs=14)
    assert (y0 + y1) / 2 == pytest.approx(300, abs=8)
    assert told(hits, "qr_code") == ["https://example.cn/p/1"]


@pytest.mark.parametrize("width", [90, 180, 420])
def test_a_face_in_a_photograph_is_suggested_with_room_for_its_hair(look, width):
    hits, notes = look(picture(photo=(120, 160, width)), read=False)
    (one,) = [hit for hit in hits if hit.found.kind == "face"]
    x0, y0, x1, y1 = one.as_dict()["box"]
    # The face fills the middle of the portrait.
    assert 120 < x0 < 120 + 0.45 * width < x1 < 120 + width
    assert 160 <= y0 < 160 + 0.4 * width < y1 < 160 + width
    assert x1 - x0 < 0.8 * width
    assert (one.found.text, faces.ABSENT in notes) == ("", False)


def test_no_face_is_seen_in_seals_codes_and_print(look):
    hits, _ = look(picture("https://example.cn/p/1", seal=(200, 300, 58)), read=False)
    assert "face" not in {hit.found.kind for hit in hits}


def test_a_machine_without_the_network_says_that_nobody_looked_for_faces(look, monkeypatch):
    monkeypatch.setattr(faces, "model", lambda: None)
    hits, notes = look(picture(photo=(120, 160, 180)), read=False)
    assert "face" not in {hit.found.kind for hit in hits}
    assert faces.ABSENT in notes


def test_ink_after_a_word_for_signing_may_be_a_signature(look):
    hits, _ = look(signed("当事人签名：", 72, 400, (160, 384)), read=False)
    (one,) = [hit for hit in hits if hit.found.kind == "signature"]
    x0, y0, x1, y1 = one.as_dict()["box"]
    assert (x0, x1) == (pytest.approx(162, abs=3), pytest.approx(218, abs=3))
    assert (y0, y1) == (pytest.approx(386, abs=4), pytest.approx(402, abs=4))
    assert "签名" in one.found.reason


def test_ink_elsewhere_or_none_is_no_signature(look):
    for data in (signed("当事人签名：", 72, 400, (160, 600)), signed("当事人到场说明", 72, 400, (170, 384))):
        assert "signature" not in {hit.found.kind for hit in look(data, read=False)[0]}


def test_a_picture_that_nobody_reads_is_told(look, monkeypatch):
    monkeypatch.setattr(ocr, "engine", lambda: None)
    hits, notes = look(picture())
    assert [hit.found.kind for hit in hits] == [UNREAD]
    assert "没有安装" in notes[0]


def test_a_picture_that_is_read(look, monkeypatch):
    """What an engine reads is found like any text, a little less sure, and says that it was read."""
    line = "申请人：张建国"
    words = [
        ocr.Word(char, Box(100 + 40 * n, 100, 136 + 40 * n, 140), (1, 1, 1), 90.0)
        for n, char in enumerate(line)
    ]
    monkeypatch.setattr(ocr, "engine", lambda: ocr.Engine("tesseract", "5", "chi_sim"))
    monkeypatch.setattr(ocr, "words", lambda *_, **__: words)
    hits, _ = look(picture())
    (name,) = hits
    assert name.found.text == "张建国"
    assert "OCR" in name.found.reason
    assert name.found.confidence < 0.9


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7\nbroken", b"PK\x03\x04broken", b"\x89PNG\r\n\x1a\nbroken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", b"7z\xbc\xaf\x27\x1c", b"MZ" + b"\0" * 100],
    ids=["empty", "pdf", "zip", "png", "old office", "7z", "program"],
)  # fmt: skip
def test_what_cannot_be_looked_at_is_refused_in_chinese(look, data):
    with pytest.raises(BadSource) as refused:
        look(data)
    assert any("\u4e00" <= char <= "\u9fff" for char in refused.value.message)


def test_the_command_answers_in_json_without_a_database(tmp_path):
    source = tmp_path / "in.txt"
    source.write_text(f"申请人：张建国\n身份证号{ID}", encoding="utf-8")
    line = [sys.executable, "manage.py", "detect", str(source), "--json"]
    bare = {"PATH": os.environ["PATH"], "DATABASE_URL": f"sqlite:///{tmp_path / 'none' / 'x.sqlite3'}"}
    done = subprocess.run(line, capture_output=True, check=True, cwd=ROOT, env=bare, encoding="utf-8")
    first, second = json.loads(done.stdout)
    assert first == {
        "kind": "name", "label": "姓名", "page": 1, "offset": 4, "length": 3, "text": "张建国",
        "reason": "“申请人”之后的姓名", "confidence": first["confidence"],
    }  # fmt: skip
    assert second["kind"] == "resident_id"


def test_the_command_says_in_words_what_it_found(tmp_path, capsys):
    source = tmp_path / "in.txt"
    source.write_text("申请人：张建国", encoding="utf-8")
    call_command("detect", str(source))
    assert "“申请人”之后的姓名" in capsys.readouterr().out


def test_the_command_exits_2_with_a_sentence(tmp_path, capsys):
    with pytest.raises(SystemExit) as exit_:
        call_command("detect", str(tmp_path / "none.pdf"), "--json")
    assert exit_.value.code == 2
    assert "文件不存在" in capsys.readouterr().err
