"""The days a person has to keep: the cases and other things that are theirs, for the calendar and the summaries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from office.models import User
from office.roles import Role
from workflow.machine import ENDED
from workflow.models import Case, Rectification, Subscription, Urge
from workflow.scope import handler_units, headed_units
from workflow.selectors.access import visible_cases
from workflow.selectors.timeliness import Standing, borders, by_due, with_standing
from workflow.selectors.urges import owed_by

#: Who answers for every case of an office; all others for those of their units, or their own.
WIDE = frozenset({Role.INTAKE, Role.ALLOCATOR, Role.HEAD, Role.SIGNATORY, Role.SUPERVISOR})
#: So many days a calendar holds, and so many cases a summary names.
MOST, NAMED = 1000, 20


@dataclass(frozen=True)
class Day:
    """One day to keep: a number and what is due, nothing of anybody."""

    key: str
    number: str
    what: str
    on: dt.date
    unsure: bool
    changed_at: dt.datetime | None = None


@dataclass(frozen=True)
class Summary:
    """What stands before a person on a day."""

    counts: Counter[str]
    named: tuple[tuple[str, str, dt.date, bool], ...]
    urges: int
    rectifications: int
    came: int = 0
    finished: int = 0
    more: int = 0
    rectifications_late: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to be said."""
        return not (
            sum(self.counts.values()) or self.urges or self.rectifications or self.came or self.finished
        )


def holder_of(secret_hash: str) -> User | None:
    """Return whose calendar a link is, if it is in use and its person is."""
    found = (
        Subscription.objects.filter(secret_hash=secret_hash, user__is_active=True)
        .select_related("user")
        .first()
    )
    return found.user if found else None


def subscription_of(user: User) -> Subscription | None:
    """Return a person's own choices, None where nothing was chosen."""
    return Subscription.objects.filter(user_id=user.pk).first()


def own_cases(user: User) -> QuerySet[Case]:
    """Return the cases a person answers for, out of those they may see."""
    rule = Q(pk__in=[])
    wide: set[int] = set()
    for person in user.hats():
        for office_id, roles in person.roles().items():
            if roles & WIDE:
                wide.add(office_id)
                continue
            if Role.HANDLER in roles:
                units = handler_units(person, office_id)
                free = Q(handler__isnull=True, unit_id__in=units)
                rule |= Q(office_id=office_id) & (Q(handler_id=person.duty_of.pk) | free)
            if Role.UNIT_HEAD in roles:
                rule |= Q(office_id=office_id, unit_id__in=headed_units(person, office_id))
    return visible_cases(user).filter(rule | Q(office_id__in=sorted(wide)))


def days_of(user: User, *, on: dt.date) -> list[Day]:
    """List the days a person has to keep, the nearest first: replies, answers to reminders, rectifications."""
    open_ones = (
        own_cases(user).exclude(state__in=[str(state) for state in ENDED]).filter(due_on__isnull=False)
    )
    rows = list(by_due(with_standing(open_ones, on=on)).select_related("office")[:MOST])
    urges = _urges(user)
    # Offices number their cases alike: whoever has to do with several is told whose it is.
    several = len({row.office_id for row in (*rows, *urges)}) > 1
    found = []
    for case in rows:
        assert case.due_on is not None  # only dated ones are read
        paused = case.standing == Standing.PAUSED
        what = "答复期限届满" + ("（暂停计时，日期会后移）" if paused else "")
        number = f"{case.office.name}{case.number}" if several else case.number
        found.append(
            Day(
                f"case-{case.pk}-reply",
                number,
                what,
                case.due_on,
                case.due_provisional or paused,
                case.updated_at,
            )
        )
    for urge in urges:
        assert urge.answer_due_on is not None  # only such as want an answer are read
        number = f"{urge.case.office.name}{urge.case.number}" if several else urge.case.number
        found.append(Day(f"urge-{urge.pk}", number, "答复催办", urge.answer_due_on, False))
    for row in _rectifications(user).select_related("paper"):
        number = row.paper.number_text if row.paper else ""
        found.append(Day(f"rectification-{row.pk}", number, "整改期限届满", row.rectify_by_on, False))
    return sorted(found, key=lambda day: (day.on, day.key))[:MOST]


def summary(user: User, *, on: dt.date, before: tuple[dt.date, dt.date] | None = None) -> Summary:
    """Sum up what stands before a person: counts by standing up to ten working days ahead, the first numbers by name.

    :param before: the first and last day of the span whose arrivals and ends are counted as well; None for a single day's
    """
    mine = own_cases(user)
    near = mine.exclude(state__in=[str(state) for state in ENDED]).filter(due_on__lte=borders(on).near)
    running = with_standing(near, on=on).exclude(standing__in=[Standing.PAUSED, Standing.STOPPED])
    counts = Counter(dict(running.order_by().values_list("standing").annotate(n=Count("pk"))))
    rows = by_due(running).select_related("office")[:NAMED]
    several = len({row.office_id for row in rows}) > 1
    named = tuple(
        (
            f"{row.office.name}{row.number}" if several else row.number,
            row.standing,
            row.due_on,
            row.due_provisional,
        )
        for row in rows
    )
    owed = _rectifications(user).aggregate(all=Count("pk"), late=Count("pk", filter=Q(rectify_by_on__lt=on)))
    return Summary(
        counts, named, len(_urges(user)), owed["all"], rectifications_late=owed["late"],
        came=mine.filter(received_on__range=before).count() if before else 0,
        finished=mine.filter(completed_on__range=before).count() if before else 0, more=max(0, sum(counts.values()) - NAMED),
    )  # fmt: skip


def _urges(user: User) -> list[Urge]:
    rows = owed_by(user, user.roles()).exclude(case__state__in=[str(state) for state in ENDED])
    return list(rows.select_related("case__office").order_by("answer_due_on", "pk")[:MOST])


def _rectifications(user: User) -> QuerySet[Any]:
    answering = [office for office, roles in user.roles().items() if roles & {Role.HEAD, Role.INTAKE}]
    return Rectification.objects.filter(Rectification.OWED, about_id__in=answering)
