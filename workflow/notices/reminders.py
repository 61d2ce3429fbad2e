"""Reminders by level: whatever is due and has not been told yet, so that a missed night is caught up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from calendars import published
from law.clock.terms import terms_on
from office.models import Office, OutboxMessage
from office.roles import Role
from workflow.machine import State
from workflow.models import Case, ClockEvent, Consultation, Delivery
from workflow.notices.people import People
from workflow.selectors.timeliness import borders, running_cases, unsilent

KIND = "workflow.reminder"
Cases = QuerySet[Case]
BATCH = 1000
#: A signed reply that is still here on the second working day is reminded of.
SERVE_WITHIN = 1
ABOUT_REMEDIES = frozenset({"remedy_late", "remedy_due", "advice_due"})


@dataclass(frozen=True)
class Reminder:
    """One thing to be told to one person about one case; ``day`` tells one occasion from the next."""

    what: str
    case: int
    user: int
    day: dt.date

    @property
    def key(self) -> str:
        """Return what makes this reminder unique for ever."""
        return f"case:{self.case}:{self.what}:{self.day}:user:{self.user}"


@dataclass(frozen=True)
class _Row:
    pk: int
    state: str
    office: int
    unit: int | None
    handler: int | None
    day: dt.date


def find(*, on: dt.date) -> Iterator[Reminder]:
    """Yield every reminder that is due on a day, the most urgent first, told already or not."""
    # Naming every office lets the index of office and state find the open cases among all that were archived.
    offices = list(Office.objects.order_by().values_list("pk", flat=True))
    people = People(offices, on=on)
    everywhere = Case.objects.filter(office_id__in=offices)
    for what, look in LOOKS.items():
        for row in look(everywhere, on):
            for user in _told(what, row, people):
                yield Reminder(what, row.pk, user, row.day)


def post_new(reminders: Iterable[Reminder], *, now: dt.datetime) -> int:
    """Queue the reminders that nobody has been told yet, in their order; return how many."""
    posted = 0
    for batch in _batches(reminders):
        keys = {reminder.key: reminder for reminder in batch}
        known = set(OutboxMessage.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
        fresh = [
            OutboxMessage(
                kind=KIND, dedupe_key=key, payload={"case": one.case, "user": one.user, "what": one.what},
                created_at=now, due_at=now,
            )
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


def _told(what: str, row: _Row, people: People) -> list[int]:
    if what in ABOUT_REMEDIES:
        return people.with_role(row.office, Role.HEAD, Role.LEGAL)
    if what == "unserved":
        return people.with_role(row.office, Role.INTAKE)
    responsible = people.responsible(row.state, row.office, row.unit, row.handler)
    if what == "overdue":
        return list(dict.fromkeys([*responsible, *people.with_role(row.office, Role.HEAD)]))
    if what in ("supplement_over", "supplement_ending", "silent"):
        return people.at_work(row.office, row.unit, row.handler)
    return responsible


def _rows(cases: QuerySet[Case], day: str) -> Iterator[_Row]:
    found = cases.order_by(day, "pk").values_list("pk", "state", "office_id", "unit_id", "handler_id", day)
    for values in found.iterator(chunk_size=2000):
        yield _Row(*values)


def _overdue(everywhere: Cases, on: dt.date) -> Iterator[_Row]:
    return _rows(running_cases(everywhere, on=on).filter(due_on__lt=on), "due_on")


def _due_soon(everywhere: Cases, on: dt.date) -> Iterator[_Row]:
    # By the earlier of the legal date and that of the risk: a reminder may come too early, never too late.
    return _rows(
        running_cases(everywhere, on=on).filter(due_on__gte=on, alert_due_on__lte=borders(on).soon),
        "alert_due_on",
    )


def _unserved(everywhere: Cases, on: dt.date) -> Iterator[_Row]:
    signed = everywhere.filter(state=State.REPLIED)
    calendar = published.calendar()
    for row in _rows(signed.filter(replied_on__lt=on), "replied_on"):
        if on > calendar.project(row.day, SERVE_WITHIN).date:
            yield row


def _supplement_terms(everywhere: Cases) -> Iterator[tuple[_Row, dt.date]]:
    """Give each case that waits for a supplement with the last day of the applicant's term (条例30)."""
    cases = everywhere.filter(state=State.SUPPLEMENTING)
    waiting = {row.pk: row for row in _rows(cases, "arrived_on")}
    asked = ClockEvent.objects.filter(case__in=cases.values("pk"), type="supplement_notice").order_by(
        "case_id", "seq"
    )
    terms = {
        pk: (paper, int(data["days"])) for pk, paper, data in asked.values_list("case_id", "paper_id", "data")
    }
    arrived = Delivery.objects.filter(case__in=cases.values("pk"), completed_on__isnull=False)
    served = {delivery.paper_id: delivery.reached_on for delivery in arrived if delivery.reached_on}
    calendar = published.calendar()
    for pk, (paper, days) in terms.items():
        if pk in waiting and paper in served:
            yield waiting[pk], calendar.project(served[paper], days).date


