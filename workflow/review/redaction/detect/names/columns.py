"""Names in the columns of a table that a head announces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.review.redaction.detect.found import NAME, Found
from workflow.review.redaction.detect.names.cues import heads, no_values, not_names
from workflow.review.redaction.detect.names.filled import filled
from workflow.review.redaction.detect.names.lexicon import NEVER, given, is_han
from workflow.review.redaction.detect.names.scored import score_alone, sureness
from workflow.review.redaction.detect.names.shapes import DOTTED, set_apart, syllables
from workflow.review.redaction.detect.rows import cells

_PIECE = re.compile(
    r"[\u4e00-\u9fff㐀-䶿\U00020000-\U0003ffff·]+(?:[ 　]{1,4}[\u4e00-\u9fff](?![\u4e00-\u9fff]))?"
)
_NOTE = re.compile(r"^(代|由|经)$")


def column_names(text: str) -> Iterator[Found]:
    """This function will find names in the cells of columns headed 姓名, 户主, 签字 and the like."""
    for cell in cells(text):
        head = cell.head.rstrip("：:")
        if head not in heads() and not head.endswith("姓名") and not head.startswith("姓名"):
            continue
        for piece in _PIECE.finditer(text, cell.start, cell.end):
            sure = _sureness(piece.group(0))
            if sure:
                yield Found(
                    NAME, piece.start(), piece.end(), piece.group(0), f"表格“{head}”一栏", sure, "column"
                )


def _sureness(text: str) -> float:
    """Say how sure a whole cell is a name; 0 where it is none."""
    if DOTTED.fullmatch(text) or syllables().fullmatch(text):
        return 0.97
    if set_apart(text, 0) == len(text):
        return 0.93
    if text in not_names() or text in no_values() or _NOTE.match(text) or not all(map(is_han, text)):
        return 0.0
    if not 2 <= len(text) <= 4:
        return filled(text, person=True)
    score = score_alone(text)
    if score > -8:
        return max(0.7, sureness(score, 5.0))
    sure = filled(text, person=True)
    if sure or any(given().get(char) == NEVER for char in text[1:]) or len(text) > 3:
        return sure
    return 0.55
