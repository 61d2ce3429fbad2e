"""Take a case of one's own unit, or take it over from a colleague (领办、接办)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.models import User
from workflow.errors import BadRequest
from workflow.fire import Effect, Work, fire
from workflow.handing import give_lead
from workflow.models import Case


def take(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, expected_version: int | None = None,
    act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Become the handler of a case that the own unit has; that also accepts it."""
    return fire(
        case_id,
        "take",
        by=by,
        on=on,
        now=now,
        effect=_mine(by),
        expected_version=expected_version,
        act_id=act_id,
    )


def take_over(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, reason: str, expected_version: int | None = None,
    act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Take a case over from a colleague of the own unit, with the reason; who held it before is told."""
    if not reason.strip():
        raise BadRequest("no_reason", "请写明接办的原因", field="reason")

    def effect(case: Case, work: Work) -> None:
        before = case.handler_id
        _mine(by)(case, work)
        work.note["from"] = before
        work.remark(reason)
        work.notify("workflow.taken_over", f"taken_over:{case.version + 1}", user=before)

    return fire(
        case_id,
        "take_over",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def _mine(by: User) -> Effect:
    def effect(case: Case, work: Work) -> None:
        assert case.unit_id is not None  # the machine's condition has just seen it
        give_lead(case, work, unit_id=case.unit_id, handler_id=by.duty_of.pk)

    return effect
