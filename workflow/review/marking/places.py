"""Where on a page something is: boxes as people draw them, characters, and strings found in every reading."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from office import keys
from workflow.errors import BadRequest
from workflow.models import WorkingCopy, WorkingPage
from workflow.review import copies, sealed_json
from workflow.review.page_text import PageText
from workflow.review.redaction.folded import fold
from workflow.review.redaction.glyphs import Glyph
from workflow.review.redaction.locate import Reading, boxes_of
from workflow.review.redaction.marks import Box, covered

Points = tuple[float, float, float, float]
Stored = list[list[int]]
#: A box smaller than this in points hides nothing and is a slip of the hand.
LEAST = 2.0
MOST_BOXES = 200
#: The longest text that is looked for everywhere, in characters.
LONGEST = 200
PURPOSE = "redaction"


def page_of(copy: WorkingCopy, number: int) -> WorkingPage:
    """Return a page of a working copy. Raises BadRequest where there is none of that number."""
    page = copy.pages.filter(number=number).first()
    if page is None:
        raise BadRequest("no_such_page", f"这份材料共{copy.page_count}页，没有第{number}页", field="page")
    return page


def on_page(page: WorkingPage, boxes: Sequence[Points]) -> Stored:
    """Return boxes cut to their page, in hundredths of a point. Raises BadRequest for one that covers nothing of it."""
    if not boxes or len(boxes) > MOST_BOXES:
        raise BadRequest("no_box", "请先画出要遮盖的区域", field="box")
    kept: Stored = []
    for raw in boxes:
        if len(raw) != 4 or not all(math.isfinite(value) for value in raw):
            raise BadRequest("bad_box", "区域应为四个数：左、上、右、下", field="box")
        x0, y0, x1, y1 = raw
        box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)).within(page.width_pt, page.height_pt)
        if box.width < LEAST or box.height < LEAST:
            size = f"宽{page.width_pt:.0f}、高{page.height_pt:.0f}磅"
            raise BadRequest("box_off_page", f"区域太小，或者不在本页之内（本页{size}）", field="box")
        kept.append([round(value * 100) for value in box])
    return kept


def stored(boxes: Iterable[Box], page: WorkingPage) -> Stored:
    """Return boxes that were found on a page, those beyond its edges left out."""
    cut = (box.within(page.width_pt, page.height_pt) for box in boxes)
    return [[round(value * 100) for value in box] for box in cut if box.area > 0]


def glyphs_of(text: PageText) -> list[Glyph]:
    """Return the characters of a page with a place, in their order."""
    return [
        Glyph(char, Box(*box), 0)
        for char, box in zip(text.text, text.boxes, strict=True)
        if box is not None
    ]  # fmt: skip


def boxes_between(text: PageText, start: int, end: int) -> list[Box]:
    """Return the boxes around some characters of a page, one for each stretch of a line."""
    return boxes_of(
        [Glyph(c, Box(*b), 0) for c, b in zip(text.text[start:end], text.boxes[start:end], strict=True) if b]
    )


def occurrences(
    copy: WorkingCopy, wanted: str, *, unseal: Callable[[str], Any] | None = None
) -> Iterator[tuple[WorkingPage, list[Box]]]:
    """Yield the page and the boxes of each occurrence of a text, however it is spaced or broken over lines."""
    needle = fold(wanted)
    chars = set(needle)
    unseal = unseal or sealed_json.opener(copy.version.holding.case.subject_ref)
    for page in copy.pages.order_by("number").iterator(chunk_size=50):
        text = copies.text_of(page, unseal=unseal)
        # Reading a page in every order costs far more than seeing that a character is not there.
        if not chars <= set(fold(text.text)):
            continue
        for boxes in Reading(glyphs_of(text)).boxes(wanted):
            if boxes:
                yield page, boxes


def wanted_text(text: str) -> str:
    """Return a text that can be looked for. Raises BadRequest."""
    told = " ".join(text.split())
    if not fold(told):
        raise BadRequest("no_text", "请先选取文字，或者输入要查找的文字", field="text")
    if len(told) > LONGEST:
        raise BadRequest("long_text", f"查找的文字不得超过{LONGEST}个字", field="text")
    return told


def hash_of(text: str) -> str:
    """Return the keyed hash by which a text is found again without being read."""
    return keys.blind(PURPOSE, fold(text))


def hashes_of(text: str) -> list[str]:
    """Return the hashes under which a text may be stored."""
    return keys.blind_candidates(PURPOSE, fold(text))


def hidden(boxes: Sequence[Box], by: Sequence[Points]) -> bool:
    """Tell whether boxes lie wholly under others."""
    others = [Box(*box) for box in by]
    return all(covered(box, others) for box in boxes)
