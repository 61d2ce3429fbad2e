"""Tell the applicant when and where the information can be read (通知查阅)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from workflow import paper_facts
from workflow.actions._service import serve_at_once
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case


def invite_to_read(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, content: str, place: str, from_on: dt.date,
    until_on: dt.date, hours: str, expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Seal and send the notice by which information is provided for reading and copying on site (条例36(2), 40).

    :param content: what is laid out for reading
    :param hours: at what hours of the days from ``from_on`` to ``until_on``
    """
    for name, text in (("content", content), ("place", place), ("hours", hours)):
        if not text.strip():
            raise BadRequest(f"no_{name}", "请写明查阅的内容、时间和地点", field=name)
    if not on <= from_on <= until_on:
        raise BadRequest("bad_days", "查阅的首日不能早于今天，末日不能早于首日", field="until_on")

    def effect(case: Case, work: Work) -> None:
        facts = paper_facts.reading(
            case, content=content, place=place, from_on=from_on, until_on=until_on, hours=hours
        )
        notice = work.seal("reading_notice", facts)
        serve_at_once(case, work, notice)
        work.note.update(from_on=from_on.isoformat(), until_on=until_on.isoformat())

    return fire(
        case_id, "invite_to_read", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip
