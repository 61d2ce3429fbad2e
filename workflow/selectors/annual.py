"""The figures of the annual report from the cases, and the cases behind each figure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from law.annual.figures import Figures
from law.annual.layout import ALL, layout
from law.annual.tally import Period, Proceeding, Request, counted_proceedings, result_row, tables
from law.outcomes import Outcome
from office.models import Office
from workflow.counting.database import Counting, count, first_rounds, one_outcome
from workflow.counting.keys import Book
from workflow.models import Case, FeeNotice, Remedy, Reopening


@dataclass(frozen=True)
class First:
    """What the first reply to a case that was taken up again came to (READINGS R34)."""

    done_on: dt.date | None
    outcome: str


def alive(offices: Sequence[int], period: Period) -> QuerySet[Case]:
    """Return the cases that count in a period: received by its end, and not done before it began."""
    return Case.objects.filter(office_id__in=offices, received_on__lte=period.last).filter(
        Q(replied_on__gte=period.first) | Q(replied_on__isnull=True)
    )


def figures(offices: Sequence[Office], period: Period, year: int) -> Figures:
    """Count tables three and four of some offices together, each by its own readings."""
    ids = [office.pk for office in offices]
    return tables(year, period, moved(count(offices, period, beside=())), proceedings(ids, period))


def moved(book: Book, *, office: int | None = None) -> Counter[tuple[str, str]]:
    """Fold counts into the rows and columns of table three; what is left over is what came less what was done."""
    found: Counter[tuple[str, str]] = Counter()
    for key, number in book.sums(office=office).items():
        if key.what == "new":
            found["new", key.a] += number
            found["carried_out", key.a] += number
        elif key.what == "carried_in":
            found["carried_in", key.a] += number
            found["carried_out", key.a] += number
        elif key.what == "done":
            found[key.a, key.b] += number
            found["carried_out", key.b] -= number
    return found


def proceedings(ids: Sequence[int], period: Period) -> list[Proceeding]:
    """List the reconsiderations and suits that the offices' table four knows by the end of a period.

    A suit against the office and the body that upheld its reply is the office's: what a body is sued over is no case here (R32).
    """
    rows = Remedy.objects.filter(case__office_id__in=ids, received_on__lte=period.last)
    return [
        Proceeding(pk, road, received_on, decided_on, result, after if kind_after == "suit" else None)
        for pk, road, received_on, decided_on, result, after, kind_after in rows.order_by("pk").values_list(
            "pk", "road", "received_on", "decided_on", "result", "after_id", "after__kind"
        )
    ]


@dataclass(frozen=True)
class Behind:
    """One case, or one proceeding about a case, behind a figure."""

    id: int
    case_id: int
    number: str
    title: str
    office: str
    kind: str
    received_on: dt.date | None
    done_on: dt.date | None
    told: str


def case_ids(offices: Sequence[Office], period: Period, row: str, columns: Collection[str]) -> list[int]:
    """List the cases that cells of table three count, in order of entry.

    :param columns: the kinds of applicant, or the column of all
    """
    here = Counting(offices, period)
    again = first_rounds(here.ids, period, here)
    wanted = _leaves_of(row)
    once = alive(here.ids, period).exclude(pk__in=list(again))
    every = ALL in columns
    if not every:
        once = once.filter(applicant_kind__in=columns)
    found: list[int] = []
    if "new" in wanted:
        found += once.filter(received_on__gte=period.first).values_list("pk", flat=True)
    if "carried_in" in wanted:
        found += once.filter(received_on__lt=period.first).values_list("pk", flat=True)
    if "carried_out" in wanted:
        left = Q(replied_on__gt=period.last) | Q(replied_on__isnull=True)
        found += once.filter(left).values_list("pk", flat=True)
    results = wanted - {"new", "carried_in", "carried_out"}
    if results:
        done = once.filter(replied_on__lte=period.last)
        rows = _may_have(done, results).values_list("pk", "office_id", "replied_on", "outcomes")
        for pk, office, replied_on, outcomes in rows.iterator():
            if result_row(one_outcome(outcomes.split(","), replied_on, here.overrides(office))) in results:
                found.append(pk)
    for one in again.values():
        if one.received_on is None or not (every or one.kind in columns):
            continue
        counted = Request(one.id, one.kind, one.received_on, one.done_on, one.outcome)
        if wanted & set(counted.rows(period)):
            found.append(one.id)
    return sorted(found)


def _leaves_of(row: str) -> frozenset[str]:
    if row == "total":
        return frozenset(leaf.id for leaf in layout().leaves)
    if row in layout().groups:
        return frozenset(leaf.id for leaf in layout().leaves if leaf.group == row)
    return frozenset({row})


def _may_have(done: QuerySet[Case], results: frozenset[str]) -> QuerySet[Case]:
    """Leave out cases none of whose items can put them in a row; a partial disclosure may be put together of others."""
    if "partial" in results or "other_3" in results:
        return done
    outcomes = sorted({outcome for row in results for outcome in layout().rows[row].outcomes})
    return done.filter(reduce(or_, (Q(outcomes__contains=outcome) for outcome in outcomes)))


def behind(cases: QuerySet[Case], pks: Sequence[int], *, after: int = 0, size: int = 50) -> list[Behind]:
    """Give a page of the cases of a cell, those behind a place in the list.

    :param cases: what the reader may see
    """
    page = list(pks[after : after + size])
    found = cases.filter(pk__in=page).select_related("office")
    rows = {case.pk: case for case in found.prefetch_related("items")}
    again = _first_replies(page)
    return [_behind(rows[pk], again.get(pk)) for pk in page if pk in rows]


def _first_replies(pks: Sequence[int]) -> dict[int, First]:
    found: dict[int, First] = {}
    rows = Reopening.objects.filter(case_id__in=pks).order_by("case_id", "seq")
    for pk, before in rows.values_list("case_id", "before"):
        if pk not in found and before.get("replied_on"):
            day = dt.date.fromisoformat(before["replied_on"])
            found[pk] = First(day, one_outcome((item["outcome"] for item in before["items"]), day, None))
    return found


def _behind(case: Case, first: First | None) -> Behind:
    outcomes = [item.outcome for item in sorted(case.items.all(), key=lambda item: item.seq) if item.outcome]
    if first is not None:
        outcomes = [first.outcome] if first.outcome else []
    told = "、".join(dict.fromkeys(_label(outcome) for outcome in outcomes)) or case.get_state_display()
    return Behind(
        case.pk, case.pk, case.number, case.title, case.office.name, case.get_applicant_kind_display(),
        case.received_on, first.done_on if first else case.replied_on, told,
    )  # fmt: skip


def _label(outcome: str) -> str:
    return Outcome(outcome).label


def remedies_behind(offices: Sequence[Office], period: Period, road: str, result: str) -> list[Behind]:
    """List the proceedings that a cell of table four counts."""
    counted = counted_proceedings(proceedings([office.pk for office in offices], period), period)
    wanted = {
        one.id: one.result_in(period)
        for one in counted
        if one.road == road and result in (ALL, one.result_in(period))
    }
    found = Remedy.objects.filter(pk__in=wanted).select_related("case__office").order_by("received_on", "pk")
    labels = {one.id: one.label for one in layout().results}
    return [
        Behind(
            row.pk, row.case_id, row.case.number, row.label, row.case.office.name, row.get_road_display(),
            row.received_on, row.decided_on, labels[wanted[row.pk]],
        )
        for row in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Fees:
    """What was charged for information in a period (国办函〔2020〕109号): notices paid, and how much."""

    count: int
    total: int


def fees(offices: Sequence[Office], period: Period) -> Fees:
    """Add up the fees that were paid in a period."""
    paid = FeeNotice.objects.filter(
        case__office__in=[office.pk for office in offices], paid_on__range=(period.first, period.last)
    )
    found: dict[str, Any] = paid.aggregate(n=Count("pk"), sum=Sum("total"))
    return Fees(found["n"], found["sum"] or 0)
