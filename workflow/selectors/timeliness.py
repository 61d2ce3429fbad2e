"""The one definition of how a case stands to its due date, for lists, badges, boards and reminders."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import BooleanField, CharField, Exists, F, Func, OuterRef, Q, QuerySet, Value, When
from django.db.models import Case as When_

from calendars import published
from calendars.days import Calendar
from law.clock.terms import terms_on
from law.gid.art32_third_party import OPINION_TERMS
from workflow import rules
from workflow.machine import OPEN
from workflow.models import Case, Consultation

SOON_DAYS = 3
NEAR_DAYS = 10


class Standing(models.TextChoices):
    """Where a case stands on a day; every case has exactly one."""

    OVERDUE = "overdue", "已逾期"
    TODAY = "today", "今天到期"
    SOON = "soon", "1—3个工作日内到期"
    NEAR = "near", "4—10个工作日内到期"
    LATER = "later", "10个工作日以后到期"
    PAUSED = "paused", "暂停计时"
    STOPPED = "stopped", "停止计时"
    MET = "met", "按期办结"
    LATE = "late", "逾期办结"
    ENDED = "ended", "终止办理"


RUNNING = (Standing.OVERDUE, Standing.TODAY, Standing.SOON, Standing.NEAR, Standing.LATER)
WAITING = (Standing.PAUSED, Standing.STOPPED)
# What a badge calls a standing whose days are not counted down.
BADGES = {
    Standing.PAUSED: "paused", Standing.STOPPED: "stopped", Standing.MET: "done", Standing.LATE: "late",
    Standing.ENDED: "none",
}  # fmt: skip


@dataclass(frozen=True)
class Borders:
    """The last days of the bands seen from a day, so that the database compares days and counts nothing."""

    on: dt.date
    soon: dt.date
    near: dt.date

    def band(self, due_on: dt.date) -> Standing:
        """Tell the band of a due date: due today is in time."""
        if due_on < self.on:
            return Standing.OVERDUE
        if due_on == self.on:
            return Standing.TODAY
        if due_on <= self.soon:
            return Standing.SOON
        return Standing.NEAR if due_on <= self.near else Standing.LATER

    def days(self, band: str) -> tuple[dt.date | None, dt.date | None]:
        """Return the first and last due date of a band; None where it is open."""
        day = dt.timedelta(days=1)
        return {
            Standing.OVERDUE: (None, self.on - day),
            Standing.TODAY: (self.on, self.on),
            Standing.SOON: (self.on + day, self.soon),
            Standing.NEAR: (self.soon + day, self.near),
            Standing.LATER: (self.near + day, None),
        }[Standing(band)]


def borders(on: dt.date, office_id: int | None = None) -> Borders:
    """Work out the borders of the bands on a day from the calendar in force (working days).

    :param office_id: the office whose region's days count; None: the whole country's
    """
    return _borders(on, published.calendar() if office_id is None else rules.days_of(office_id))


@lru_cache(maxsize=64)
def _borders(on: dt.date, calendar: Calendar) -> Borders:
    # The day before the next counted day: a due date set by hand may lie on a day off.
    soon = calendar.project(on, SOON_DAYS + 1).date - dt.timedelta(days=1)
    near = calendar.project(on, NEAR_DAYS + 1).date - dt.timedelta(days=1)
    return Borders(on, soon, near)


def working_days_left(due_on: dt.date | None, on: dt.date, office_id: int) -> int | None:
    """Count an office's working days from a day to a due date, signed: 0 is due today, -1 the first day of a breach.

    Due on Friday, a Saturday is already a breach, though no working day has passed: -1.
    """
    if due_on is None:
        return None
    return 0 if due_on == on else _left(due_on, on, rules.days_of(office_id))


@lru_cache(maxsize=4096)
def _left(due_on: dt.date, on: dt.date, calendar: Calendar) -> int:
    last = max(due_on, on)
    line = calendar.line_through(last)
    between = line.before[last.toordinal() - line.base] - line.before[min(due_on, on).toordinal() - line.base]
    return max(1, between) if due_on > on else -max(1, between)


def standing(case: Case, *, on: dt.date) -> Standing:
    """Tell where one case stands on a day, from its dates and its consultations."""
    if case.state not in OPEN:
        return _closed(case)
    if case.due_on is None:
        return Standing.STOPPED
    told = case.__dict__.get("pausing")  # by ``with_pause``
    if any(_pauses(case, one, on) for one in case.all_consultations()) if told is None else told:
        return Standing.PAUSED
    return borders(on, case.office_id).band(case.due_on)


def badge(standing: str) -> str:
    """Give the status under which the due badge shows a standing ("" while days are counted down)."""
    return BADGES.get(Standing(standing), "")


def timely(case: Any) -> bool | None:
    """Tell whether a finished case was in time: service complete by the due date (国办公开办函〔2016〕235号).

    None where there is nothing to judge: not served yet, or ended without a reply.
    """
    if case.completed_on is None or case.due_on is None:
        return None
    return bool(case.completed_on <= case.due_on)


def finished_late() -> Q:
    """Return the condition under which ``timely`` says no, for the database."""
    return Q(completed_on__isnull=False, due_on__isnull=False, completed_on__gt=F("due_on"))


def _closed(case: Case) -> Standing:
    in_time = timely(case)
    if in_time is None:
        return Standing.ENDED
    return Standing.MET if in_time else Standing.LATE


def _pauses(case: Case, consultation: Consultation, on: dt.date) -> bool:
    # From the day after sending to the opinion or the end of silence; one sent when the term was over, or to
    # a clock that has since been restarted, stops nothing.
    party = consultation.kind
    assert case.due_on is not None  # asked of a running clock only
    return (
        terms_on(on).pauses[party]
        and (case.clock_start_on or case.arrived_on) <= consultation.sent_on < min(on, case.due_on)
        and (consultation.opinion_on is None or consultation.opinion_on >= on)
        and (
            consultation.delivered_on is None or consultation.delivered_on >= _oldest(case, consultation, on)
        )
    )


def lateness(case: Case, *, on: dt.date) -> str:
    """Tell whether an open case has taken longer than the term: "with" authority, "without", or "" where it has not.

    With authority: the original date is past, and an extension, a consultation or a delay still covers the day.
    """
    now = standing(case, on=on)
    if now is Standing.OVERDUE:
        return "without"
    beyond = case.original_due_on is not None and case.original_due_on < on
    return "with" if beyond and case.state in OPEN and now is not Standing.STOPPED else ""


def late_on_authority(cases: QuerySet[Case], *, on: dt.date) -> QuerySet[Case]:
    """Keep the open cases that are past their original date on authority, by the definition of ``lateness``."""
    covered = Q(due_on__gte=on) | Q(pk__in=_paused_ids(on))
    return open_cases(cases).filter(covered, original_due_on__lt=on, due_on__isnull=False)


def oldest_delivery(party: str, on: dt.date) -> dt.date:
    """Find the earliest day of service of a consultation whose term for an answer is not over on a day (条例32)."""
    return _oldest_delivery(terms_on(on).opinion_days[party], on, published.calendar())


def _oldest(case: Case, consultation: Consultation, on: dt.date) -> dt.date:
    """Find the same for one consultation by its office's own term."""
    return _oldest_delivery(consultation.opinion_days, on, rules.days_of(case.office_id))


