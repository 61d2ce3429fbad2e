"""Give a case to a unit (分办、改派)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from office.models import Post, Unit, User
from office.roles import Role
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case


def assign(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, unit_id: int, handler_id: int | None = None,
    note: str = "", expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Assign a registered case to a unit, and to a handler if one is named; the statutory date stays."""
    return _give("assign", case_id, by, on, now, unit_id, handler_id, note, expected_version, act_id)


def reassign(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, unit_id: int, handler_id: int | None = None,
    note: str = "", expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Move a case under work to another unit or handler; the statutory date stays."""
    if not note.strip():
        raise BadRequest("no_reason", "请写明改派的原因", field="note")
    return _give("reassign", case_id, by, on, now, unit_id, handler_id, note, expected_version, act_id)


def _give(
    act: str, case_id: int, by: Actor, on: dt.date, now: dt.datetime, unit_id: int, handler_id: int | None,
    note: str, expected_version: int | None, act_id: uuid.UUID | None,
) -> Case:  # fmt: skip
    def effect(case: Case, work: Work) -> None:
        unit = Unit.objects.filter(pk=unit_id, office_id=case.office_id).first()
        if unit is None:
            raise BadRequest("no_such_unit", "请选择本机关的科室", field="unit")
        case.unit = unit
        case.handler = _handler(case, unit, handler_id)
        work.note.update(unit=unit.pk, handler=handler_id)
        work.remark(note)
        if case.handler:
            work.notify("workflow.assigned", f"assigned:{case.version + 1}", user=case.handler.pk)

    return fire(
        case_id, act, by=by, on=on, now=now, effect=effect, expected_version=expected_version, act_id=act_id
    )


def _handler(case: Case, unit: Unit, handler_id: int | None) -> User | None:
    if handler_id is None:
        return None
    held = Post.objects.filter(
        user_id=handler_id, office_id=case.office_id, role=Role.HANDLER, user__is_active=True
    )
    post = held.filter(unit=unit).first() or held.filter(unit__isnull=True).first()
    if post is None:
        raise BadRequest("not_a_handler", f"所选人员不是{unit.name}的承办人", field="handler")
    return post.user
