"""How many working days a case has been where it is, what a consultation took out of them left out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Greatest

from calendars import published
from calendars.clock import Pause, counted, union
from calendars.days import Calendar
from law.clock.reading import MovedBy
from law.clock.terms import terms_on
from law.gid.art32_third_party import OPINION_TERMS
from workflow import rules
from workflow.models import Case, Consultation
from workflow.selectors.timeliness import open_cases

#: The last working day of each age but the last: up to 5, 6 to 10, 11 to 20, more.
AGES = (5, 10, 20)
AGE_LABELS = ("5个工作日以内", "6—10个工作日", "11—20个工作日", "20个工作日以上")
#: Since when a case is in its stage; the other two columns are ``unit_on`` and ``handler_on``.
STAGE = "stage_on"
#: Every value of ``Case.moved_by`` with a consultation in it: no other case has had a pause.
CONSULTED = tuple(value for value in range(2 * max(MovedBy)) if value & MovedBy.CONSULTATION)


def age_of(days: int) -> int:
    """Tell the place of a number of working days among the ages."""
    return sum(days > last for last in AGES)


@dataclass(frozen=True)
class Interrupted:
    """An open case whose clock a consultation stopped: where it is since when, and the pauses."""

    pk: int
    office: int
    unit: int | None
    handler: int | None
    state: str
    stage_on: dt.date | None
    unit_on: dt.date | None
    handler_on: dt.date | None
    clock_start_on: dt.date
    pauses: list[Pause]

    def since(self, column: str) -> dt.date | None:
        """Tell since when it is where a column says; what came before the present clock began is another's."""
        day: dt.date | None = getattr(self, column)
        return day if day is None or column == STAGE else max(day, self.clock_start_on)

    def days(self, column: str, on: dt.date) -> int:
        """Count the working days since then that lie in no pause."""
        return working_days(self.since(column), on, self.office, self.pauses)


@dataclass(frozen=True)
class Total:
    """Working days of several cases together: how many cases, days in all, the most of one."""

    cases: int = 0
    days: int = 0
    most: int = 0

    def plus(self, cases: int, days: int) -> Total:
        """Add so many cases of so many days each."""
        return Total(self.cases + cases, self.days + cases * days, max(self.most, days))

    @property
    def mean(self) -> float | None:
        """Give the average, None of nothing."""
        return round(self.days / self.cases, 1) if self.cases else None


def working_days(
    since: dt.date | None, on: dt.date, office_id: int, pauses: list[Pause] | None = None
) -> int:
    """Count an office's working days after a day up to another, days in a pause left out; 0 where nothing is known."""
    if since is None or since >= on:
        return 0
    line = rules.days_of(office_id).line_through(on)
    return counted(line, since.toordinal(), on.toordinal(), pauses or [])


def interrupted(cases: QuerySet[Case], *, on: dt.date) -> list[Interrupted]:
    """Read the open ones of some cases whose clock was stopped by a consultation, with the days it was."""
    ids = open_cases(cases).filter(moved_by__in=CONSULTED).order_by().values("pk")
    rows = Consultation.objects.filter(
        Q(sent_on__lt=F("case__due_on")), case_id__in=ids, sent_on__lt=on, sent_on__gte=F("case__clock_start_on")
    ).order_by("case_id", "sent_on")  # fmt: skip
    found: dict[int, Interrupted] = {}
    for kind, sent, delivered, answered, *place in rows.values_list(
        "kind", "sent_on", "delivered_on", "opinion_on", "case_id", "case__office_id", "case__unit_id",
        "case__handler_id", "case__state", "case__stage_on", "case__unit_on", "case__handler_on",
        "case__clock_start_on",
    ):  # fmt: skip
        if terms_on(on).pauses[kind]:
            one = found.setdefault(place[0], Interrupted(*place, pauses=[]))
            until = _until(kind, delivered, answered, one.clock_start_on, one.office, on)
            one.pauses[:] = union([*one.pauses, (sent.toordinal(), until.toordinal())])
    return list(found.values())


def _until(
    kind: str,
    delivered: dt.date | None,
    answered: dt.date | None,
    start: dt.date,
    office_id: int,
    on: dt.date,
) -> dt.date:
    """Find the last day of a pause seen from a day: the opinion, or the end of silence (条例32), or that day."""
    last = answered if answered is not None and answered < on else on
    if delivered is None:
        return last
    silence = rules.days_of(office_id).project(delivered, _term(kind, office_id, start, on)).date
    return min(last, silence)