def _supplement_ending(everywhere: Cases, on: dt.date) -> Iterator[_Row]:
    for row, last in _supplement_terms(everywhere):
        if on <= last <= borders(on).soon:
            yield _with_day(row, last)


def _supplement_over(everywhere: Cases, on: dt.date) -> Iterator[_Row]:
    for row, last in _supplement_terms(everywhere):
        if last < on:
            yield _with_day(row, last)


def _silent(everywhere: Cases, on: dt.date) -> Iterator[_Row]:
    """Give the cases whose third party has let its term pass: the clock runs again by itself (条例32)."""
    rule = Q(pk__in=[])
    for party in terms_on(on).opinion_days:
        rule |= Q(kind=party, delivered_on__isnull=False) & ~unsilent(party, on)
    silent = Consultation.objects.filter(rule, case_id=OuterRef("pk"), opinion_on__isnull=True)
    cases = everywhere.filter(Exists(silent), state__in=[State.HANDLING, State.REVIEWING])
    return _rows(cases.filter(due_on__isnull=False), "due_on")


def _remedy_late(everywhere: Cases, on: dt.date) -> Iterator[_Row]:
    waiting = everywhere.filter(remedies__stage="received", remedies__answer_due_on__lt=on)
    return _rows(waiting, "remedies__answer_due_on")


def _remedy_due(everywhere: Cases, on: dt.date) -> Iterator[_Row]:
    """Give the cases whose reconsideration or suit is to be answered within three working days."""
    soon = {"remedies__answer_due_on__gte": on, "remedies__answer_due_on__lte": borders(on).soon}
    return _rows(everywhere.filter(remedies__stage="received", **soon), "remedies__answer_due_on")


def _advice_due(everywhere: Cases, on: dt.date) -> Iterator[_Row]:
    """Give the cases whose reconsideration opinion is to be reported on within ten working days, or was."""
    owed = everywhere.filter(
        remedies__opinion_due_on__lte=borders(on).near, remedies__opinion_reported_on__isnull=True
    )
    return _rows(owed, "remedies__opinion_due_on")


#: What is looked for, the most urgent first.
LOOKS: dict[str, Callable[[Cases, dt.date], Iterator[_Row]]] = {
    "remedy_late": _remedy_late, "remedy_due": _remedy_due, "advice_due": _advice_due,
    "overdue": _overdue, "due_soon": _due_soon, "unserved": _unserved, "supplement_over": _supplement_over,
    "supplement_ending": _supplement_ending, "silent": _silent,
}  # fmt: skip


def _with_day(row: _Row, day: dt.date) -> _Row:
    return _Row(row.pk, row.state, row.office, row.unit, row.handler, day)
