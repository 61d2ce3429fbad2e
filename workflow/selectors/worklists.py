"""Work lists: what a person, a unit or a supervisor has before them, by due date, page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import BooleanField, Count, Q, QuerySet, Value
from django.utils.timezone import localtime

from office.models import Unit, User
from office.roles import Role
from workflow.machine import ENDED, State
from workflow.models import Case, Share
from workflow.scope import own_units
from workflow.selectors.access import visible_cases
from workflow.selectors.duties import duties_of, flags_of, labels_of, waiting_for
from workflow.selectors.inbox import waiting_letters
from workflow.selectors.keyset import behind, key_of
from workflow.selectors.seals import waiting_count
from workflow.selectors.timeliness import (
    Standing,
    badge,
    by_due,
    due_by,
    open_cases,
    running_cases,
    standing,
    standing_at,
    standing_in_groups,
    with_pause,
    working_days_left,
)  # fmt: skip

PAGE = 30
AT_WORK = tuple(state for state in State if state not in (*ENDED, State.REPLIED))
#: The levels a supervisor watches, most pressing first; due today is in time and in exactly one of them.
LEVELS = (Standing.OVERDUE, Standing.TODAY, Standing.SOON, Standing.NEAR, Standing.PAUSED)
#: Those that the tab counts.
PRESSING = (Standing.OVERDUE, Standing.TODAY, Standing.SOON)
MANY = 99
#: What a row shows and its badge goes by; a case has a hundred columns.
SHOWN = (
    "state", "office_id", "unit_id", "handler_id", "year", "seq", "title", "applicant_kind", "applicant_name", "due_on",
    "completed_on", "due_provisional", "updated_at", "office__name", "unit__name", "handler__name", "handler__username",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of a work list, ready to show."""

    id: int
    number: str
    title: str
    applicant: str
    state: str
    state_label: str
    unit: str
    handler: str
    due_on: dt.date | None
    left: int | None
    due_status: str
    provisional: bool
    waiting_since: dt.date
    todo: str = ""
    office: str = ""
    office_id: int = 0
    part: str = ""
    internal_on: dt.date | None = None
    internal_left: int | None = None


@dataclass(frozen=True)
class Page:
    """One page of a list, the key after which the next one begins ("" at the end), and how long the whole list is.

    The length is told by the first page alone, and no further than tabs count.
    """

    rows: tuple[Row, ...]
    following: str = ""
    count: int | None = None


def my_work(user: User, *, on: dt.date, after: str = "", size: int = PAGE) -> Page:
    """List what this person must do next, nearest due date first; each case with the duties it waits for."""
    duties = duties_of(user, on=on)
    if not duties:
        return Page((), count=0)
    cases, following, count = _read(waiting_for(duties), on, after, size, flags_of(duties))
    labels = labels_of(cases, duties)
    rows = [replace(_row(case, user, on), todo=labels[case.pk]) for case in cases]
    return Page(_with_parts(rows, user, on), following, count)


def unit_work(user: User, *, on: dt.date, unit: int | None = None, after: str = "", size: int = PAGE) -> Page:
    """List the open cases of this person's units, or of one unit, nearest due date first.

    Who runs the office's requests sees every unit of the office.
    """
    cases = visible_cases(user).filter(_units(user), state__in=AT_WORK)
    if unit is not None:
        cases = cases.filter(unit_id=unit)
    found, following, count = _read(cases, on, after, size)
    return Page(_told(found, user, on), following, count if unit is None else None)


def units_of(user: User) -> list[Any]:
    """List the units whose work this person may see, for choosing one."""
    wide, narrow = _reach(user)
    return list(
        Unit.objects.filter(Q(office_id__in=wide) | Q(pk__in=narrow), is_active=True).order_by(
            "office", "code"
        )
    )


def watch_list(
    user: User, *, on: dt.date, level: str = Standing.OVERDUE, after: str = "", size: int = PAGE
) -> Page:
    """List the open cases near or past their due date in the offices this person watches over (督办)."""
    cases = (
        by_due(_watched(user, on, level)).filter(behind(after)).select_related("office", "unit", "handler")
    )
    # The level says already whether the clock stands still.
    paused = Value(level == Standing.PAUSED, output_field=BooleanField())
    found = list(cases.annotate(pausing=paused).only(*SHOWN)[: size + 1])
    keys = [(case.due_on, case.pk) for case in found]
    return Page(_told(found[:size], user, on), _following(keys, size))


def watch_counts(user: User, *, on: dt.date) -> dict[str, int]:
    """Count the watched cases by level in one question."""
    groups = (
        open_cases(Case.objects.filter(_units(user)))
        .order_by()
        .annotate(level=standing_in_groups(on))
        .values("level")
    )
    found = {row["level"]: row["n"] for row in groups.annotate(n=Count("pk"))}
    return {str(level): found.get(level, 0) for level in LEVELS}


def tab_counts(
    user: User, *, on: dt.date, home: int | None = None, unit: int | None = None, watch: int | None = None
) -> dict[str, str]:
    """Count what stands behind the desk's tabs, each no further than 99.

    What a page has counted already may be given, so that it is not counted again.

    :param home: how many cases wait for the person
    :param unit: how many cases the person's units have in hand
    :param watch: how many of those the person watches are of the ``PRESSING`` levels
    """
    if home is None:
        duties = duties_of(user, on=on)
        home = _count(waiting_for(duties)) if duties else 0
    if watch is None:
        running = running_cases(Case.objects.filter(_units(user)), on=on)
        watch = _count(running.filter(due_by("due_on", "soon", on)))
    if unit is None:
        unit = _count(visible_cases(user).filter(_units(user), state__in=AT_WORK))
    return {
        "home": shown(home), "unit": shown(unit), "watch": shown(watch), "letters": waiting_letters(user),
        "outgoing": shown(waiting_count(user, MANY)),
    }  # fmt: skip