def _term(kind: str, office_id: int, start: dt.date, on: dt.date) -> int:
    for ids, first, until, days in rules.segments(OPINION_TERMS[kind]):
        if office_id in ids and first <= start and (until is None or start < until):
            return int(days)
    return terms_on(on).opinion_days[kind]


@dataclass
class Stays:
    """Working days of open cases by some key, and by age where asked for."""

    totals: dict[Any, Total]
    ages: dict[Any, list[int]]


def stays(
    cases: QuerySet[Case], since: str, keys: tuple[str, ...], *, on: dt.date, broken: Iterable[Interrupted]
) -> Stays:
    """Add up how long open cases have been where they are: one grouped question, put right for what was paused.

    :param since: ``stage_on``, ``unit_on`` or ``handler_on``
    :param keys: the columns to group by, among office_id, unit_id, handler_id and state; days are working days
    :param broken: what ``interrupted`` found among the same cases
    """
    columns = tuple(dict.fromkeys(("office_id", *keys)))
    known = open_cases(cases).filter(**{f"{since}__isnull": False})
    begun: Any = F(since)
    if since != STAGE:
        # Who waits for the applicant has the case in hand no longer; what was before a restart does not count.
        known = known.filter(due_on__isnull=False)
        begun = Greatest(F(since), F("clock_start_on"))
    rows = known.order_by().annotate(begun=begun).values(*columns, "begun").annotate(n=Count("pk"))
    left: defaultdict[tuple[Any, ...], int] = defaultdict(int)
    for row in rows:
        left[*(row[name] for name in columns), row["begun"]] += row["n"]
    totals: defaultdict[Any, Total] = defaultdict(Total)
    ages: defaultdict[Any, list[int]] = defaultdict(lambda: [0] * (len(AGES) + 1))

    def add(place: dict[str, Any], number: int, days: int) -> None:
        key = tuple(place[name] for name in keys)
        totals[key] = totals[key].plus(number, days)
        ages[key][age_of(days)] += number

    for one in broken:
        day = one.since(since)
        if day is not None:
            place = _place(one)
            left[*(place[name] for name in columns), day] -= 1
            add(place, 1, one.days(since, on))
    for (*key, day), number in left.items():
        if number:
            place = dict(zip(columns, key, strict=True))
            add(place, number, working_days(day, on, place["office_id"]))
    return Stays(dict(totals), dict(ages))


def _place(one: Interrupted) -> dict[str, Any]:
    return {"office_id": one.office, "unit_id": one.unit, "handler_id": one.handler, "state": one.state}


def of_age(cases: QuerySet[Case], age: int, *, on: dt.date) -> QuerySet[Case]:
    """Keep the open cases that have been in their stage for an age, by the same count as ``stays``."""
    cases = open_cases(cases).filter(stage_on__isnull=False)
    broken = interrupted(cases, on=on)
    inside = [one.pk for one in broken if age_of(one.days(STAGE, on)) == age]
    plain = Q()
    for number, (calendar, offices, others) in enumerate(_calendars()):
        first, last = _edges(calendar, age, on)
        rule = Q(stage_on__lte=last) if last else Q()
        if first:
            rule &= Q(stage_on__gte=first)
        here = Q(office_id__in=offices) if offices is not None else ~Q(office_id__in=others)
        plain = rule & here if number == 0 else plain | (rule & here)
    return cases.filter((plain & ~Q(pk__in=[one.pk for one in broken])) | Q(pk__in=inside))


def _calendars() -> Iterator[tuple[Calendar, list[int] | None, list[int]]]:
    apart = rules.apart()
    yield published.calendar(), None, sorted(set().union(*(ids for _, ids in apart)))
    for calendar, ids in apart:
        yield calendar, sorted(ids), []


def _edges(calendar: Calendar, age: int, on: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Find the first and the last day since which an age has been reached on a day; None where it is open."""
    return (_earliest(calendar, AGES[age], on) if age < len(AGES) else None,
            _earliest(calendar, AGES[age - 1], on) - dt.timedelta(days=1) if age else None)  # fmt: skip


def _earliest(calendar: Calendar, days: int, on: dt.date) -> dt.date:
    """Find the earliest day after which at most so many working days have passed."""
    line, day, step = calendar.line_through(on), on, dt.timedelta(days=1)
    while line.count((day - step).toordinal(), on.toordinal()) <= days:
        day -= step
    return day
