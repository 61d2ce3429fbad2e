"""Pages behind the copy that say what the numbers on its boxes stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from workflow.review.redaction.lettering import drawable, wrapped, write

A4 = (595.28, 841.89)
TITLE = "遮盖说明"
_MARGIN, _TITLE, _TEXT, _LEADING = 70.0, 18.0, 12.0, 21.0
_NUMBER, _GROUND, _PAGES = 0.0, 40.0, 330.0


@dataclass(frozen=True)
class Entry:
    """One ground: its number on the boxes, and on which pages how many boxes bear it."""

    number: int
    ground: str
    pages: tuple[int, ...]
    count: int


def told_pages(pages: Sequence[int]) -> str:
    """Return page numbers in words, runs joined: “第1-3、7页”."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return "第" + "、".join(str(a) if a == b else f"{a}-{b}" for a, b in runs) + "页"


def drawn(entries: Sequence[Entry], dpi: float) -> Iterator[Image.Image]:
    """Yield the pages of the legend in grey."""
    scale = dpi / 72
    lines = list(_lines(entries, scale))
    room = int((A4[1] - 2 * _MARGIN - 3 * _LEADING) // _LEADING)
    for start in range(0, max(1, len(lines)), room):
        image = Image.new("L", (round(A4[0] * scale), round(A4[1] * scale)), 255)
        draw = ImageDraw.Draw(image)
        write(draw, (_MARGIN * scale, (_MARGIN + _TITLE) * scale), TITLE, round(_TITLE * scale), 0)
        _row(draw, _MARGIN + 2.4 * _LEADING, ("编号", "遮盖的依据", "所在页及处数"), scale)
        rule = round((_MARGIN + 2.8 * _LEADING) * scale)
        draw.line([(_MARGIN * scale, rule), ((A4[0] - _MARGIN) * scale, rule)], fill=0, width=2)
        for number, line in enumerate(lines[start : start + room]):
            _row(draw, _MARGIN + (number + 3.8) * _LEADING, line, scale)
        yield image


def _lines(entries: Sequence[Entry], scale: float) -> Iterator[tuple[str, str, str]]:
    pixels = round(_TEXT * scale)
    for entry in entries:
        grounds = wrapped(drawable(entry.ground), pixels, (_PAGES - _GROUND - _TEXT) * scale)
        where = f"{told_pages(entry.pages)}，{entry.count}处"
        pages = wrapped(where, pixels, (A4[0] - 2 * _MARGIN - _PAGES) * scale)
        for row in range(max(len(grounds), len(pages))):
            yield (
                str(entry.number) if row == 0 else "",
                grounds[row] if row < len(grounds) else "",
                pages[row] if row < len(pages) else "",
            )


def _row(draw: ImageDraw.ImageDraw, base: float, cells: Sequence[str], scale: float) -> None:
    for left, text in zip((_NUMBER, _GROUND, _PAGES), cells, strict=True):
        write(draw, ((_MARGIN + left) * scale, base * scale), text, round(_TEXT * scale), 0)
