"""Reminders (催办) as a person may see them: those to be answered, and the list of an office's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from office.models import User
from workflow.machine import ENDED
from workflow.models import Case, Urge
from workflow.scope import own_units
from workflow.selectors.access import visible_cases
from workflow.selectors.timeliness import working_days_left

PAGE = 50
#: How a list may be narrowed, and what it says.
SHOWN = {"waiting": "等待答复", "late": "逾期未答复", "answered": "已答复", "all": "全部"}


@dataclass(frozen=True)
class Line:
    """One reminder in a list."""

    urge: Urge
    case_id: int
    number: str
    office: str
    to: str
    status: str
    left: int | None


def owed_by(user: User, offices: Iterable[int]) -> QuerySet[Urge]:
    """Return the reminders that wait for this person's answer in some offices."""
    rule = Q(pk__in=[])
    for office_id in offices:
        roles, units = user.roles_in(office_id), own_units(user, office_id)
        rule |= Q(office_id=office_id) & (
            Q(unit_id__in=units) | Q(unit__isnull=True, to_role__in=sorted(roles))
        )
    return Urge.objects.filter(Urge.WAITING, rule).exclude(urged_by__in=user.principals)


def visible_urges(user: User) -> QuerySet[Urge]:
    """Return the reminders about the cases a person may see, and no other."""
    return Urge.objects.filter(case__in=visible_cases(user).values("pk"))


def listed(
    user: User, *, on: dt.date, shown: str = "waiting", after: int = 0
) -> tuple[tuple[Line, ...], int]:
    """List reminders, those with the nearest day first and the newest before otherwise; with the key of the next page.

    :param shown: a key of SHOWN
    :param after: how many were listed before
    """
    found = list(_ordered(user, shown, on)[after : after + PAGE + 1])
    lines = tuple(_line(row, on) for row in found[:PAGE])
    return lines, after + PAGE if len(found) > PAGE else 0


def counted(user: User, *, on: dt.date) -> dict[str, int]:
    """Count the reminders of each kind of list."""
    rows = visible_urges(user)
    return {shown: _narrowed(rows, shown, on).count() for shown in SHOWN}


def exported(user: User, *, on: dt.date, shown: str = "all") -> list[list[object]]:
    """Return a list of reminders as rows for a spreadsheet, in the list's order, its heading first; no applicant is named.

    A list longer than MOST ends with a line that says how many were left off.
    """
    rows = _ordered(user, shown, on)
    head: list[object] = [
        "案件编号",
        "机关",
        "被催办",
        "催办的要求",
        "催办人",
        "催办日",
        "答复期限",
        "答复情况",
        "答复",
        "答复日",
        "答复人",
    ]
    made = [head] + [
        [
            line.number, line.office, line.to, line.urge.words, line.urge.urged_by.display, line.urge.urged_on,
            line.urge.answer_due_on, line.status, line.urge.answer, line.urge.answered_on,
            line.urge.answered_by.display if line.urge.answered_by else "",
        ]
        for line in (_line(row, on) for row in rows[:MOST])
    ]  # fmt: skip
    if len(made) > MOST and (rest := rows.count() - MOST) > 0:
        made.append([f"只列前{MOST}条，另有{rest}条没有列出", *[""] * (len(head) - 1)])
    return made


#: Rows of one file at most.
MOST = 5000


def urge_lines(case: Case, on: dt.date) -> tuple[Line, ...]:
    """Show the reminders of one case, the newest first."""
    rows = case.all_urges()
    for row in rows:
        row.case = case
    return tuple(_line(row, on) for row in reversed(rows))


def _ordered(user: User, shown: str, on: dt.date) -> QuerySet[Urge]:
    order = ("answer_due_on", "pk") if shown in ("waiting", "late") else ("-urged_on", "-pk")
    rows = _narrowed(visible_urges(user), shown, on)
    return rows.select_related("case__office", "unit", "handler", "urged_by", "answered_by").order_by(*order)


def _narrowed(rows: QuerySet[Urge], shown: str, on: dt.date) -> QuerySet[Urge]:
    if shown == "all":
        return rows
    if shown == "answered":
        return rows.filter(answered_on__isnull=False)
    waiting = rows.filter(Urge.WAITING).exclude(case__state__in=[str(state) for state in ENDED])
    return waiting.filter(answer_due_on__lt=on) if shown == "late" else waiting


def status_of(row: Urge, on: dt.date) -> str:
    """Say in words how a reminder stands on a day."""
    if row.answered_on is not None:
        late = row.answer_due_on is not None and row.answered_on > row.answer_due_on
        return "逾期答复" if late else "已答复"
    if row.answer_due_on is None:
        return "不要求答复"
    if row.case.state in ENDED:
        return "案件已办结"
    return "逾期未答复" if row.answer_due_on < on else "等待答复"


def _line(row: Urge, on: dt.date) -> Line:
    waits = row.waits and row.case.state not in ENDED
    left = working_days_left(row.answer_due_on, on, row.office_id) if waits else None
    co = "（协办）" if row.co else ""
    return Line(
        row, row.case_id, row.case.number, row.case.office.name, f"{row.to}{co}", status_of(row, on), left
    )
