"""The figures of a month's bulletin, counted for each office below in a fixed number of questions."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from office.models import Office
from workflow.machine import ENDED
from workflow.models import Case, ClockEvent, Rectification, Urge
from workflow.selectors.timeliness import Standing, finished_late, open_cases, standing_at

#: What is counted for each office: its name in the stored figures, and what the tables call it.
COLUMNS = {
    "received": "本月新收", "finished": "本月办结", "in_time": "其中按期", "late": "其中逾期", "open": "在办",
    "overdue": "在办已逾期", "extended": "本月延期",
}  # fmt: skip
ACTS = {
    "urged": "催办（次）",
    "unanswered": "催办逾期未答复",
    "rectify": "督促整改",
    "criticise": "通报批评",
    "unrectified": "逾期未整改",
}
#: Months of the small table of how numbers went, the bulletin's own the last.
MONTHS = 6


def span(year: int, month: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, monthrange(year, month)[1])


def before(year: int, month: int, back: int) -> tuple[int, int]:
    """Return the month some months before another."""
    place = year * 12 + month - 1 - back
    return place // 12, place % 12 + 1


def count(office: Office, year: int, month: int, *, on: dt.date) -> dict[str, Any]:
    """Count a month for every office below a supervising one, with their sum and the months before, as plain data.

    What happened is counted over the month, by the one definition of timeliness; what is open, as it stands on the day.
    """
    offices = list(office.descendants().filter(is_active=True).order_by("code"))
    ids = [one.pk for one in offices]
    first, last = span(year, month)
    cases = Case.objects.filter(office_id__in=ids)
    finished = cases.filter(completed_on__range=(first, last), due_on__isnull=False)
    urges = Urge.objects.filter(office_id__in=ids)
    notices = Rectification.objects.filter(Rectification.SENT, about_id__in=ids)
    waiting = urges.filter(Urge.WAITING, answer_due_on__lt=on).exclude(
        case__state__in=[str(one) for one in ENDED]
    )
    found = {
        "received": _by(cases.filter(received_on__range=(first, last))), "finished": _by(finished),
        "late": _by(finished.filter(finished_late())), "open": _by(open_cases(cases)),
        "overdue": _by(standing_at(cases, Standing.OVERDUE, on=on)),
        "extended": _by(
            ClockEvent.objects.filter(case__office_id__in=ids, type="extension", on__range=(first, last)), "case__office_id"
        ),
        "urged": _by(urges.filter(urged_on__range=(first, last))), "unanswered": _by(waiting),
        "rectify": _by(notices.filter(kind="rectify", issued_on__range=(first, last)), "about_id"),
        "criticise": _by(notices.filter(kind="criticise", issued_on__range=(first, last)), "about_id"),
        "unrectified": _by(notices.filter(stage__in=["issued", "received"], rectify_by_on__lt=on), "about_id"),
    }  # fmt: skip
    lines = []
    for one in offices:
        line: dict[str, Any] = {name: counts.get(one.pk, 0) for name, counts in found.items()}
        lines.append({"office": one.name, **line, "in_time": line["finished"] - line["late"]})
    total = {name: sum(line[name] for line in lines) for name in (*COLUMNS, *ACTS)}
    return {"offices": lines, "total": total, "months": _months(cases, year, month)}


def _by(rows: QuerySet[Any], column: str = "office_id") -> dict[int, int]:
    counted = rows.order_by().values(of=F(column)).annotate(n=Count("pk", distinct=True))
    return {row["of"]: row["n"] for row in counted}


def _months(cases: QuerySet[Case], year: int, month: int) -> list[dict[str, Any]]:
    """Count what came in and what was finished in each of the last months, in one question."""
    months = [before(year, month, back) for back in range(MONTHS - 1, -1, -1)]
    wanted: dict[str, Any] = {}
    for place, one in enumerate(months):
        wanted[f"received_{place}"] = Count("pk", filter=Q(received_on__range=span(*one)))
        wanted[f"finished_{place}"] = Count(
            "pk", filter=Q(completed_on__range=span(*one), due_on__isnull=False)
        )
    first, last = span(*months[0])[0], span(year, month)[1]
    touched = cases.filter(Q(received_on__range=(first, last)) | Q(completed_on__range=(first, last)))
    told = touched.aggregate(**wanted)
    return [
        {
            "month": f"{one[0]}年{one[1]}月",
            "received": told[f"received_{place}"],
            "finished": told[f"finished_{place}"],
        }
        for place, one in enumerate(months)
    ]


def rate(part: int, whole: int) -> str:
    """Write a share in per cent, to one place; nothing of nothing is a dash."""
    return f"{part * 100 / whole:.1f}%" if whole else "—"


def columns_of(names: Iterable[str]) -> list[str]:
    """Return the words of some columns."""
    known = COLUMNS | ACTS
    return [known[name] for name in names]
