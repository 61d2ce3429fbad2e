"""Monthly and quarterly sheets as a person may see them: who has filed, who is missing, what changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from calendars.errors import CalendarError
from law.annual.errors import Unreadable
from office.models import JournalEntry, Office, User
from office.parameters import Held
from office.roles import Role
from workflow import house_terms, practices, rules
from workflow.annual.sheet_layouts import sheet_layouts
from workflow.annual.statistics import Months, Statistics, digest, of_kept
from workflow.models import Case, StatisticsFiling
from workflow.practices import LAYOUT
from workflow.selectors.annual_report import readable
from workflow.selectors.statistics import statistics

OWN, WHOLE = StatisticsFiling.Scope.OWN, StatisticsFiling.Scope.WHOLE
RHYTHM, DUE = "statistics.rhythm", "statistics.due_days"


class Terms:
    """How every office files on a day: in which layout, how often, by when; its own say, else that of whoever is above."""

    def __init__(self, *, on: dt.date) -> None:
        self._held = Held((LAYOUT, RHYTHM, DUE), on=on)

    def layout(self, office_id: int) -> str:
        """Return the code of an office's layout. Raises Unreadable for one that is not there."""
        code = str(self._held.get(LAYOUT, office_id, practices.table()[LAYOUT].value))
        if code not in sheet_layouts():
            raise Unreadable(f"参数 {LAYOUT} 的表式“{code}”不存在，可用：{'、'.join(sheet_layouts())}。")
        return code

    def owes(self, office_id: int, months: Months) -> bool:
        """Tell whether an office files a period by itself."""
        rhythm = self._held.get(RHYTHM, office_id, practices.table()[RHYTHM].value)
        return (rhythm == "month" and months.first == months.last) or (
            rhythm == "quarter" and months.is_quarter
        )

    def due_on(self, office_id: int, months: Months) -> dt.date:
        """Return the last day for filing a period, by working days of the office's region."""
        days = int(self._held.get(DUE, office_id, house_terms.table()[DUE]["value"]))
        return rules.days_of(office_id).project(months.period.last, days).date


def newest(office: Office, scope: str, months: Months) -> StatisticsFiling | None:
    """Return what an office filed last for a period."""
    rows = _rows(months).filter(office=office, scope=scope)
    return rows.select_related("filed_by", "confirmed_by").order_by("-seq").first()


def earlier(row: StatisticsFiling) -> list[StatisticsFiling]:
    """List what was filed for the same period before, newest first."""
    rows = _rows(Months(row.year, row.first, row.last)).filter(
        office=row.office, scope=row.scope, seq__lt=row.seq
    )
    return list(rows.select_related("filed_by").defer("figures").order_by("-seq"))


def _rows(months: Months) -> QuerySet[StatisticsFiling]:
    return StatisticsFiling.objects.filter(year=months.year, first=months.first, last=months.last)


def offices_in(office: Office, scope: str) -> list[Office]:
    """Return the offices whose cases a sheet counts: the office, and for a roll-up every one below.

    One that was closed stays where it handled anything: the months would not add up to the year's report otherwise.
    """
    if scope != WHOLE:
        return [office]
    handled = Exists(Case.objects.filter(office=OuterRef("pk")))
    below = office.descendants().filter(Q(is_active=True) | handled)
    return [office, *sorted(below, key=lambda one: one.code)]


def missing(offices: Sequence[Office], months: Months, terms: Terms) -> list[str]:
    """Name which of some offices owe a period and have not confirmed it."""
    confirmed = set(
        _rows(months)
        .filter(office__in=offices, scope=OWN, stage=StatisticsFiling.Stage.CONFIRMED)
        .values_list("office_id", flat=True)
    )
    return [
        one.name
        for one in offices
        if one.is_active and one.pk not in confirmed and terms.owes(one.pk, months)
    ]


def measured_now(
    offices: Sequence[Office], months: Months, *, layout: str, known_on: dt.date | None = None
) -> Statistics:
    """Measure the sheet of an office, with those below that are rolled up with it, as it stands or was known on a day.

    Raises Unreadable for a layout that is not there, Refusal for a day of which nobody can tell what was known.
    """
    return statistics(offices[0], offices[1:], months, layout=layout, known_on=known_on)


def find_office(user: User, office_id: int, scope: str) -> Office | None:
    """Return an office whose sheets of a scope a person may look at."""
    roles = readable(user).get(office_id)
    office = Office.objects.filter(pk=office_id).first() if roles else None
    if office is None or scope not in StatisticsFiling.Scope.values:
        return None
    if scope == WHOLE and Role.SUPERVISOR not in (roles or ()):
        return None
    return office


