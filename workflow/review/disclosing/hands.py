"""What a copy is made from, and whose hands are in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from workflow.models import DisclosedCopy, HoldingVersion, RedactionMark, WorkingPage
from workflow.redaction_kinds import Extent, Layer, MarkState

#: Stands in a certificate where a mark was nobody's own but accepted from the detectors.
SUGGESTED = str(Layer.SUGGESTED.label)


def accepted(version: HoldingVersion) -> list[RedactionMark]:
    """Return the marks of a version that are burned, in the order of its pages."""
    rows = version.redaction_marks.filter(status=MarkState.ACCEPTED).select_related("author", "settled_by")
    return sorted(rows, key=lambda mark: (mark.page or 0, mark.boxes, mark.pk))


def undecided(version: HoldingVersion) -> list[int]:
    """Return the pages, one for each, of the marks that nobody has decided on."""
    rows = version.redaction_marks.filter(status=MarkState.OPEN).values_list("page", flat=True)
    return sorted(page or 0 for page in rows)


def whole_document(marks: Sequence[RedactionMark]) -> RedactionMark | None:
    """Return the mark by which the whole document is withheld, if there is one."""
    return next((mark for mark in marks if mark.extent == Extent.DOCUMENT), None)


def digest(marks: Sequence[RedactionMark]) -> str:
    """Return a hash over everything that decides what is burned."""
    told = [[mark.pk, mark.page, mark.boxes, mark.extent, mark.ground_kind, mark.ground] for mark in marks]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def names(mark: RedactionMark) -> list[str]:
    """Return who made a mark and who accepted it, by name, in the order of their hands."""
    hands = [mark.author.display if mark.author else SUGGESTED]
    if mark.settled_by and mark.settled_by_id != mark.author_id:
        hands.append(mark.settled_by.display)
    return hands


def people(copy: DisclosedCopy) -> frozenset[int]:
    """Return everybody who drew or accepted a mark of a copy, or had it made: none of them checks it."""
    held = RedactionMark.objects.filter(pk__in=copy.marks).values_list("author_id", "settled_by_id")
    return frozenset({pk for pair in held for pk in pair if pk} | {copy.made_by_id})


def job_of(marks: Sequence[RedactionMark], pages: Sequence[WorkingPage]) -> list[dict[str, Any]]:
    """Return the areas to burn, in points, for the process that burns them."""
    sizes = {page.number: (page.width_pt, page.height_pt) for page in pages}
    found = []
    for mark in marks:
        assert mark.page is not None  # a whole document is not burned
        whole = mark.extent == Extent.PAGE
        boxes = [(0.0, 0.0, *sizes[mark.page])] if whole else mark.points
        found += [
            {"page": mark.page, "box": list(box), "ground": mark.printed, "by": names(mark)} for box in boxes
        ]
    return found
