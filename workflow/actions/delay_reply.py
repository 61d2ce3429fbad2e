"""Set a later day for the reply to reasonable but too many requests (延迟答复)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from workflow import paper_facts_before
from workflow.actions._service import serve_at_once
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case


def delay_reply(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, until: dt.date, reason: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Set the day by which the reply will be given, and tell the applicant before the present term ends (条例35).

    :param until: the day named in the notice; where it is no working day, the next one is the last
    """
    if not reason.strip():
        raise BadRequest("no_reason", "请写明为什么不能在规定的期限内答复", field="reason")

    def effect(case: Case, work: Work) -> None:
        inquiry = case.excess_inquiry()
        assert inquiry is not None  # the machine's conditions have just seen it
        assert case.due_on is not None  # and that the clock runs
        if until <= case.due_on:
            raise BadRequest("not_later", f"延迟的日期应晚于现在的期限{case.due_on:%Y-%m-%d}", field="until")
        notice = work.seal("delay_notice", paper_facts_before.delay(case, on=on, until=until, reason=reason))
        inquiry.delayed_until_on = until
        inquiry.save(update_fields=["delayed_until_on"])
        work.event("excess_delay", paper=notice, until=until.isoformat())
        work.note["until"] = until.isoformat()
        work.remark(reason)
        serve_at_once(case, work, notice)

    return fire(
        case_id,
        "delay_reply",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )
