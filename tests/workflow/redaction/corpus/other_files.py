"""Secrets in files of other kinds: pictures, office documents, mails, archives, texts."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import docx
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image, PngImagePlugin

from tests.workflow.redaction.corpus.case import ID, NAME, case, drawn, picture_of, text

# ---- pictures -----------------------------------------------------------------------------------------------------


def _saved(image: Image.Image, kind: str, **given: object) -> bytes:
    held = io.BytesIO()
    image.save(held, kind, **given)
    return held.getvalue()


@case(".png", pixels=True)
def picture_png():
    return _saved(picture_of(f"证号{ID}"), "PNG", dpi=(200, 200))


@case(".jpg", pixels=True)
def picture_jpeg():
    return _saved(picture_of(f"证号{ID}").convert("RGB"), "JPEG", quality=92, dpi=(200, 200))


@case(".jpg", pixels=True)
def picture_turned_by_its_data():
    image = picture_of(f"证号{ID}").convert("RGB").transpose(Image.Transpose.ROTATE_90)
    exif = image.getexif()
    exif[0x0112] = 6
    return _saved(image, "JPEG", quality=92, dpi=(200, 200), exif=exif)


@case(".tiff", pixels=True)
def picture_of_two_pages():
    first, second = picture_of("第一页公开"), picture_of(f"证号{ID}")
    return _saved(first, "TIFF", save_all=True, append_images=[second], dpi=(200, 200))


@case(".png", shown=False)
def words_packed_beside_the_pixels():
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", f"card {ID}", zip=True)
    return _saved(picture_of("风景"), "PNG", pnginfo=said, dpi=(200, 200))


@case(".jpg", shown=False)
def comment_in_exif():
    exif = picture_of("x").getexif()
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + ID.encode("utf-16-le")
    return _saved(picture_of("风景").convert("RGB"), "JPEG", exif=exif)


# ---- documents ----------------------------------------------------------------------------------------------------


def _document(write) -> bytes:
    document = docx.Document()
    document.add_paragraph("公开内容甲：征收补偿方案")
    write(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


@case(".docx")
def document_split_across_runs():
    def write(document):
        paragraph = document.add_paragraph("身份证号码")
        for at in range(0, 18, 5):
            paragraph.add_run(ID[at : at + 5]).bold = at % 2 == 0

    return _document(write)


@case(".docx")
def document_header_and_footer():
    def write(document):
        document.sections[0].header.paragraphs[0].text = f"页眉{ID}"
        document.sections[0].footer.paragraphs[0].text = f"页脚{ID}"

    return _document(write)


@case(".docx")
def document_table():
    def write(document):
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "姓名", "证号"
        table.cell(1, 0).text, table.cell(1, 1).text = "张某", ID

    return _document(write)


@case(".docx", shown=False)
def document_properties():
    return _document(lambda document: setattr(document.core_properties, "subject", ID))


@case(".docx", shown=False)
def document_hidden_text():
    def write(document):
        document.add_paragraph("").add_run(ID).font.hidden = True

    return _document(write)


def _book(write) -> bytes:
    book = Workbook()
    book.active.title = "公开"
    book.active.append(["姓名", "面积"])
    book.active.append(["张某", 12.5])
    write(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@case(".xlsx")
def sheet_cell():
    return _book(lambda book: book.active.append(["证号", ID]))


@case(".xlsx", shown=False)
def hidden_sheet():
    def write(book):
        sheet = book.create_sheet("底稿")
        sheet.sheet_state = "veryHidden"
        sheet["A1"] = ID

    return _book(write)


@case(".xlsx", shown=False)
def hidden_row_and_column():
    def write(book):
        book.active["D9"] = ID
        book.active.row_dimensions[9].hidden = True
        book.active.column_dimensions["D"].hidden = True

    return _book(write)


@case(".xlsx", shown=False)
def sheet_comment():
    return _book(lambda book: setattr(book.active["A1"], "comment", Comment(f"证号{ID}", "经办人")))


@case(".xlsx", shown=False)
def defined_name():
    return _book(lambda book: book.defined_names.add(DefinedName("ZH", attr_text=f'"{ID}"')))


@case(".xlsx", shown=False)
def pivot_cache():
    cache = (
        '<?xml version="1.0"?><pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<cacheFields><cacheField name="证号"><sharedItems><s v="{ID}"/></sharedItems></cacheField></cacheFields>'
        "</pivotCacheDefinition>"
    )
    return _with_part(_book(lambda book: None), "xl/pivotCache/pivotCacheDefinition1.xml", cache)


@case(".xlsx", "13800138000", shown=False)
def number_that_a_program_shortened():
    sheet = "<worksheet><sheetData><row><c><v>1.3800138E10</v></c></row></sheetData></worksheet>"
    return _with_part(_book(lambda book: None), "xl/worksheets/sheet9.xml", sheet)


def _with_part(data: bytes, name: str, content: str) -> bytes:
    held = io.BytesIO(data)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


def _packed(parts: dict[str, bytes | str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


@case(".pptx", ID, NAME, shown=False)
def slide_and_its_notes():
    runs = "".join(f"<a:r><a:t>{ID[at : at + 6]}</a:t></a:r>" for at in range(0, 18, 6))
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    return _packed(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/presentation.xml": "<presentation/>",
            "ppt/slides/slide1.xml": f"<p {space}><a:p>{runs}</a:p></p>",
            "ppt/notesSlides/notesSlide1.xml": f"<p {space}><a:p><a:r><a:t>{NAME}</a:t></a:r></a:p></p>",
        }
    )


@case(".odt", shown=False)
def open_document_and_its_changes():
    spans = "".join(f"<text:span>{digit}</text:span>" for digit in ID)
    return _packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<d xmlns:text="urn:t"><text:tracked-changes><text:p>{spans}</text:p></text:tracked-changes></d>',
            "meta.xml": "<m/>",
        }
    )


# ---- texts and mails ----------------------------------------------------------------------------------------------


@case(".txt", ID, NAME)
def text_in_gbk():
    return f"申请人{NAME}，证号{ID}。".encode("gb18030")


@case(".txt")
def text_in_utf_16():
    return f"证号{ID}。".encode("utf-16")


@case(".html", shown=False)
def page_with_a_remark():
    return f"<html><body><!-- {ID} --><p title='{ID}'>公开</p></body></html>".encode()


@case(".html")
def page_with_entities():
    coded = "".join(f"&#{ord(digit)};" for digit in ID)
    return f"<html><body><p>证号{coded}</p></body></html>".encode()


@case(".eml", ID, NAME)
def mail_with_an_attachment():
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = f"{NAME}的申请", "a@example.cn", "b@example.cn"
    mail.set_content(f"证号{ID}", cte="base64")
    mail.add_attachment(drawn(text(ID)), maintype="application", subtype="pdf", filename="附件.pdf")
    return mail.as_bytes()


@case(".zip", shown=False)
def archive():
    return _packed({"a.txt": f"证号{ID}".encode("gb18030"), "b/c.docx": document_split_across_runs()})


@case(".zip", shown=False)
def name_in_an_archive():
    return _packed({f"{ID}.txt": "nothing"})
