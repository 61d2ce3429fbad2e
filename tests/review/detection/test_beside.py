"""Texts that are not the text of a file: what hangs beside the pages of a PDF, and kinds whose writing must be undone first."""

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pikepdf
import pytest
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, String
from stdnum.cn import ric

from tests.workflow.redaction.corpus.case import annotation, changed, drawn
from workflow.review.redaction.detect.file import detect_file
from workflow.review.redaction.detect.found import UNREAD
from workflow.review.redaction.detect.read import pdf as pdf_texts

ID = "11010519900307123" + ric.calc_check_digit("110105199003071230")
SAID = f"申请人张建国，身份证号码{ID}"


@pytest.fixture
def look(tmp_path):
    def look(data, name="in.pdf"):
        (tmp_path / name).write_bytes(data)
        hits, _ = detect_file(tmp_path / name, read=False)
        return {(hit.found.kind, hit.found.text, hit.where) for hit in hits}

    return look


def bookmark(pdf):
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(SAID, 0))


def described(pdf):
    with pdf.open_metadata() as held:
        held["dc:description"] = SAID


def figure(pdf):
    one = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=String(SAID)))
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Array([one]))


BESIDE = [
    ("文档属性", lambda pdf: pdf.docinfo.update({"/Title": SAID})),
    ("元数据（XMP）", described),
    ("书签", bookmark),
    ("批注和表单域", lambda pdf: annotation(pdf, Subtype=Name.Text, Contents=String(SAID))),
    ("替代文本", figure),
    ("附件 a.txt", lambda pdf: pdf.attachments.update({"a.txt": AttachedFileSpec(pdf, SAID.encode("gb18030"), filename="a.txt")})),
]  # fmt: skip


@pytest.mark.parametrize("where, change", BESIDE, ids=[where for where, _ in BESIDE])
def test_what_no_page_of_a_pdf_shows_is_looked_at(where, change, look):
    found = look(changed(drawn(), change))
    assert {("resident_id", ID, where), ("name", "张建国", where)} <= found


def sealed_up(pdf):
    pdf.docinfo["/Title"] = SAID
    pdf.attachments["a.txt"] = AttachedFileSpec(pdf, SAID.encode(), filename="a.txt")
    pdf.Root.Names.EmbeddedFiles.Names[1].EF.F.Filter = Name.NoSuchDecode


def test_what_cannot_be_read_is_told_and_the_rest_is_looked_at(tmp_path):
    (tmp_path / "in.pdf").write_bytes(changed(drawn(), sealed_up))
    hits, notes = detect_file(tmp_path / "in.pdf", read=False)
    assert [hit.where for hit in hits if hit.found.kind == UNREAD] == ["附件"]
    assert any("附件" in note for note in notes)
    assert ("resident_id", ID) in {(hit.found.kind, hit.found.text) for hit in hits}


def test_more_files_than_are_looked_into_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_texts, "MOST_PARTS", 1)

    def two(pdf):
        for name in ("a.txt", "b.txt"):
            pdf.attachments[name] = AttachedFileSpec(pdf, SAID.encode(), filename=name)

    (tmp_path / "in.pdf").write_bytes(changed(drawn(), two))
    hits, _ = detect_file(tmp_path / "in.pdf", read=False)
    assert [hit.where for hit in hits if hit.found.kind == UNREAD] == ["附件"]
    assert ("resident_id", ID) in {(hit.found.kind, hit.found.text) for hit in hits}


def test_a_field_that_its_page_draws_is_told_once(look):
    def draw(paper):
        paper.acroForm.textfield(name="id", value=ID, x=72, y=600, width=220, height=22)

    assert look(drawn(draw)) == {("resident_id", ID, "")}


def test_the_author_of_a_pdf_is_a_person(look):
    assert ("name", "张建国", "文档属性") in look(
        changed(drawn(), lambda pdf: pdf.docinfo.update({"/Author": "张建国"}))
    )


def test_cells_of_a_csv_file_in_quotes(look):
    found = look(f'"姓名","住址","身份证号"\n"高峰","城东,路北","{ID}"\n'.encode("gbk"), "in.csv")
    assert {("name", "高峰", ""), ("resident_id", ID, "")} <= found


def test_rtf(look):
    said = "证号".encode("gbk").hex(" ").replace(" ", "\\'")
    assert look(rf"{{\rtf1\ansi \'{said}{{\b {ID[:5]}}}{{{ID[5:]}}}}}".encode(), "in.rtf") == {
        ("resident_id", ID, "")
    }


@pytest.mark.parametrize("coding", ["utf-8", "gb18030", "utf-16"])
def test_a_web_page_that_does_not_say_its_coding(coding, look):
    assert ("name", "张建国", "") in look(f"<html><p>{SAID}</p></html>".encode(coding), "in.html")


def test_a_mail_whose_first_head_is_its_type(look):
    mail = MIMEMultipart()
    mail.attach(MIMEText(SAID, "plain", "utf-8"))
    mail["From"] = "a@localhost"
    assert {("resident_id", ID, "邮件"), ("name", "张建国", "邮件")} <= look(mail.as_bytes(), "in.eml")
