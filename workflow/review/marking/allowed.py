"""Who may mark a document, when, and as whom."""

from __future__ import annotations

from office.models import User
from office.roles import Role
from workflow.errors import CaseRefusal, NotNow, NotYourRole, Stale
from workflow.holding_kinds import CopyStatus, HoldingStatus
from workflow.machine import State
from workflow.models import Case, HoldingVersion, WorkingCopy
from workflow.scope import persons

STATES = (State.HANDLING, State.REVIEWING)
#: Whoever reviews documents, whichever case; a handler marks those of the own case.
REVIEWERS = frozenset({str(Role.REDACTION), str(Role.SECRECY)})


def hat_of(user: User, case: Case) -> User | None:
    """Return this person as whoever may mark the documents of a case: themselves, else for a delegator; or None."""
    return next((person for person in user.hats() if _has_the_duty(person, case)), None)


def why_not(user: User, case: Case, version: HoldingVersion, copy: WorkingCopy | None) -> CaseRefusal | None:
    """Tell why a person may not mark a version now, as the refusal that is raised; or None."""
    if hat_of(user, case) is None:
        return NotYourRole(
            "not_your_role", "遮盖标记由本件承办人、去标识化审查员、保密审查员作出", field="mark"
        )
    if case.state not in STATES:
        label = State(case.state).label
        return NotNow(
            "wrong_state", f"本件现为「{label}」，不能改动遮盖标记；须改动的，请先退回承办人", field="mark"
        )
    if version.holding.status != HoldingStatus.OPEN:
        return NotNow("quarantined", "材料已经隔离，不能处理", field="mark")
    if newest(version) != version.number:
        return Stale("old_version", "材料已经更换新版本，请在新版本上作标记", field="mark")
    if copy is None or copy.status != CopyStatus.READY:
        why = (copy.reason if copy else "") or "工作副本还没有制作好，请稍后再来"
        return NotNow("no_copy", why, field="mark")
    return None


def newest(version: HoldingVersion) -> int:
    """Return the number of the version of its document that counts."""
    numbers = HoldingVersion.objects.filter(holding_id=version.holding_id).values_list("number", flat=True)
    return max(numbers)


def _has_the_duty(person: User, case: Case) -> bool:
    roles = person.roles_in(case.office_id)
    if roles & REVIEWERS:
        return True
    return Role.HANDLER in roles and case.handler_id is not None and case.handler_id in persons(person)
