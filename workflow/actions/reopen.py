"""Take a case up again on an order to reply (责令重新答复、限期答复)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from office.web.dates import chinese_date
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, Item, Remedy, Reopening
from workflow.selectors.papers import reply_of


def reopen(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, remedy_id: int | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Reopen an answered case; its own clock runs from the day the decision arrived, for the days it states.

    Without stated days the default of the reading R9 counts. What the first round came to is kept with the
    reopening; the items wait for a new proposal, and a second run of the desk begins at the allocation.
    """
    return _carry_out("reopen", case_id, by, on, now, remedy_id, expected_version, act_id)


def restart_term(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, remedy_id: int | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Put the ordered term on a case that still has no reply; the work on it goes on where it is."""
    return _carry_out("restart_term", case_id, by, on, now, remedy_id, expected_version, act_id)


def take_up(case: Case, work: Work, row: Reopening) -> None:
    """Store a reopening with what stood before, start its clock, and ask for every item anew."""
    reply = reply_of(case)
    row.case, row.seq, row.paper = case, len(case.all_reopenings()) + 1, reply
    row.before = standing_before(case)
    row.save(force_insert=True)
    days = {"days": row.days} if row.days else {}
    work.event("ordered_rereply", on=row.on, **days)
    Item.objects.filter(case=case).update(outcome="", grounds=[], reason="", facts={}, proposed_on=None)
    # The parts of the round that is over end with it: the next allocation gives its own terms.
    for share in case.all_shares():
        if share.is_open:
            share.status, share.closed_on = share.Status.CANCELLED, work.on
            share.save(update_fields=["status", "closed_on"])
    case.forget_facts()
    case.archived_on = None
    case.taken_up_again()
    work.note.update(from_on=chinese_date(row.on), days=row.days, round=row.seq + 1)


def standing_before(case: Case) -> dict[str, object]:
    """Return what the round that ends came to: outcomes by item, dates, whether it was in time."""
    days = ("due_on", "original_due_on", "replied_on", "completed_on", "archived_on")
    return {
        "state": case.state, "clock_status": case.clock_status,
        **{name: day.isoformat() if (day := getattr(case, name)) else "" for name in days},
        "items": [
            {"seq": item.seq, "outcome": item.outcome, "grounds": list(item.grounds)} for item in case.items_in_order()
        ],
    }  # fmt: skip


def _carry_out(
    act: str, case_id: int, by: Actor, on: dt.date, now: dt.datetime, remedy_id: int | None,
    expected_version: int | None, act_id: uuid.UUID | None,
) -> Case:  # fmt: skip
    def effect(case: Case, work: Work) -> None:
        remedy = _order(case, remedy_id)
        day = remedy.decision_received_on
        assert day is not None  # a decided proceeding has one
        row = Reopening(cause=Reopening.Cause.ORDERED, remedy=remedy, on=day, days=remedy.order_days)
        if act == "reopen":
            take_up(case, work, row)
        else:
            row.case, row.seq, row.before = case, len(case.all_reopenings()) + 1, standing_before(case)
            row.save(force_insert=True)
            days = {"days": row.days} if row.days else {}
            work.event("ordered_rereply", on=day, **days)
            work.note.update(from_on=chinese_date(day), days=row.days)
        work.note["remedy"] = remedy.seq

    return fire(
        case_id, act, by=by, on=on, now=now, effect=effect, expected_version=expected_version, act_id=act_id
    )


def _order(case: Case, remedy_id: int | None) -> Remedy:
    found = [row for row in case.orders_to_carry_out() if remedy_id in (None, row.pk)]
    if not found:
        raise BadRequest("no_order", "请选择尚未执行的决定或者判决", field="remedy")
    return found[0]
