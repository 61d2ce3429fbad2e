"""Every detector over a file with pages: its characters, its pictures, and what an engine reads in them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from workflow.review.redaction import ocr
from workflow.review.redaction.detect import faces
from workflow.review.redaction.detect.found import UNREAD, Found
from workflow.review.redaction.detect.hits import Hit, Reading
from workflow.review.redaction.detect.layout import OnPage, find_on_page
from workflow.review.redaction.detect.pictures import SCALE, areas
from workflow.review.redaction.detect.signatures import signatures
from workflow.review.redaction.marks import Box
from workflow.review.redaction.pages import Page, open_source
from workflow.review.redaction.read_pictures import glyphs_read

NO_ENGINE = "本机没有安装中文 OCR（tesseract-ocr、tesseract-ocr-chi-sim），图像中的文字没有识别，请人工查看"
TOO_MANY = "图像页超过 {most} 页，第 {page} 页起图像中的文字没有识别，请人工查看"
#: How much less sure what was read in a picture is.
_READ = 0.8
#: Points by which an engine's boxes may be too small.
_LOOSE = 3.0


def paged(data: bytes, name: str, where: str, reading: Reading) -> Iterator[Hit]:
    """This function will look at a file with pages, whose bytes lie in a folder of their own for that time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "file")
        path.write_bytes(data)
        with open_source(path) as source:
            for number in range(1, len(source) + 1):
                page = source.page(number)
                try:
                    yield from _page(page, number, where, reading)
                finally:
                    page.close()


def _page(page: Page, number: int, where: str, reading: Reading) -> Iterator[Hit]:
    glyphs = page.glyphs()
    found = find_on_page(glyphs)
    yield from (Hit(one.found, number, one.boxes, where) for one in found)
    yield from in_pictures(page, number, reading, where=where, found=found)


def in_pictures(
    page: Page, number: int, reading: Reading, *, where: str = "", found: Sequence[OnPage] | None = None
) -> Iterator[Hit]:
    """This function will find what the pictures of a page show: codes, seals, faces, signatures, and what can be read in them.

    :param found: what its characters gave already; looked for where it is not given
    """
    if not page.pictured:
        return
    glyphs = page.glyphs()
    found = find_on_page(glyphs) if found is None else found
    scale = page.scale(72 * SCALE)
    picture = page.picture(72 * SCALE, colour=True)
    if faces.model() is None:
        reading.note(faces.ABSENT)
    for area in (*areas(picture, scale), *signatures(glyphs, picture, scale)):
        yield Hit(area.found, number, (area.box,), where)
    known = [(one.found.kind, one.boxes) for one in found]
    for hit in _read(page, number, where, reading):
        if not any(kind == hit.found.kind and _covered(hit.boxes, boxes) for kind, boxes in known):
            yield hit


def _covered(boxes: tuple[Box, ...], by: tuple[Box, ...]) -> bool:
    return bool(boxes) and all(any(box.common(other).area > 0.4 * box.area for other in by) for box in boxes)


def _read(page: Page, number: int, where: str, reading: Reading) -> Iterator[Hit]:
    """Read what a page shows as a picture; where that cannot be done, say so on the page."""
    why = ""
    if not reading.read:
        why = "按要求没有识别图像中的文字"
    elif ocr.engine() is None:
        why = NO_ENGINE
    elif reading.left <= 0:
        why = TOO_MANY.format(most=reading.most, page=number)
    if not why:
        reading.left -= 1
        try:
            dpi = 300 if page.scale(300) * 72 >= 200 else 200
            picture, scale = page.picture(dpi), page.scale(dpi)
            glyphs = glyphs_read(picture, scale)
            for area in signatures(glyphs, picture, scale, loose=_LOOSE):
                yield Hit(area.found, number, (area.box,), where)
            for one in find_on_page(glyphs, read=True):
                found = replace(
                    one.found,
                    reason=one.found.reason + "（OCR 识别，请核对）",
                    confidence=round(one.found.confidence * _READ, 2),
                )
                yield Hit(found, number, one.boxes, where)
            return
        except ocr.Unread as error:
            why = f"图像中的文字没有识别（{error}），请人工查看"
    reading.note(why)
    width, height = page.size
    yield Hit(Found(UNREAD, 0, 0, "", why, 0.0), number, (Box(0, 0, width, height),), where)
