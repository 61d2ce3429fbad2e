"""Secrets in a PDF that no page shows: metadata, attachments, structure, revisions, fonts, bytes."""

from __future__ import annotations

import io
import zipfile

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, OutlineItem, String

from tests.workflow.redaction.corpus.case import (
    ID,
    NAME,
    annotation,
    case,
    changed,
    drawn,
    operators,
    picture_of,
    text,
)


@case(".pdf", shown=False)
def document_title():
    return changed(drawn(), lambda pdf: pdf.docinfo.update({"/Title": f"关于{ID}的答复"}))


@case(".pdf", shown=False)
def property_of_ones_own():
    return changed(drawn(), lambda pdf: pdf.docinfo.update({"/Sachbearbeiter": ID}))


@case(".pdf", ID, NAME, shown=False)
def xmp():
    def change(pdf):
        with pdf.open_metadata() as held:
            held["dc:description"] = f"申请人{NAME}"
            held["dc:title"] = ID

    return changed(drawn(), change)


@case(".pdf", shown=False)
def bookmark():
    def change(pdf):
        with pdf.open_outline() as outline:
            inner = OutlineItem(f"张某 {ID}", 0)
            outer = OutlineItem("目录", 0)
            outer.children.append(inner)
            outline.root.append(outer)

    return changed(drawn(), change)


@case(".pdf", shown=False)
def alternate_text():
    def change(pdf):
        figure = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=String(f"证件 {ID}")))
        pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Array([figure]))

    return changed(drawn(), change)


@case(".pdf")
def actual_text():
    utf16 = ("\ufeff" + ID).encode("utf-16-be").hex()
    return changed(
        drawn(), lambda pdf: operators(pdf, f"/Span <</ActualText <{utf16}>>> BDC BT /H 9 Tf 72 500 Td (x) Tj ET EMC")
    )  # fmt: skip


@case(".pdf", shown=False)
def sticky_note():
    return changed(
        drawn(), lambda pdf: annotation(pdf, Subtype=Name.Text, Contents=String(ID), T=String("经办人"))
    )


@case(".pdf", shown=False)
def hidden_comment():
    def change(pdf):
        made = annotation(pdf, Subtype=Name.FreeText, Contents=String(ID), DA=String("/Helv 11 Tf 0 g"))
        made.F = 2

    return changed(drawn(), change)


@case(".pdf")
def choice_not_chosen():
    def change(pdf):
        field = annotation(
            pdf, Subtype=Name.Widget, FT=Name.Ch, T=String("c"), Opt=Array([String("甲"), String(ID)])
        )
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))

    return changed(drawn(), change)


@case(".pdf", shown=False)
def attached_text():
    def change(pdf):
        pdf.attachments["a.txt"] = AttachedFileSpec(pdf, f"号码 {ID}".encode("gb18030"), filename="a.txt")

    return changed(drawn(), change)


@case(".pdf", shown=False)
def attached_archive_in_an_archive():
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as held:
        held.writestr("b.pdf", drawn(text(ID)))
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as held:
        held.writestr("c.zip", inner.getvalue())

    def change(pdf):
        pdf.attachments["d.zip"] = AttachedFileSpec(pdf, outer.getvalue(), filename="d.zip")

    return changed(drawn(), change)


@case(".pdf", shown=False)
def name_of_an_attachment():
    def change(pdf):
        pdf.attachments["x"] = AttachedFileSpec(pdf, b"nothing", filename=f"{ID}.txt")

    return changed(drawn(), change)


@case(".pdf", shown=False)
def name_of_a_layer():
    def change(pdf):
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(ID)))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer])))

    return changed(drawn(), change)


@case(".pdf", shown=False)
def script():
    def change(pdf):
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"var id = '{ID}';"))

    return changed(drawn(), change)


@case(".pdf", shown=False)
def link():
    return changed(
        drawn(),
        lambda pdf: annotation(
            pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(f"http://localhost/?id={ID}"))
        ),
    )


@case(".pdf", shown=False)
def page_label():
    def change(pdf):
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(f"{ID}-"))]))

    return changed(drawn(), change)


@case(".pdf", shown=False)
def named_place():
    def change(pdf):
        pdf.Root.Dests = Dictionary({f"/P{ID}": Array([pdf.pages[0].obj, Name.Fit])})

    return changed(drawn(), change)


@case(".pdf", shown=False)
def private_data_of_a_program():
    def change(pdf):
        held = pdf.make_stream(f"<draft>{ID}</draft>".encode("utf-16"))
        pdf.Root.PieceInfo = Dictionary(Editor=Dictionary(Private=held))

    return changed(drawn(), change)


@case(".pdf", shown=False)
def form_as_xml():
    def change(pdf):
        held = pdf.make_stream(f"<xfa><id>{ID[:9]}</id><id>{ID[9:]}</id></xfa>".encode())
        pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=held)

    return changed(drawn(), change)


