"""Files of every kind made on the spot: plain ones, and the parts hostile ones are made of."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

OOXML = {
    "docx": ("word/document.xml", b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>ok</w:t></w:r></w:p></w:body></w:document>'),
    "xlsx": ("xl/workbook.xml", b"<workbook/>"), "pptx": ("ppt/presentation.xml", b"<p/>"),
}  # fmt: skip

PLAIN = "采薇村三组土地征收补偿安置方案\n一、征收范围\n采薇村三组耕地12.4亩。\n".encode()
STAMPED = "机密★10年\n云岫县关于采薇片区的请示\n请领导审示。\n".encode()


def pdf_of(*pages: str) -> bytes:
    """Return a PDF with one line of Latin text and digits on each page."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for text in pages:
        canvas.drawString(72, 770, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def zip_of(members: dict[str, bytes]) -> bytes:
    """Return a zip of some files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def package(kind: str, **more: bytes) -> bytes:
    """Return the least package of a kind, with more parts; two underscores in a name stand for a slash, one for a dot."""
    main, body = OOXML[kind]
    parts = {"[Content_Types].xml": b'<?xml version="1.0"?><Types/>', main: body}
    return zip_of(
        parts | {name.replace("__", "/").replace("_", "."): content for name, content in more.items()}
    )


def workbook(fill: Callable[[object], None] = lambda book: None) -> bytes:
    """Return a real spreadsheet."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["姓名", "面积"])
    book.active.append(["张三", 12.4])
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def document() -> bytes:
    """Return a real text document."""
    from docx import Document

    made = Document()
    made.add_paragraph("采薇村征收补偿方案")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def image(kind: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    """Return a small picture."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind)
    return out.getvalue()


def mail() -> bytes:
    """Return a mail with an attachment."""
    return (
        b"From: a@example.cn\r\nTo: b@example.cn\r\nSubject: x\r\nDate: Mon, 2 Mar 2026 09:00:00 +0800\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nok\r\n--B\r\n'
        b'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="a.exe"\r\n\r\nMZ\r\n--B--\r\n'
    )


def raw_pdf(*objects: bytes, root: int = 1) -> bytes:
    """Return a PDF of hand-written objects, numbered from 1, with a table of where they are."""
    out, places = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, 2)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, start))
    return out.getvalue()


def stream(data: bytes, extra: bytes = b"", *, packed: bool = True) -> bytes:
    """Return a stream object."""
    body = zlib.compress(data, 9) if packed else data
    return b"<<%s%s/Length %d>>\nstream\n%s\nendstream" % (
        b"/Filter/FlateDecode" if packed else b"",
        extra,
        len(body),
        body,
    )


def page_with(
    content: bytes,
    *,
    box: bytes = b"[0 0 595 842]",
    extra: bytes = b"",
    resources: bytes = b"<<>>",
    more: tuple[bytes, ...] = (),
) -> bytes:
    """Return a PDF of one page with a given content."""
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources%s%s>>" % (box, resources, extra), stream(content), *more,
    )  # fmt: skip


def deflated(size: int, char: bytes = b"\0") -> bytes:
    """Return a zlib stream that unpacks to so many bytes, made piece by piece."""
    packer, out = zlib.compressobj(9), []
    piece = (char * (1 << 20))[: 1 << 20]
    for _ in range(size >> 20):
        out.append(packer.compress(piece))
    out.append(packer.flush())
    return b"".join(out)


def bomb_zip(size_mb: int, name: str = "a.txt") -> bytes:
    """Return a zip with one file that unpacks to so many mebibytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open(name, "w") as inside,
    ):
        for _ in range(size_mb):
            inside.write(b"A" * (1 << 20))
    return out.getvalue()
