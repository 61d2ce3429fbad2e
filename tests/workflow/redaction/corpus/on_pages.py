"""Secrets that a page shows, or draws where nobody sees them."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, String
from reportlab.lib.utils import ImageReader

from tests.workflow.redaction.corpus.case import (
    ID,
    NAME,
    OTHER_ID,
    PHONE,
    annotation,
    case,
    changed,
    drawn,
    han,
    nothing,
    operators,
    picture_of,
    text,
)


@case(".pdf")
def body_latin_font():
    return changed(drawn(), lambda pdf: operators(pdf, f"BT /H 12 Tf 72 600 Td (No. {ID}, end) Tj ET"))


@case(".pdf", ID, NAME, PHONE)
def body_chinese_font():
    return drawn(text(f"申请人{NAME}，身份证号码{ID}，电话{PHONE}，住址某县"), nothing)


@case(".pdf", OTHER_ID)
def ends_in_a_small_x():
    return drawn(text(f"身份证号码：{OTHER_ID.lower()}。"))


@case(".pdf")
def header():
    return drawn(*[text(f"卷宗 {ID} 号", 300, 815, 9)] * 3)


@case(".pdf")
def footer():
    return drawn(text(f"第1页 {ID}", 250, 20, 9))


@case(".pdf")
def form_field():
    def draw(paper):
        paper.acroForm.textfield(name="id", value=ID, x=72, y=600, width=220, height=22)

    return drawn(draw)


@case(".pdf")
def form_field_without_appearance():
    def change(pdf):
        field = annotation(
            pdf, Subtype=Name.Widget, FT=Name.Tx, T=String("id"), V=String(ID), DA=String("/Helv 12 Tf 0 g")
        )
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=True)

    return changed(drawn(), change)


@case(".pdf", shown=False)
def comment_without_an_appearance():
    return changed(
        drawn(),
        lambda pdf: annotation(pdf, Subtype=Name.FreeText, Contents=String(ID), DA=String("/Helv 11 Tf 0 g")),
    )


@case(".pdf")
def stamp():
    def change(pdf):
        drawing = pdf.make_stream(f"BT /H 12 Tf 2 5 Td ({ID}) Tj ET".encode())
        drawing.update(
            Dictionary(
                Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 228, 20],
                Resources=Dictionary(
                    Font=Dictionary(H=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
                ),
            )
        )  # fmt: skip
        annotation(pdf, Subtype=Name.Stamp, AP=Dictionary(N=drawing))

    return changed(drawn(), change)


@case(".pdf")
def hidden_layer():
    def change(pdf):
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("layer")))
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer]))
        )
        pdf.pages[0].Resources.Properties = Dictionary(L=layer)
        operators(pdf, f"/OC /L BDC BT /H 12 Tf 72 500 Td ({ID}) Tj ET EMC")

    return changed(drawn(), change)


@case(".pdf")
def white_on_white():
    def draw(paper):
        paper.setFillColorRGB(1, 1, 1)
        paper.drawString(72, 500, f"白字{ID}")

    return drawn(draw)


@case(".pdf")
def almost_white():
    def draw(paper):
        paper.setFillColorRGB(0.97, 0.97, 0.97)
        paper.drawString(72, 500, f"浅字{ID}")

    return drawn(draw)


@case(".pdf")
def unseen_text():
    return changed(drawn(), lambda pdf: operators(pdf, f"BT 3 Tr /H 12 Tf 72 500 Td ({ID}) Tj ET"))


@case(".pdf")
def tiny():
    return drawn(text(ID, size=0.4))


@case(".pdf")
def turned_page():
    return changed(drawn(text(f"号码{ID}止")), lambda pdf: pdf.pages[0].rotate(90, relative=False))


@case(".pdf")
def page_upside_down():
    return changed(drawn(text(f"号码{ID}止")), lambda pdf: pdf.pages[0].rotate(180, relative=False))


@case(".pdf")
def page_turned_left():
    return changed(drawn(text(f"号码{ID}止")), lambda pdf: pdf.pages[0].rotate(270, relative=False))


def _along(said, x, degrees):
    def draw(paper):
        paper.translate(x, 300)
        paper.rotate(degrees)
        paper.drawString(0, 0, said)

    return drawn(draw)


@case(".pdf")
def turned_text():
    return _along(f"竖排{ID}", 300, 90)


@case(".pdf")
def slanted_text():
    return _along(f"水印{ID}", 200, 33)


@case(".pdf")
def cropped_page():
    return changed(
        drawn(text(f"号码{ID}止")),
        lambda pdf: pdf.pages[0].obj.update(Dictionary(CropBox=[50, 550, 500, 820])),
    )


@case(".pdf")
def cropped_and_turned_page():
    def change(pdf):
        pdf.pages[0].obj.CropBox = Array([50, 550, 500, 820])
        pdf.pages[0].rotate(90, relative=False)

    return changed(drawn(text(f"号码{ID}止")), change)


@case(".pdf")
def page_that_does_not_begin_at_nought():
    def change(pdf):
        pdf.pages[0].obj.MediaBox = Array([-100, -50, 495, 792])

    return changed(drawn(text(f"号码{ID}止")), change)


@case(".pdf", shown=False)
def cropped_away():
    return changed(
        drawn(text(ID, 72, 300)), lambda pdf: pdf.pages[0].obj.update(Dictionary(CropBox=[0, 400, 595, 842]))
    )


@case(".pdf")
def behind_a_picture():
    def draw(paper):
        paper.drawString(72, 500, f"图后{ID}")
        paper.drawImage(ImageReader(picture_of("现场照片").convert("RGB")), 60, 470, 300, 60)

    return drawn(draw)


@case(".pdf")
def black_rectangle_over_it():
    def draw(paper):
        paper.drawString(72, 500, ID)
        paper.rect(60, 490, 250, 30, fill=1)

    return drawn(draw)


@case(".pdf")
def kerned_apart():
    parts = " ".join(f"({ID[at : at + 3]}) -20" for at in range(0, 18, 3))
    return changed(drawn(), lambda pdf: operators(pdf, f"BT /H 12 Tf 72 600 Td [{parts}] TJ ET"))


@case(".pdf")
def split_across_runs():
    def change(pdf):
        operators(pdf, f"BT /H 12 Tf 72 600 Td ({ID[:7]}) Tj /H 12.1 Tf ({ID[7:12]}) Tj ET")
        operators(pdf, f"BT /H 12 Tf 152.2 600 Td ({ID[12:]}) Tj ET")

    return changed(drawn(), change)


@case(".pdf")
def drawn_back_to_front():
    def draw(paper):
        paper.setFont("Helvetica", 12)
        for place in reversed(range(18)):
            paper.drawString(72 + 6.7 * place, 600, ID[place])

    return drawn(draw)


@case(".pdf")
def every_second_digit_first():
    def draw(paper):
        paper.setFont("Helvetica", 12)
        for place in [*range(0, 18, 2), *range(1, 18, 2)]:
            paper.drawString(72 + 6.7 * place, 600, ID[place])

    return drawn(draw)


@case(".pdf")
def drawn_twice_to_look_bold():
    def draw(paper):
        for place, digit in enumerate(ID):
            for shift in (0, 0.3):
                paper.drawString(72 + 7 * place + shift, 600, digit)

    return drawn(draw)


@case(".pdf")
def split_across_lines():
    def draw(paper):
        paper.drawRightString(520, 600, f"身份证号码为{ID[:8]}")
        paper.drawString(72, 576, f"{ID[8:]}，住某县某乡某村")

    return drawn(draw)


@case(".pdf")
def split_in_a_narrow_cell():
    def draw(paper):
        for row in range(3):
            paper.drawString(72, 600 - 16 * row, f"第{row}户"[:3])
            paper.drawString(200, 600 - 16 * row, ID[6 * row : 6 * row + 6])
            paper.drawString(330, 600 - 16 * row, "农用地")

    return drawn(draw)


@case(".pdf")
def spaced_out():
    return drawn(text(" ".join(ID)))


@case(".pdf")
def in_groups():
    return drawn(text(f"{ID[:6]} {ID[6:14]} {ID[14:]}"), text(f"{ID[:6]}-{ID[6:14]}-{ID[14:]}"))


@case(".pdf")
def full_width():
    return drawn(text("".join(chr(ord(digit) + 0xFEE0) for digit in ID)))


@case(".pdf", "张伟")
def name_with_a_space_in_it():
    return drawn(text("联系人：张　伟"), text("联系人：张 伟"))


@case(".pdf", NAME)
def upright_lines():
    def draw(paper):
        for row, char in enumerate(NAME):
            paper.drawString(400, 600 - 16 * row, char)
            paper.drawString(380, 600 - 16 * row, "公开的字"[row])

    return drawn(draw)


@case(".pdf")
def form_within_a_form():
    def draw(paper):
        paper.beginForm("inner")
        paper.setFont("Helvetica", 12)
        paper.drawString(0, 0, ID)
        paper.endForm()
        paper.beginForm("outer")
        paper.doForm("inner")
        paper.endForm()
        paper.translate(72, 500)
        paper.doForm("outer")

    return drawn(draw)


@case(".pdf", pixels=True)
def scan():
    def draw(paper):
        paper.drawImage(ImageReader(picture_of(f"证号{ID}").convert("RGB")), 60, 470, 450, 60)

    return drawn(draw)


@case(".pdf", pixels=True)
def text_and_scan():
    def draw(paper):
        paper.drawString(72, 650, f"正文号码{ID}")
        paper.drawImage(ImageReader(picture_of(f"证号{ID}").convert("RGB")), 60, 470, 450, 60)

    return drawn(draw)


@case(".pdf", pixels=True)
def scan_with_a_text_behind():
    def draw(paper):
        paper.drawImage(ImageReader(picture_of(f"证号{ID}").convert("RGB")), 60, 470, 450, 60)
        unseen = paper.beginText(75, 490)
        unseen.setTextRenderMode(3)
        unseen.setFont(han(), 22)
        unseen.textLine(f"证号{ID}")
        paper.drawText(unseen)

    return drawn(draw)


@case(".pdf")
def type_3_font():
    def change(pdf):
        square = pdf.make_stream(b"500 0 0 0 400 700 d1 0 0 400 700 re f")
        names = Array([Name(f"/g{digit}") for digit in range(10)])
        to_unicode = pdf.make_stream(
            b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <30> <39> <0030> endbfrange"
        )
        pdf.pages[0].Resources.Font.T = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 700], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            CharProcs=Dictionary({str(name): square for name in names}), FirstChar=48, LastChar=57,
            Encoding=Dictionary(Differences=Array([48, *names])), Widths=[500] * 10, ToUnicode=to_unicode,
        )  # fmt: skip
        pdf.pages[0].contents_add(pdf.make_stream(f"BT /T 12 Tf 72 500 Td ({ID}) Tj ET".encode()))

    return changed(drawn(), change)
