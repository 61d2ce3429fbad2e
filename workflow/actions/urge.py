"""Remind whoever is at work on a case, on the record (催办)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.models import User
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, Share, Urge
from workflow.requests import visible
from workflow.states import DESK_OF, State
from workflow.supervising import check_day


def urge(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, words: str, answer_due_on: dt.date | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Urge whoever has the case on the table and every unit that still owes its part; once a day.

    :param answer_due_on: by when each of them is to answer in words; None where no answer is wanted
    Raises BadRequest for a reminder without words, or with a day in the past or more than a year ahead.
    """
    words = visible(words).strip()
    if not words:
        raise BadRequest("no_words", "请写明催办的要求", field="words")
    if answer_due_on is not None:
        check_day(answer_due_on, on, what="要求答复的日期", field="answer_due_on")

    def effect(case: Case, work: Work) -> None:
        lead, others = case.lead_share(), case.open_co_shares()
        for share in [lead, *others] if lead else others:
            share.urged, share.urged_on = share.urged + 1, on
            share.save(update_fields=["urged", "urged_on"])
        said = {
            "office_id": case.office_id, "case": case, "words": words, "urged_by": by, "urged_on": on,
            "answer_due_on": answer_due_on,
        }  # fmt: skip
        Urge.objects.bulk_create(
            [Urge(**said, **_table(case)), *(Urge(**said, **_part(row)) for row in others)]
        )
        work.note["units"] = [share.unit_id for share in others]
        if answer_due_on is not None:
            work.note["answer_due_on"] = answer_due_on.isoformat()
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


def _table(case: Case) -> dict[str, object]:
    """Say on whose table a case lies: a unit's with its handler, or that of a duty of the office."""
    desk = DESK_OF.get(State(case.state))
    if desk is None and case.unit_id:
        return {"unit_id": case.unit_id, "handler_id": case.handler_id}
    # A case that waits for its applicant before it was allocated lies with whoever allocates.
    return {
        "to_role": str(desk or DESK_OF[State.REGISTERED]),
        "handler_id": case.handler_id if desk else None,
    }


def _part(share: Share) -> dict[str, object]:
    return {"unit_id": share.unit_id, "handler_id": share.handler_id, "co": True}
