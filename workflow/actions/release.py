"""Put a case back into its unit (放回科室)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.models import User
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.handing import give_lead
from workflow.models import Case


def release(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, reason: str, expected_version: int | None = None,
    act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Let a case have no handler again, so that another of its unit takes it; no date moves."""
    if not reason.strip():
        raise BadRequest("no_reason", "请写明放回的原因", field="reason")

    def effect(case: Case, work: Work) -> None:
        before = case.handler_id
        assert case.unit_id is not None  # who has a handler has a unit
        give_lead(case, work, unit_id=case.unit_id, handler_id=None)
        work.note["from"] = before
        work.remark(reason)

    return fire(
        case_id,
        "release",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )
