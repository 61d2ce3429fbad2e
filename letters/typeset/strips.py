"""Turn the blocks of a letter into strips of the grid."""

from __future__ import annotations

from typing import Any

from letters.typeset.errors import TypesetError
from letters.typeset.faces import Faces
from letters.typeset.lines import break_lines
from letters.typeset.measures import (
    ASCENT,
    CELL,
    LEFT,
    NOTE,
    PITCH,
    RIGHT,
    TABLE,
    TEXT_WIDTH,
    TITLE,
    mm,
    number,
)
from letters.typeset.model import Rule, Strip, Text
from letters.typeset.qr import qr_code
from letters.typeset.tables import table_strips
from letters.typeset.titles import break_title

Block = dict[str, Any]
INDENT = 2 * CELL
IMPRINT_PITCH = 1.6 * NOTE
SMALL_PITCH = TABLE * 1.45
HEADING_ROLE = {1: "heading", 2: "subheading", 3: "body"}


def base(size: float = CELL) -> float:
    """Return the base line of a row, in points below its top."""
    return ASCENT * size


def wide(faces: Faces, text: str, role: str, size: float) -> float:
    """Return the width of a text in points."""
    return sum(map(faces.advances(role, 1.0), text)) * size


def blank(rows: int = 1) -> list[Strip]:
    """Return empty rows."""
    return [Strip(PITCH, blank=True) for _ in range(rows)]


def paragraph(
    faces: Faces,
    text: str,
    *,
    role: str = "body",
    indent: float = INDENT,
    left: float = LEFT,
    width: float = TEXT_WIDTH,
    size: float = CELL,
    justified: bool = True,
) -> list[Strip]:
    """Return the rows of a paragraph, their right edges even unless told otherwise."""
    rows = []
    for n, line in enumerate(
        break_lines(text, faces.advances(role, size), em=size, width=width, indent=indent)
    ):
        # A line that was squeezed to fit stays squeezed; one that was spread to the edge need not be.
        gaps = line.gaps if justified or sum(line.gaps) < 0 else ()
        rows.append(
            Strip(
                PITCH,
                [Text(left + (indent if n == 0 else 0), base(size), line.text, size, role, gaps)],
                tail=PITCH - size,
            )
        )
    return rows


def centred(
    faces: Faces,
    lines: list[str],
    role: str,
    size: float,
    *,
    middle: float = (LEFT + RIGHT) / 2,
    keep: bool = True,
) -> list[Strip]:
    """Return rows of centred text."""
    return [
        Strip(
            PITCH,
            [Text(middle - wide(faces, line, role, size) / 2, base(size), line, size, role)],
            with_next=keep,
        )
        for line in lines
    ]


def title(faces: Faces, block: Block) -> list[Strip]:
    """Return the title and the empty row below it."""
    lines = break_title(block["text"], faces.advances("title", TITLE), em=TITLE, width=TEXT_WIDTH)
    below = [] if block.get("tight") else [Strip(PITCH, blank=True, with_next=True)]
    return [*centred(faces, lines, "title", TITLE), *below]


def annex(faces: Faces, block: Block) -> list[Strip]:
    """Return the head of an attachment on a page of its own, and the empty row above its title."""
    rows = paragraph(faces, block["text"], role="heading", indent=0)
    rows[0].starts_page = True
    for row in rows:
        row.with_next = True
    return [*rows, Strip(PITCH, blank=True, with_next=True)]


def attachments(faces: Faces, block: Block) -> list[Strip]:
    """Return the note of attachments: an empty row, then the names in a column."""
    items: list[str] = block["items"]
    rows = blank()
    for n, item in enumerate(items):
        label = f"{n + 1}." if len(items) > 1 else ""
        head = ("附件：" if n == 0 else "") + label
        column = LEFT + INDENT + 3 * CELL
        # A figure and its point take a cell, each further figure half of one.
        start = column + (CELL * (len(str(len(items))) + 1) / 2 if label else 0)
        named = paragraph(faces, item, indent=0, left=start, width=RIGHT - start)
        x = LEFT + INDENT if n == 0 else column
        named[0].texts.insert(0, Text(x, base(), head, CELL))
        named[0].mark = "attachment"
        rows += named
    return rows


def signature(faces: Faces, block: Block) -> list[Strip]:
    """Return the signing office and the date, with room for the seal, or where no seal is set as in 7.3.5.2."""
    day, office = block["date"], block["office"]
    room = TEXT_WIDTH - (mm("verify", "side") + 2 * CELL if "verify" in block else INDENT)
    names = break_title(office, faces.advances("body", CELL), em=CELL, width=room)
    widest = max(wide(faces, name, "body", CELL) for name in names)
    day_wide = wide(faces, day, "body", CELL)
    if block.get("sealed", True):
        middle = RIGHT - number("signature", "date_right_cells") * CELL - day_wide / 2
        # An office too long to be centred over a date four cells in pushes both to the left.
        middle = min(middle, RIGHT - widest / 2)
        rows = blank(int(number("signature", "rows_before")))
        rows += centred(faces, names, "body", CELL, middle=middle)
        dated = centred(faces, [day], "body", CELL, middle=middle, keep=False)
    else:
        # Two cells from the right; the date begins two cells behind the office, whichever of them ends further right.
        gap = number("signature", "unsealed_right_cells") * CELL
        start = min(RIGHT - gap - widest, RIGHT - gap - day_wide - INDENT)
        rows = blank(int(number("signature", "unsealed_rows_before")))
        rows += [Strip(PITCH, [Text(start, base(), name, CELL)]) for name in names]
        dated = [Strip(PITCH, [Text(start + INDENT, base(), day, CELL)])]
    rows[-1].mark = "signature"
    rows += dated
    rows[-1].mark = "date"
    if "verify" in block:
        _verify(faces, block["verify"], rows)
    for row in rows[:-1]:
        row.with_next = True
    return rows