def unsilent(party: str, on: dt.date) -> Q:
    """Select the consultations of a kind whose term for an answer is not over on a day, by each office's own term."""
    rule = _since(terms_on(on).opinion_days[party], on)
    for ids, start, until, days in rules.segments(OPINION_TERMS[party]):
        here = Q(case__office_id__in=ids, case__clock_start_on__gte=start)
        if until is not None:
            here &= Q(case__clock_start_on__lt=until)
        own = _since(int(days), on)
        rule = (rule & ~here) | (here & own)
    return rule


def _since(days: int, on: dt.date) -> Q:
    rule = Q(delivered_on__gte=_oldest_delivery(days, on, published.calendar()))
    for calendar, ids in rules.apart():
        here = Q(case__office_id__in=ids)
        rule = (rule & ~here) | (here & Q(delivered_on__gte=_oldest_delivery(days, on, calendar)))
    return rule


@lru_cache(maxsize=256)
def _oldest_delivery(days: int, on: dt.date, calendar: Calendar) -> dt.date:
    found = on
    while calendar.project(found - dt.timedelta(days=1), days).date >= on:
        found -= dt.timedelta(days=1)
    return found


# ------------------------------------------------------------------------------------- the same in SQL


class StillOpen(Func):
    """The condition that a case is open, its states written out: so a partial index can be seen to serve it."""

    output_field = BooleanField()
    template = "%(expressions)s IN (" + ", ".join(f"'{state}'" for state in OPEN) + ")"

    def __init__(self) -> None:
        super().__init__(F("state"))


