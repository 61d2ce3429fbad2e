"""Record what a consulted third party answered, or when the letter reached it (第三方意见)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from office.models import User
from workflow.actions._files import attach
from workflow.actions.serve_consultation import put_delivery
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, Consultation
from workflow.requests import FileData
from workflow.scope import persons


def record_opinion(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, consultation_id: int,
    delivered_on: dt.date | None = None, opinion: str = "", opinion_on: dt.date | None = None,
    reason: str = "", reason_assessed: str = "", reason_sound: bool | None = None, file: FileData | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record service of the consultation letter and, when it came, the opinion (条例32).

    The clock goes on when the opinion arrives, or 15 working days after service. An objection needs the handler's
    own assessment of its reasons: the handler gives it here, and what others enter the handler assesses afterwards.
    """

    def effect(case: Case, work: Work) -> None:
        row = next((c for c in case.open_consultations() if c.pk == consultation_id), None)
        if row is None:
            raise BadRequest("no_consultation", "这一征求意见已经答复或者不存在", field="consultation")
        _served(case, row, delivered_on, on)
        if opinion:
            _answered(row, opinion, opinion_on or on, reason, on)
            _assessed(case, row, reason_assessed, reason_sound, by, on)
            if file is not None:
                attach(case, work, FileData(file.name, file.content, "opinion"))
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
    put_delivery(case, row, delivered_on)


def _answered(row: Consultation, opinion: str, day: dt.date, reason: str, on: dt.date) -> None:
    if opinion not in Consultation.Opinion.values:
        raise BadRequest("bad_opinion", "请选择第三方的意见", field="opinion")
    if not row.sent_on <= day <= on:
        raise BadRequest("bad_opinion_day", "意见到达日期应在发出日期与今天之间", field="opinion_on")
    row.opinion, row.opinion_on, row.reason = opinion, day, reason


def _assessed(
    case: Case, row: Consultation, assessed: str, sound: bool | None, by: Actor, on: dt.date
) -> None:
    """Keep the handler's assessment of an objection; an objection the handler enters must have one."""
    mine = case.handler_id in persons(by)
    third = row.kind == Consultation.Kind.THIRD
    if row.opinion == Consultation.Opinion.DISAGREE and third and mine and not assessed.strip():
        raise BadRequest(
            "not_assessed", "第三方不同意公开的，请写明对其理由是否合理的评估", field="reason_assessed"
        )
    if assessed.strip() and isinstance(by, User):
        row.reason_assessed, row.reason_sound = assessed.strip(), sound
        row.assessed_by, row.assessed_on = by, on