def _verify(faces: Faces, verify: dict[str, str], rows: list[Strip]) -> None:
    """Set the code that verifies the letter at the left of the signature, its letters below the date's line."""
    side, size = mm("verify", "side"), number("verify", "size_pt")
    last = rows[-1]
    label = PITCH - mm("verify", "label_above_end")
    top = label - size - mm("verify", "label_below") - side
    last.figures.append(qr_code(verify["url"], x=LEFT, y=top, side=side, words="核验二维码"))
    last.texts.append(Text(LEFT, label, f"核验码：{verify['code']}", size))


def imprint(faces: Faces, block: Block) -> list[Strip]:
    """Return the foot of the last page: copies, and in the document format who printed the paper, between lines."""
    rows = _copies(faces, block["text"]) if block["text"] else []
    if "issuer" in block:
        day = f"{block['date']}印发"
        right = RIGHT - CELL - wide(faces, day, "body", NOTE)
        named = paragraph(
            faces,
            block["issuer"],
            indent=0,
            left=LEFT + CELL,
            width=right - LEFT - 2 * CELL,
            size=NOTE,
            justified=False,
        )
        named[-1].texts.append(Text(right, base(NOTE), day, NOTE))
        for row in (*rows, *named):
            row.height = IMPRINT_PITCH
            row.texts = [text.moved((IMPRINT_PITCH - NOTE) / 2) for text in row.texts]
        thick, thin = number("line_width_pt", "imprint_outer"), number("line_width_pt", "imprint_inner")
        # The first line and the last of the imprint are thick, that between its parts is thin.
        (rows or named)[0].rules.append(Rule(LEFT, 0.0, RIGHT, 0.0, thick))
        if rows:
            named[0].rules.append(Rule(LEFT, 0.0, RIGHT, 0.0, thin))
        named[-1].rules.append(Rule(LEFT, IMPRINT_PITCH, RIGHT, IMPRINT_PITCH, thick))
        rows += named
    for row in rows:
        row.at_bottom = True
    return rows


def _copies(faces: Faces, names: str) -> list[Strip]:
    """Return the line of copies, one cell in from both sides, further lines under the first name."""
    head = "抄送："
    start = LEFT + CELL + wide(faces, head, "body", NOTE)
    rows = paragraph(faces, names, indent=0, left=start, width=RIGHT - CELL - start, size=NOTE)
    rows[0].texts.insert(0, Text(LEFT + CELL, base(NOTE), head, NOTE))
    return rows


def heading(faces: Faces, block: Block) -> list[Strip]:
    """Return a heading, kept with what follows."""
    rows = paragraph(faces, block["text"], role=HEADING_ROLE[block["level"]])
    for row in rows:
        row.with_next = True
    return rows


def sheet_line(faces: Faces, block: Block) -> list[Strip]:
    """Return one line with a left and a right part in the size of tables, or two lines when it is too narrow."""
    left, right = block.get("left", ""), block.get("right", "")
    start = RIGHT - wide(faces, right, "body", TABLE)
    both = [Text(LEFT, base(TABLE), left, TABLE)] if left else []
    if right:
        both.append(Text(start, base(TABLE), right, TABLE))
    apart = wide(faces, left + right, "body", TABLE) + 2 * TABLE > TEXT_WIDTH
    rows = [[text] for text in both] if apart else [both]
    return [Strip(PITCH * 0.75, row, with_next=True) for row in rows]


def block_strips(faces: Faces, block: Block) -> list[Strip]:
    """Return the strips of one block of the body."""
    kind = block["type"]
    if kind == "para":
        rows = paragraph(faces, block["text"])
        for n, row in enumerate(rows):
            row.mark = "text" if n else "text-first"
        return rows
    if kind in ("addressee", "flush"):
        return paragraph(faces, block["text"], indent=0)
    if kind == "blank":
        return blank()
    if kind == "small":
        rows = paragraph(faces, block["text"], indent=0, size=TABLE)
        for row in rows:
            row.height = SMALL_PITCH
        return [Strip(SMALL_PITCH / 2, blank=True), *rows] if block.get("apart") else rows
    if kind == "note":
        # Its last word is a telephone number, which never breaks: even edges would tear the line apart.
        return paragraph(faces, block["text"], justified=False)
    makers = {
        "title": title,
        "annex": annex,
        "heading": heading,
        "attachments": attachments,
        "signature": signature,
        "imprint": imprint,
        "table": table_strips,
        "sheet_line": sheet_line,
    }
    if kind not in makers:
        raise TypesetError(f"未知的段落类型：{kind}")
    return makers[kind](faces, block)
