"""A bundle on one page: the lead's decision, its members, and what could join."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from law.outcomes import Outcome
from office.models import User
from workflow.bundling import STEPS, differences_of_decision, differences_of_facts
from workflow.machine import State
from workflow.models import BundleMember, Case
from workflow.permissions import why_not
from workflow.selectors.access import visible_cases
from workflow.selectors.case_page import find_case
from workflow.selectors.duplicates import same_matter
from workflow.selectors.worklists import shown_name
from workflow.states import BEFORE_REPLY

MOST = 60


@dataclass(frozen=True)
class MemberLine:
    """One member, or a case that could become one."""

    id: int
    number: str
    title: str
    applicant: str
    state: str
    state_label: str
    due_on: dt.date | None
    apart: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True)
class BundlePage:
    """A bundle as a person may see it."""

    case: Case
    lead: Case
    decision: tuple[tuple[int, str, str], ...]
    members: tuple[MemberLine, ...]
    candidates: tuple[MemberLine, ...]
    steps: tuple[tuple[str, str], ...]

    @property
    def leads(self) -> bool:
        """Tell whether the page's case is the lead."""
        return self.case.pk == self.lead.pk


def bundle_page(user: User, case_id: int, *, on: dt.date) -> BundlePage | None:
    """Read the bundle of a case, whether it leads or follows; None when the person may not see the case."""
    case = find_case(user, case_id)
    if case is None:
        return None
    following = case.bundling()
    lead = find_case(user, following.bundle.lead_id) if following else case
    if lead is None:  # the lead belongs to a unit this person does not see
        lead = case
    held = BundleMember.objects.filter(bundle__lead=lead, left_on__isnull=True).values("case_id")
    visible = visible_cases(user).select_related("office", "unit", "handler")
    members = list(visible.filter(pk__in=held).order_by("pk")[:MOST])
    return BundlePage(
        case=case, lead=lead,
        decision=tuple((i.seq, i.description, Outcome(i.outcome).label if i.outcome else "") for i in lead.items_in_order()),
        members=tuple(_line(one, user, _apart(lead, one)) for one in members),
        candidates=_candidates(lead, user, {one.pk for one in members}, on) if lead.pk == case.pk else (),
        steps=tuple((name, label) for name, label in STEPS.items() if _somebody(members, name, user, on)),
    )  # fmt: skip


def leads_for(case: Case, user: User) -> list[tuple[int, str]]:
    """List the cases a case could follow, for a form: open, asking for the same, following nobody."""
    found = visible_cases(user).filter(pk__in=same_matter(case, user=user)[:MOST], state__in=BEFORE_REPLY)
    free = found.exclude(pk__in=BundleMember.objects.filter(left_on__isnull=True).values("case_id"))
    return [(one.pk, f"{one.number} {one.title}") for one in free.order_by("pk")]


def _candidates(lead: Case, user: User, held: set[int], on: dt.date) -> tuple[MemberLine, ...]:
    if lead.bundling():
        return ()
    wanted = [pk for pk in same_matter(lead, user=user) if pk not in held][:MOST]
    found = (
        visible_cases(user)
        .filter(pk__in=wanted, state__in=("registered", "handling"))
        .select_related("office")
    )
    return tuple(
        _line(one, user, tuple(differences_of_facts(lead, one)), _refused(one, "join_bundle", user, on))
        for one in found.order_by("pk")
    )


def _apart(lead: Case, one: Case) -> tuple[str, ...]:
    decided = any(item.outcome for item in one.items_in_order())
    return (*differences_of_facts(lead, one), *(differences_of_decision(lead, one) if decided else ()))


def _somebody(members: list[Case], name: str, user: User, on: dt.date) -> bool:
    return any(why_not(one, name, by=user, on=on) is None for one in members)


def _refused(case: Case, act: str, user: User, on: dt.date) -> str:
    refusal = why_not(case, act, by=user, on=on)
    return refusal.message if refusal else ""


def _line(case: Any, user: User, apart: tuple[str, ...] = (), refused: str = "") -> MemberLine:
    return MemberLine(
        case.pk, case.number, case.title, shown_name(case, user), case.state, State(case.state).label, case.due_on, apart,
        refused,
    )  # fmt: skip
