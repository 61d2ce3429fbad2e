"""Performance of offices over a period, with the months before it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from office.models import Office, User
from office.parameters import Held
from workflow.annual.measures import PARAMETER, Performance, Taken, performances, score
from workflow.annual.statistics import Months
from workflow.counting.database import count
from workflow.counting.keys import folded, name_of, span_of
from workflow.selectors.annual_report import readable
from workflow.selectors.statistics import together

#: Months that the trend goes back.
TREND = 12


@dataclass(frozen=True)
class OfficeLine:
    """One office's measures over the period, and its score."""

    office_id: int
    name: str
    taken: tuple[Taken, ...]
    score: float | None


@dataclass(frozen=True)
class TrendLine:
    """One measure month by month: of an office, or of all together."""

    name: str
    taken: tuple[Taken, ...]


@dataclass(frozen=True)
class Performances:
    """The measures of several offices: the table of a period, and the trend of one of them."""

    months: Months
    measures: tuple[Performance, ...]
    offices: tuple[OfficeLine, ...]
    whole: OfficeLine
    chosen: Performance
    trend_months: tuple[str, ...]
    trend: tuple[TrendLine, ...]


def performance(user: User, months: Months, *, on: dt.date, chosen: str) -> Performances:
    """Take every measure of the offices a person may look at, and the trend of one. Raises KeyError for none such.

    Weights and bounds are each office's own of the day on which the period ended; those of all together, and the ones
    told, are of the office above them all. Raises Unreadable for an office's own that are no numbers.
    """
    measure = {one.id: one for one in performances()}[chosen]
    offices = list(Office.objects.filter(pk__in=readable(user)).order_by("code"))
    first, last = months.numbers
    begin = min(first, last - TREND + 1)
    book = count(offices, span_of(begin, last))
    # What a closed office did stays in its months; one that had nothing to do in them is not spoken of.
    worked = {pot.office for pot in book.counts}
    offices = [office for office in offices if office.is_active or office.pk in worked]
    held = Held((PARAMETER + one.id for one in performances()), on=min(on, months.period.last))
    by_office = folded(book, first, last)

    def own(office_id: int | None) -> tuple[Performance, ...]:
        return tuple(one.own(held.get(PARAMETER + one.id, office_id)) for one in performances())

    lines = []
    for office in offices:
        taken = tuple(one.taken(by_office[office.pk]) for one in own(office.pk))
        lines.append(OfficeLine(office.pk, office.name, taken, score(taken)))
    sums = together(by_office)
    seen = {office.pk for office in offices}
    tops = [office.pk for office in offices if office.parent_id not in seen]
    told = own(tops[0] if len(tops) == 1 else None)
    whole = tuple(one.taken(sums) for one in told)
    numbers = range(last - TREND + 1, last + 1)
    each = [folded(book, number, number) for number in numbers]
    trend = [TrendLine("合计", tuple(measure.taken(together(one)) for one in each))]
    trend += [
        TrendLine(office.name, tuple(measure.taken(one[office.pk]) for one in each)) for office in offices
    ]
    labels = tuple(f"{year}年{month}月" for year, month in map(name_of, numbers))
    return Performances(
        months, told, tuple(lines), OfficeLine(0, "合计", whole, score(whole)), measure, labels, tuple(trend)
    )  # fmt: skip
