"""What many cases at once look like: who may decide what, which cases, how far it has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from office.models import Office, User
from office.roles import Role
from workflow.bulk.kinds import ACT_OF
from workflow.machine import ACTS, State
from workflow.models import Bulk, BulkLine, Case
from workflow.permissions import why_not
from workflow.selectors.access import visible_cases
from workflow.selectors.timeliness import by_due, running_cases, with_pause
from workflow.selectors.worklists import Row, rows_of

#: The kinds that begin with a choice of cases; a leaver's hand-over begins with a person.
CHOSEN = (Bulk.Kind.ASSIGN, Bulk.Kind.URGE, Bulk.Kind.EXTEND, Bulk.Kind.ARCHIVE)
#: Cases offered on one page, nearest due date first.
OFFERED = 100
#: Lines of a bulk on its page; what was not done comes first.
SHOWN = 200
#: Who sees what others decided in an office.
WATCHERS = frozenset({Role.HEAD, Role.SUPERVISOR, Role.ADMIN})
SAYS = {
    Bulk.Kind.ASSIGN: "把已登记的案件交给一个科室", Bulk.Kind.URGE: "提醒正在办理的人和协办科室，每件一天一次",
    Bulk.Kind.EXTEND: "一次批准，每件各出一份延期答复告知书", Bulk.Kind.ARCHIVE: "每件各出卷内目录，取保管期限",
}  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """One chosen case, and why it cannot be done, if it cannot."""

    row: Row
    reason: str


@dataclass(frozen=True)
class Line:
    """One case of a bulk with its result; ``seen`` tells whether the reader may open the case."""

    number: str
    title: str
    case: int
    seen: bool
    status: str
    label: str
    message: str


@dataclass(frozen=True)
class BulkPage:
    """How far a bulk has come."""

    bulk: Bulk
    title: str
    who: str
    total: int
    done: int
    refused: int
    failed: int
    waiting: int
    lines: tuple[Line, ...]
    more: int
    own: bool

    @property
    def running(self) -> bool:
        """Tell whether cases are still waiting."""
        return self.waiting > 0

    @property
    def settled(self) -> int:
        """Count the cases that have a result."""
        return self.total - self.waiting


def offices_for(kind: str, user: User) -> list[Office]:
    """List the offices in which a person may decide something over many cases."""
    roles = ACTS[ACT_OF[kind]].by
    ids = [office_id for office_id, held in user.reach().items() if held & roles]
    return list(Office.objects.filter(pk__in=ids, is_active=True)) if kind in CHOSEN else []


def kinds_for(user: User) -> list[tuple[str, str, str]]:
    """List the kinds a person may start, as (kind, label, what it does)."""
    held = frozenset(role for roles in user.reach().values() for role in roles)
    return [(str(kind), kind.label, SAYS[kind]) for kind in CHOSEN if ACTS[ACT_OF[kind]].by & held & DECIDERS]


#: A handler or the head of a unit urges case by case: over many decides who answers for the office.
DECIDERS = frozenset(str(role) for role in Role.values if role not in (Role.HANDLER, Role.UNIT_HEAD))


def label_of(kind: str) -> str:
    """Name a kind."""
    return Bulk.Kind(kind).label


def decider(user: User, kind: str, office_id: int) -> User:
    """Return as whom a person decides: in the own right, else for a delegator."""
    roles = ACTS[ACT_OF[kind]].by
    return next((person for person in user.hats() if person.roles_in(office_id) & roles), user)


def offered(user: User, kind: str, office: Office, *, on: dt.date) -> tuple[tuple[Row, ...], bool]:
    """List the cases of an office that a decision of a kind could be about, and whether there are more."""
    cases = _could(visible_cases(user).filter(office=office), kind, on)
    found = list(by_due(with_pause(cases, on=on)).select_related("office", "unit", "handler")[: OFFERED + 1])
    return rows_of(found[:OFFERED], user, on=on), len(found) > OFFERED


def judged(user: User, kind: str, office: Office, case_ids: Iterable[int], *, on: dt.date) -> list[Judged]:
    """Tell of each chosen case a person may see whether it could be done now, or why not."""
    by = decider(user, kind, office.pk)
    cases = visible_cases(user).filter(office=office, pk__in=list(case_ids))
    found = list(by_due(with_pause(cases, on=on)).select_related("office", "unit", "handler"))
    rows = rows_of(found, user, on=on)
    return [
        Judged(row, refusal.message if (refusal := why_not(case, ACT_OF[kind], by=by, on=on)) else "")
        for row, case in zip(rows, found, strict=True)
    ]


def visible_bulks(user: User) -> QuerySet[Bulk]:
    """Return the decisions over many cases a person may look at: the own ones, and those of offices watched."""
    watched = [office_id for office_id, roles in user.reach().items() if roles & WATCHERS]
    return Bulk.objects.filter(Q(started_by=user) | Q(office_id__in=watched))


def recent(user: User, *, most: int = 30) -> list[dict[str, Any]]:
    """List the newest decisions over many cases a person may look at, with how far each has come."""
    rows = visible_bulks(user).select_related("started_by", "acting_for", "office").annotate(
        total=Count("lines"), waiting=Count("lines", filter=Q(lines__status=BulkLine.Status.WAITING)),
        undone=Count("lines", filter=Q(lines__status__in=[BulkLine.Status.REFUSED, BulkLine.Status.FAILED])),
    )  # fmt: skip
    return [
        {
            "id": row.pk, "label": row.get_kind_display(), "who": _who(row), "office": row.office.name,
            "on": row.started_on, "total": row.total, "waiting": row.waiting, "undone": row.undone,
        }
        for row in rows.order_by("-pk")[:most]
    ]  # fmt: skip


def bulk_page(user: User, bulk_id: int) -> BulkPage | None:
    """Read how far a bulk has come, or None when this person may not look at it."""
    bulk = visible_bulks(user).select_related("started_by", "acting_for", "office").filter(pk=bulk_id).first()
    if bulk is None:
        return None
    count = {
        row["status"]: row["n"]
        for row in bulk.lines.values("status").annotate(n=Count("pk")).order_by("status")
    }
    lines = list(bulk.lines.select_related("case").order_by("seq"))
    lines.sort(key=lambda line: ORDER[line.status])
    shown = lines[:SHOWN]
    seen = set(
        visible_cases(user).filter(pk__in=[line.case_id for line in shown]).values_list("pk", flat=True)
    )
    return BulkPage(
        bulk=bulk, title=bulk.get_kind_display(), who=_who(bulk), total=len(lines),
        done=count.get("done", 0), refused=count.get("refused", 0), failed=count.get("failed", 0),
        waiting=count.get("waiting", 0), more=len(lines) - len(shown), own=bulk.started_by_id == user.pk,
        lines=tuple(
            Line(
                number=line.case.number, title=line.case.title if line.case_id in seen else "", case=line.case_id,
                seen=line.case_id in seen, status=line.status, label=line.get_status_display(),
                message=line.message,
            )
            for line in shown
        ),
    )  # fmt: skip


ORDER = {"failed": 0, "refused": 1, "waiting": 2, "done": 3}


def started(user: User, act_id: Any) -> int | None:
    """Find the decision that was already started under an id by this person, for a second click."""
    return Bulk.objects.filter(act_id=act_id, started_by=user).values_list("pk", flat=True).first()


def _could(cases: QuerySet[Case], kind: str, on: dt.date) -> QuerySet[Case]:
    states = [str(state) for state in ACTS[ACT_OF[kind]].source]
    if kind == Bulk.Kind.EXTEND:
        extended = Q(events__type="extension")
        return running_cases(cases.filter(state__in=states), on=on).exclude(extended)
    if kind == Bulk.Kind.URGE:
        return cases.filter(state__in=[state for state in states if state != State.SUBMITTED])
    return cases.filter(state__in=states)


def _who(bulk: Bulk) -> str:
    return (
        f"{bulk.started_by.display}（代{bulk.acting_for.display}）"
        if bulk.acting_for
        else bulk.started_by.display
    )
