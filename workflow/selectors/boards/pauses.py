"""Cases whose clock stands still: for what, and for how many working days already."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db.models import Count, QuerySet

from workflow.machine import State
from workflow.models import Case
from workflow.selectors.boards.held import Total, working_days
from workflow.selectors.timeliness import open_cases, paused_by

#: Why a clock is paused, by the party that was asked; why one is stopped, by the state it waits in.
ASKED = {"third": "征求第三方意见", "agency": "征求其他机关意见", "joint": "征求共同制作机关意见"}
SEVERAL, OTHER = "several", "other"
STOPPED = {
    "supplementing": "待申请人补正",
    "awaiting_fee": "待缴费",
    "submitted": "待确认收件",
    OTHER: "其他停止计时",
}
REASONS = {**ASKED, SEVERAL: "同时征求几方意见", **STOPPED}


def waiting(cases: QuerySet[Case], *, on: dt.date) -> dict[str, Total]:
    """Count the cases that are paused or stopped on a day by reason, with the working days they have been so.

    A pause is as old as the first of the consultations that hold it; a clock is stopped since the case entered
    the state in which it waits.
    """
    found: defaultdict[str, Total] = defaultdict(Total)
    asked: dict[int, tuple[set[str], dt.date, int]] = {}
    rows = paused_by(on).filter(case_id__in=open_cases(cases).order_by().values("pk")).order_by("sent_on")
    for case, office, kind, sent in rows.values_list("case_id", "case__office_id", "kind", "sent_on"):
        asked.setdefault(case, (set(), sent, office))[0].add(kind)
    for kinds, sent, office in asked.values():
        reason = next(iter(kinds)) if len(kinds) == 1 else SEVERAL
        found[reason] = found[reason].plus(1, working_days(sent, on, office))
    still = open_cases(cases).filter(due_on__isnull=True)
    for row in still.order_by().values("office_id", "state", "stage_on").annotate(n=Count("pk")):
        reason = row["state"] if row["state"] in STOPPED else OTHER
        found[reason] = found[reason].plus(row["n"], working_days(row["stage_on"], on, row["office_id"]))
    return {reason: found[reason] for reason in REASONS if reason in found}


def of_reason(cases: QuerySet[Case], reason: str, *, on: dt.date) -> QuerySet[Case]:
    """Keep the open cases that stand still for one reason, by the same count as ``waiting``."""
    if reason in STOPPED:
        stopped = open_cases(cases).filter(due_on__isnull=True)
        named = [str(state) for state in State if state in STOPPED]
        return stopped.exclude(state__in=named) if reason == OTHER else stopped.filter(state=reason)
    by_party = {party: paused_by(on, party).order_by().values("case_id") for party in ASKED}
    if reason != SEVERAL:
        cases = open_cases(cases).filter(pk__in=by_party[reason])
        for party in ASKED:
            if party != reason:
                cases = cases.exclude(pk__in=by_party[party])
        return cases
    parties = paused_by(on).order_by().values("case_id").annotate(kinds=Count("kind", distinct=True))
    return open_cases(cases).filter(pk__in=parties.filter(kinds__gt=1).values("case_id"))
