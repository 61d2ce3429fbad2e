"""Two layers of one document side by side: what one side covers and the other does not, page by page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from office.models import User
from workflow.holding_kinds import CopyStatus
from workflow.models import HoldingVersion, Redacting, RedactionMark
from workflow.redaction_kinds import Layer, MarkState
from workflow.review.redaction import Box
from workflow.review.redaction.marks import covered

#: What will be burned, whoever wanted it; beside the layers themselves.
FINAL = "final"
SIDES = [(str(layer), str(layer.label)) for layer in Layer] + [(FINAL, "将要遮盖的")]
#: Pages with differences that are named; more are counted.
NAMED = 40


@dataclass(frozen=True)
class SideMark:
    """A mark on one side; ``alone`` where the other side does not cover its place."""

    id: int
    printed: str
    status: str
    status_label: str
    layer: str
    author: str
    rects: tuple[tuple[float, float, float, float], ...]
    alone: bool


@dataclass(frozen=True)
class Side:
    """One side of the page: which layer, its marks, how many the other side does not cover."""

    code: str
    label: str
    marks: tuple[SideMark, ...]

    @property
    def alone(self) -> list[SideMark]:
        """Return the marks that the other side does not cover."""
        return [mark for mark in self.marks if mark.alone]


@dataclass(frozen=True)
class LayersPage:
    """One page with two layers.

    :param apart: pages on which the two sides differ
    """

    version: Any
    number: int
    count: int
    width: float
    height: float
    sides: tuple[Side, Side]
    apart: tuple[int, ...]

    @property
    def case(self) -> Any:
        """Return the case."""
        return self.version.holding.case

    @property
    def named(self) -> tuple[int, ...]:
        """Return the pages with differences that are named."""
        return self.apart[:NAMED]

    @property
    def next_apart(self) -> int | None:
        """Return the next page on which the sides differ, round the end."""
        later = [page for page in self.apart if page > self.number]
        return (later or list(self.apart) or [None])[0]  # type: ignore[list-item]


def side_of(given: str, otherwise: str) -> str:
    """Return the side that is asked for, where there is one of that name."""
    return given if given in dict(SIDES) else otherwise


def layers_page(
    user: User, version: HoldingVersion, *, page: int, left: str, right: str
) -> LayersPage | None:
    """Read one page of a document with two layers; None where the document has no such page or no working copy.

    The first reviewer's side is what they drew and which suggestions and wishes they accepted; the second's likewise. The
    sides of suggestions and wishes show all of them, whatever became of them. What its author took back is on no side.
    """
    copy = getattr(version, "copy", None)
    row = copy.pages.filter(number=page).first() if copy and copy.status == CopyStatus.READY else None
    if row is None:
        return None
    redactor = Redacting.objects.filter(version=version).values_list("redactor_id", flat=True).first()
    marks = [
        mark
        for mark in version.redaction_marks.filter(page__isnull=False).select_related("author").order_by("page", "pk")
        if not (mark.status == MarkState.REJECTED and mark.settled_by_id == mark.author_id)
    ]  # fmt: skip
    held = {code: [mark for mark in marks if _on(mark, code, redactor)] for code in {left, right}}
    sizes = (row.width_pt, row.height_pt)
    boxes = {code: _by_page(found) for code, found in held.items()}
    apart = sorted(
        {
            mark.page
            for one, other in ((left, right), (right, left))
            for mark in held[one]
            if mark.page and not _within(mark, boxes[other].get(mark.page, []))
        }
    )
    sides = tuple(
        Side(one, dict(SIDES)[one], _marks(held[one], page, boxes[other].get(page, []), sizes))
        for one, other in ((left, right), (right, left))
    )
    return LayersPage(version, page, copy.page_count, *sizes, sides, tuple(apart))  # type: ignore[arg-type]


def _on(mark: RedactionMark, code: str, redactor: int | None) -> bool:
    if code == FINAL:
        return mark.status == MarkState.ACCEPTED
    if code in (Layer.SUGGESTED, Layer.WISH):
        return mark.layer == code
    taken = mark.layer in (Layer.SUGGESTED, Layer.WISH) and mark.status == MarkState.ACCEPTED
    if taken:
        return (mark.settled_by_id == redactor) == (code == Layer.REVIEWER)
    return mark.layer == code


def _by_page(marks: Sequence[RedactionMark]) -> dict[int, list[Box]]:
    found: dict[int, list[Box]] = defaultdict(list)
    for mark in marks:
        assert mark.page is not None  # those of a whole document are on no page
        found[mark.page] += _boxes(mark)
    return found


def _boxes(mark: RedactionMark) -> list[Box]:
    # A page withheld as a whole has no box of its own: it covers whatever lies on the page.
    return [Box(*points) for points in mark.points] or [Box(0, 0, 1e5, 1e5)]


def _within(mark: RedactionMark, others: Sequence[Box]) -> bool:
    return all(covered(box, others) for box in _boxes(mark))


def _marks(
    marks: Sequence[RedactionMark], page: int, others: Sequence[Box], size: tuple[float, float]
) -> tuple[SideMark, ...]:
    return tuple(
        SideMark(
            id=mark.pk, printed=mark.printed, status=mark.status, status_label=mark.get_status_display(), layer=mark.layer,
            author=mark.author.display if mark.author else "系统", alone=not _within(mark, others),
            rects=tuple((box.x0, box.y0, box.width, box.height) for box in (one.within(*size) for one in _boxes(mark))),
        )
        for mark in marks
        if mark.page == page
    )  # fmt: skip
