"""Counts as they were known at the end of an earlier day: today's, less what was entered since."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.utils.timezone import make_aware

from calendars.errors import CalendarError
from law.annual.tally import Period
from office.errors import Refusal
from office.models import Office
from workflow import rules
from workflow.counting.database import count
from workflow.counting.facts import moves
from workflow.counting.keys import Book, Counts
from workflow.counting.records import as_it_counts, as_known, lines_of, read
from workflow.models import Case


def count_as_known(offices: Sequence[Office], span: Period, *, day: dt.date) -> Book:
    """Count a span as it stood on record at the end of a day.

    Only cases that somebody has touched since are read one by one; the rest counts as it does today. Raises Refusal
    where nobody can tell which holiday notices were out.
    """
    now = count(offices, span)
    changed = changes_since(offices, span, day=day)
    counts = Counter(now.counts)
    for counted, known in changed.values():
        counts.subtract(counted)
        counts.update(known)
    return Book(now.offices, span, Counter({pot: n for pot, n in counts.items() if n}))


def changes_since(
    offices: Sequence[Office], span: Period, *, day: dt.date
) -> dict[int, tuple[Counts, Counts]]:
    """Give, by case, what it counts for today and what it counted for at the end of a day, where the two differ."""
    by = {}
    for office in offices:
        try:
            by[office.pk] = rules.of(office).as_known_on(day)
        except CalendarError as error:
            raise Refusal("not_told", error.message, field="known_on") from error
    tomorrow = make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))
    pks = list(
        Case.objects.filter(office__in=by, updated_at__gte=tomorrow, arrived_on__lte=span.last)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    lines = lines_of(pks)
    found = {}
    for case in read(pks):
        calendar = rules.of(case.office).calendar
        counted = moves(as_it_counts(case), span, calendar)
        earlier = as_known(case, lines.get(case.pk, []), day=day, by=by[case.office_id])
        known: Counts = moves(earlier, span, calendar) if earlier else Counter()
        if counted != known:
            found[case.pk] = (counted, known)
    return found
