"""One page from source to black boxes: find, pad, burn, store. Runs in a process of its own, one page after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from PIL import Image, ImageDraw

from workflow.review.redaction import ocr
from workflow.review.redaction.folded import fold
from workflow.review.redaction.glyphs import Glyph
from workflow.review.redaction.lettering import words_for
from workflow.review.redaction.locate import Reading
from workflow.review.redaction.marks import Box, Burned, Mark, Wanted, covered
from workflow.review.redaction.over_pages import Edges, at_edges
from workflow.review.redaction.padding import Area, ink_of, padded
from workflow.review.redaction.pages import Page
from workflow.review.redaction.read_pictures import boxes_read, glyphs_read
from workflow.review.redaction.tone import BILEVEL, COLOUR, Stored, bilevel, kind_of, stored

MARK, TEXT, OCR = "mark", "text", "ocr"


@dataclass(frozen=True)
class Order:
    """What to do with one page.

    :param marks: those of this page
    :param wanted: strings to be found on every page
    :param numbers: the number of each ground in the legend
    :param read: whether pictures are read for the strings where the machine can
    :param layer: whether the finished picture is read for the searchable layer
    """

    number: int
    marks: tuple[Mark, ...]
    wanted: tuple[Wanted, ...]
    numbers: dict[str, int]
    dpi: float
    read: bool
    layer: bool


@dataclass
class Done:
    """One finished page, and what is needed to prove it.

    :param found: how often each string was found in the text and in pictures
    :param beyond: how often each string lies beyond the page's edges, where nothing of it is drawn
    :param open_numbers: valid identity numbers on the page that no box covers
    :param numbers: every valid identity number on the page
    :param under: the text under each drawn mark, folded
    :param unread: why pictures on it were not read, where they should have been
    :param edges: strings that it may begin or end in the middle of
    """

    number: int
    size: tuple[float, float]
    picture: Stored
    scale: float
    burned: list[Burned] = field(default_factory=list)
    found: dict[int, int] = field(default_factory=dict)
    beyond: dict[int, int] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    open_numbers: list[str] = field(default_factory=list)
    under: list[str] = field(default_factory=list)
    words: list[ocr.Word] = field(default_factory=list)
    unread: str | None = None
    edges: Edges = field(default_factory=Edges)


def redact_page(page: Page, order: Order) -> Done:
    """Return a page with everything burned that its order names."""
    grey = page.picture(order.dpi)
    kind = kind_of(page, grey)
    canvas = page.picture(order.dpi, colour=True) if kind == COLOUR else grey
    reading = Reading(page.glyphs())
    done = Done(order.number, page.size, Stored(kind, 0, 0, b""), grey.width / page.size[0])
    targets = _targets(page, grey, reading, order, done)
    ink = ink_of(grey) if targets else grey
    areas = [(target, *padded(ink, target.box, done.scale, grow=not target.slanted)) for target in targets]
    done.burned = _paint(canvas, areas, order, done.scale)
    _note_numbers(reading, done)
    done.edges = at_edges(reading.glyphs, order.wanted, [burned.box for burned in done.burned])
    if order.layer:
        _read_result(canvas if kind != BILEVEL else bilevel(canvas), done)
    done.picture = stored(canvas, kind)
    return done


class Target(NamedTuple):
    """One box to burn: for which mark, found how, and whether it is one of the steps along a slanted line."""

    mark: Mark
    box: Box
    reason: str
    slanted: bool = False


def _targets(page: Page, grey: Image.Image, reading: Reading, order: Order, done: Done) -> list[Target]:
    targets: list[Target] = []
    for mark in order.marks:
        box = mark.box.within(*page.size)
        targets.append(Target(mark, box, MARK))
        done.under += reading.under(box)
    read = _read_source(page, grey, reading, order, done)
    for index, wanted in enumerate(order.wanted):
        placed = [(boxes, TEXT) for boxes in reading.boxes(wanted.text)]
        placed += [(boxes, OCR) for boxes in boxes_read(read, wanted.text)]
        for boxes, reason in placed:
            seen = [box for whole in boxes if (box := whole.within(*page.size)).area > 0]
            counts = done.found if seen else done.beyond
            counts[index] = counts.get(index, 0) + 1
            slanted = len(boxes) > 2 and 2 * len(boxes) > len(fold(wanted.text))
            for box in seen:
                mark = Mark(order.number, box, wanted.ground, wanted.by, index)
                targets.append(Target(mark, box, reason, slanted))
    return targets


def _read_source(
    page: Page, grey: Image.Image, reading: Reading, order: Order, done: Done
) -> Sequence[Glyph]:
    """Read the page as a picture, where strings are wanted and something on it is only a picture."""
    legible = page.pictured or _outlines_only(grey, reading)
    if not order.wanted or not legible:
        return ()
    if not order.read or ocr.engine() is None:
        done.unread = "no engine"
        return ()
    try:
        return glyphs_read(grey, done.scale)
    except ocr.Unread as error:
        done.unread = str(error)
        return ()


def _outlines_only(grey: Image.Image, reading: Reading) -> bool:
    """Tell whether something is printed that has no text: letters drawn as outlines, or in a font without a code."""
    chars = [glyph.char for glyph in reading.glyphs if fold(glyph.char)]
    unknown = sum(1 for char in chars if char == "\ufffd" or "\ue000" <= char <= "\uf8ff")
    return unknown > 0 or (not chars and grey.getextrema()[0] < 128)


def _paint(
    canvas: Image.Image, areas: Sequence[tuple[Target, Area, bool]], order: Order, scale: float
) -> list[Burned]:
    """Blacken every area, then write on each group of areas that touch what it stands for, once."""
    draw = ImageDraw.Draw(canvas)
    for _, area, _ in areas:
        draw.rectangle(
            (area.x0, area.y0, area.x1 - 1, area.y1 - 1), fill=0 if canvas.mode == "L" else "black"
        )
    burned: dict[int, Burned] = {}
    for group in _touching([area for _, area, _ in areas]):
        grounds = list(dict.fromkeys(areas[index][0].mark.ground for index in group))
        largest = max(group, key=lambda index: areas[index][1].width * areas[index][1].height)
        written, label = _write_ground(canvas, areas[largest][1], grounds, order)
        for index in group:
            (mark, _, reason, _), area, hides = areas[index]
            burned[index] = Burned(
                mark,
                area.box(scale),
                reason,
                hides,
                number=None if written else order.numbers.get(mark.ground),
                label=label.box(scale) if label is not None and index == largest else None,
            )
    return [burned[index] for index in sorted(burned)]


def _write_ground(
    canvas: Image.Image, area: Area, grounds: Sequence[str], order: Order
) -> tuple[bool, Area | None]:
    """Write the ground on a box, or its number where it does not fit; tell whether it is the ground, and where it stands."""
    scale = order.dpi / 72
    numbered = [str(order.numbers[ground]) for ground in grounds if ground in order.numbers]
    for text, whole in ((grounds[0] if len(grounds) == 1 else "", True), ("、".join(numbered), False)):
        if not text:
            continue
        words = words_for(text, area.width, area.height, scale)
        if words is None:
            continue
        x = area.x0 + (area.width - words.width) // 2
        y = area.y0 + (area.height - words.height) // 2
        canvas.paste(words if canvas.mode == "L" else words.convert(canvas.mode), (x, y))
        return whole, Area(x, y, x + words.width, y + words.height)
    return False, None


def _touching(areas: Sequence[Area]) -> Iterable[list[int]]:
    """Return areas in groups that share pixels."""
    groups: list[list[int]] = []
    for index, area in enumerate(areas):
        met = [group for group in groups if any(areas[other].meets(area) for other in group)]
        groups = [group for group in groups if group not in met]
        groups.append([other for group in met for other in group] + [index])
    return groups


def _note_numbers(reading: Reading, done: Done) -> None:
    """Note every identity number of the page, and those that are still open."""
    boxes = [burned.box for burned in done.burned]
    for number, places in reading.identity_numbers().items():
        done.numbers.append(number)
        for place in places:
            seen = [box for whole in place if (box := whole.within(*done.size)).area > 0]
            if not all(covered(box, boxes) for box in seen):
                done.open_numbers.append(number)


def _read_result(picture: Image.Image, done: Done) -> None:
    if ocr.engine() is None:
        return
    words = ocr.words(picture, done.scale * 72)
    boxes = [Box(*(value * done.scale for value in burned.box)) for burned in done.burned]
    # What an engine reads on a box is the ground, which stands there to be seen, not to be searched.
    done.words = [word for word in words if not any(word.box.common(box).area > 0 for box in boxes)]
