"""Count by grouped questions to the database: as many for a million cases as for ten."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Count, F, Q, QuerySet, Sum, When
from django.db.models import Case as Either

from calendars.days import Calendar
from law.annual.tally import Period, result_row
from law.records.annual import annual_outcome
from law.values import Overrides
from office.models import Office
from workflow import rules
from workflow.counting.facts import Facts, moves
from workflow.counting.functions import MonthOf, WorkingDaysUntil
from workflow.counting.keys import EVENTS, Book, Counts, Key, Pot, month_of, working_days_until
from workflow.models import Case, ClockEvent, Delivery, FeeNotice, Remedy, Reopening, ReplyDraft
from workflow.selectors.timeliness import finished_late


class Counting:
    """One count: of some offices, over a span of days, by each office's own days and readings."""

    def __init__(self, offices: Sequence[Office], span: Period) -> None:
        self.ids = [office.pk for office in offices]
        self.days = (span.first, span.last)
        self.span = span
        self.rules = rules.of_each(offices)
        self.counts: Counts = Counter()

    def calendar(self, office: int) -> Calendar:
        """Give the calendar an office goes by."""
        return self.rules[office].calendar

    def by_calendar(self) -> dict[Calendar, list[int]]:
        """Give the offices that go by the same calendar together."""
        found: dict[Calendar, list[int]] = defaultdict(list)
        for office in self.ids:
            found[self.calendar(office)].append(office)
        return found

    def overrides(self, office: int) -> Overrides | None:
        """Give an office's own readings."""
        return self.rules[office].overrides

    def add(self, office: int, day: dt.date, count: int | None, key: Key) -> None:
        """Put a count into its pot."""
        if count:
            self.counts[Pot(office, month_of(day), key)] += count

    def carried_in(self, office: int, kind: str, count: int) -> None:
        """Count what had been received before the span and was not done then."""
        self.add(office, self.span.first, count, Key("carried_in", kind))


#: What came, what was carried in and what became of it is always counted; these on demand, each by its own question.
BESIDE = frozenset({"days", "event", "fee", "remedy", "decided", "returned", "reopened", "draft"})
#: What is counted by the same question as another.
BY_THE_WAY = {"late": "days", "judged": "days", "in_time": "days", "warning": "draft"}


def count(offices: Sequence[Office], span: Period, *, beside: Collection[str] = BESIDE) -> Book:
    """Count what happened at some offices over a span of days.

    :param beside: what of ``BESIDE`` is wanted, everything unless said; a measure's own name will do
    """
    here = Counting(offices, span)
    wanted = {BY_THE_WAY.get(what, what) for what in beside}
    _cases(here, first_rounds(here.ids, span, here), timed="days" in wanted)
    _beside(here, wanted)
    return Book(tuple(here.ids), span, here.counts)


def _cases(here: Counting, again: dict[int, Facts], *, timed: bool) -> None:
    cases = Case.objects.filter(office_id__in=here.ids).order_by()
    came = cases.filter(received_on__range=here.days).annotate(m=MonthOf("received_on"))
    for row in came.values("office_id", "m", "applicant_kind", "channel").annotate(n=Count("*")):
        here.add(row["office_id"], row["m"], row["n"], Key("new", row["applicant_kind"], row["channel"]))
    once = cases.exclude(pk__in=list(again)) if again else cases
    done = once.filter(received_on__isnull=False, replied_on__range=here.days)
    by_array = connection.vendor == "postgresql"
    if timed and by_array:
        for calendar, ids in here.by_calendar().items():
            _results(here, done.filter(office_id__in=ids), _timely() | _taken(calendar, here.span.last))
    else:
        _results(here, done, _timely() if timed else {})
    if timed and not by_array:
        _days_taken(here, done)
    # What was done within the span has been told by its results; these two are each found at one place of the index.
    for rest in (Q(replied_on__gt=here.span.last), Q(replied_on__isnull=True)):
        waited = once.filter(rest, received_on__lt=here.span.first)
        for row in waited.values("office_id", "applicant_kind").annotate(n=Count("*")):
            here.carried_in(row["office_id"], row["applicant_kind"], row["n"])
    for one in again.values():
        found = moves(one, here.span, here.calendar(one.office))
        here.counts.update({pot: n for pot, n in found.items() if pot.key.what != "new"})


def _timely() -> dict[str, Any]:
    judged = Q(completed_on__isnull=False, due_on__isnull=False)
    # Only what is in the index of replies is named, rows are counted as such: no case itself is read.
    return {"judged": Count("office_id", filter=judged), "late": Count("office_id", filter=finished_late())}


def _taken(calendar: Calendar, until: dt.date) -> dict[str, Any]:
    line = calendar.line_through(until)
    return {"days": Sum(WorkingDaysUntil(F("replied_on"), line) - WorkingDaysUntil(F("received_on"), line))}