def rows_of(cases: Iterable[Case], user: User, *, on: dt.date) -> tuple[Row, ...]:
    """Show cases already read (with office, unit and handler) as rows."""
    return tuple(_row(case, user, on) for case in cases)


def shown_name(case: Case, user: User) -> str:
    """Name the applicant as far as this person's duty needs it.

    Supervisors and reviewers see a natural person's family name only (李某).
    """
    if case.applicant_kind != "natural" or _knows_names(user, case):
        return case.applicant_name
    name = case.applicant_name
    several = name[name.rfind("等") :] if name.endswith("人") and "等" in name else ""
    return f"{name[:1]}某{several}"


KNOW_NAMES = frozenset(
    {Role.INTAKE, Role.ALLOCATOR, Role.HANDLER, Role.UNIT_HEAD, Role.HEAD, Role.SIGNATORY, Role.ARCHIVIST}
)


def _knows_names(user: User, case: Case) -> bool:
    return bool(user.reach().get(case.office_id, frozenset()) & KNOW_NAMES)


def _reach(user: User) -> tuple[list[int], list[int]]:
    """Return the offices seen whole and, elsewhere, the handler's own units."""
    wide, narrow = [], []
    for person in user.hats():
        for office_id, roles in person.roles().items():
            if roles & {Role.ALLOCATOR, Role.HEAD, Role.INTAKE, Role.SIGNATORY, Role.SUPERVISOR}:
                wide.append(office_id)
            elif roles & {Role.HANDLER, Role.UNIT_HEAD}:
                narrow += own_units(person, office_id)
    return wide, narrow


def _units(user: User) -> Q:
    wide, narrow = _reach(user)
    return Q(office_id__in=wide) | Q(unit_id__in=narrow)


def _watched(user: User, on: dt.date, level: str) -> QuerySet[Case]:
    return standing_at(Case.objects.filter(_units(user)), level, on=on)


def _count(cases: QuerySet[Case]) -> int:
    return int(cases.order_by().values("pk")[: MANY + 1].count())


def shown(count: int) -> str:
    """Write a count; more than 99 are told as that."""
    return str(count) if count <= MANY else f"{MANY}+"


def _told(cases: Iterable[Case], user: User, on: dt.date) -> tuple[Row, ...]:
    return _with_parts([_row(case, user, on) for case in cases], user, on)


def _with_parts(rows: list[Row], user: User, on: dt.date) -> tuple[Row, ...]:
    """Say of each case whether the reader's units lead or take part, and by when the house wants it."""
    units = {
        unit
        for person in user.hats()
        for office_id in person.roles()
        for unit in own_units(person, office_id)
    }
    if not units:
        return tuple(rows)
    held = Share.objects.filter(
        case_id__in=[row.id for row in rows], unit_id__in=units, status__in=Share.OPEN
    )
    # The lead is read last and stays: who leads a case is its lead, though another of their units takes part.
    parts = {share.case_id: share for share in held.order_by("-part", "internal_due_on").reverse()}
    told = []
    for row in rows:
        share = parts.get(row.id)
        if share is None:
            told.append(row)
            continue
        due = share.internal_due_on
        told.append(
            replace(
                row,
                part=share.get_part_display(),
                internal_on=due,
                internal_left=working_days_left(due, on, row.office_id),
            )
        )
    return tuple(told)


def _read(
    cases: QuerySet[Case], on: dt.date, after: str, size: int, flags: Mapping[str, Any] | None = None
) -> tuple[list[Case], str, int | None]:
    """Read one page behind a key, in the order of (due date, id), undated cases last: its cases, the next key, the count.

    The keys are read first, of a list's beginning as many as the tabs count: so the conditions that choose the cases
    are put to the database once, and what a row shows is asked of one page alone.

    :param flags: what is to be annotated to the cases of the page
    """
    most = size if after else max(size, MANY)
    keys = list(by_due(cases).filter(behind(after)).values_list("due_on", "pk")[: most + 1])
    ids = [pk for _, pk in keys[:size]]
    cases = with_pause(Case.objects.filter(pk__in=ids), on=on).annotate(**flags or {})
    found = {case.pk: case for case in cases.select_related("office", "unit", "handler").only(*SHOWN)}
    page = [found[pk] for pk in ids if pk in found]
    return page, _following(keys, size), None if after else len(keys)


def _following(keys: Sequence[tuple[dt.date | None, int]], size: int) -> str:
    return key_of(*keys[size - 1]) if len(keys) > size else ""


def _row(case: Case, user: User, on: dt.date) -> Row:
    return Row(
        id=case.pk, number=case.number, title=case.title, applicant=shown_name(case, user), state=case.state,
        state_label=State(case.state).label, unit=case.unit.name if case.unit else "",
        handler=case.handler.display if case.handler else "", due_on=case.due_on,
        left=working_days_left(case.due_on, on, case.office_id), due_status=badge(standing(case, on=on)),
        provisional=case.due_provisional, waiting_since=localtime(case.updated_at).date(),
        office=case.office.name, office_id=case.office_id,
    )  # fmt: skip