@dataclass(frozen=True)
class Change:
    """One figure that is not any more what was filed."""

    place: int
    filed: int | float
    now: int | float
    filed_year: int | float
    now_year: int | float


@dataclass(frozen=True)
class Filed:
    """A filed sheet, whether its figures are untouched, and what has changed since."""

    row: StatisticsFiling
    sheet: Statistics
    intact: bool
    changes: tuple[Change, ...]


def filed(row: StatisticsFiling, now: Statistics) -> Filed:
    """Put a filed sheet beside the same sheet as it stands.

    :param now: measured in the layout of the filed one
    """
    sheet = of_kept(row.figures)
    changes = tuple(
        Change(place, was.period, is_now.period, was.year, is_now.year)
        for place, (was, is_now) in enumerate(zip(sheet.told, now.told, strict=True))
        if (was.period, was.year) != (is_now.period, is_now.year)
    ) if [one.line for one in sheet.told] == [one.line for one in now.told] else ()  # fmt: skip
    return Filed(row, sheet, _intact(row), changes)


def _intact(row: StatisticsFiling) -> bool:
    """Tell whether the figures are those whose hash was chained into the journal when they were filed."""
    told = JournalEntry.objects.filter(subject=row.subject_ref, key="beside.file_sheet").values_list(
        "data", flat=True
    )
    return digest(row.figures) == row.sha256 and row.sha256 in [data.get("sha256") for data in told]


@dataclass(frozen=True)
class Owed:
    """One sheet of a period in the list: whose, by when, and how far it is."""

    office_id: int
    office: str
    scope: str
    due_on: dt.date
    days_left: int
    owes: bool
    stage: str
    filed_at: dt.datetime | None
    seq: int

    @property
    def is_missing(self) -> bool:
        """Tell whether the office owes the sheet and has not confirmed it."""
        return self.owes and self.stage != StatisticsFiling.Stage.CONFIRMED


def owed(user: User, months: Months, *, on: dt.date) -> list[Owed]:
    """List the sheets of a period of every office a person may look at, the roll-ups first."""
    reach, terms = readable(user), Terms(on=on)
    rows: dict[tuple[int, str], StatisticsFiling] = {}
    for row in _rows(months).filter(office_id__in=reach).defer("figures").order_by("seq"):
        rows[row.office_id, row.scope] = row
    found = []
    offices = list(Office.objects.filter(pk__in=reach, is_active=True).order_by("code"))
    parents = {office.parent_id for office in Office.objects.filter(is_active=True)}
    for office in offices:
        scopes = (
            [OWN] if office.pk not in parents or Role.SUPERVISOR not in reach[office.pk] else [WHOLE, OWN]
        )
        for scope in scopes:
            row = rows.get((office.pk, scope))
            due = _due(terms, office.pk, months)
            owes = terms.owes(office.pk, months) and (scope == OWN)
            found.append(
                Owed(
                    office.pk, office.name, str(scope), due, (due - on).days, owes, row.stage if row else "",
                    row.filed_at if row else None, row.seq if row else 0,
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: one.scope != WHOLE)


def _due(terms: Terms, office_id: int, months: Months) -> dt.date:
    try:
        return terms.due_on(office_id, months)
    except CalendarError:
        return months.period.last


def may(
    user: User, office_id: int, scope: str, row: StatisticsFiling | None, months: Months, *, on: dt.date
) -> dict[str, bool]:
    """Tell which steps a person may take on a sheet as it stands."""
    roles = user.reach().get(office_id, frozenset())
    whole = scope == WHOLE
    files = {Role.SUPERVISOR} if whole else {Role.HEAD, Role.ALLOCATOR, Role.INTAKE}
    confirms = {Role.SUPERVISOR} if whole else {Role.HEAD}
    over = months.period.last < on
    return {
        "file": bool(roles & files) and over,
        "confirm": bool(roles & confirms) and row is not None and row.stage == StatisticsFiling.Stage.FILED,
    }


def periods(on: dt.date, count: int = 24) -> Sequence[Months]:
    """List the months and quarters that have begun, newest first: what the choice of a period offers."""
    found: list[Months] = []
    year, month = on.year, on.month
    for _ in range(count):
        if month % 3 == 0 or not found:
            first = (month - 1) // 3 * 3 + 1
            found.append(Months(year, first, first + 2))
        found.append(Months(year, month, month))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found


def last_over(on: dt.date) -> Months:
    """Return the last month that is over: the one that is due."""
    year, month = (on.year, on.month - 1) if on.month > 1 else (on.year - 1, 12)
    return Months(year, month, month)
