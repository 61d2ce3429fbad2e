"""The cases, and what happened about them, behind a figure of a sheet: as many as the figure says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from law.annual.layout import ALL, layout
from law.annual.tally import Period
from office.models import Office, User
from workflow.annual.measure import OF_KINDS, Measure, rows_of
from workflow.counting.database import Counting, first_rounds
from workflow.counting.facts import Facts
from workflow.kinds import Channel, EventType
from workflow.models import Case, ClockEvent, Delivery, FeeNotice, Remedy, Reopening, ReplyDraft
from workflow.selectors import annual
from workflow.selectors.access import visible_cases
from workflow.selectors.annual import Behind
from workflow.selectors.timeliness import finished_late


@dataclass(frozen=True)
class Listed:
    """A page of what is behind a figure: how much there is, and where the page begins."""

    count: int
    rows: tuple[Behind, ...]
    after: int


def behind(
    user: User, offices: Sequence[Office], period: Period, measure: Measure, *, after: int, size: int
) -> Listed:
    """List what a figure counts, one line for each thing counted; an average opens to what it is the average of."""
    if measure.what in RECORDS:
        return _records(visible_cases(user), offices, period, measure, after=after, size=size)
    pks = case_ids(offices, period, measure)
    return Listed(len(pks), tuple(annual.behind(visible_cases(user), pks, after=after, size=size)), after)


def case_ids(offices: Sequence[Office], period: Period, measure: Measure) -> list[int]:
    """List the cases that a figure counts, in order of entry."""
    if measure.what == "new":
        came = Case.objects.filter(office__in=offices, received_on__range=(period.first, period.last))
        if measure.of:
            came = came.filter(channel__in=measure.of)
        if measure.kinds:
            came = came.filter(applicant_kind__in=measure.kinds)
        return list(came.order_by("pk").values_list("pk", flat=True))
    if measure.what in OF_KINDS:
        rows = [measure.what] if measure.what != "done" else sorted(rows_of(measure.of)) or ["total"]
        columns = set(measure.kinds) or {ALL}
        return sorted(pk for row in rows for pk in annual.case_ids(offices, period, row, columns))
    return _finished(offices, period, measure.what)


def _finished(offices: Sequence[Office], period: Period, what: str) -> list[int]:
    here = Counting(offices, period)
    again = first_rounds(here.ids, period, here)
    done = Case.objects.filter(
        office__in=offices, received_on__isnull=False, replied_on__range=(period.first, period.last)
    ).exclude(pk__in=list(again))
    judged = Q(completed_on__isnull=False, due_on__isnull=False)
    rule = {"late": finished_late(), "in_time": judged & ~finished_late(), "judged": judged}.get(what, Q())
    found = list(done.filter(rule).values_list("pk", flat=True))
    return sorted([*found, *(one.id for one in again.values() if _is(one, period, what))])


def _is(one: Facts, period: Period, what: str) -> bool:
    if one.done_on is None or not period.first <= one.done_on <= period.last:
        return False
    if what == "days":
        return True
    if one.completed_on is None or one.due_on is None:
        return False
    late = one.completed_on > one.due_on
    return {"late": late, "in_time": not late, "judged": True}[what]


@dataclass(frozen=True)
class Record:
    """What is counted by its own rows: which model, by which day, narrowed how, and what a line says of one."""

    model: Any
    day: str
    narrow: Callable[[Measure], Q]
    says: Callable[[Any], str]
    related: tuple[str, ...] = ()


def _roads(measure: Measure) -> Q:
    rule = Q(road__in=measure.of) if measure.of else Q()
    return rule & Q(result__in=measure.results) if measure.results else rule


_RESULTS = {one.id: one.label for one in layout().results}
RECORDS: dict[str, Record] = {
    "event": Record(
        ClockEvent, "on", lambda measure: Q(type__in=measure.of), lambda row: EventType(row.type).label
    ),
    "fee": Record(FeeNotice, "paid_on", lambda _: Q(), lambda row: f"{row.total}元"),
    "remedy": Record(Remedy, "received_on", _roads, lambda row: row.label),
    "decided": Record(Remedy, "decided_on", _roads, lambda row: f"{row.label}：{_RESULTS[row.result]}"),
    "returned": Record(
        Delivery, "returned_on", lambda _: Q(), lambda row: f"{row.paper.title}：{row.get_return_reason_display()}", ("paper",)
    ),
    "reopened": Record(Reopening, "on", lambda _: Q(), lambda row: row.get_cause_display()),
    "draft": Record(
        ReplyDraft, "drafted_on", lambda _: Q(warnings__isnull=False), lambda row: f"第{row.version}稿，提示{row.warnings}处"
    ),
    "warning": Record(
        ReplyDraft, "drafted_on", lambda _: Q(warnings__gt=0), lambda row: f"第{row.version}稿，提示{row.warnings}处"
    ),
}  # fmt: skip


def _records(
    cases: QuerySet[Case],
    offices: Sequence[Office],
    period: Period,
    measure: Measure,
    *,
    after: int,
    size: int,
) -> Listed:
    record = RECORDS[measure.what]
    span = {f"{record.day}__range": (period.first, period.last)}
    rows = record.model.objects.filter(record.narrow(measure), case__office__in=offices, **span)
    page = rows.filter(case__in=cases).select_related("case__office", *record.related)
    shown = tuple(
        Behind(
            row.pk, row.case_id, row.case.number, row.case.title, row.case.office.name,
            row.case.get_applicant_kind_display(), row.case.received_on, getattr(row, record.day), record.says(row),
        )
        for row in page.order_by(record.day, "pk")[after : after + size]
    )  # fmt: skip
    return Listed(rows.count(), shown, after)


def words(measure: Measure) -> str:
    """Say in words what a figure counts, where no line of a layout names it."""
    parts = [_WHATS[measure.what]]
    if measure.what == "new":
        parts += [Channel(one).label for one in measure.of]
    elif measure.what == "event":
        parts = [EventType(one).label for one in measure.of] or parts
    elif measure.what == "done":
        parts += [layout().path(one).rsplit("/", 1)[-1] for one in measure.of]
    elif measure.what in ("remedy", "decided"):
        parts += [one.label for one in layout().roads if one.id in measure.of]
    parts += [column.label for column in layout().columns if column.id in measure.kinds]
    parts += [_RESULTS[one] for one in measure.results]
    return " · ".join(parts)


_WHATS = {
    "carried_in": "期初结转", "carried_out": "期末在办", "new": "新收", "done": "办结", "late": "超过期限办结",
    "in_time": "按期办结", "judged": "已经送达的办结件", "days": "办结（平均用时所计）", "event": "期限事件", "fee": "收取信息处理费", "remedy": "收到复议、诉讼",
    "decided": "审结复议、诉讼", "returned": "文书被退回", "reopened": "转入重新办理", "draft": "送审的答复稿", "warning": "有检查提示的答复稿",
}  # fmt: skip
