"""Confirm receipt with the applicant (确认收件)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case


def confirm_receipt(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, confirmed_on: dt.date, how: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record the day on which receipt was confirmed with the applicant: the legal day of receipt (条例31).

    ``how`` says how the applicant was reached. Raises BadRequest for a day before arrival or after today.
    """
    if not how.strip():
        raise BadRequest("no_way", "请写明与申请人确认的方式（如电话、短信、回邮）", field="how")

    def effect(case: Case, work: Work) -> None:
        if not case.arrived_on <= confirmed_on <= on:
            raise BadRequest("bad_confirmation", "确认日期应在到达日期与今天之间", field="confirmed_on")
        case.confirmed_on = confirmed_on
        work.note["confirmed_on"] = confirmed_on.isoformat()
        work.remark(how)

    return fire(
        case_id, "confirm_receipt", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip
