"""Find strings in what can only be read as a picture: scans, photographs, letters without a code."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from workflow.review.redaction import ocr
from workflow.review.redaction.folded import as_digits, fold, fold_char, is_number, without_separators
from workflow.review.redaction.glyphs import Glyph
from workflow.review.redaction.locate import boxes_of
from workflow.review.redaction.marks import Box

#: One misread character is allowed for every so many of a string.
_ONE_WRONG_IN = 8
#: Added around what was read, in heights of its line: engines place single characters loosely.
_LOOSE = 0.35


def glyphs_read(picture: Image.Image, scale: float) -> list[Glyph]:
    """Return the characters an engine reads in a page's picture, placed as well as it says.

    :param scale: pixels a point
    :raises ocr.Unread: where there is no engine, or it fails
    """
    found: list[Glyph] = []
    for word in ocr.words(picture, scale * 72):
        chars = [char for char in word.text if fold_char(char)]
        step = word.box.width / max(1, len(chars))
        for index, char in enumerate(chars):
            left = word.box.x0 + index * step
            box = Box(left, word.box.y0, left + step, word.box.y1)
            found.append(Glyph(char, Box(*(value / scale for value in box)), 0))
    return found


def boxes_read(glyphs: Sequence[Glyph], wanted: str) -> list[list[Box]]:
    """Return for each place where a string was read, or nearly so, the boxes that cover it."""
    needle = fold(wanted)
    chars = [fold(glyph.char) or " " for glyph in glyphs]
    places = list(range(len(glyphs)))
    if is_number(needle):
        needle = as_digits(without_separators(needle))
        chars = [as_digits(char) for char in chars]
        keep = [index for index, char in enumerate(chars) if char[:1].isalnum()]
        chars, places = [chars[index] for index in keep], keep
    text = "".join(char[0] for char in chars)
    found = []
    for start, end in near(text, needle, len(needle) // _ONE_WRONG_IN):
        run = [glyphs[place] for place in places[start:end]]
        found.append([box.grown(_LOOSE * box.height) for box in boxes_of(run)])
    return found


def near(text: str, needle: str, wrong: int) -> list[tuple[int, int]]:
    """Return where a needle stands in a text with at most so many characters wrong, missing or too many."""
    if not needle:
        return []
    if not wrong:
        return _exact(text, needle)
    # Sellers' table, a column a character of the text: the cost of the best match that ends there, and where it began.
    cost = list(range(len(needle) + 1))
    began = [0] * (len(needle) + 1)
    ends: list[tuple[int, int, int]] = []
    for place, char in enumerate(text, 1):
        before, before_began = 0, place - 1
        cost[0], began[0] = 0, place
        for row, wanted in enumerate(needle, 1):
            best, start = before + (wanted != char), before_began
            if cost[row] + 1 < best:
                best, start = cost[row] + 1, began[row]
            if cost[row - 1] + 1 < best:
                best, start = cost[row - 1] + 1, began[row - 1]
            before, before_began = cost[row], began[row]
            cost[row], began[row] = best, start
        if cost[-1] <= wrong:
            ends.append((cost[-1], began[-1], place))
    return _best_apart(ends)


def _exact(text: str, needle: str) -> list[tuple[int, int]]:
    found, start = [], text.find(needle)
    while start >= 0:
        found.append((start, start + len(needle)))
        start = text.find(needle, start + 1)
    return found


def _best_apart(ends: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Return of matches that overlap the best one."""
    kept: list[tuple[int, int]] = []
    for _, start, end in sorted(ends, key=lambda one: (one[0], one[1] - one[2], one[1])):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end))
    return sorted(kept)
