"""What a person may do on a case now; and what the person could ever do, with the reason why not now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from office.models import JournalEntry
from office.roles import NO_POSTS
from workflow.conditions_after import NOTHING_THERE
from workflow.errors import NotYourRole, WrongState
from workflow.machine import ACTS, Act
from workflow.permissions import Refused, why_not

#: What may be entered at almost any time and is seldom what a case waits for: last in the list, never the main button.
ASIDE = frozenset(
    {
        "record_remedy",
        "record_complaint",
        "propose_change",
        "record_signature",
        "record_return",
        "urge",
        "void_paper",
        "invite_to_read",
        "import_draft",
        "drop_edit",
    }
)
#: Acts by which a draft goes back to its handler, with other words where there are any.
BACK = ("send_back", "decline")


@dataclass(frozen=True)
class ActLine:
    """One act as the case page offers it; ``reason`` is empty when it may be done."""

    name: str
    label: str
    article: str
    doc: str
    binds: bool
    reason: str = ""
    later: bool = False
    actor: Any = None

    @property
    def acting_for(self) -> str:
        """Name the person for whom the act would be done (代理), or nobody."""
        person = getattr(self.actor, "acting_for", None)
        return person.display if person else ""

    @property
    def allowed(self) -> bool:
        """Tell whether the act may be done now."""
        return not self.reason


def acts_for(case: Any, user: Any, *, on: dt.date) -> list[ActLine]:
    """List every act this person's roles could ever do on the case, the allowed ones first.

    Among those, what carries the case on comes before the work on it, and that before letters and endings.
    ``later`` marks those that belong to another state of the case.
    """
    held = {str(role) for role in user.reach().get(case.office_id, frozenset())} - NO_POSTS
    lines = [_line(case, row, user, on) for row in ACTS.values() if row.by & held]
    return sorted(lines, key=lambda line: (bool(line.reason), line.later, _weight(ACTS[line.name])))


def act_line(case: Any, act: str, user: Any, *, on: dt.date) -> ActLine:
    """Tell of one act whether this person may do it now. Raises KeyError for an act there is none of."""
    return _line(case, ACTS[act], user, on)


def done_before(case: Any, act_id: Any) -> bool:
    """Tell whether an act with this id is on the case's record, so that a second click is harmless."""
    return JournalEntry.objects.filter(subject=case.subject_ref, act_id=act_id).exists()


def actor_for(case: Any, act: str, user: Any, *, on: dt.date) -> tuple[Any, Any]:
    """Choose as whom a person does an act: in the own right, else for a delegator who could (代理).

    Returns the actor and the refusal that remains, the most telling one: a condition rather than a role.
    """
    refused: list[tuple[Any, Any]] = []
    for person in user.hats():
        refusal = why_not(case, act, by=person, on=on)
        if refusal is None:
            return person, None
        refused.append((person, refusal))
    return next((pair for pair in refused if not isinstance(pair[1], NotYourRole)), refused[0])


def _line(case: Any, row: Act, user: Any, on: dt.date) -> ActLine:
    actor, refusal = actor_for(case, row.name, user, on=on)
    return ActLine(
        name=row.name, label=row.label, article=row.article, doc=row.says, binds=row.binds,
        reason=refusal.message if refusal else "", later=_is_later(refusal), actor=actor,
    )  # fmt: skip


def _is_later(refusal: Refused | None) -> bool:
    return isinstance(refusal, WrongState) or (refusal is not None and refusal.code in NOTHING_THERE)


def _weight(row: Act) -> int:
    if row.name in ASIDE:
        return 3
    return 0 if row.finishes else 2 if row.binds or row.back_to else 1
