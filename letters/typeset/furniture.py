"""What stands around the text: the red head, the red lines, page numbers, the draft mark."""

from __future__ import annotations

from letters.typeset.faces import Faces
from letters.typeset.measures import (
    ASCENT,
    BOTTOM,
    CELL,
    LEFT,
    NOTE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PITCH,
    RIGHT,
    TEXT_WIDTH,
    TOP,
    mm,
    number,
)
from letters.typeset.model import RED, Page, Rule, Text
from letters.typeset.strips import wide
from letters.typeset.titles import break_title

# The first two elements of a document with a head.
NAME, NUMBER = 0, 1
LARGEST, SMALLEST = 35.0, 24.0
NARROWEST = 0.75


def red_name(faces: Faces, page: Page, name: str, top: float, middle: float) -> float:
    """Set the office's name in red about a middle, its ink beginning at a height; return where its ink ends (points)."""
    lines = [name]
    size = min(LARGEST, TEXT_WIDTH / max(1.0, wide(faces, name, "title", 1.0)))
    scale = 1.0
    if size < SMALLEST:
        size = SMALLEST
        scale = TEXT_WIDTH / wide(faces, name, "title", size)
        if scale < NARROWEST:
            scale = 1.0
            lines = break_title(name, faces.advances("title", size), em=size, width=TEXT_WIDTH)
    # A short name is spread a little: two characters' width of air in all.
    spread = 0.0
    if len(lines) == 1 and len(name) <= 9 and scale == 1.0:
        room = TEXT_WIDTH * 0.86 - wide(faces, name, "title", size)
        spread = max(0.0, min(room / max(1, len(name) - 1), size * 0.22))
    bottom = top
    for line in lines:
        boxes = [faces.of(char, "title").ink(char) for char in line]
        upper, lower = max(box[3] for box in boxes) * size, min(box[1] for box in boxes) * size
        base = bottom + upper
        width = wide(faces, line, "title", size) * scale + spread * (len(line) - 1)
        gaps = tuple(spread if n < len(line) - 1 else 0.0 for n in range(len(line)))
        page.texts.append(Text(middle - width / 2, base, line, size, "title", gaps, RED, scale, NAME))
        bottom = base - lower + (size * 0.25 if line != lines[-1] else 0.0)
    return bottom


def double_line(page: Page, y: float, *, thick_first: bool) -> None:
    """Draw the two red lines of the letter format; y is the upper edge of the upper line."""
    length = mm("letter", "line_length")
    x = (PAGE_WIDTH - length) / 2
    thick, thin = number("line_width_pt", "thick"), number("line_width_pt", "thin")
    first, second = (thick, thin) if thick_first else (thin, thick)
    above = y + first / 2
    below = y + first + number("line_width_pt", "gap") + second / 2
    page.rules.append(Rule(x, above, x + length, above, first, RED))
    page.rules.append(Rule(x, below, x + length, below, second, RED))


def letter_head(faces: Faces, page: Page, name: str, doc_number: str) -> float:
    """Draw the head of the letter format on the first page; return where the title's row begins (points)."""
    ink_end = red_name(faces, page, name, mm("letter", "name_top"), PAGE_WIDTH / 2)
    line = ink_end + mm("letter", "line_below_name")
    double_line(page, line, thick_first=True)
    lines = sum(number("line_width_pt", name) for name in ("thin", "gap", "thick"))
    double_line(page, PAGE_HEIGHT - mm("letter", "line_above_bottom") - lines, thick_first=False)
    top = line + lines + number("letter", "number_below_line") * number("size_pt", "body")
    if doc_number:
        right = RIGHT - wide(faces, doc_number, "body", CELL)
        page.texts.append(Text(right, top + ASCENT * CELL, doc_number, CELL, element=NUMBER))
    return top + CELL + number("letter", "rows_before_title") * PITCH


def document_head(faces: Faces, page: Page, name: str, doc_number: str) -> float:
    """Draw the head of the document format on the first page; return where the title's row begins (points)."""
    middle = (LEFT + RIGHT) / 2  # of the text area, as wide as the red line below
    ink_end = red_name(faces, page, name, TOP + mm("document", "name_top"), middle)
    number_top = ink_end + number("document", "rows_before_number") * PITCH
    if doc_number:
        left = middle - wide(faces, doc_number, "body", CELL) / 2
        page.texts.append(Text(left, number_top + ASCENT * CELL, doc_number, CELL, element=NUMBER))
    line = number_top + CELL + mm("document", "line_below_number")
    page.rules.append(Rule(LEFT, line, RIGHT, line, number("line_width_pt", "thick"), RED))
    return line + number("document", "rows_before_title") * PITCH


def page_number(faces: Faces, page: Page) -> None:
    """Set the page number outside the text area: odd pages right, even pages left."""
    text = f"— {page.number} —"
    width = wide(faces, text, "folio", NOTE)
    side = number("page_number", "side_cells") * NOTE
    x = RIGHT - side - width if page.number % 2 else LEFT + side
    _, low, _, high = faces.of("—", "folio").ink("—")
    base = BOTTOM + mm("page_number", "below_text") + (low + high) / 2 * NOTE
    page.texts.append(Text(x, base, text, NOTE, "folio"))
