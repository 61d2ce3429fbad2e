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
    posted_on: dt.date | None = None, which: str = LETTER, proof: FileData | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record that one party's letter was posted, the proof of its delivery, or its return; the party's term runs from delivery.

    The day of posting is the day of sending from which the clock stands still; a letter posted again after its return
    keeps its first one.

    :param which: "letter" for the consultation, "decision" for the notice that it will be disclosed all the same
    """
    _check(channel, tracking, which, delivered_on=delivered_on, returned_on=returned_on, posted_on=posted_on)
    day = delivered_on or returned_on or posted_on

    def effect(case: Case, work: Work) -> None:
        row = next((c for c in case.all_consultations() if c.pk == consultation_id), None)
        if row is None or (which == DECISION and row.decided_on is None):
            raise BadRequest(
                "no_consultation", "本件没有这份征求意见书或者公开决定告知书", field="consultation"
            )
        paper = row.decision_paper if which == DECISION else row.paper
        if paper is not None:
            refuse_unsealed(paper)
        sent = row.decided_on if which == DECISION else row.sent_on
        assert day is not None  # one of the two was given
        assert sent is not None  # a decision has its day
        if not sent <= day <= on:
            raise BadRequest("bad_delivery", "日期应在发出日期与今天之间", field="delivered_on")
        if proof is not None:
            row.proof = attach(case, work, FileData(proof.name, proof.content, "proof"))
        if which == DECISION:
            _serve_decision(row, tracking.strip(), delivered_on, returned_on, posted_on)
        else:
            if posted_on is not None:
                _post(case, row, posted_on)
            row.channel, row.tracking = channel, tracking.strip()
            row.returned_on = returned_on
            if delivered_on is not None:
                put_delivery(case, row, delivered_on)
        row.save()
        how = "退回" if returned_on else "交寄" if posted_on else "签收"
        work.note.update(consultation=row.pk, how=how, day=day.isoformat())

    return fire(
        case_id, "serve_consultation", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def _check(channel: str, tracking: str, which: str, **days: dt.date | None) -> None:
    """Raise BadRequest for anything but one day, with the way and the number it needs."""
    if sum(one is not None for one in days.values()) != 1:
        raise BadRequest("one_day", "请填写签收日期；被退回的，填写退回日期", field="delivered_on")
    if days["posted_on"] is not None and channel != Service.POST:
        raise BadRequest("not_posted", "只有邮寄的文书可以登记交寄", field="channel")
    if days["returned_on"] is None and channel not in Service.values:
        raise BadRequest("bad_channel", "请选择送达方式", field="channel")
    if channel == Service.POST and not tracking.strip():
        raise BadRequest("no_tracking", "邮寄送达请填写 EMS 邮件号", field="tracking")


def _serve_decision(
    row: Consultation, tracking: str, delivered_on: dt.date | None, returned_on: dt.date | None, posted_on: dt.date | None
) -> None:  # fmt: skip
    """Enter what became of the notice that it will be disclosed all the same; it moves no clock. Raises BadRequest."""
    if row.decision_delivered_on is not None:
        raise BadRequest("arrived", "这份公开决定告知书已经登记签收", field="consultation")
    if posted_on is not None:
        if row.decision_returned_on is None and row.decision_posted_on is not None:
            raise BadRequest("posted", "这份公开决定告知书已经登记交寄", field="consultation")
        if row.decision_returned_on is not None and posted_on < row.decision_returned_on:
            raise BadRequest("bad_delivery", "再次交寄的日期应在退回日期以后", field="delivered_on")
        row.decision_posted_on = posted_on
    row.decision_tracking = tracking or row.decision_tracking
    row.decision_returned_on, row.decision_delivered_on = returned_on, delivered_on


def _post(case: Case, row: Consultation, day: dt.date) -> None:
    """Let the clock stand still from the day of posting; not anew for a letter that came back. Raises BadRequest."""
    if row.delivered_on is not None or row.opinion:
        raise BadRequest(
            "arrived", "这份征求意见书已经登记签收或者收到意见，不能再登记交寄", field="consultation"
        )
    if row.returned_on is not None:
        if day < row.returned_on:
            raise BadRequest("bad_delivery", "再次交寄的日期应在退回日期以后", field="delivered_on")
        return
    if row.tracking:
        raise BadRequest("posted", "这份征求意见书已经登记交寄", field="consultation")
    row.sent_on = day
    sent = next(e for e in case.events_of("consultation_sent") if e.data.get("id") == str(row.pk))
    sent.on = day
    sent.save(update_fields=["on"])


def put_delivery(case: Case, row: Consultation, day: dt.date) -> None:
    """Let the clock's own event know when the letter arrived, since the term of silence runs from then."""
    row.delivered_on = day
    sent = next(e for e in case.events_of("consultation_sent") if e.data.get("id") == str(row.pk))
    sent.data = {**sent.data, "delivered_on": day.isoformat()}
    sent.save(update_fields=["data"])
