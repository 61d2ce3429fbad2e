"""The figures of a month's bulletin, counted for each office below in a fixed number of questions."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, QuerySet

from office.models import Office
from workflow.annual.measure import Measure
from workflow.counting.database import count as counted
from workflow.counting.keys import Book, Sums, folded, month_at, name_of, span_of
from workflow.machine import ENDED
from workflow.models import Case, ClockEvent, Rectification, Urge
from workflow.selectors.timeliness import Standing, open_cases, standing_at

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
#: Name in the figures → what the monthly sheet calls it (``workflow.annual.measure``).
COUNTED = {"received": "new", "finished": "done", "in_time": "in_time", "late": "late"}
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

    What came and was done is what the monthly sheet says; of what was done, what was served was in time or late. What is
    open, is as it stands on the day. An office closed since has its line where there is anything to be said of it.
    """
    offices = list(office.descendants().order_by("code"))
    ids = [one.pk for one in offices]
    first, last = span(year, month)
    cases = Case.objects.filter(office_id__in=ids)
    numbers = [month_at(*before(year, month, back)) for back in range(MONTHS - 1, -1, -1)]
    book = counted(offices, span_of(numbers[0], numbers[-1]), beside={"days"})
    here = {pk: _told(sums) for pk, sums in folded(book, numbers[-1], numbers[-1]).items()}
    urges = Urge.objects.filter(office_id__in=ids)
    notices = Rectification.objects.filter(Rectification.SENT, about_id__in=ids)
    waiting = urges.filter(Urge.WAITING, answer_due_on__lt=on).exclude(
        case__state__in=[str(one) for one in ENDED]
    )
    found = {
        "open": _by(open_cases(cases)),
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
        line = here[one.pk] | line
        if one.is_active or any(line.values()):
            lines.append({"office": one.name, **line})
    total = {name: sum(line[name] for line in lines) for name in (*COLUMNS, *ACTS)}
    return {"offices": lines, "total": total, "months": [_month(book, number) for number in numbers]}


def _told(sums: Sums) -> dict[str, int]:
    """Tell of some counts what came, what was done, and how much of that was served in time and late."""
    return {name: Measure(what).amount(sums).number for name, what in COUNTED.items()}


def _month(book: Book, number: int) -> dict[str, Any]:
    year, month = name_of(number)
    told = [_told(sums) for sums in folded(book, number, number).values()]
    return {
        "month": f"{year}年{month}月",
        "received": sum(one["received"] for one in told),
        "finished": sum(one["finished"] for one in told),
    }


def _by(rows: QuerySet[Any], column: str = "office_id") -> dict[int, int]:
    counted = rows.order_by().values(of=F(column)).annotate(n=Count("pk", distinct=True))
    return {row["of"]: row["n"] for row in counted}


def rate(part: int, whole: int) -> str:
    """Write a share in per cent, to one place; nothing of nothing is a dash."""
    return f"{part * 100 / whole:.1f}%" if whole else "—"


def columns_of(names: Iterable[str]) -> list[str]:
    """Return the words of some columns."""
    known = COLUMNS | ACTS
    return [known[name] for name in names]
