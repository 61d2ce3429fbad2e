"""Take a case of one's own unit (领办)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from office.models import User
from workflow.fire import Work, fire
from workflow.models import Case


def take(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, expected_version: int | None = None,
    act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Become the handler of a case that the own unit has."""

    def effect(case: Case, work: Work) -> None:
        case.handler = by
        work.note["handler"] = by.pk

    actor: Actor = by
    return fire(
        case_id,
        "take",
        by=actor,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )
