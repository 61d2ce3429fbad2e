"""Draw marks: boxes on a page, a whole page, the whole document, a third party's wish."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from office.models import User
from workflow.errors import BadRequest
from workflow.models import RedactionMark
from workflow.redaction_kinds import Extent, Layer, MadeBy, MarkState
from workflow.review.marking.doing import GroundData, checked_ground, marking, room_for, write
from workflow.review.marking.places import Points, on_page, page_of

DRAWN, WITHHELD = "redaction.draw", "redaction.withhold"
DRAWN_BY = (MadeBy.MOUSE, MadeBy.KEYBOARD)


def draw(
    *, version_id: int, by: User, on: dt.date, now: dt.datetime, page: int, boxes: Sequence[Points],
    ground: GroundData, made_by: str, wish: bool = False, act_id: uuid.UUID | None = None,
) -> list[RedactionMark]:  # fmt: skip
    """Mark areas of a page, all on one ground.

    :param boxes: in points from the top left of the page as shown
    :param wish: whether this is what a third party wants withheld; it stays open until a reviewer settles it
    :raises BadRequest: for no box, one beside the page, no ground
    """
    if made_by not in DRAWN_BY:
        raise BadRequest("bad_way", "画框的方式只有鼠标和键盘", field="mark")
    told = checked_ground(ground)
    data = {"page": page, "ground": told.ground, "count": len(boxes)}
    with marking(version_id, by=by, on=on, now=now, key=DRAWN, act_id=act_id, data=data) as work:
        if done := work.done_before():
            return done
        place = page_of(work.copy, page)
        held = on_page(place, boxes)
        room_for(work, len(held))
        layer = Layer.WISH if wish else ""
        return write([work.add(told, made_by=made_by, layer=layer, page=page, boxes=[box]) for box in held])


def withhold_page(
    *, version_id: int, by: User, on: dt.date, now: dt.datetime, page: int, ground: GroundData,
    made_by: str = MadeBy.KEYBOARD, act_id: uuid.UUID | None = None,
) -> list[RedactionMark]:  # fmt: skip
    """Withhold a whole page: it is black from edge to edge in the copy, with its ground."""
    return _withhold(version_id, page, ground, by, on, now, made_by, act_id)


def withhold_document(
    *, version_id: int, by: User, on: dt.date, now: dt.datetime, ground: GroundData,
    made_by: str = MadeBy.KEYBOARD, act_id: uuid.UUID | None = None,
) -> list[RedactionMark]:  # fmt: skip
    """Withhold the whole document: no copy of it is made."""
    return _withhold(version_id, None, ground, by, on, now, made_by, act_id)


def _withhold(
    version_id: int, page: int | None, ground: GroundData, by: User, on: dt.date, now: dt.datetime, made_by: str,
    act_id: uuid.UUID | None,
) -> list[RedactionMark]:  # fmt: skip
    told = checked_ground(ground)
    extent = Extent.DOCUMENT if page is None else Extent.PAGE
    data = {"page": page or 0, "ground": told.ground, "extent": str(extent.label)}
    with marking(version_id, by=by, on=on, now=now, key=WITHHELD, act_id=act_id, data=data) as work:
        if done := work.done_before():
            return done
        if page is not None:
            page_of(work.copy, page)
        same = work.version.redaction_marks.filter(extent=extent, page=page, status=MarkState.ACCEPTED)
        if same.exists():
            what = "整份材料" if page is None else f"第{page}页"
            raise BadRequest("withheld_already", f"{what}已经标为不公开", field="mark")
        return write([work.add(told, made_by=made_by, extent=extent, page=page)])
