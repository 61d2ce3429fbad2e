"""Mark by text: what was selected on a page, and the same text wherever it stands in the whole set."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from office.models import User
from workflow.errors import BadRequest
from workflow.models import RedactionMark
from workflow.redaction_kinds import MadeBy, MarkState
from workflow.review import copies, sealed_json
from workflow.review.marking.doing import (
    MOST,
    GroundData,
    Marking,
    checked_ground,
    marking,
    room_for,
    write,
)
from workflow.review.marking.places import (
    Points,
    boxes_between,
    hash_of,
    hidden,
    occurrences,
    page_of,
    stored,
    wanted_text,
)
from workflow.review.marking.whole_set import others, tell_of_others

CHOSEN, EVERYWHERE = "redaction.choose_text", "redaction.everywhere"


@dataclass(frozen=True)
class Spread:
    """How often a text was marked, how often it lay under a mark already, and in how many documents it was looked for."""

    marked: int
    covered: int
    documents: int
    pages: int


def choose_text(
    *, version_id: int, by: User, on: dt.date, now: dt.datetime, page: int, start: int, end: int,
    ground: GroundData, act_id: uuid.UUID | None = None,
) -> list[RedactionMark]:  # fmt: skip
    """Mark a stretch of a page's text; a stretch of several lines gets a box for each.

    :param start: place of the first character in the text of the page, from 0
    :param end: place behind the last one
    """
    told = checked_ground(ground)
    data = {"page": page, "ground": told.ground}
    with marking(version_id, by=by, on=on, now=now, key=CHOSEN, act_id=act_id, data=data) as work:
        if done := work.done_before():
            return done
        place = page_of(work.copy, page)
        text = copies.text_of(place)
        if not 0 <= start < end <= len(text.text):
            raise BadRequest("bad_stretch", "选取的文字不在本页之内，请重新选取", field="text")
        boxes = stored(boxes_between(text, start, end), place)
        if not boxes:
            raise BadRequest("no_text", "选取的地方没有文字，请画框遮盖", field="text")
        room_for(work, 1)
        return write([_mark(work, told, MadeBy.TEXT, page, boxes, text.text[start:end])])


def mark_everywhere(
    *, version_id: int, by: User, on: dt.date, now: dt.datetime, text: str, ground: GroundData,
    whole_set: bool = True, act_id: uuid.UUID | None = None,
) -> Spread:  # fmt: skip
    """Mark a text wherever it stands: in this document, or in every document of the case that may be worked on.

    Width, case, spaces and line ends do not matter. What lies wholly under a mark already is left as it is.

    :raises BadRequest: where the text is nowhere
    """
    told, wanted = checked_ground(ground), wanted_text(text)
    with marking(
        version_id, by=by, on=on, now=now, key=EVERYWHERE, act_id=act_id, data={"ground": told.ground}
    ) as work:
        if done := work.done_before():
            return Spread(len(done), 0, 1, len({mark.page for mark in done}))
        works = [work, *(others(work) if whole_set else ())]
        found = [(one, _new_marks(one, told, wanted)) for one in works]
        marks = [mark for _, (new, _) in found for mark in new]
        covered = sum(held for _, (_, held) in found)
        if not marks and not covered:
            raise BadRequest(
                "nowhere", "文字层里没有找到这段文字；扫描件没有文字层的，请画框遮盖", field="text"
            )
        if len(marks) > MOST:
            raise BadRequest("too_many_marks", f"找到{len(marks)}处，超过{MOST}处，请缩小范围", field="text")
        write(marks)
        work.changed = bool(marks)
        work.noted["count"] = len(marks)
        counts = {other.version.pk: len(new) for other, (new, _) in found[1:]}
        tell_of_others(work, EVERYWHERE, counts, {"ground": told.ground})
        pages = {(mark.version_id, mark.page) for mark in marks}
        return Spread(len(marks), covered, len(works), len(pages))


def _new_marks(work: Marking, ground: GroundData, wanted: str) -> tuple[list[RedactionMark], int]:
    held: dict[int | None, list[Points]] = {}
    for mark in work.version.redaction_marks.filter(status=MarkState.ACCEPTED):
        held.setdefault(mark.page, []).extend(mark.points)
    new, covered = [], 0
    for page, boxes in occurrences(work.copy, wanted):
        if hidden(boxes, held.get(page.number, [])):
            covered += 1
        elif cut := stored(boxes, page):
            new.append(_mark(work, ground, MadeBy.EVERYWHERE, page.number, cut, wanted))
    return new, covered


def _mark(
    work: Marking, ground: GroundData, made_by: str, page: int, boxes: list[list[int]], text: str
) -> RedactionMark:
    return work.add(
        ground, made_by=made_by, page=page, boxes=boxes,
        text_sealed=sealed_json.seal(work.case.subject_ref, text), text_hash=hash_of(text),
    )  # fmt: skip
