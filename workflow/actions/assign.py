"""Give a case to a unit, and to others beside it (分办、改派、指定承办人)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from office.actors import Actor
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.handing import Asked, give_co, give_lead
from workflow.models import Case
from workflow.scope import headed_units


def assign(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, unit_id: int, handler_id: int | None = None,
    days: int | None = None, co: Iterable[Asked] = (), note: str = "",
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Assign a registered case to the unit that leads, and to others that take part; the statutory date stays.

    ``days`` are working days of the leading unit's internal term (None: the office's default).
    """
    asked = list(co)

    def effect(case: Case, work: Work) -> None:
        give_lead(case, work, unit_id=unit_id, handler_id=handler_id, days=days)
        if asked:
            give_co(case, work, asked)
        work.remark(note)

    return fire(
        case_id,
        "assign",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def reassign(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, unit_id: int, handler_id: int | None = None,
    days: int | None = None, note: str = "", expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Move a case under work to another leading unit or handler; the statutory date stays."""
    if not note.strip():
        raise BadRequest("no_reason", "请写明改派的原因", field="note")

    def effect(case: Case, work: Work) -> None:
        if (case.unit_id, case.handler_id) == (unit_id, handler_id):
            raise BadRequest("nothing_changed", "本件已经在这个科室、由这名承办人办理", field="unit")
        give_lead(case, work, unit_id=unit_id, handler_id=handler_id, days=days)
        work.remark(note)

    return fire(
        case_id,
        "reassign",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def name_handler(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, handler_id: int, note: str = "",
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Give a case of the own unit to one of its handlers; the unit's internal term stays."""

    def effect(case: Case, work: Work) -> None:
        if case.unit_id not in headed_units(by, case.office_id) or case.unit_id is None:
            raise BadRequest("other_unit", "本件由其他科室承办", field="handler")
        if case.handler_id == handler_id:
            raise BadRequest("nothing_changed", "本件已经由这名承办人办理", field="handler")
        give_lead(case, work, unit_id=case.unit_id, handler_id=handler_id)
        work.remark(note)

    return fire(
        case_id, "name_handler", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip
