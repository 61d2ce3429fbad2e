"""What stands beside an act's form: the case in brief, the draft, the searches, what the act will bring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from law.errors import LawError
from law.outcomes import Outcome
from letters.errors import BadFacts
from letters.lint import Finding
from office.errors import Refusal
from workflow import linting, paper_facts
from workflow.clock import reading
from workflow.machine import State
from workflow.selectors.documents import Draft, read_draft
from workflow.selectors.foresight import Foresight, foresee
from workflow.selectors.letter_preview import letters_ahead
from workflow.selectors.timeliness import badge, standing, working_days_left


@dataclass(frozen=True)
class Brief:
    """A case in brief, beside the form of an act."""

    applicant: str
    state_label: str
    due_on: dt.date | None
    left: int | None
    status: str
    provisional: bool
    items: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Beside:
    """What a reader of the draft needs: the draft or why there is none, searches, consultations, reviews."""

    draft: Draft | None
    problem: str
    findings: tuple[Finding, ...]
    searches: tuple[Any, ...]
    consultations: tuple[Any, ...]
    reviews: tuple[Any, ...]
    sheet: Any
    scan_id: int | None


@dataclass(frozen=True)
class Ahead:
    """What an act will bring, its letters, or the reason why it cannot be."""

    foresight: Foresight | None
    letters: tuple[tuple[str, str], ...]
    problem: str
    findings: tuple[Finding, ...] = ()


def brief(case: Any, user: Any, *, on: dt.date) -> Brief:
    """Tell of a case what whoever acts on it must have before them."""
    clock = reading(case, as_of=on)
    return Brief(
        applicant=case.applicant_name, state_label=State(case.state).label, due_on=clock.due_on,
        left=working_days_left(clock.due_on, on, case.office_id), status=badge(standing(case, on=on)),
        provisional=clock.provisional,
        items=tuple(
            {
                "seq": item.seq, "description": item.description, "outcome": item.outcome,
                "outcome_label": Outcome(item.outcome).label if item.outcome else "",
            }
            for item in case.items_in_order()
        ),
    )  # fmt: skip


def beside(case: Any, *, on: dt.date) -> Beside:
    """Read the draft with everything a reviewer or the signatory judges it by."""
    draft, problem = None, ""
    findings: tuple[Finding, ...] = ()
    try:
        draft = read_draft(case, on=on)
        findings = draft.findings
    except BadFacts as refusal:
        problem, findings = _gaps(case, refusal.message, on=on)
    except Refusal as refusal:
        problem = refusal.message
    sheet = case.entered_sheet()
    scan = case.attachments.filter(kind="signed_sheet", file_id=sheet.scan_id).last() if sheet else None
    return Beside(
        draft=draft, problem=problem, findings=findings,
        searches=tuple(case.searches.select_related("searched_by", "item").order_by("searched_on", "id")),
        consultations=tuple(case.all_consultations()), reviews=tuple(case.current_reviews()), sheet=sheet,
        scan_id=scan.pk if scan else None,
    )  # fmt: skip


def _gaps(case: Any, told: str, *, on: dt.date) -> tuple[str, tuple[Finding, ...]]:
    """Tell everything that keeps a reply from being composed: what the lint speaks of, and the rest in words."""
    kind, facts = paper_facts.reply(case, on=on)
    linted = linting.look(case, kind, facts, on=on)
    return "；".join(error.message for error in linted.bad) or told, linted.findings


def preview(
    case: Any,
    act: str,
    *,
    on: dt.date,
    events: Sequence[Mapping[str, Any]] = (),
    data: Mapping[str, Any] | None = None,
) -> Ahead:
    """Tell what an act will bring, with the letters it would send, or the reason why it cannot be."""
    try:
        return Ahead(
            foresee(case, act, on=on, events=events), tuple(letters_ahead(case, act, data or {}, on=on)), ""
        )
    except (Refusal, LawError) as error:
        return Ahead(None, (), error.message, getattr(error, "findings", ()))
