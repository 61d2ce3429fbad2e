"""Ask units to take part, answer or return a part, call it off (协办)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from office.models import User
from workflow.actions._files import attach
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.handing import Asked, give_co
from workflow.models import Case, Share
from workflow.requests import FileData
from workflow.transfer_conditions import my_co_shares


def ask_units(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, asked: Iterable[Asked],
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Ask one or several units for a part of the work, each with its own internal due date."""
    units = list(asked)
    if not units:
        raise BadRequest("no_unit", "请选择协办科室", field="co_units")
    if any(not one.matter.strip() for one in units):
        raise BadRequest("no_matter", "请写明请科室做什么", field="matter")
    return fire(
        case_id, "ask_units", by=by, on=on, now=now, effect=lambda case, work: give_co(case, work, units),
        expected_version=expected_version, act_id=act_id,
    )  # fmt: skip


def answer_share(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, answer: str, file: FileData | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Answer for the own unit: what it found, what it thinks, with a file if there is one."""
    if not answer.strip():
        raise BadRequest("no_answer", "请写明查到的情况和协办意见", field="answer")

    def effect(case: Case, work: Work) -> None:
        share = my_co_shares(case, by)[0]
        share.status, share.answer, share.answered_on = Share.Status.ANSWERED, answer.strip(), on
        share.accepted_on = share.accepted_on or on
        share.handler = share.handler or by.duty_of
        share.save()
        if file is not None:
            attach(case, work, file)
        work.note.update(share=share.pk, unit=share.unit_id)
        if case.handler_id:
            work.notify("workflow.share_answered", f"share_answered:{share.pk}", user=case.handler_id)

    return fire(
        case_id, "answer_share", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def return_share(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, reason: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Return the own unit's part as not its business, with the reason, to the leading unit."""
    if not reason.strip():
        raise BadRequest("no_reason", "请写明退回协办的理由", field="reason")

    def effect(case: Case, work: Work) -> None:
        share = my_co_shares(case, by)[0]
        _close(share, Share.Status.RETURNED, on)
        work.note.update(share=share.pk, unit=share.unit_id)
        work.remark(reason)
        if case.handler_id:
            work.notify("workflow.share_returned", f"share_returned:{share.pk}", user=case.handler_id)

    return fire(
        case_id, "return_share", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def cancel_share(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, share_id: int, reason: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Call off a unit's part that is no longer needed."""
    if not reason.strip():
        raise BadRequest("no_reason", "请写明撤销协办的原因", field="reason")

    def effect(case: Case, work: Work) -> None:
        share = next((one for one in case.open_co_shares() if one.pk == share_id), None)
        if share is None:
            raise BadRequest("no_share", "这个科室的协办已经结束", field="share")
        _close(share, Share.Status.CANCELLED, on)
        work.note.update(share=share.pk, unit=share.unit_id)
        work.remark(reason)

    return fire(
        case_id, "cancel_share", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def _close(share: Share, status: str, on: dt.date) -> None:
    share.status, share.closed_on = status, on
    share.save(update_fields=["status", "closed_on"])
