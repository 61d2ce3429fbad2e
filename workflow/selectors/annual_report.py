"""Annual reports as a person may see them: which offices owe one by when, each with its tables, and what stands against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from law.annual.figures import Figures
from law.annual.layout import ALL, layout
from law.annual.read_json import figures_of
from law.annual.tally import Period
from law.gid.art49_annual_report import report_due
from law.remedies.office import OfficeFacts
from office.models import Office, User
from office.roles import Role
from workflow.annual.document import Report, put_together
from workflow.annual.narrative import Facts
from workflow.models import AnnualReport, Case
from workflow.selectors import annual
from workflow.selectors.access import visible_cases

OWN, WHOLE = AnnualReport.Scope.OWN, AnnualReport.Scope.WHOLE
#: Who may look at an office's report; a supervisor at those of every office below.
READERS = frozenset({Role.SUPERVISOR, Role.HEAD, Role.ALLOCATOR, Role.INTAKE})
#: Kinds of office that make the report of a whole government besides their own (条例第四十九条).
GOVERNMENTS = frozenset({"government", "government_office"})


def readable(user: User) -> dict[int, frozenset[str]]:
    """Return the offices whose reports a person may look at, with the roles held there."""
    return {office: roles for office, roles in user.reach().items() if roles & READERS}


def find_office(user: User, office_id: int, scope: str) -> Office | None:
    """Return an office whose report of a scope a person may look at."""
    roles = readable(user).get(office_id)
    office = Office.objects.filter(pk=office_id).first() if roles else None
    if office is None or scope not in AnnualReport.Scope.values:
        return None
    if scope == WHOLE and (office.kind not in GOVERNMENTS or Role.SUPERVISOR not in (roles or ())):
        return None
    return office


def offices_in(office: Office, scope: str) -> list[Office]:
    """Return the offices whose cases a report counts: the office alone, or it and every one below."""
    below = list(office.descendants()) if scope == WHOLE else []
    return [office, *sorted(below, key=lambda one: one.code)]


def due_on(office: Office, year: int, scope: str) -> dt.date:
    """Return the last day of a report: 31 January, or 31 March for a whole government's."""
    kind = office.kind if scope == WHOLE else "department"
    return report_due(year, OfficeFacts(kind=kind, level=office.level))


def assembled(office: Office, year: int, scope: str, *, on: dt.date) -> Report:
    """Put a report together as it stands: published figures as they were published, others as the cases say today."""
    row = AnnualReport.objects.filter(office=office, year=year, scope=scope).first()
    offices, period = offices_in(office, scope), Period.of_year(year)
    counted = annual.figures(offices, period, year)
    notes: list[str] = []
    figures = counted
    if row is not None and row.stage == AnnualReport.Stage.PUBLISHED:
        figures = figures_of(row.published)
        figures.notes.clear()
        if row.origin == AnnualReport.Origin.MADE:
            notes += _moved_since(figures, counted)
    elif on <= period.last:
        notes.append(f"{year}年度尚未结束，表三、表四为截至今日登记的情况")
    hand: dict[str, dict[str, Any]] = row.hand if row else {}
    if scope == WHOLE:
        hand, missing = _summed(offices, year, hand)
        notes += [f"尚未填写表二：{'、'.join(missing)}"] if missing else []
    if row is not None and row.origin == AnnualReport.Origin.ENTERED:
        hand = {name: {c: cell.value for c, cell in cells.items()} for name, cells in figures.table2.items()}
    before = AnnualReport.objects.filter(office=office, year=year - 1, scope=scope).first()
    if before is not None and before.published:
        figures.previous = figures_of(before.published)
    elif Case.objects.filter(office__in=offices, received_on__lt=period.first).exists():
        notes.append(f"没有登记已经公布的{year - 1}年度报告，上年结转数（R4）、现行有效件数（R7）没有核对")
    paid = annual.fees(offices, period)
    return put_together(
        figures, Facts(office.name, year, paid.count, paid.total), scope=scope, due_on=due_on(office, year, scope),
        hand=hand, texts=row.texts if row else {}, notes=tuple(notes), kept=_kept(row),
    )  # fmt: skip


def _kept(row: AnnualReport | None) -> list[list[str]] | None:
    """Return the text of a published report as it was published."""
    if row is None or row.stage != AnnualReport.Stage.PUBLISHED:
        return None
    kept: list[list[str]] | None = row.published.get("paragraphs")
    return kept


def _moved_since(published: Figures, now: Figures) -> list[str]:
    """Say which totals the cases have changed since publication: a correction is shown, never made silently."""
    found = []
    for row in layout().rows:
        was, is_now = published.cell(row, ALL).value, now.cell(row, ALL).value
        if was is not None and is_now is not None and was != is_now:
            found.append(f"公布后有变动：{layout().path(row)}，公布为 {was}，现为 {is_now}")
    return found


