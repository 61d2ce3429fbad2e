"""One file of the corpus: its bytes, what is secret in it, and whether a page shows that."""

from __future__ import annotations

import io
import lzma
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

import letters

ID = "110101199003070011"
OTHER_ID = "44010619851211002X"
PHONE = "13800138000"
NAME = "欧阳测试"
OPEN = "公开内容"
A4 = (595, 842)


@dataclass(frozen=True)
class Case:
    """One file.

    :param shown: whether a page shows the secret, so that boxes are burned for it
    :param pixels: whether it can be read in a picture only
    """

    name: str
    suffix: str
    make: Callable[[], bytes]
    secrets: tuple[str, ...] = (ID,)
    shown: bool = True
    pixels: bool = False

    def __str__(self) -> str:
        return self.name


CASES: list[Case] = []


def case(suffix: str, *secrets: str, shown: bool = True, pixels: bool = False) -> Callable[[Any], Any]:
    """Add a file to the corpus by the function that makes it."""

    def add(make: Callable[[], bytes]) -> Callable[[], bytes]:
        CASES.append(Case(make.__name__, suffix, make, secrets or (ID,), shown, pixels))
        return make

    return add


@cache
def han() -> str:
    """Register the face with Chinese characters and return its name."""
    place = Path(letters.__file__).parent / "fonts" / "fangsong.ttf.xz"
    pdfmetrics.registerFont(TTFont("Corpus", io.BytesIO(lzma.decompress(place.read_bytes()))))
    return "Corpus"


def drawn(*pages: Callable[[canvas.Canvas], None], **given: Any) -> bytes:
    """Return a PDF whose pages are drawn by functions; each page says what is open above and below."""
    held = io.BytesIO()
    paper = canvas.Canvas(held, pagesize=A4, invariant=1, **given)
    for draw in pages or (nothing,):
        paper.setFont(han(), 14)
        paper.drawString(72, 780, f"{OPEN}甲：征收补偿方案")
        paper.drawString(72, 60, f"{OPEN}乙：以上")
        draw(paper)
        paper.showPage()
    paper.save()
    return held.getvalue()


def nothing(_: canvas.Canvas) -> None:
    """Draw no more than what is open."""


def text(said: str, x: float = 72, y: float = 600, size: float = 12) -> Callable[[canvas.Canvas], None]:
    """Return what draws one line."""

    def draw(paper: canvas.Canvas) -> None:
        paper.setFont(han(), size)
        paper.drawString(x, y, said)

    return draw


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None], **given: Any) -> bytes:
    """Return a PDF after something was done to its objects."""
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(held, **given)
    return held.getvalue()


def operators(pdf: pikepdf.Pdf, said: str, page: int = 0) -> None:
    """Add operators to a page, with Helvetica as /H."""
    at = pdf.pages[page]
    fonts = at.Resources.get("/Font", Dictionary())
    fonts["/H"] = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    at.Resources.Font = fonts
    at.contents_add(pdf.make_stream(b"\nq\n" + said.encode("latin-1") + b"\nQ\n"))


def annotation(pdf: pikepdf.Pdf, **keys: Any) -> pikepdf.Object:
    """Add an annotation to the first page."""
    page = pdf.pages[0].obj
    made = pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=[72, 500, 300, 520], F=4, **keys))
    page.Annots = Array([*page.get("/Annots", []), made])
    return made


def picture_of(said: str, size: tuple[int, int] = (900, 120), pixels: int = 48) -> Any:
    """Return a picture with a line of writing."""
    from PIL import Image, ImageDraw, ImageFont

    face = Path(letters.__file__).parent / "fonts" / "fangsong.ttf.xz"
    image = Image.new("L", size, 255)
    font = ImageFont.truetype(io.BytesIO(lzma.decompress(face.read_bytes())), pixels)
    ImageDraw.Draw(image).text((30, 30), said, fill=0, font=font)
    return image


__all__ = [
    "CASES", "ID", "NAME", "OPEN", "OTHER_ID", "PHONE", "Case", "String", "annotation", "case", "changed", "drawn",
    "han", "nothing", "operators", "picture_of", "text",
]  # fmt: skip
