"""Whether an actor may do an act on a case now, and if not, why: asked by ``fire`` and by every screen."""

from __future__ import annotations

import datetime as dt

from office.actors import Actor
from office.roles import Role
from workflow.errors import NotNow, NotSeparated, NotYourRole, WrongState
from workflow.machine import ACTS, Act, State
from workflow.models import Case
from workflow.scope import handler_units, headed_units
from workflow.separation import conflict

#: Roles whose duty ends at the border of their own unit.
OF_A_UNIT = frozenset({str(Role.HANDLER), str(Role.UNIT_HEAD)})

Refused = NotYourRole | WrongState | NotSeparated | NotNow


def why_not(case: Case, act: str, *, by: Actor, on: dt.date) -> Refused | None:
    """Tell why an actor may not do an act on a case now, as the refusal that ``fire`` would raise; or None."""
    row = ACTS[act]
    if getattr(by, "case_id", case.pk) != case.pk:
        return NotYourRole("not_your_case", "这不是您的申请", field=act)
    held = row.by & {str(role) for role in by.roles_in(case.office_id)}
    if not held:
        return NotYourRole("not_your_role", f"「{row.label}」须由{_roles(row)}办理", field=act)
    if State(case.state) not in row.source:
        now_in = State(case.state).label
        return WrongState("wrong_state", f"本件现为「{now_in}」，不能「{row.label}」", field=act)
    if held <= OF_A_UNIT and not row.reach(case) & _units(by, case.office_id, held):
        return NotNow("other_unit", "本件由其他科室承办", field=act)
    if reason := conflict(case, act, by):
        return NotSeparated("not_separated", reason, field=act)
    for condition in row.conditions:
        if reason := condition(case, by, on):
            return NotNow(condition.__name__, reason, field=act)
    return None


def _units(by: Actor, office_id: int, held: frozenset[str]) -> frozenset[int]:
    units: frozenset[int] = frozenset()
    if Role.HANDLER in held:
        units |= handler_units(by, office_id)
    if Role.UNIT_HEAD in held:
        units |= headed_units(by, office_id)
    return units


def _roles(row: Act) -> str:
    return "、".join(Role(role).label for role in Role.values if role in row.by)
