"""Give parts of a case to units and people; ``work`` is that of the act that does it (分办、协办)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from office.models import Post, Unit, User
from office.roles import Role
from office.rows import only
from office.web.dates import chinese_date
from workflow import house_terms, rules
from workflow.errors import BadRequest
from workflow.models import Case, Share
from workflow.scope import persons


@dataclass(frozen=True)
class Asked:
    """One unit asked to take part: what of it, by whom if that is known, within how many working days."""

    unit_id: int
    matter: str = ""
    handler_id: int | None = None
    days: int | None = None


def give_lead(
    case: Case, work: Any, *, unit_id: int, handler_id: int | None, days: int | None = None
) -> None:
    """Make a unit the lead and close the part of the one that led before.

    ``days`` are working days for the unit's own work (None: the office's default). Whoever names themselves
    has accepted. Raises BadRequest naming the field.
    """
    unit = unit_of(case, unit_id, field="unit")
    handler = handler_of(case, unit, handler_id)
    before = close_lead(case, work.on)
    due: dt.date | None = internal_due(case, work.on, days, "transfer.lead_days", field="days")
    if days is None and before is not None and before.unit_id == unit.pk:
        # Another person of the same unit has no more time for it; what is past already is wanted today.
        due = max(before.internal_due_on, work.on) if before.internal_due_on else None
    mine = handler is not None and handler.pk in persons(work.by)
    _open(case, work, Share.Part.LEAD, unit, handler, due, accepted=mine)
    case.unit, case.handler = unit, handler
    work.note.update(unit=unit.pk, handler=handler.pk if handler else None)
    if handler is not None and not mine:
        work.notify("workflow.assigned", f"assigned:{case.version + 1}", user=handler.pk)


def give_co(case: Case, work: Any, asked: Iterable[Asked]) -> None:
    """Ask units to take part, each with its own internal due date. Raises BadRequest naming the field."""
    asked = list(asked)
    busy = {share.unit_id for share in case.open_co_shares()}
    for one in asked:
        unit = unit_of(case, one.unit_id, field="co_units")
        if unit.pk == case.unit_id:
            raise BadRequest("own_unit", f"{unit.name}是牵头科室，不必再请它协办", field="co_units")
        if unit.pk in busy:
            raise BadRequest("asked_already", f"{unit.name}已经在协办本件", field="co_units")
        busy.add(unit.pk)
        handler = handler_of(case, unit, one.handler_id)
        due = internal_due(case, work.on, one.days, "transfer.co_days", field="co_days")
        share = _open(case, work, Share.Part.CO, unit, handler, due, matter=one.matter)
        work.notify("workflow.share_given", f"share:{share.pk}", share=share.pk)
    work.note["co_units"] = [one.unit_id for one in asked]


def close_lead(case: Case, on: dt.date, status: str = Share.Status.CANCELLED) -> Share | None:
    """Close the leading unit's open part, if there is one, and return it."""
    share = case.lead_share()
    if share is not None:
        share.status, share.closed_on = status, on
        share.save(update_fields=["status", "closed_on"])
    return share


def internal_due(case: Case, on: dt.date, days: int | None, key: str, *, field: str) -> dt.date:
    """Return the last day of an internal term of working days, never later than the reply is due.

    A term that somebody wrote and that runs past the due date is refused; the default is cut to it.
    """
    given = days if days is not None else house_terms.days(key, office=case.office, on=on)
    if given < 1:
        raise BadRequest("bad_days", "内部期限至少 1 个工作日", field=field)
    due = rules.of(case.office).calendar.project(on, given).date
    if case.due_on is None or due <= case.due_on:
        return due
    if days is not None:
        last = chinese_date(case.due_on)
        raise BadRequest(
            "past_due", f"{given} 个工作日到{chinese_date(due)}，晚于答复届满日{last}，请缩短", field=field
        )
    return max(on, case.due_on)


def unit_of(case: Case, unit_id: int, *, field: str) -> Unit:
    """Return a unit of the case's office. Raises BadRequest for any other."""
    unit = only(Unit.objects.filter(pk=unit_id, office_id=case.office_id, is_active=True))
    if unit is None:
        raise BadRequest("no_such_unit", "请选择本机关的科室", field=field)
    return unit


def handler_of(case: Case, unit: Unit, handler_id: int | None) -> User | None:
    """Return a handler of a unit, or None for none named. Raises BadRequest for anybody else."""
    if handler_id is None:
        return None
    held = Post.objects.filter(
        Q(unit=unit) | Q(unit__isnull=True), user_id=handler_id, office_id=case.office_id, role=Role.HANDLER,
        user__is_active=True,
    )  # fmt: skip
    post = held.select_related("user").first()
    if post is None:
        raise BadRequest("not_a_handler", f"所选人员不是{unit.name}的承办人", field="handler")
    return post.user


def mark_accepted(case: Case, by: Any, on: dt.date) -> None:
    """Count an assignment as accepted once its handler has begun to work on the case."""
    if case.handler_id is None or case.handler_id not in persons(by):
        return
    Share.objects.filter(
        case=case, part=Share.Part.LEAD, status=Share.Status.GIVEN, handler_id=case.handler_id
    ).update(status=Share.Status.ACCEPTED, accepted_on=on)


def _open(
    case: Case, work: Any, part: str, unit: Unit, handler: User | None, due: dt.date | None, *, matter: str = "",
    accepted: bool = False,
) -> Share:  # fmt: skip
    share = Share.objects.create(
        office_id=case.office_id, case=case, part=part, unit=unit, handler=handler, matter=matter.strip(),
        given_on=work.on, given_by=work.by if isinstance(work.by, User) else None, internal_due_on=due,
        status=Share.Status.ACCEPTED if accepted else Share.Status.GIVEN,
        accepted_on=work.on if accepted else None,
    )  # fmt: skip
    case.forget_facts(only="shares")
    return share