def date_band(on: dt.date, field: str = "due_on") -> When_:
    """Give the SQL expression of the band of a date on a day, pauses left out of account."""
    regional = [
        When(office_id__in=ids, then=_band(_borders(on, calendar), field)) for calendar, ids in rules.apart()
    ]
    whole = _band(borders(on), field)
    return When_(*regional, default=whole, output_field=CharField()) if regional else whole


def _band(edge: Borders, field: str) -> When_:
    return When_(
        When(**{f"{field}__isnull": True}, then=Value(Standing.STOPPED.value)),
        When(**{f"{field}__lt": edge.on}, then=Value(Standing.OVERDUE.value)),
        When(**{field: edge.on}, then=Value(Standing.TODAY.value)),
        When(**{f"{field}__lte": edge.soon}, then=Value(Standing.SOON.value)),
        When(**{f"{field}__lte": edge.near}, then=Value(Standing.NEAR.value)),
        default=Value(Standing.LATER.value),
        output_field=CharField(),
    )


def with_standing(cases: QuerySet[Case], *, on: dt.date) -> QuerySet[Case]:
    """Annotate open cases with their ``standing`` on a day, by the same definition as ``standing``."""
    return cases.annotate(
        standing=When_(
            When(Exists(_pausing(on)), then=Value(Standing.PAUSED.value)),
            default=date_band(on),
            output_field=CharField(),
        )
    )


def with_pause(cases: QuerySet[Case], *, on: dt.date) -> QuerySet[Case]:
    """Annotate open cases with what ``standing`` would ask of each: whether a consultation pauses it on a day."""
    return cases.annotate(pausing=Exists(_pausing(on)))


def standing_in_groups(on: dt.date) -> When_:
    """Give the SQL expression of the standing of an open case for counting many: what is paused is read once."""
    return When_(
        When(pk__in=_paused_ids(on), then=Value(Standing.PAUSED.value)), default=date_band(on),
        output_field=CharField(),
    )  # fmt: skip


def paused_cases(cases: QuerySet[Case], *, on: dt.date) -> QuerySet[Case]:
    """Keep the cases whose clock is paused on a day by a consultation."""
    # A plain condition would be joined: a planner that expects few cases, as in an office that has just moved in,
    # then joins all open cases with all cases. Inside a CASE the ids are read once and looked up.
    paused = When_(
        When(pk__in=_paused_ids(on), then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    return cases.filter(paused)


def running_cases(cases: QuerySet[Case], *, on: dt.date) -> QuerySet[Case]:
    """Keep the open cases whose days are being counted on a day: neither paused nor waiting."""
    return open_cases(cases).filter(due_on__isnull=False).exclude(pk__in=_paused_ids(on))


def open_cases(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Keep the cases the office still owes something: all until service, lapse or withdrawal."""
    return cases.filter(StillOpen())


def standing_at(cases: QuerySet[Case], standing: str, *, on: dt.date) -> QuerySet[Case]:
    """Keep the open cases of one standing on a day, by conditions an index on the due date can serve."""
    cases = open_cases(cases)
    if standing == Standing.STOPPED:
        return cases.filter(due_on__isnull=True)
    if standing == Standing.PAUSED:
        return paused_cases(cases, on=on)
    rule = _within(borders(on), standing)
    for calendar, ids in rules.apart():
        here = Q(office_id__in=ids)
        rule = (rule & ~here) | (here & _within(_borders(on, calendar), standing))
    return cases.filter(rule).exclude(pk__in=_paused_ids(on))


def overdue_after(cases: QuerySet[Case], days: int, *, on: dt.date) -> QuerySet[Case]:
    """Keep the open cases that will be overdue so many working days after a day if nobody does anything.

    What is overdue by then is what ``standing_at`` would list on that day, by each office's days.
    """

    def late(calendar: Calendar) -> Q:
        then = calendar.project(on, days).date
        return Q(due_on__lt=then) & ~Q(pk__in=_paused_ids(then))

    rule = late(published.calendar())
    for calendar, ids in rules.apart():
        here = Q(office_id__in=ids)
        rule = (rule & ~here) | (here & late(calendar))
    return open_cases(cases).filter(rule)


def due_by(field: str, band: str, on: dt.date) -> Q:
    """Select the cases whose ``field`` lies in a band or before it (``soon``, ``near``), by each office's days."""
    rule = Q(**{f"{field}__lte": getattr(borders(on), band)})
    for calendar, ids in rules.apart():
        here = Q(office_id__in=ids)
        rule = (rule & ~here) | (here & Q(**{f"{field}__lte": getattr(_borders(on, calendar), band)}))
    return rule


def _within(edge: Borders, standing: str) -> Q:
    first, last = edge.days(standing)
    rule = Q(due_on__isnull=False)
    if first:
        rule &= Q(due_on__gte=first)
    if last:
        rule &= Q(due_on__lte=last)
    return rule


def _pausing(on: dt.date) -> QuerySet[Consultation]:
    """Give the consultations that pause the case of the outer query: for a page of rows."""
    return _waiting(on).filter(
        case_id=OuterRef("pk"), sent_on__gte=OuterRef("clock_start_on"), sent_on__lt=OuterRef("due_on")
    )


def _paused_ids(on: dt.date) -> QuerySet[Consultation, int]:
    """Give the ids of all paused cases, read once from the few open consultations: for counts and lists.

    Asked of each case apart, a planner that expects one open consultation reads them all for every case.
    """
    return paused_by(on).order_by().values_list("case_id", flat=True)


def paused_by(on: dt.date, party: str = "") -> QuerySet[Consultation]:
    """Give the consultations that stop a clock on a day, of one kind of party where it is named."""
    asked = _waiting(on).filter(sent_on__gte=F("case__clock_start_on"), sent_on__lt=F("case__due_on"))
    return asked.filter(kind=party) if party else asked


def _waiting(on: dt.date) -> QuerySet[Consultation]:
    terms = terms_on(on)
    # Parties with the same last day are asked as one.
    alike: dict[Q, list[str]] = {}
    for party, pauses in terms.pauses.items():
        if pauses:
            alike.setdefault(unsilent(party, on), []).append(party)
    rule = Q(pk__in=[])
    for answering, kinds in alike.items():
        rule |= Q(kind__in=kinds) & (Q(delivered_on__isnull=True) | answering)
    # The day the opinion arrives is itself not counted (条例33第三款).
    open_still = Q(opinion_on__isnull=True) | Q(opinion_on__gte=on)
    return Consultation.objects.filter(rule, open_still, sent_on__lt=on)


def by_due(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Order cases by due date and number, undated ones last: the order of every list and its keyset."""
    return cases.order_by(F("due_on").asc(nulls_last=True), "pk")
