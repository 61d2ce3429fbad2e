"""A search is not led astray: by files that are two kinds at once, packed, locked, or written so that no program reads them."""

import base64
import bz2
import io
import lzma
import zipfile
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from reportlab.lib.utils import ImageReader

from tests.workflow.redaction.corpus.case import ID, drawn, picture_of, text
from workflow.review.redaction import ocr, probe

GROUPS = (ID[:6], ID[6:14], ID[14:])


def told(data):
    report = probe(data, [ID], read=False)
    return {finding.how for finding in report.findings}, bool(report.unread)


def packed(members, how=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data, how)
    return held.getvalue()


SECRET = packed({"a.txt": f"号码{ID}"})
LONG = ("前文" * 7 + f"身份证号码{ID}，后文" * 2).encode()


def jpeg():
    held = io.BytesIO()
    picture_of("公开").convert("RGB").save(held, "JPEG")
    return held.getvalue()


def stored_pdf_first():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.pdf", drawn())
        archive.writestr("b.txt", f"号码{ID}" * 3, zipfile.ZIP_DEFLATED)
    return held.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        stored_pdf_first,
        lambda: drawn() + SECRET,
        lambda: jpeg() + SECRET,
        lambda: bz2.compress(LONG),
        lambda: lzma.compress(LONG),
        lambda: b"<html><a href='data:application/zip;base64," + base64.b64encode(SECRET) + b"'>x</a></html>",
        lambda: base64.encodebytes(SECRET),
        lambda: " ".join(f"{byte:02X}" for byte in ID.encode()).encode(),
        lambda: ", ".join(f"0x{byte:02x}" for byte in ID.encode("utf-16-be")).encode(),
        lambda: f"<html><body>x<!-- {' '.join(GROUPS)} --></body></html>".encode(),
        lambda: f"<html><input value={'-'.join(GROUPS)}></html>".encode(),
        lambda: rf"{{\rtf1\ansi {{\b {ID[:5]}}}{{\i {ID[5:9]}}} {{{ID[9:13]}}}{{{ID[13:]}}}}}".encode(),
    ],
    ids=[
        "zip that begins with a PDF", "PDF with a zip behind", "picture with a zip behind", "bzip2", "xz",
        "file in a link", "file in base64", "bytes apart", "bytes as a program has them", "remark", "bare attribute", "rtf",
    ],
)  # fmt: skip
def test_what_is_packed_or_disguised_is_found(make):
    assert "whole" in told(make())[0]


@pytest.mark.parametrize("sign", list(",，|、*~+;'=#:"))
def test_a_long_number_is_found_whatever_stands_between_its_digits(sign):
    assert told(f"号码 {sign.join(GROUPS)} 止".encode())[0] == {"whole"}
    assert told(f"号码 {sign.join(ID)} 止".encode())[0] == {"whole"}


def test_a_short_number_is_not_put_together_from_a_list():
    assert probe("第12、34、56号".encode(), ["123456"], read=False).clean


def workbook():
    strings = "".join(f"<si><t>{digit}</t></si>" for digit in "9876543210")
    cells = "".join(f'<c t="s"><v>{9 - int(digit)}</v></c>' for digit in ID)
    return packed({
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>",
    })  # fmt: skip


def word():
    runs = f"<w:t>{ID[:5]}</w:t><w:instrText> PAGE </w:instrText><w:t>{ID[5:9]}</w:t><w:delText>zz</w:delText><w:t>{ID[9:]}</w:t>"
    body = f"<w:document xmlns:w='w'>{runs}</w:document>"
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": body})


def test_a_mail_is_a_mail_whatever_head_comes_first():
    mail = MIMEMultipart()
    mail.attach(MIMEText(f"证号<b>{ID[:9]}</b>{ID[9:]}", "html", "utf-8"))
    mail["Subject"] = "x"
    assert mail.as_bytes().startswith(b"Content-Type:")
    assert told(mail.as_bytes())[0] == {"whole"}


@pytest.mark.parametrize("make", [workbook, word], ids=["a digit a cell", "struck out in between"])
def test_office_files_are_read_as_they_are_seen(make):
    assert told(make())[0] == {"whole"}


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIL = b"From: a@localhost\nSubject: x\n"
MANIFEST = '<m:manifest xmlns:m="m"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'


@pytest.mark.parametrize(
    "data",
    [
        OLE + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(900),
        OLE + bytes(504) + b"\xec\xa5\xc1\x00" + bytes(7) + b"\x13" + bytes(900),
        OLE + bytes(504) + b"\x09\x08\x10\x00" + bytes(16) + b"\x2f\x00\x36\x00" + bytes(900),
        packed({"content.xml": "\x01\x02", "META-INF/manifest.xml": MANIFEST}),
        MAIL + b"Content-Type: text/plain\n\n-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n",
        MAIL + b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nx",
        b"\x28\xb5\x2f\xfd" + bytes(90),
        bz2.compress(LONG)[:-9],
    ],
    ids=["docx", "doc", "xls", "odt", "pgp", "smime", "zstd", "broken bzip2"],
)  # fmt: skip
def test_what_is_locked_or_broken_is_never_called_clean(data):
    assert told(data) == (set(), True)


def under(paper):
    paper.drawImage(ImageReader(picture_of(f"证号{ID}").convert("RGB")), 60, 470, 450, 60)
    paper.rect(55, 465, 470, 70, fill=1)


def beyond(paper):
    paper.drawImage(ImageReader(picture_of(f"证号{ID}").convert("RGB")), -600, 470, 450, 60)


def tiny(paper):
    paper.drawImage(ImageReader(picture_of(f"证号{ID}").convert("RGB")), 60, 470, 9, 1.2)


@pytest.mark.parametrize("draw", [under, beyond, tiny])
def test_a_scan_is_read_also_where_its_page_does_not_show_it(draw):
    report = probe(drawn(draw), [ID])
    if ocr.engine() is None:
        assert any("文字识别" in note for note in report.notes)
        return
    assert {finding.how for finding in report.findings} == {"whole"}


def test_a_scan_that_is_shown_is_read_once(monkeypatch):
    read = []
    monkeypatch.setattr(ocr, "engine", lambda: ocr.Engine("reader", "1", "chi_sim"))
    monkeypatch.setattr(ocr, "text_of", lambda *given, **more: read.append(1) or "")
    picture = ImageReader(picture_of("公开").convert("RGB"))
    probe(drawn(lambda paper: paper.drawImage(picture, 60, 470, 450, 60)), [ID])
    assert len(read) == 1


def test_a_text_that_only_speaks_of_archives_is_clean():
    assert probe(drawn(text("PK 0506 是一种压缩包")), [ID], read=False).clean
