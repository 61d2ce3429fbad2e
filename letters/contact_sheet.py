"""Show the first pages of many papers on one picture."""

from __future__ import annotations

import io
import lzma
from collections.abc import Iterable

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

from letters.typeset.faces import SHIPPED

COLUMNS = 7
WIDTH, HEIGHT = 232, 328  # of one page; A4 and a hair, in dots
GAP, LABEL = 14, 40
LABEL_SIZE = 14
GROUND, INK, EDGE = (233, 236, 239), (0, 0, 0), (173, 181, 189)
# Paper, black ink and red ink in shades: a picture of letters has no other colours, and its file stays small.
SHADES = [(v, v, v) for v in range(0, 256, 17)] + [(255, v, v) for v in range(0, 256, 32)] + [GROUND, EDGE]


def contact_sheet(papers: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a PNG with the first page of each paper, given as name and PDF, and its name below it."""
    pages = [(name, _first_page(pdf)) for name, pdf in papers]
    rows = -(-len(pages) // COLUMNS)
    cell_width, cell_height = WIDTH + GAP, HEIGHT + LABEL + GAP
    whole = Image.new("RGB", (COLUMNS * cell_width + GAP, rows * cell_height + GAP), GROUND)
    pen = ImageDraw.Draw(whole)
    font = ImageFont.truetype(
        io.BytesIO(lzma.decompress((SHIPPED / "heiti.ttf.xz").read_bytes())), LABEL_SIZE
    )
    for index, (name, page) in enumerate(pages):
        left = GAP + index % COLUMNS * cell_width
        top = GAP + index // COLUMNS * cell_height
        # A page that is not A4 keeps its shape, at the foot of its place like the others.
        at = (left + (WIDTH - page.width) // 2, top + HEIGHT - page.height)
        whole.paste(page, at)
        pen.rectangle((at[0] - 1, at[1] - 1, at[0] + page.width, at[1] + page.height), outline=EDGE)
        for line, text in enumerate(_lines(name, font)[:2]):
            place = (left + (WIDTH - font.getlength(text)) / 2, top + HEIGHT + 4 + line * (LABEL_SIZE + 3))
            pen.text(place, text, fill=INK, font=font)
    out = io.BytesIO()
    palette = Image.new("P", (1, 1))
    palette.putpalette([value for shade in SHADES for value in shade])
    whole.quantize(palette=palette, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _first_page(pdf: bytes) -> Image.Image:
    with pdfium.PdfDocument(pdf) as document:
        page = document[0]
        scale = min(WIDTH / page.get_width(), HEIGHT / page.get_height())
        # Drawn twice as large and made smaller: thin strokes stay.
        picture = page.render(scale=2 * scale).to_pil().convert("RGB")
    return picture.resize((round(picture.width / 2), round(picture.height / 2)), Image.Resampling.LANCZOS)


def _lines(name: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for char in name:
        if lines[-1] and font.getlength(lines[-1] + char) > WIDTH:
            lines.append("")
        lines[-1] += char
    return lines