def _summed(
    offices: Sequence[Office], year: int, own: dict[str, dict[str, Any]]
) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Add up table two of the offices below; what the report itself enters goes before the sum."""
    rows = {
        row.office_id: row for row in AnnualReport.objects.filter(office__in=offices, year=year, scope=OWN)
    }
    missing = [
        office.name
        for office in offices
        if not any((rows[office.pk].hand if office.pk in rows else {}).values())
    ]
    whole: dict[str, dict[str, Any]] = {}
    for table in layout().hand_tables(year):
        for name in table.rows:
            for column in table.columns:
                entered = own.get(name, {}).get(column)
                parts = [row.hand.get(name, {}).get(column) for row in rows.values()]
                known = [part for part in parts if part is not None]
                value = entered if entered is not None else sum(known) if known else None
                whole.setdefault(name, {})[column] = value
    return whole, missing


@dataclass(frozen=True)
class Owed:
    """One report in the list: whose, on which year, by when, and how far it is."""

    office_id: int
    office: str
    year: int
    scope: str
    scope_label: str
    due_on: dt.date
    days_left: int
    stage: str
    stage_label: str
    published_on: dt.date | None

    @property
    def late(self) -> bool:
        """Tell whether the day is over without a publication, or was when it came."""
        if self.published_on:
            return self.published_on > self.due_on
        return self.days_left < 0


def owed(user: User, year: int, *, on: dt.date) -> list[Owed]:
    """List the reports on a year of every office a person may look at, those that are due first."""
    reach = readable(user)
    rows = {
        (row.office_id, row.scope): row
        for row in AnnualReport.objects.filter(office_id__in=reach, year=year).defer(
            "published", "texts", "hand"
        )
    }
    found = []
    for office in Office.objects.filter(pk__in=reach, is_active=True).order_by("code"):
        scopes = [OWN]
        if office.kind in GOVERNMENTS and Role.SUPERVISOR in reach[office.pk]:
            scopes.append(WHOLE)
        for scope in scopes:
            row = rows.get((office.pk, scope))
            due = due_on(office, year, scope)
            found.append(
                Owed(
                    office.pk, office.name, year, str(scope), str(scope.label), due, (due - on).days,
                    row.stage if row else "", row.get_stage_display() if row else "还没有编制",
                    row.published_on if row else None,
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: (one.published_on is not None, one.due_on))


def stored(office: Office, year: int, scope: str) -> AnnualReport | None:
    """Return what is on record of a report."""
    return AnnualReport.objects.filter(office=office, year=year, scope=scope).first()


def may(user: User, office_id: int, scope: str, row: AnnualReport | None) -> dict[str, bool]:
    """Tell which steps a person may take on a report as it stands."""
    roles = user.reach().get(office_id, frozenset())
    writes = {Role.SUPERVISOR} if scope == WHOLE else {Role.HEAD, Role.ALLOCATOR, Role.INTAKE}
    publishes = {Role.SUPERVISOR} if scope == WHOLE else {Role.HEAD}
    enters = {Role.SUPERVISOR} if scope == WHOLE else {Role.HEAD, Role.ALLOCATOR}
    draft = row is None or row.stage == AnnualReport.Stage.DRAFT
    entered = row is not None and row.origin == AnnualReport.Origin.ENTERED
    return {
        "fill": bool(roles & writes) and draft and not entered,
        "publish": bool(roles & publishes) and row is not None and draft,
        "take_back": bool(roles & publishes) and not draft and not entered,
        "enter": bool(roles & enters) and (row is None or entered),
    }


@dataclass(frozen=True)
class Listed:
    """A page of the cases behind a figure: what it counts, how many there are, and where the page begins."""

    heading: str
    count: int
    rows: tuple[annual.Behind, ...]
    after: int


def behind_cell(
    user: User,
    office: Office,
    year: int,
    scope: str,
    *,
    table: str,
    row: str,
    column: str,
    after: int,
    size: int,
) -> Listed | None:
    """List the cases behind one figure of table three or four; None where no cell is called so."""
    offices, period = offices_in(office, scope), Period.of_year(year)
    heading = cell_label(table, row, column)
    if table == "3" and heading:
        pks = annual.case_ids(offices, period, row, {column})
        rows = tuple(annual.behind(visible_cases(user), pks, after=after, size=size))
        return Listed(heading, len(pks), rows, after)
    if table == "4" and heading:
        found = annual.remedies_behind(offices, period, row, column)
        return Listed(heading, len(found), tuple(found[after : after + size]), after)
    return None


def cell_label(table: str, row: str, column: str) -> str:
    """Name a cell of table three or four; blank where there is none such."""
    columns = {one.id: one.label for one in layout().columns}
    roads, results = ({one.id: one.label for one in some} for some in (layout().roads, layout().results))
    if table == "3" and column in columns and (row in layout().rows or row in layout().groups):
        return f"{layout().path(row)} · {columns[column]}"
    if table == "4" and row in roads and column in results:
        return f"{roads[row]} · {results[column]}"
    return ""
