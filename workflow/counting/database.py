"""Count by grouped questions to the database: as many for a million cases as for ten."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from calendars.days import Calendar
from law.annual.tally import Period, result_row
from law.records.annual import annual_outcome
from law.values import Overrides
from office.models import Office
from workflow import rules
from workflow.counting.facts import Facts, moves
from workflow.counting.keys import EVENTS, Book, Counts, Key, Pot, month_of, working_days_until
from workflow.models import Case, ClockEvent, Delivery, FeeNotice, Item, Remedy, Reopening, ReplyDraft
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

    def overrides(self, office: int) -> Overrides | None:
        """Give an office's own readings."""
        return self.rules[office].overrides

    def add(self, office: int, day: dt.date, count: int | None, key: Key) -> None:
        """Put a count into its pot."""
        if count:
            self.counts[Pot(office, month_of(day), key)] += count


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
    came = cases.filter(received_on__range=here.days).annotate(m=TruncMonth("received_on"))
    for row in came.values("office_id", "m", "applicant_kind", "channel").annotate(n=Count("pk")):
        here.add(row["office_id"], row["m"], row["n"], Key("new", row["applicant_kind"], row["channel"]))
    once = cases.exclude(pk__in=list(again)) if again else cases
    waited = once.filter(received_on__lt=here.span.first).filter(
        Q(replied_on__gte=here.span.first) | Q(replied_on__isnull=True)
    )
    for row in waited.values("office_id", "applicant_kind").annotate(n=Count("pk")):
        here.add(row["office_id"], here.span.first, row["n"], Key("carried_in", row["applicant_kind"]))
    done = once.filter(received_on__isnull=False, replied_on__range=here.days)
    _results(here, done)
    if timed:
        _time_taken(here, done)
    for one in again.values():
        found = moves(one, here.span, here.calendar(one.office))
        here.counts.update({pot: n for pot, n in found.items() if pot.key.what != "new"})


def _results(here: Counting, done: QuerySet[Case]) -> None:
    several = Exists(Item.objects.filter(case_id=OuterRef("pk"), seq__gt=1))
    single = done.exclude(several).annotate(m=TruncMonth("replied_on"))
    for row in single.values("office_id", "m", "applicant_kind", "items__outcome").annotate(n=Count("pk")):
        line = result_row(row["items__outcome"] or "")
        here.add(row["office_id"], row["m"], row["n"], Key("done", line, row["applicant_kind"]))
    for _, office, kind, replied_on, outcomes in with_items(done.filter(several)):
        line = result_row(one_outcome(outcomes, replied_on, here.overrides(office)))
        here.add(office, replied_on, 1, Key("done", line, kind))


def with_items(
    cases: QuerySet[Case],
) -> Iterable[tuple[int, int, str, dt.date, list[str]]]:
    """Give (case, office, kind of applicant, day of reply, outcomes of its items in order), in one question.

    A case without any item has one blank outcome, as it has for whoever counts it.
    """
    rows = cases.order_by("pk", "items__seq").values_list(
        "pk", "office_id", "applicant_kind", "replied_on", "items__outcome"
    )
    heads: dict[int, tuple[int, str, dt.date]] = {}
    outcomes: dict[int, list[str]] = defaultdict(list)
    for case, office, kind, replied_on, outcome in rows.iterator(chunk_size=5000):
        heads[case] = (office, kind, replied_on)
        outcomes[case].append(outcome or "")
    return [(case, *head, outcomes[case]) for case, head in heads.items()]


def one_outcome(outcomes: Iterable[str], on: dt.date, overrides: Overrides | None) -> str:
    """Return the one outcome of several items; nothing where none has one."""
    decided = [outcome for outcome in outcomes if outcome]
    return str(annual_outcome(decided, on, overrides=overrides)) if decided else ""


def _time_taken(here: Counting, done: QuerySet[Case]) -> None:
    """Count lateness and working days. A sum of differences is a difference of sums: each day is looked up once."""
    judged = Q(completed_on__isnull=False, due_on__isnull=False)
    by_reply = done.values("office_id", "replied_on").annotate(
        n=Count("pk"), judged=Count("pk", filter=judged), late=Count("pk", filter=finished_late())
    )
    for row in by_reply:
        office, day = row["office_id"], row["replied_on"]
        here.add(office, day, row["n"] * working_days_until(day, here.calendar(office)), Key("days"))
        here.add(office, day, row["judged"], Key("judged"))
        here.add(office, day, row["late"], Key("late"))
    by_receipt = done.annotate(m=TruncMonth("replied_on")).values("office_id", "m", "received_on")
    for row in by_receipt.annotate(n=Count("pk")):
        office = row["office_id"]
        until = working_days_until(row["received_on"], here.calendar(office))
        here.counts[Pot(office, month_of(row["m"]), Key("days"))] -= row["n"] * until


def _beside(here: Counting, wanted: Collection[str]) -> None:
    """Count what is recorded beside the cases: events of the clock, fees, proceedings, returned mail, drafts."""
    one, drafts = {"n": Count("pk")}, ReplyDraft.objects.filter(warnings__isnull=False)
    events = ClockEvent.objects.filter(type__in=EVENTS)
    asked: tuple[tuple[str, Any, str, tuple[str, ...]], ...] = (
        ("event", events, "on", ("type",)), ("remedy", Remedy.objects, "received_on", ("road",)),
        ("decided", Remedy.objects, "decided_on", ("road", "result")), ("returned", Delivery.objects, "returned_on", ()),
        ("reopened", Reopening.objects, "on", ()),
    )  # fmt: skip
    for what, rows, day, kinds in asked:
        if what in wanted:
            for office, names, month, found in _grouped(rows, here, day, *kinds, **one):
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


def _grouped(rows: Any, here: Counting, day: str, *kinds: str, **what: Any) -> Iterator[Group]:
    """Give what is recorded in the span by office, kinds and month."""
    found = rows.order_by().filter(case__office__in=here.ids, **{f"{day}__range": here.days})
    grouped = found.annotate(m=TruncMonth(day), office_of=F("case__office_id")).values(
        "office_of", "m", *kinds
    )
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