@case(".pdf", shown=False)
def data_beside_the_pixels():
    image = io.BytesIO()
    exif = picture_of("x").getexif()
    exif[0x010E] = f"card {ID}"
    picture_of("风景").convert("RGB").save(image, "JPEG", exif=exif)

    def change(pdf):
        held = pdf.make_stream(image.getvalue())
        held.update(
            Dictionary(
                Type=Name.XObject, Subtype=Name.Image, Width=900, Height=120, ColorSpace=Name.DeviceRGB,
                BitsPerComponent=8, Filter=Name.DCTDecode,
            )
        )  # fmt: skip
        pdf.pages[0].Resources.XObject = Dictionary(P=held)
        pdf.pages[0].contents_add(pdf.make_stream(b"q 300 0 0 40 72 500 cm /P Do Q"))

    return changed(drawn(), change)


@case(".pdf", shown=False)
def object_that_nothing_refers_to():
    data = drawn()
    at = data.rindex(b"xref")
    return data[:at] + f"9999 0 obj\n({ID})\nendobj\n".encode() + data[at:]


@case(".pdf", shown=False)
def behind_the_end():
    return drawn() + f"\n{ID}\n".encode()


@case(".pdf", shown=False)
def remark_between_objects():
    data = drawn()
    at = data.rindex(b"xref")
    return data[:at] + f"% {ID}\n".encode() + data[at:]


def _appended(first: bytes, objects: dict[int, bytes]) -> bytes:
    """Return a PDF with objects replaced by an incremental update; what stood before stays in the file."""
    size = int(first[first.rindex(b"/Size") + 5 :].split()[0])
    root = first[first.rindex(b"/Root") + 5 :].split(b"R")[0].decode() + "R"
    before = int(first[first.rindex(b"startxref") + 9 :].split()[0])
    out, table = first, b"xref\n"
    for number, body in objects.items():
        table += f"{number} 1\n{len(out):010d} 00000 n \n".encode()
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    trailer = f"trailer\n<</Size {size}/Root {root}/Prev {before}>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + table + trailer.encode()


@case(".pdf", shown=False)
def earlier_revision():
    first = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(text(ID)))) as pdf:
        pdf.save(first, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(first.getvalue())) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
    return _appended(first.getvalue(), {number: b"<</Length 0>>stream\n\nendstream"})


@case(".pdf", shown=False)
def attachment_taken_off_later():
    first = io.BytesIO()
    with pikepdf.open(io.BytesIO(attached_text())) as pdf:
        root = pdf.Root.objgen[0]
        pages = pdf.Root.Pages.objgen[0]
        pdf.save(first, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(first.getvalue())) as pdf:
        root, pages = pdf.Root.objgen[0], pdf.Root.Pages.objgen[0]
    return _appended(first.getvalue(), {root: f"<</Type/Catalog/Pages {pages} 0 R>>".encode()})


@case(".pdf", shown=False)
def glyph_names_of_an_encoding():
    def change(pdf):
        operators(pdf, "BT /H 12 Tf 72 500 Td (A) Tj ET")
        pdf.pages[0].Resources.Font.H.Encoding = Dictionary(Differences=Array([66, Name(f"/id{ID}")]))

    return changed(drawn(), change)


@case(".pdf", shown=False)
def glyph_names_of_an_embedded_font():
    from tests.workflow.redaction.corpus.fonts import small_font

    font = TTFont(io.BytesIO(small_font(f"id{ID}")))
    held = io.BytesIO()
    font.save(held)

    def change(pdf):
        program = pdf.make_stream(held.getvalue())
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name.Small, Flags=4, FontBBox=[0, 0, 1000, 1000], ItalicAngle=0,
            Ascent=800, Descent=-200, CapHeight=700, StemV=80, FontFile2=program,
        )  # fmt: skip
        pdf.pages[0].Resources.Font.S = Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Small, FirstChar=65, LastChar=65, Widths=[600],
            FontDescriptor=pdf.make_indirect(descriptor),
        )  # fmt: skip
        pdf.pages[0].contents_add(pdf.make_stream(b"BT /S 12 Tf 72 500 Td (A) Tj ET"))

    return changed(drawn(), change)


@case(".pdf")
def packed_into_object_streams():
    def change(pdf):
        pdf.docinfo["/Subject"] = ID

    return changed(
        drawn(text(ID)), change, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True
    )


@case(".pdf")
def made_for_the_web():
    return changed(drawn(text(ID), text(ID)), lambda pdf: None, linearize=True)


@case(".pdf")
def locked_for_changes_only():
    lock = pikepdf.Encryption(owner="owner", user="", allow=pikepdf.Permissions(modify_other=False))
    return changed(drawn(text(ID)), lambda pdf: None, encryption=lock)
