"""Record how a letter reached a consulted party, or that it came back (征求意见的送达)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from workflow.actions._files import attach
from workflow.actions.use_seal import refuse_unsealed
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.kinds import Service
from workflow.models import Case, Consultation
from workflow.requests import FileData

LETTER, DECISION = "letter", "decision"


def serve_consultation(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, consultation_id: int, channel: str = "",
    tracking: str = "", delivered_on: dt.date | None = None, returned_on: dt.date | None = None,
    which: str = LETTER, proof: FileData | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record the proof of delivery of one party's letter, or its return; the party's term runs from delivery.

    :param which: "letter" for the consultation, "decision" for the notice that it will be disclosed all the same
    """
    if (delivered_on is None) == (returned_on is None):
        raise BadRequest("one_day", "请填写签收日期；被退回的，填写退回日期", field="delivered_on")
    if delivered_on is not None and channel not in Service.values:
        raise BadRequest("bad_channel", "请选择送达方式", field="channel")
    if channel == Service.POST and not tracking.strip():
        raise BadRequest("no_tracking", "邮寄送达请填写 EMS 邮件号", field="tracking")
    day = delivered_on or returned_on

    def effect(case: Case, work: Work) -> None:
        row = next((c for c in case.all_consultations() if c.pk == consultation_id), None)
        if row is None or (which == DECISION and row.decided_on is None):
            raise BadRequest(
                "no_consultation", "本件没有这份征求意见书或者公开决定告知书", field="consultation"
            )
        if which != DECISION and row.paper is not None:
            refuse_unsealed(row.paper)
        sent = row.decided_on if which == DECISION else row.sent_on
        assert day is not None  # one of the two was given
        assert sent is not None  # a decision has its day
        if not sent <= day <= on:
            raise BadRequest("bad_delivery", "日期应在发出日期与今天之间", field="delivered_on")
        if proof is not None:
            row.proof = attach(case, work, FileData(proof.name, proof.content, "proof"))
        if which == DECISION:
            row.decision_delivered_on = delivered_on
        else:
            row.channel, row.tracking = channel, tracking.strip()
            row.returned_on = returned_on
            if delivered_on is not None:
                put_delivery(case, row, delivered_on)
        row.save()
        work.note.update(consultation=row.pk, how="退回" if returned_on else "签收", day=day.isoformat())

    return fire(
        case_id, "serve_consultation", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def put_delivery(case: Case, row: Consultation, day: dt.date) -> None:
    """Let the clock's own event know when the letter arrived, since the term of silence runs from then."""
    row.delivered_on = day
    sent = next(e for e in case.events_of("consultation_sent") if e.data.get("id") == str(row.pk))
    sent.data = {**sent.data, "delivered_on": day.isoformat()}
    sent.save(update_fields=["data"])