def _results(here: Counting, done: QuerySet[Case], beside: dict[str, Any]) -> None:
    """Count what requests came to, and with it how many had waited since before the span.

    :param beside: what else of them is added up, by name
    """
    # By which law several outcomes are one is a question of the day.
    told_on = Either(When(outcomes__contains=",", then=F("replied_on")), default=MonthOf("replied_on"))
    waited = Either(
        When(received_on__lt=here.span.first, then=True), default=False, output_field=BooleanField()
    )
    rows = done.annotate(day=told_on, waited=waited).values(
        "office_id", "day", "applicant_kind", "outcomes", "waited"
    )
    for row in rows.annotate(n=Count("*"), **beside):
        office, day, kind, outcome = row["office_id"], row["day"], row["applicant_kind"], row["outcomes"]
        if "," in outcome:
            outcome = one_outcome(outcome.split(","), day, here.overrides(office))
        here.add(office, day, row["n"], Key("done", result_row(outcome), kind))
        if row["waited"]:
            here.carried_in(office, kind, row["n"])
        for what in beside:
            here.add(office, day, row[what], Key(what))


def one_outcome(outcomes: Iterable[str], on: dt.date, overrides: Overrides | None) -> str:
    """Return the one outcome of several items; nothing where none has one."""
    decided = [outcome for outcome in outcomes if outcome]
    return str(annual_outcome(decided, on, overrides=overrides)) if decided else ""


def _days_taken(here: Counting, done: QuerySet[Case]) -> None:
    """Count the working days taken, where the database cannot look days up.

    A sum of differences is a difference of sums: each day is looked up once.
    """
    for row in done.values("office_id", "replied_on").annotate(n=Count("*")):
        office, day = row["office_id"], row["replied_on"]
        here.add(office, day, row["n"] * working_days_until(day, here.calendar(office)), Key("days"))
    by_receipt = done.annotate(m=MonthOf("replied_on")).values("office_id", "m", "received_on")
    for row in by_receipt.annotate(n=Count("*")):
        office = row["office_id"]
        until = working_days_until(row["received_on"], here.calendar(office))
        here.counts[Pot(office, month_of(row["m"]), Key("days"))] -= row["n"] * until


def _beside(here: Counting, wanted: Collection[str]) -> None:
    """Count what is recorded beside the cases: events of the clock, fees, proceedings, returned mail, drafts."""
    one, drafts = {"n": Count("*")}, ReplyDraft.objects.filter(warnings__isnull=False)
    events = ClockEvent.objects.filter(type__in=EVENTS)
    asked: tuple[tuple[str, Any, str, tuple[str, ...]], ...] = (
        ("event", events, "on", ("type",)), ("remedy", Remedy.objects, "received_on", ("road",)),
        ("decided", Remedy.objects, "decided_on", ("road", "result")), ("returned", Delivery.objects, "returned_on", ()),
        ("reopened", Reopening.objects, "on", ()),
    )  # fmt: skip
    for what, rows, day, kinds in asked:
        if what in wanted:
            of = "office_id" if what == "event" else "case__office_id"
            for office, names, month, found in _grouped(rows, here, day, *kinds, of=of, **one):
                here.add(office, month, found["n"], Key(what, *names))
    if "fee" in wanted:
        for office, _, month, found in _grouped(FeeNotice.objects, here, "paid_on", **one, sum=Sum("total")):
            here.add(office, month, found["n"], Key("fee", "count"))
            here.add(office, month, found["sum"], Key("fee", "total"))
    if "draft" in wanted:
        for office, _, month, found in _grouped(drafts, here, "drafted_on", **one, sum=Sum("warnings")):
            here.add(office, month, found["n"], Key("draft"))
            here.add(office, month, found["sum"], Key("warning"))


Group = tuple[int, tuple[str, ...], dt.date, dict[str, int]]


def _grouped(
    rows: Any, here: Counting, day: str, *kinds: str, of: str = "case__office_id", **what: Any
) -> Iterator[Group]:
    """Give what is recorded in the span by office, kinds and month.

    :param of: where a row tells its office
    """
    found = rows.order_by().filter(**{f"{of}__in": here.ids, f"{day}__range": here.days})
    grouped = found.annotate(m=MonthOf(day), office_of=F(of)).values("office_of", "m", *kinds)
    for row in grouped.annotate(**what):
        yield (
            row["office_of"],
            tuple(row[kind] for kind in kinds),
            row["m"],
            {name: row[name] for name in what},
        )


def first_rounds(ids: Sequence[int], span: Period, here: Counting) -> dict[int, Facts]:
    """Return the cases that were taken up again, as their first reply counts (R34); those it can matter to in a span.

    A case that was ordered to be answered and had not been has no earlier reply: it counts like any other.
    """
    touched = Q(on__gte=span.first) | Q(case__replied_on__gte=span.first) | Q(case__replied_on__isnull=True)
    rows = Reopening.objects.filter(touched, case__office_id__in=ids, case__received_on__isnull=False)
    found: dict[int, Facts] = {}
    for pk, before, office, kind, channel, received_on in rows.order_by("case_id", "seq").values_list(
        "case_id", "before", "case__office_id", "case__applicant_kind", "case__channel", "case__received_on"
    ):
        if pk in found or not before.get("replied_on"):
            continue
        found[pk] = one = Facts(pk, office, kind, channel, received_on)
        fill_from(one, before, here.overrides(office))
    return found


def fill_from(one: Facts, before: dict[str, Any], overrides: Overrides | None) -> None:
    """Enter what an earlier round came to, as it was kept when the case was taken up again."""
    one.done_on = dt.date.fromisoformat(before["replied_on"])
    one.outcome = one_outcome((item["outcome"] for item in before["items"]), one.done_on, overrides)
    for name in ("due_on", "completed_on"):
        setattr(one, name, dt.date.fromisoformat(before[name]) if before.get(name) else None)
