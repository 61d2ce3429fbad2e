"""Lay blocks out on pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from letters.typeset.envelope import envelope
from letters.typeset.errors import TooLong
from letters.typeset.faces import Faces
from letters.typeset.furniture import document_head, letter_head, page_number
from letters.typeset.measures import BOTTOM, CELL, PITCH, TOP, mm
from letters.typeset.model import Bookmark, Element, Laid, Page, SealPlace, Strip
from letters.typeset.strips import block_strips, wide

Block = dict[str, Any]
HEAD_PARTS = 2  # the elements of the head: the office's name and the number
SLACK = 0.5  # points by which a sum of rows may differ from the height of the page
LINES_WITH_SIGNATURE = 2
# Of a note of attachments that is longer, so much goes with the signature, and the text above it need not (points).
LONG_NOTE, NOTE_WITH_SIGNATURE = 8 * PITCH, 3 * PITCH
# A head of a table that would take more of a further page than this is not set there again.
LARGEST_HEAD = 0.25


def layout(blocks: Sequence[Block], faces: Faces, *, form: str = "letter") -> Laid:
    """Lay out the blocks of a paper; form is letter (信函格式), document (文件格式), sheet (表单) or envelope (信封)."""
    if form == "envelope":
        return envelope(blocks[0], faces)
    by_type = {block["type"]: block for block in blocks}
    first = Page(1)
    start = _head(faces, first, form, by_type)
    body = [block for block in blocks if block["type"] not in ("office", "number")]
    elements = [] if form == "sheet" else [Element("P")] * HEAD_PARTS
    strips = _strips(faces, body, elements)
    pages = _paginate(first, start, strips)
    _fill(pages, faces, form)
    return Laid(
        [page for page, _ in pages],
        _seal(pages, faces),
        elements=elements,
        bookmarks=_bookmarks(pages),
    )


def _head(faces: Faces, page: Page, form: str, by_type: dict[str, Block]) -> float:
    name = by_type.get("office", {}).get("text", "")
    doc_number = by_type.get("number", {}).get("text", "")
    if form == "letter":
        return letter_head(faces, page, name, doc_number)
    if form == "document":
        return document_head(faces, page, name, doc_number)
    return TOP


def _strips(faces: Faces, blocks: Sequence[Block], elements: list[Element]) -> list[Strip]:
    strips: list[Strip] = []
    for block in blocks:
        made = block_strips(faces, block)
        _tell(block, made, elements)
        if block["type"] == "signature":
            _tie(strips)
        elif block["type"] == "note" and strips:
            strips[-1].with_next = True
            for strip in made[:-1]:
                strip.with_next = True
        elif block["type"] == "addressee" and made:
            made[-1].with_next = True
        strips += made
    return strips


def _tell(block: Block, strips: list[Strip], elements: list[Element]) -> None:
    """Add the elements of a block: one for a paragraph, one for each row and each cell of a table."""
    number = len(elements)
    if strips and block["type"] in ("title", "heading"):
        strips[0].name, strips[0].level = block["text"], int(block.get("level", 0))
    elements.append(Element(_kind(block)))
    for strip in strips:
        strip.element = number
        if strip.cells:
            strip.element = len(elements)
            elements.append(Element("TR", number))
            elements += [replace(cell, parent=strip.element) for cell in strip.cells]
        for n, figure in enumerate(strip.figures):
            strip.figures[n] = replace(figure, element=len(elements))
            elements.append(Element("Figure", words=figure.words))


def _kind(block: Block) -> str:
    if block["type"] == "heading":
        return f"H{block['level'] + 1}"
    return {"title": "H1", "table": "Table"}.get(block["type"], "P")


def _bookmarks(pages: list[Filled]) -> list[Bookmark]:
    """Return where the title and the headings stand."""
    return [
        Bookmark(strip.name, strip.level, index, top)
        for index, (_, placed) in enumerate(pages)
        for top, strip in placed
        if strip.name
    ]


def _tie(strips: list[Strip]) -> None:
    """Tie the last lines of the text to the signature, which never stands alone on a page.

    A paragraph of three lines goes with it whole: no single line is left behind. Of a note of attachments that is
    long enough to stand above a signature, its end goes.
    """
    count, tall = 0, 0.0
    below = next((n for n in range(len(strips), 0, -1) if strips[n - 1].mark.startswith("text")), 0)
    long_note = sum(strip.height for strip in strips[below:]) > LONG_NOTE
    for n in range(len(strips) - 1, -1, -1):
        strips[n].with_next = True
        tall += strips[n].height
        if long_note and strips[n].mark == "attachment" and tall >= NOTE_WITH_SIGNATURE:
            return
        count += strips[n].mark.startswith("text")
        if count >= LINES_WITH_SIGNATURE and not (
            n and strips[n].mark == "text" and strips[n - 1].mark == "text-first"
        ):
            return


Filled = tuple[Page, list[tuple[float, Strip]]]


def _paginate(first: Page, start: float, strips: list[Strip]) -> list[Filled]:
    foot = [strip for strip in strips if strip.at_bottom]
    rest = [strip for strip in strips if not strip.at_bottom]
    foot_height = sum(strip.height for strip in foot)
    pages: list[Filled] = []
    page, top = first, start
    placed: list[tuple[float, Strip]] = []
    while True:
        taken = _fit(rest, BOTTOM - top)
        if (
            taken == len(rest)
            and foot_height
            and sum(s.height for s in rest) + foot_height > BOTTOM - top + SLACK
        ):
            taken = _fit(rest, BOTTOM - top - foot_height)
        pages.append((page, placed + _place(rest[:taken], top)))
        rest = rest[taken:]
        while rest and rest[0].blank:
            rest = rest[1:]
        if not rest:
            break
        placed = _heads(rest)
        page, top = Page(len(pages) + 1), TOP + sum(head.height for _, head in placed)
    pages[-1][1].extend(_place(foot, BOTTOM - foot_height))
    return pages


def _heads(rest: list[Strip]) -> list[tuple[float, Strip]]:
    """Return the head of a table that goes on, as it stands over the page that begins with it."""
    heads = list(rest[0].heads)
    tall = sum(head.height for head in heads)
    held = _tied(rest)
    fits = tall <= LARGEST_HEAD * (BOTTOM - TOP) and tall + held <= BOTTOM - TOP
    return _place(heads, TOP) if fits else []


def _tied(strips: list[Strip]) -> float:
    """Return the height of what begins a page and cannot be parted (points)."""
    tall = 0.0
    for strip in strips:
        tall += strip.height
        if not strip.with_next:
            break
    return tall


def _place(strips: list[Strip], top: float) -> list[tuple[float, Strip]]:
    placed = []
    for strip in strips:
        placed.append((top, strip))
        top += strip.height
    return placed


def _fit(strips: list[Strip], room: float) -> int:
    """Return how many strips go on a page with so much room, ending where a page may end."""
    used, last = 0.0, 0
    for n, strip in enumerate(strips):
        if n and strip.starts_page:
            return n
        used += strip.height
        if used - strip.tail > room + SLACK:
            break
        if not strip.with_next or n == len(strips) - 1:
            last = n + 1
    else:
        return len(strips)
    if last == 0:
        if strips[0].height > room + SLACK:
            raise TooLong("有一段内容超过一页，无法排版，请把该栏内容改短或者分成几段")
        # Everything is tied together: cut where the page is full.
        used = 0.0
        for strip in strips:
            used += strip.height
            if used - strip.tail > room + SLACK:
                break
            last += 1
    return last


def _fill(pages: list[Filled], faces: Faces, form: str) -> None:
    for page, placed in pages:
        for top, strip in placed:
            element = strip.element
            if strip.cells:
                page.texts += [text.moved(top, element + 1 + text.element) for text in strip.texts]
            else:
                page.texts += [text.moved(top, element) for text in strip.texts]
            page.rules += [rule.moved(top) for rule in strip.rules]
            page.figures += [figure.moved(top) for figure in strip.figures]
        if page.number > 1 or form == "document":
            page_number(faces, page)


def _seal(pages: list[Filled], faces: Faces) -> SealPlace | None:
    """Return the centre of the seal: signature and date lie a little below it."""
    for index, (_, placed) in enumerate(pages):
        for top, strip in placed:
            if strip.mark == "date":
                day = strip.texts[0]
                middle = day.x + wide(faces, day.text, day.role, day.size) / 2
                return SealPlace(index, middle, top - (PITCH - CELL) / 2 - mm("signature", "seal_raised"))
    return None
