"""The figures of the annual report from the cases, and the cases behind each figure."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as When
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models import When as Where
from django.db.models.fields import IntegerField

from law.annual.figures import Figures
from law.annual.layout import ALL, layout
from law.annual.tally import Period, Proceeding, Request, counted_proceedings, result_row, tables
from law.outcomes import Outcome
from law.records.annual import annual_outcome
from law.values import Overrides
from office.models import Office
from workflow import rules
from workflow.models import Case, FeeNotice, Item, Remedy, Reopening

#: Ids given to the database at a time.
BATCH = 500


@dataclass(frozen=True)
class First:
    """What the first reply to a case that was taken up again came to."""

    done_on: dt.date | None
    outcome: str


def alive(offices: Sequence[int], period: Period) -> QuerySet[Case]:
    """Return the cases that count in a period: received by its end, and not done before it began."""
    return Case.objects.filter(office_id__in=offices, received_on__lte=period.last).filter(
        Q(replied_on__gte=period.first) | Q(replied_on__isnull=True)
    )


def figures(offices: Sequence[Office], period: Period, year: int) -> Figures:
    """Count tables three and four of some offices together."""
    ids = [office.pk for office in offices]
    overrides = rules.of(offices[0]).overrides if len(offices) == 1 else None
    return tables(year, period, _moved(ids, period, overrides), proceedings(ids, period))


def _moved(ids: Sequence[int], period: Period, overrides: Overrides | None) -> Counter[tuple[str, str]]:
    """Count by row and kind: in the database what needs no more than columns, here what has several items."""
    again = reopened(ids, overrides)
    moved: Counter[tuple[str, str]] = Counter()
    once = alive(ids, period).exclude(pk__in=again) if again else alive(ids, period)
    came = When(
        Where(received_on__lt=period.first, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    left = When(
        Where(replied_on__lte=period.last, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    grouped = once.annotate(came=came, left=left).order_by().values("applicant_kind", "came", "left")
    for row in grouped.annotate(n=Count("pk")):
        moved["new" if row["came"] else "carried_in", row["applicant_kind"]] += row["n"]
        if row["left"]:
            moved["carried_out", row["applicant_kind"]] += row["n"]
    done = once.filter(replied_on__lte=period.last)
    several = Exists(Item.objects.filter(case_id=OuterRef("pk"), seq__gt=1))
    by_outcome = done.exclude(several).order_by().values("applicant_kind", "items__outcome")
    for row in by_outcome.annotate(n=Count("pk")):
        moved[result_row(row["items__outcome"] or ""), row["applicant_kind"]] += row["n"]
    for _, kind, replied_on, outcomes in _with_items(done.filter(several)):
        moved[result_row(_outcome(outcomes, replied_on, overrides)), kind] += 1
    for _, kind, rows in _again_rows(ids, again, period):
        for row_id in rows:
            moved[row_id, kind] += 1
    return moved


def _with_items(cases: QuerySet[Case]) -> Iterator[tuple[int, str, dt.date, list[str]]]:
    rows = list(cases.order_by().values_list("pk", "applicant_kind", "replied_on"))
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        outcomes: dict[int, list[str]] = defaultdict(list)
        found = Item.objects.filter(case_id__in=[pk for pk, *_ in part]).order_by("case_id", "seq")
        for pk, outcome in found.values_list("case_id", "outcome"):
            outcomes[pk].append(outcome)
        for pk, kind, replied_on in part:
            yield pk, kind, replied_on, outcomes[pk]


def _outcome(outcomes: Iterable[str], on: dt.date, overrides: Overrides | None) -> str:
    """Return the one outcome of several items; nothing where none has one."""
    decided = [outcome for outcome in outcomes if outcome]
    return str(annual_outcome(decided, on, overrides=overrides)) if decided else ""


def reopened(ids: Sequence[int], overrides: Overrides | None = None) -> dict[int, First]:
    """Return what the first reply came to of every case that was taken up again: by it the case counts (R34)."""
    return _first_rounds(Reopening.objects.filter(case__office_id__in=ids), overrides)


def _first_rounds(rows: QuerySet[Reopening], overrides: Overrides | None) -> dict[int, First]:
    found: dict[int, First] = {}
    for pk, before in rows.order_by("case_id", "seq").values_list("case_id", "before"):
        if pk not in found and before.get("replied_on"):
            day = dt.date.fromisoformat(before["replied_on"])
            found[pk] = First(day, _outcome((item["outcome"] for item in before["items"]), day, overrides))
    return found


def _again_rows(
    ids: Sequence[int], again: dict[int, First], period: Period
) -> Iterator[tuple[int, str, list[str]]]:
    pks = list(again)
    for start in range(0, len(pks), BATCH):
        cases = Case.objects.filter(
            office_id__in=ids, pk__in=pks[start : start + BATCH], received_on__isnull=False
        )
        for pk, kind, received_on in cases.values_list("pk", "applicant_kind", "received_on"):
            assert received_on is not None  # filtered above
            first = again[pk]
            one = Request(pk, kind, received_on, first.done_on, first.outcome)
            yield pk, kind, list(one.rows(period))


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


def case_ids(offices: Sequence[Office], period: Period, row: str, column: str) -> list[int]:
    """List the cases that a cell of table three counts, in order of receipt."""
    ids = [office.pk for office in offices]
    overrides = rules.of(offices[0]).overrides if len(offices) == 1 else None
    again = reopened(ids, overrides)
    wanted = _leaves_of(row)
    once = alive(ids, period).exclude(pk__in=again) if again else alive(ids, period)
    if column != ALL:
        once = once.filter(applicant_kind=column)
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
        for pk, _, replied_on, outcomes in _with_items(_may_have(done, results)):
            if result_row(_outcome(outcomes, replied_on, overrides)) in results:
                found.append(pk)
    for pk, kind, rows in _again_rows(ids, again, period):
        if column in (ALL, kind) and wanted & set(rows):
            found.append(pk)
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
    outcomes = {outcome for row in results for outcome in layout().rows[row].outcomes}
    return done.filter(pk__in=Item.objects.filter(outcome__in=outcomes).values("case_id"))


def behind(cases: QuerySet[Case], pks: Sequence[int], *, after: int = 0, size: int = 50) -> list[Behind]:
    """Give a page of the cases of a cell, those behind a place in the list.

    :param cases: what the reader may see
    """
    page = list(pks[after : after + size])
    found = cases.filter(pk__in=page).select_related("office")
    rows = {case.pk: case for case in found.prefetch_related("items")}
    again = _first_rounds(Reopening.objects.filter(case_id__in=page), None)
    return [_behind(rows[pk], again.get(pk)) for pk in page if pk in rows]


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
