"""Return a case to whoever allocates, as not of the own unit (退回分办)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.models import User
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.handing import close_lead
from workflow.models import Case, Share


def return_assignment(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, reason: str, expected_version: int | None = None,
    act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Return a case with the reason; it waits for allocation again and its statutory date stays.

    Parts of other units that are still open are called off: the next allocation asks anew.
    """
    if not reason.strip():
        raise BadRequest("no_reason", "请写明退回的理由和您认为应当承办的科室", field="reason")

    def effect(case: Case, work: Work) -> None:
        work.note["unit"] = case.unit_id
        close_lead(case, on, Share.Status.RETURNED)
        for share in case.open_co_shares():
            share.status, share.closed_on = Share.Status.CANCELLED, on
            share.save(update_fields=["status", "closed_on"])
        case.unit = case.handler = None
        work.remark(reason)
        work.notify("workflow.assignment_returned", f"assignment_returned:{case.version + 1}")

    return fire(
        case_id, "return_assignment", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip
