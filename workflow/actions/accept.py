"""Accept an assignment, or a unit's part in one (接收、接收协办)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.models import User
from workflow.fire import Work, fire
from workflow.models import Case, Share
from workflow.transfer_conditions import my_co_shares


def accept(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, expected_version: int | None = None,
    act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Accept a case that was given to oneself; beginning to work on it says the same."""

    def effect(case: Case, work: Work) -> None:
        share = case.lead_share()
        assert share is not None  # the machine's condition has just seen it
        _accepted(share, on)

    return fire(
        case_id,
        "accept",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def accept_share(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, expected_version: int | None = None,
    act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Accept the own unit's part in a case; a handler who accepts a part of nobody's becomes its handler."""

    def effect(case: Case, work: Work) -> None:
        share = next(share for share in my_co_shares(case, by) if share.status == Share.Status.GIVEN)
        if share.handler_id is None and "handler" in by.roles_in(case.office_id):
            share.handler = by.duty_of
        _accepted(share, on)
        work.note.update(share=share.pk, unit=share.unit_id)

    return fire(
        case_id, "accept_share", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def _accepted(share: Share, on: dt.date) -> None:
    share.status, share.accepted_on = Share.Status.ACCEPTED, on
    share.save(update_fields=["status", "accepted_on", "handler"])
