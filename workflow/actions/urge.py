"""Remind whoever is at work on a case, on the record (催办)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case


def urge(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, words: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Urge whoever has the case on the table and every unit that still owes its part; once a day."""
    if not words.strip():
        raise BadRequest("no_words", "请写明催办的要求", field="words")

    def effect(case: Case, work: Work) -> None:
        lead, others = case.lead_share(), case.open_co_shares()
        for share in [lead, *others] if lead else others:
            share.urged, share.urged_on = share.urged + 1, on
            share.save(update_fields=["urged", "urged_on"])
        work.note["units"] = [share.unit_id for share in others]
        work.remark(words)
        work.notify("workflow.urged", f"urged:{work.act_id}", shares=[share.pk for share in others])

    return fire(
        case_id,
        "urge",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )
