"""Hostile PDFs: bombs, loops, programs, pages of monstrous size."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

from tests.review.makers import PLAIN, deflated, page_with, pdf_of, raw_pdf

Case = tuple[str, str, bytes]


def pdfs() -> Iterator[Case]:
    """PDF bombs, loops, programs and pages of monstrous size."""
    for size in (64, 400):
        packed = deflated(size << 20, b"0 0 m ")
        body = b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(packed), packed)
        yield f"content of {size} MB", "流.pdf", raw_pdf(
            b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>", body,
        )  # fmt: skip
    again = zlib.compress(deflated(120 << 20), 9)
    body = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n%s\nendstream" % (len(again), again)
    yield "packed twice", "双.pdf", raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>", body,
    )  # fmt: skip
    for wide in (40_000, 90_000):
        packed = deflated(64 << 20, b"\xff")
        picture = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (wide, wide, len(packed), packed)  # fmt: skip
        yield (
            f"picture of {wide} by {wide}",
            "图.pdf",
            page_with(
                b"q 595 0 0 842 0 0 cm /I Do Q", resources=b"<</XObject<</I 5 0 R>>>>", more=(picture,)
            ),
        )
    for box in (b"[0 0 20000 20000]", b"[0 0 1e9 1e9]", b"[0 0 0 0]", b"[0 0 -5 -5]", b"[0 0 (a) (b)]"):
        yield f"page box {box!r}", "大.pdf", page_with(b"0 0 m", box=box)
    yield (
        "kids that are their own parents",
        "环.pdf",
        raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 4>>"),
    )
    yield (
        "pages in a ring",
        "环.pdf",
        raw_pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 9>>",
            b"<</Type/Pages/Kids[2 0 R]/Count 9/Parent 2 0 R>>",
        ),
    )
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>/Length 5>>\nstream\n/F Do\nendstream"
    yield (
        "form that draws itself",
        "自.pdf",
        page_with(b"/F Do", resources=b"<</XObject<</F 5 0 R>>>>", more=(form,)),
    )
    pyramid = tuple(
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>/Length %d>>\nstream\n%s\nendstream" % (n + 1, 60, b"/F Do " * 10)
        for n in range(5, 14)
    )  # fmt: skip
    last = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 12>>\nstream\n0 0 5 5 re f\n\nendstream"
    yield (
        "forms ten times ten times ten",
        "塔.pdf",
        page_with(b"/F Do", resources=b"<</XObject<</F 5 0 R>>>>", more=(*pyramid, last)),
    )
    yield "reference to itself", "己.pdf", raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"2 0 R")
    yield "length in a ring", "长.pdf", page_with(b"0 0 m").replace(b"/Length", b"/Length 4 0 R/L", 1)
    yield (
        "arrays ten thousand deep",
        "深.pdf",
        page_with(b"0 0 m", extra=b"/A" + b"[" * 10_000 + b"]" * 10_000),
    )
    yield (
        "names ten thousand deep",
        "深.pdf",
        page_with(b"0 0 m", extra=b"/A" + b"<</A" * 10_000 + b" 1" + b">>" * 10_000),
    )
    yield "hundred thousand q", "栈.pdf", page_with(b"q " * 100_000 + b"0 0 m")
    yield "million lines", "线.pdf", page_with(b"0 0 m 9 9 l S " * 300_000)
    yield "dashes without end", "虚.pdf", page_with(b"[0.00001] 0 d 0 0 m 1000000 1000000 l S")
    yield (
        "script on opening",
        "脚.pdf",
        raw_pdf(
            b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            b"<</S/JavaScript/JS(app.alert(1))>>",
        ),
    )
    yield (
        "launch of a program",
        "启.pdf",
        raw_pdf(
            b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            b"<</S/Launch/F(cmd.exe)>>",
        ),
    )
    yield (
        "no page at all",
        "空.pdf",
        raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"),
    )
    yield (
        "more pages than it has",
        "谎.pdf",
        raw_pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 99999999>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ),
    )
    many = b" ".join(b"3 0 R" for _ in range(2500))
    yield (
        "2500 pages",
        "多.pdf",
        raw_pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count 2500>>" % many,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ),
    )
    yield "with a password", "密.pdf", _encrypted("open")
    yield "with an owner's password only", "限.pdf", _encrypted("")
    yield "with an attachment", "附.pdf", _attached()
    yield "head alone", "头.pdf", b"%PDF-1.7\n"
    yield "head and end", "头尾.pdf", b"%PDF-1.7\n%%EOF"


def _encrypted(user: str) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of("secret"))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=user))
    return out.getvalue()


def _attached() -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of("a"))) as pdf:
        pdf.attachments["a.txt"] = PLAIN
        pdf.save(out)
    return out.getvalue()
