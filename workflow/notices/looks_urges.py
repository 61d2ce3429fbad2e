"""What is looked for on reminders that want an answer: the day is near, or past (催办)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from calendars import published
from workflow.machine import ENDED
from workflow.models import Case, Urge
from workflow.notices.watching import Cases, Due, watch

#: An answer is spoken of when this many working days are left.
ENDING = 1


def _near(urge: Urge, on: dt.date) -> bool:
    due = urge.answer_due_on
    return due is not None and on <= due < published.calendar().project(on, ENDING + 1).date


def _late(urge: Urge, on: dt.date) -> bool:
    return urge.answer_due_on is not None and urge.answer_due_on < on


HOLDS = {"urge_late": _late, "urge_due": _near}


def _still(case: Case, on: dt.date, what: str) -> bool:
    return case.state not in ENDED and any(HOLDS[what](urge, on) for urge in case.waiting_urges())


@watch(*HOLDS, still=_still)
def answers(everywhere: Cases, on: dt.date) -> Iterator[Due]:
    """Yield the reminders whose answer is due by the next working day, or was; not of a case that has ended."""
    last = published.calendar().project(on, ENDING + 1).date
    waiting = Urge.objects.filter(Urge.WAITING, answer_due_on__lt=last).select_related("case")
    # One urged on the very day hears of it by that mail.
    waiting = waiting.exclude(case__state__in=[str(state) for state in ENDED])
    for urge in waiting.order_by("answer_due_on", "pk"):
        what = "urge_late" if _late(urge, on) else "urge_due"
        if what == "urge_due" and urge.urged_on >= on:
            continue
        day = urge.answer_due_on
        assert day is not None  # only such as want an answer are read
        since = day + dt.timedelta(days=1) if what == "urge_late" else on
        case, part = urge.case, (urge.unit_id, urge.handler_id) if urge.unit_id else None
        yield Due(
            what, case.pk, case.state, case.office_id, case.unit_id, case.handler_id, day, since, part=part,
            mark=f"urge{urge.pk}", asker=urge.urged_by_id,
        )  # fmt: skip
