"""Bind many documents into one paginated PDF with bookmarks: the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pikepdf
from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader

from letters.errors import CannotTypeset
from letters.render_paper import faces_now, pdf
from letters.typeset import draw
from letters.typeset.measures import PAGE_HEIGHT, PAGE_WIDTH, RIGHT
from letters.typeset.model import Laid, Page, Text
from letters.typeset.pen import Pen
from letters.typeset.strips import wide

MARGIN = 36.0
NUMBER_SIZE = 12.0
NUMBER_TOP = 34.0
# Scripts, and the ties to a structure tree that stays with its own document.
LEFT_BEHIND = ("/AA", "/StructParents", "/Tabs")


@dataclass(frozen=True)
class Part:
    """One document of a bundle, as PDF; ``group`` heads it in the bookmarks."""

    title: str
    content: bytes
    group: str = ""


@dataclass(frozen=True)
class Bound:
    """A bundle: its bytes and, for each part, its first and last page (from 1)."""

    content: bytes
    ranges: tuple[tuple[int, int], ...]
    pages: int


def page_count(content: bytes) -> int:
    """Return how many pages a PDF has. Raises CannotTypeset for one that cannot be read."""
    with _opened(content) as document:
        return len(document.pages)


def ranges_of(counts: Sequence[int], *, first: int) -> tuple[tuple[int, int], ...]:
    """Return the first and last page of parts with some numbers of pages, the first part beginning on a page."""
    found = []
    for count in counts:
        found.append((first, first + count - 1))
        first += count
    return tuple(found)


def bind(front: bytes, parts: Sequence[Part], *, title: str, author: str, on: date) -> Bound:
    """Bind a front (cover and contents) and parts; number every page at its upper right, bookmark every part.

    Raises CannotTypeset naming a part that cannot be read.
    """
    out = pikepdf.Pdf.new()
    lead = _append(out, front, title)
    counts = [_append(out, part.content, part.title) for part in parts]
    found = ranges_of(counts, first=lead + 1)
    _number(out, on)
    _bookmarks(out, parts, found)
    stamp = f"D:{on:%Y%m%d}000000+08'00'"
    out.docinfo["/Title"], out.docinfo["/Author"] = title, author
    out.docinfo["/CreationDate"] = out.docinfo["/ModDate"] = stamp
    out.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.D)])
    out.Root.Lang = "zh-CN"
    held = io.BytesIO()
    out.save(held, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Bound(held.getvalue(), found, lead + sum(counts))


def image_pages(content: bytes, *, title: str) -> bytes:
    """Put a picture, page by page, on sheets of A4. Raises CannotTypeset for one that cannot be read."""
    held = io.BytesIO()
    canvas = Pen(held)
    canvas.setTitle(title)
    try:
        with Image.open(io.BytesIO(content)) as picture:
            for frame in range(getattr(picture, "n_frames", 1)):
                picture.seek(frame)
                _draw_picture(canvas, picture.convert("RGB"))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise CannotTypeset(f"图片“{title}”无法读取") from error
    canvas.save()
    return held.getvalue()


def _draw_picture(canvas: Pen, picture: Image.Image) -> None:
    room = PAGE_WIDTH - 2 * MARGIN, PAGE_HEIGHT - 2 * MARGIN
    scale = min(room[0] / picture.width, room[1] / picture.height)
    width, height = picture.width * scale, picture.height * scale
    left, bottom = (PAGE_WIDTH - width) / 2, (PAGE_HEIGHT - height) / 2
    canvas.drawImage(ImageReader(picture), left, bottom, width, height)
    canvas.showPage()


def _opened(content: bytes, title: str = "") -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(content))
    except pikepdf.PdfError as error:
        raise CannotTypeset(f"PDF 文件“{title}”损坏或者加密，无法编入") from error


def _append(out: pikepdf.Pdf, content: bytes, title: str) -> int:
    """Append every page of a document, its annotations turned into ink and its scripts left behind."""
    with _opened(content, title) as document:
        document.flatten_annotations("all")
        for page in document.pages:
            for key in LEFT_BEHIND:
                if key in page:
                    del page[key]
        out.pages.extend(document.pages)
        return len(document.pages)


def _number(out: pikepdf.Pdf, on: date) -> None:
    faces = faces_now()
    pages = []
    for number in range(1, len(out.pages) + 1):
        text = str(number)
        left = RIGHT - wide(faces, text, "body", NUMBER_SIZE)
        pages.append(Page(number, [Text(left, NUMBER_TOP, text, NUMBER_SIZE)]))
    with _opened(draw(Laid(pages), faces, title="", author="", on=on)) as marks:
        for number, (page, mark) in enumerate(zip(out.pages, marks.pages, strict=True), 1):
            # A name of our own: the library's ready-made overlay draws a random one, and the bytes would differ.
            name = pikepdf.Name(f"/Bundle{number}")
            page.add_resource(out.copy_foreign(mark.as_form_xobject()), pikepdf.Name.XObject, name=name)
            place = " ".join(f"{value:.3f}" for value in _corner(page))
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(f"\nQ q {place} cm {name} Do Q\n".encode())


def _corner(page: pikepdf.Page) -> tuple[float, ...]:
    """Return the matrix that puts a sheet of A4 into a page's upper right corner as it is shown."""
    x0, y0, x1, y1 = (float(value) for value in page.mediabox)
    width, height = x1 - x0, y1 - y0
    turned = int(page.obj.get("/Rotate", 0)) % 360
    if turned in (90, 270):
        right, up = height - PAGE_WIDTH, width - PAGE_HEIGHT
    else:
        right, up = width - PAGE_WIDTH, height - PAGE_HEIGHT
    if turned == 90:
        return 0, 1, -1, 0, x1 - up, y0 + right
    if turned == 180:
        return -1, 0, 0, -1, x1 - right, y1 - up
    if turned == 270:
        return 0, -1, 1, 0, x0 + up, y1 - right
    return 1, 0, 0, 1, x0 + right, y0 + up


def _bookmarks(out: pikepdf.Pdf, parts: Sequence[Part], found: Sequence[tuple[int, int]]) -> None:
    with out.open_outline() as outline:
        groups: dict[str, Any] = {}
        for part, (first, _) in zip(parts, found, strict=True):
            item = pikepdf.OutlineItem(part.title, first - 1)
            if not part.group:
                outline.root.append(item)
                continue
            if part.group not in groups:
                groups[part.group] = pikepdf.OutlineItem(part.group, first - 1)
                outline.root.append(groups[part.group])
            groups[part.group].children.append(item)


def sheet(title: str, blocks: list[dict[str, Any]], *, author: str, on: date) -> bytes:
    """Set a sheet of a bundle that is no paper of a series."""
    return pdf(blocks, form="sheet", title=title, author=author, on=on, draft=False)
