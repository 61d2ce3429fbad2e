"""Reminders by level: whatever is due and has not been told yet, so that a missed night is caught up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from calendars import published
from office.models import Office, OutboxMessage
from office.roles import Role
from workflow.models import Case
from workflow.notices import looks, looks_after, looks_letters, looks_urges
from workflow.notices.escalation import Steps, kinds
from workflow.notices.people import People
from workflow.notices.watching import Due
from workflow.notices.watching import looks as all_looks

KIND = "workflow.reminder"
#: Importing them registers what they watch.
REGISTERED = (looks, looks_after, looks_letters, looks_urges)
BATCH = 1000


@dataclass(frozen=True)
class Reminder:
    """One thing to be told to one person about one case; ``day`` tells one occasion from the next."""

    what: str
    case: int
    user: int
    day: dt.date
    mark: str = ""
    letter: int | None = None

    @property
    def payload(self) -> dict[str, object]:
        """Return what the mail is made from: references alone."""
        told: dict[str, object] = {"case": self.case, "user": self.user, "what": self.what}
        return told if self.letter is None else {**told, "letter": self.letter}

    @property
    def key(self) -> str:
        """Return what makes this reminder unique for ever."""
        mark = f":{self.mark}" if self.mark else ""
        return f"case:{self.case}:{self.what}:{self.day}{mark}:user:{self.user}"


def find(*, on: dt.date) -> Iterator[Reminder]:
    """Yield every reminder that is due on a day, the most urgent first, told already or not.

    Each person has a turn when the working days of their step have passed; after an outage several turns may
    have come at once, and each of them is told.
    """
    # Naming every office lets the index of office and state find the open cases among all that were archived.
    offices = list(Office.objects.order_by().values_list("pk", flat=True))
    people, steps = People(offices, on=on), Steps(on=on)
    everywhere = Case.objects.filter(office_id__in=offices)
    order = {what: place for place, what in enumerate(kinds())}
    found = [due for look in all_looks() for due in look(everywhere, on)]
    found.sort(key=lambda due: order[due.what])
    for due in found:
        for user in _told(due, people, steps, on):
            yield Reminder(due.what, due.case, user, due.day, due.mark, due.letter)


def post_new(reminders: Iterable[Reminder], *, now: dt.datetime) -> int:
    """Queue the reminders that nobody has been told yet, in their order; return how many."""
    posted = 0
    for batch in _batches(reminders):
        keys = {reminder.key: reminder for reminder in batch}
        known = set(OutboxMessage.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
        fresh = [
            OutboxMessage(kind=KIND, dedupe_key=key, payload=one.payload, created_at=now, due_at=now)
            for key, one in keys.items() if key not in known
        ]  # fmt: skip
        OutboxMessage.objects.bulk_create(fresh, ignore_conflicts=True)
        posted += len(fresh)
    return posted


def _batches(reminders: Iterable[Reminder]) -> Iterator[list[Reminder]]:
    batch: list[Reminder] = []
    for reminder in reminders:
        batch.append(reminder)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _told(due: Due, people: People, steps: Steps, on: dt.date) -> list[int]:
    calendar = published.calendar()
    told: list[int] = []
    for step in steps.of(due.what, due.office):
        if step.after and calendar.project(due.since, step.after).date > on:
            continue
        told += _whom(step.to, due, people)
    return list(dict.fromkeys(told))


def _whom(to: str, due: Due, people: People) -> list[int]:
    unit, handler = due.part or (due.unit, due.handler)
    match to:
        case "person":
            if due.what in APPLICANTS_TURN:
                return people.at_work(due.office, due.unit, due.handler)
            return people.responsible(due.state, due.office, due.unit, due.handler)
        case "part":
            if due.part is None:
                return people.responsible(due.state, due.office, due.unit, due.handler)
            return people.at_work(due.office, unit, handler)
        case "asker":
            return [due.asker] if due.asker else []
        case "unit_head":
            return people.unit_heads(due.office, due.unit)
        case "part_head":
            return people.unit_heads(due.office, unit)
        case "supervisor":
            return people.supervisors(due.office)
        case _:
            return people.with_role(due.office, Role(to))


#: While an applicant or a third party is at turn, the case lies on nobody's table but its handler's.
APPLICANTS_TURN = frozenset(
    {"silent", *(f"{word}_{end}" for _, word in looks.WAITING.values() for end in ("over", "ending"))}
)
