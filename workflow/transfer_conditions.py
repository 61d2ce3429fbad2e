"""Conditions of giving work to units and people: each returns None, or the Chinese sentence why not."""

from __future__ import annotations

from typing import Any

from office.roles import Role
from workflow.acts import lead_unit
from workflow.scope import handler_units, headed_units, own_units, persons


def co_units(case: Any) -> frozenset[int]:
    """Return the units that are asked to take part in a case and have not answered."""
    return frozenset(share.unit_id for share in case.open_co_shares())


def my_co_shares(case: Any, by: Any) -> list[Any]:
    """Return the open parts of the units in which a person works; those given to the person alone come first."""
    units = own_units(by, case.office_id)
    mine = [share for share in case.open_co_shares() if share.unit_id in units]
    return sorted(mine, key=lambda share: share.handler_id not in persons(by))


def given_to_a_unit(case: Any, by: Any, on: Any) -> str | None:
    """What was never allocated is allocated, once the applicant has answered; only then can it change hands."""
    return None if case.unit_id else "本件还没有分办过，待恢复办理后请「分办」"


def nobody_handles_it(case: Any, by: Any, on: Any) -> str | None:
    """One takes what nobody holds; a colleague's case is taken over with a reason."""
    if case.handler_id is None:
        return None
    if case.handler_id in persons(by):
        return "您已经是本件的承办人"
    return f"本件由{case.handler.display}承办，需要接过来的请用「接办」"


def somebody_handles_it(case: Any, by: Any, on: Any) -> str | None:
    """There is a handler from whom the case can be taken."""
    return None if case.handler_id else "本件目前没有承办人"


def lead_not_accepted(case: Any, by: Any, on: Any) -> str | None:
    """An assignment is accepted once."""
    share = case.lead_share()
    return None if share is not None and share.status == "given" else "本件已经接收"


def mine_to_release(case: Any, by: Any, on: Any) -> str | None:
    """A handler gives up the own case; the head of the unit and the allocator take it from anybody."""
    if case.handler_id in persons(by) or _above_the_handler(case, by):
        return None
    return f"本件由{case.handler.display}承办，只能由本人、科室负责人或者分办人放回"


def mine_or_my_units(case: Any, by: Any, on: Any) -> str | None:
    """A case is returned by whoever holds it; one that nobody took, by any handler of the unit or its head."""
    if case.handler_id is None or case.handler_id in persons(by):
        return None
    if case.unit_id in headed_units(by, case.office_id):
        return None
    return f"本件由{case.handler.display}承办"


def mine_or_allocated(case: Any, by: Any, on: Any) -> str | None:
    """Other units are asked by the handler of the case, or by the allocator."""
    if Role.ALLOCATOR in by.roles_in(case.office_id) or case.handler_id in persons(by):
        return None
    return f"本件由{case.handler.display}承办" if case.handler_id else "本件尚无承办人，请先「领办」"


def share_to_accept(case: Any, by: Any, on: Any) -> str | None:
    """A part is accepted once."""
    mine = my_co_shares(case, by)
    if any(share.status == "given" for share in mine):
        return None
    return "本科室已经接收协办事项" if mine else "没有请本科室协办的事项"


def share_open(case: Any, by: Any, on: Any) -> str | None:
    """A part is answered or returned while it is open."""
    return None if my_co_shares(case, by) else "没有等待本科室答复的协办事项"


def any_share_open(case: Any, by: Any, on: Any) -> str | None:
    """There is a part to be called off."""
    return None if case.open_co_shares() else "没有还在协办的科室"


def held_by_a_leaver(case: Any, by: Any, on: Any) -> str | None:
    """What is handed over lies with somebody who has left."""
    parts = [share.handler for share in case.all_shares() if share.is_open]
    people = {person.pk: person for person in (case.handler, *parts) if person is not None}
    if any(_gone(person, case.office_id) for person in people.values()):
        return None
    return "本件没有在离岗人员手上的事项"


def _gone(person: Any, office_id: int) -> bool:
    return Role.HANDLER not in person.roles_in(office_id)


def not_urged_today(case: Any, by: Any, on: Any) -> str | None:
    """One reminder a day is enough."""
    urged = [urge.urged_on for urge in case.all_urges()]
    # What was urged before reminders had a record of their own stands with the units' parts.
    urged += [share.urged_on for share in case.all_shares() if share.urged_on]
    return "今天已经催办过，明天再催" if urged and max(urged) >= on else None


def urged_units(case: Any) -> frozenset[int]:
    """Return the units whose answer to a reminder is waited for; where none is, the unit that answers for the case."""
    return frozenset(urge.unit_id for urge in case.waiting_urges() if urge.unit_id) or lead_unit(case)


def my_urges(case: Any, by: Any) -> list[Any]:
    """Return the reminders a person may answer: to the own unit or duty, or to the office where it is headed.

    Whoever urged does not answer it.
    """
    waiting = case.waiting_urges()
    if not waiting:
        return []
    roles, units = by.roles_in(case.office_id), own_units(by, case.office_id)
    mine = [
        urge
        for urge in waiting
        if Role.HEAD in roles or (urge.unit_id in units if urge.unit_id else urge.to_role in roles)
        or (urge.handler_id is not None and urge.handler_id in persons(by))
    ]  # fmt: skip
    return [urge for urge in mine if urge.urged_by_id not in persons(by)]


def urge_to_answer(case: Any, by: Any, on: Any) -> str | None:
    """A reminder that wants an answer is answered by whom it went to."""
    if my_urges(case, by):
        return None
    return "没有等待您答复的催办"


def _above_the_handler(case: Any, by: Any) -> bool:
    return Role.ALLOCATOR in by.roles_in(case.office_id) or case.unit_id in headed_units(by, case.office_id)


__all__ = [
    "any_share_open", "co_units", "handler_units", "held_by_a_leaver", "lead_not_accepted", "mine_or_allocated", "mine_or_my_units",
    "mine_to_release", "my_co_shares", "my_urges", "nobody_handles_it", "not_urged_today", "share_open", "share_to_accept",
    "somebody_handles_it", "urge_to_answer", "urged_units",
]  # fmt: skip
