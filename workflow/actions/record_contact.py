"""Put an attempt to reach the applicant on record (联系记录)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.models import User
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.kinds import Way
from workflow.models import Case, ContactAttempt


def record_contact(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, tried_on: dt.date, way: str, reached: bool,
    result: str, expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record when and how it was tried to reach the applicant, and with what result.

    An attempt never moves the clock: a request that waits for its confirmation is received on the day on which
    the applicant is reached (条例31), and reminders go by the day of arrival until then.
    """
    if way not in Way.values:
        raise BadRequest("bad_way", "请选择联系的方式", field="way")
    if not result.strip():
        raise BadRequest("no_result", "请写明联系的经过，如拨打的号码有没有人接听", field="result")

    def effect(case: Case, work: Work) -> None:
        if not case.arrived_on <= tried_on <= on:
            raise BadRequest("bad_day", "联系日期应在申请到达之日与今天之间", field="tried_on")
        ContactAttempt.objects.create(
            case=case,
            tried_on=tried_on,
            way=way,
            reached=reached,
            result=result.strip(),
            tried_by=by,
            created_at=now,
        )
        work.note.update(
            tried_on=tried_on.isoformat(), way=Way(way).label, reached="联系上" if reached else "未联系上"
        )

    return fire(
        case_id,
        "record_contact",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )
