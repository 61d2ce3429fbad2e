"""Write to the applicant without stopping the clock (沟通函)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from workflow import paper_facts
from workflow.actions._service import serve_at_once
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case


def communicate(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, matters: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Seal and send a letter that asks or explains; the term for the reply runs on."""
    if not matters.strip():
        raise BadRequest("no_matters", "请写明需要与申请人沟通的内容", field="matters")

    def effect(case: Case, work: Work) -> None:
        letter = work.seal("communication", paper_facts.communication(case, on=on, matters=matters))
        serve_at_once(case, work, letter)

    return fire(
        case_id, "communicate", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip
