"""Answer on the spot what can be answered on the spot (当场答复)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from office.models import User
from workflow import paper_facts
from workflow.actions.propose import put_proposal
from workflow.conditions_before import ON_THE_SPOT
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case


def propose_at_once(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, item_seq: int, outcome: str, grounds: list[str],
    reason: str, facts: Mapping[str, Any], expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Propose an answer that discloses nothing new while the applicant waits (条例33第一款)."""
    if outcome not in ON_THE_SPOT:
        raise BadRequest(
            "not_on_the_spot", "这种结果要经检索、审查，不能当场答复，请按普通程序办理", field="outcome"
        )

    def effect(case: Case, work: Work) -> None:
        put_proposal(
            case, work, item_seq=item_seq, outcome=outcome, grounds=grounds, reason=reason, facts=facts
        )

    return fire(
        case_id, "propose_at_once", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def reply_at_once(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Sign the reply on the spot; somebody else has proposed it, and handing it over is recorded next.

    Raises Blocked with the lint's findings when the letter would not hold in reconsideration.
    """

    def effect(case: Case, work: Work) -> None:
        kind, facts = paper_facts.reply(case, on=on)
        reply = work.seal(kind, facts)
        work.event("replied", paper=reply)
        case.answered(on, (item.outcome for item in case.items_in_order()))
        work.note.update(signer=by.pk)

    return fire(
        case_id,
        "reply_at_once",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )
