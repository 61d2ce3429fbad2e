"""Take in the applicant's reasons, or find that none came (说明理由)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from office.actors import Actor
from workflow.actions._files import attach
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case
from workflow.requests import FileData


def receive_reasons(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, reasons: str, received_on: dt.date | None = None,
    files: Sequence[FileData] = (), expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record the reasons the applicant gave and the day they came; a person judges them afterwards (条例35)."""
    day = received_on or on
    if not reasons.strip() and not files:
        raise BadRequest("no_reasons", "请写明申请人说明的理由，或者附上材料", field="reasons")

    def effect(case: Case, work: Work) -> None:
        inquiry = case.excess_inquiry()
        assert inquiry is not None  # a case in 待说明理由 has one
        if not inquiry.asked_on <= day <= on:
            raise BadRequest("bad_day", "收到理由的日期应在告知之日与今天之间", field="received_on")
        inquiry.answered_on, inquiry.reasons = day, reasons.strip() or "见所附材料"
        inquiry.save()
        for file in files:
            attach(case, work, FileData(file.name, file.content, "explanation"))
        work.event("excess_explained", on=day)
        work.note["received_on"] = day.isoformat()
        work.notify("workflow.reasons_received", f"reasons:{day}")

    return fire(
        case_id, "receive_reasons", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def note_silence(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Record that the term to give reasons is over and none came; whether they would count is judged next."""

    def effect(case: Case, work: Work) -> None:
        inquiry = case.excess_inquiry()
        assert inquiry is not None  # a case in 待说明理由 has one
        inquiry.silent_on = on
        inquiry.save(update_fields=["silent_on"])

    return fire(
        case_id,
        "note_silence",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )
