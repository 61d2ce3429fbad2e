"""Record what a consulted third party answered, or when the letter reached it (第三方意见)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, Consultation


def record_opinion(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, consultation_id: int,
    delivered_on: dt.date | None = None, opinion: str = "", opinion_on: dt.date | None = None,
    reason: str = "", reason_assessed: str = "",
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record service of the consultation letter and, when it came, the opinion (条例32).

    The clock goes on when the opinion arrives, or 15 working days after service. A refusal needs the
    handler's own assessment of its reasons: refusal alone never decides.
    """

    def effect(case: Case, work: Work) -> None:
        row = next((c for c in case.open_consultations() if c.pk == consultation_id), None)
        if row is None:
            raise BadRequest("no_consultation", "这一征求意见已经答复或者不存在", field="consultation")
        _served(case, row, delivered_on, on)
        if opinion:
            _answered(row, opinion, opinion_on or on, reason, reason_assessed, on)
            work.event("opinion_received", on=row.opinion_on, id=str(row.pk))
        elif delivered_on is None:
            raise BadRequest("nothing_given", "请填写签收日期或者第三方意见", field="delivered_on")
        row.save()
        work.note.update(consultation=row.pk, opinion=opinion)

    return fire(
        case_id, "record_opinion", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def _served(case: Case, row: Consultation, delivered_on: dt.date | None, on: dt.date) -> None:
    if delivered_on is None:
        return
    if not row.sent_on <= delivered_on <= on:
        raise BadRequest("bad_delivery", "签收日期应在发出日期与今天之间", field="delivered_on")
    row.delivered_on = delivered_on
    sent = next(e for e in case.events_of("consultation_sent") if e.data.get("id") == str(row.pk))
    sent.data = {**sent.data, "delivered_on": delivered_on.isoformat()}
    sent.save(update_fields=["data"])


def _answered(row: Consultation, opinion: str, day: dt.date, reason: str, assessed: str, on: dt.date) -> None:
    if opinion not in Consultation.Opinion.values:
        raise BadRequest("bad_opinion", "请选择第三方的意见", field="opinion")
    if not row.sent_on <= day <= on:
        raise BadRequest("bad_opinion_day", "意见到达日期应在发出日期与今天之间", field="opinion_on")
    if opinion == Consultation.Opinion.DISAGREE and not assessed.strip():
        raise BadRequest(
            "not_assessed", "第三方不同意公开的，请写明对其理由是否合理的评估", field="reason_assessed"
        )
    row.opinion, row.opinion_on, row.reason, row.reason_assessed = opinion, day, reason, assessed
