"""Lay out an envelope (信封): postcode, addressee, sender; not on the page of the standard for letters."""

from __future__ import annotations

from typing import Any

from letters.typeset.errors import TooLong
from letters.typeset.faces import Faces
from letters.typeset.lines import break_lines
from letters.typeset.measures import ASCENT, MM, mm, number, table
from letters.typeset.model import RED, Element, Laid, Page, Rule, Text

LEAD = 1.4
PARTS = "envelope_parts"


def envelope(block: dict[str, Any], faces: Faces) -> Laid:
    """Lay out one envelope of a size (DL or C5) from postcode, address, name, sender and contents."""
    size = table()["envelope"][block["size"]]
    width, height = size["width"] * MM, size["height"] * MM
    page = Page(1)
    _postcode(page, faces, block.get("postcode", ""))
    _stamp(page, faces, width)
    end = _addressee(page, faces, block, width, height * number(PARTS, "address_top"))
    top = _sender(page, faces, block, width, height)
    if end > top:
        raise TooLong("收件人的地址太长，信封上排不下，请改短")
    page.texts = [text.moved(0.0, 0) for text in page.texts]
    return Laid([page], width=width, height=height, elements=[Element("P")])


def _boxes(page: Page, left: float, top: float, width: float, height: float) -> None:
    for x1, y1, x2, y2 in (
        (left, top, left + width, top),
        (left, top + height, left + width, top + height),
        (left, top, left, top + height),
        (left + width, top, left + width, top + height),
    ):
        page.rules.append(Rule(x1, y1, x2, y2, number("line_width_pt", "table"), RED))


def _wide(faces: Faces, text: str, size: float) -> float:
    return sum(faces.width(char, "body") for char in text) * size


def _postcode(page: Page, faces: Faces, code: str) -> None:
    size, width, height = number(PARTS, "size_code"), mm(PARTS, "code_width"), mm(PARTS, "code_height")
    for n in range(6):
        left = mm(PARTS, "code_left") + n * mm(PARTS, "code_pitch")
        top = mm(PARTS, "code_top")
        _boxes(page, left, top, width, height)
        if len(code) == 6:
            x = left + (width - _wide(faces, code[n], size)) / 2
            page.texts.append(Text(x, top + (height - size) / 2 + ASCENT * size, code[n], size))


def _stamp(page: Page, faces: Faces, width: float) -> None:
    side, margin, size = mm(PARTS, "stamp_side"), mm(PARTS, "stamp_margin"), 9.0
    left = width - margin - side
    _boxes(page, left, margin, side, side)
    for n, line in enumerate(("贴　邮", "票　处")):
        x = left + (side - _wide(faces, line, size)) / 2
        page.texts.append(Text(x, margin + side / 2 + (n - 0.3) * size * LEAD, line, size, color=RED))


def _addressee(page: Page, faces: Faces, block: dict[str, Any], width: float, top: float) -> float:
    left = mm(PARTS, "address_left")
    room = width - left - mm(PARTS, "address_right")
    for text, size in ((block.get("address", ""), "size_address"), (f"{block['name']}　收", "size_name")):
        if text:
            top = _lines(page, faces, text, left, top, room, number(PARTS, size)) + 4 * MM
    return top - 4 * MM


def _lines(page: Page, faces: Faces, text: str, left: float, top: float, room: float, size: float) -> float:
    def advance(char: str) -> float:
        return faces.width(char, "body") * size

    for line in break_lines(text, advance, em=size, width=room):
        gaps = line.gaps if sum(line.gaps) < 0 else ()
        page.texts.append(Text(left, top + ASCENT * size, line.text, size, gaps=gaps))
        top += size * LEAD
    return top


def _sender(page: Page, faces: Faces, block: dict[str, Any], width: float, height: float) -> float:
    """Set the sender at the right of the foot, the contents at its left; return where its lines begin."""
    size, margin = number(PARTS, "size_sender"), mm(PARTS, "margin")
    lines = list(block["sender"])
    top = height - margin - size * LEAD * len(lines)
    widest = max(_wide(faces, line, size) for line in lines)
    left = max(margin, width - margin - widest)
    for n, line in enumerate(lines):
        page.texts.append(Text(left, top + n * size * LEAD + ASCENT * size, line, size))
    if block.get("contents"):
        room = left - 2 * margin
        rows = list(
            break_lines(block["contents"], lambda char: faces.width(char, "body") * 9.0, em=9.0, width=room)
        )
        start = height - margin - 9.0 * LEAD * len(rows)
        for n, row in enumerate(rows):
            page.texts.append(Text(margin, start + n * 9.0 * LEAD + ASCENT * 9.0, row.text, 9.0))
    return top
