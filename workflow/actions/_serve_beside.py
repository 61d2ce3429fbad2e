"""Check how a paper beside the cases was served, inside the step of its record."""

from __future__ import annotations

import datetime as dt

from letters.models import Paper
from office.models import Office
from workflow.actions.serve import completion
from workflow.actions.use_seal import refuse_unsealed
from workflow.errors import BadRequest
from workflow.kinds import Service

#: What is beside the cases is nowhere on the portal: nobody could read it there.
CHANNELS = tuple(channel for channel in Service if channel != Service.PORTAL)


def served_beside(
    paper: Paper | None, *, office: Office, since: dt.date | None, on: dt.date, channel: str, sent_on: dt.date, tracking: str,
    signed_on: dt.date | None,
) -> dt.date:  # fmt: skip
    """Return the day on which the service of a paper was complete, by its channel (235号).

    :param since: the day the paper was made; it is not sent before
    Raises BadRequest naming the field, also for a paper that waits for its seal.
    """
    if paper is not None:
        refuse_unsealed(paper)
    if channel not in CHANNELS:
        raise BadRequest("bad_channel", "请选择送达方式", field="channel")
    if channel == Service.POST and not tracking.strip():
        raise BadRequest("no_tracking", "邮寄送达请填写 EMS 邮件号", field="tracking")
    if since and not since <= sent_on <= on:
        raise BadRequest("bad_day", "送达日期应在答复日期与今天之间", field="sent_on")
    done = completion(channel, sent_on, signed_on, office=office)
    if done is None:
        raise BadRequest("no_signature", "请填写签收日期", field="signed_on")
    return done
