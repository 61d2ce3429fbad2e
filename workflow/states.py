"""The legal states of a case and the groups of them that acts start from."""

from __future__ import annotations

from typing import Any

from django.db import models
from django_fsm import GET_STATE

from office.roles import Role


class State(models.TextChoices):
    """What a case is, in law."""

    SUBMITTED = "submitted", "待确认"
    REGISTERED = "registered", "已登记"
    SUPPLEMENTING = "supplementing", "待补正"
    EXPLAINING = "explaining", "待说明理由"
    AWAITING_FEE = "awaiting_fee", "待缴费"
    HANDLING = "handling", "办理中"
    REVIEWING = "reviewing", "审查中"
    SIGNING = "signing", "待签发"
    REPLIED = "replied", "已答复"
    SERVED = "served", "已送达"
    LAPSED = "lapsed", "不再处理"
    WITHDRAWN = "withdrawn", "已撤回"
    ARCHIVED = "archived", "已归档"
    REOPENED = "reopened", "重新办理"


S = State
AT_WORK = (S.REGISTERED, S.HANDLING)
WORKING = (S.REGISTERED, S.EXPLAINING, S.HANDLING, S.REVIEWING, S.SIGNING)
BEFORE_REPLY = (
    S.SUBMITTED, S.REGISTERED, S.SUPPLEMENTING, S.EXPLAINING, S.AWAITING_FEE, S.HANDLING, S.REVIEWING, S.SIGNING,
)  # fmt: skip
REGISTERED_ON = tuple(state for state in S if state is not S.SUBMITTED)
CLOSED = (S.SERVED, S.ARCHIVED)
#: Where another office that was asked may still answer, also while the applicant is waited for.
ASKING = (S.HANDLING, S.SUPPLEMENTING, S.EXPLAINING, S.AWAITING_FEE, S.REVIEWING, S.SIGNING)
#: Where units are at work on a case, and where somebody of the office answers for it.
AT_UNITS = (S.HANDLING, S.SUPPLEMENTING, S.EXPLAINING, S.AWAITING_FEE, S.REVIEWING, S.SIGNING, S.REOPENED)
GIVEN_OUT = (*AT_UNITS, S.REPLIED)
ENDED = (S.SERVED, S.LAPSED, S.WITHDRAWN, S.ARCHIVED)
OPEN = tuple(state for state in S if state not in ENDED)
#: Whose table a case lies on before and after its handler.
DESK_OF = {
    S.SUBMITTED: Role.INTAKE,
    S.REGISTERED: Role.ALLOCATOR,
    S.SIGNING: Role.SIGNATORY,
    S.REPLIED: Role.INTAKE,
}


def back_to_work(case: Any) -> State:
    """Return to the unit that had the case, or to the allocator if none had it yet."""
    return S.HANDLING if case.unit_id else S.REGISTERED


def cleared_or_not(case: Any) -> State:
    """Go on to signature once no review of the current draft is pending."""
    return S.REVIEWING if case.has_pending_reviews() else S.SIGNING


BACK = GET_STATE(back_to_work, states=[S.REGISTERED, S.HANDLING])
CLEARED = GET_STATE(cleared_or_not, states=[S.REVIEWING, S.SIGNING])
