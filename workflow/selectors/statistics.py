"""The figures of a month or a quarter, measured line by line from the cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Avg, DurationField, ExpressionWrapper, F, QuerySet

from law.annual.figures import Figures
from law.annual.layout import ALL
from law.annual.tally import Period
from office.models import Office
from workflow.annual.statistics import Line, Months, Statistics, Told, lines
from workflow.models import Case, ClockEvent, Remedy
from workflow.selectors import annual
from workflow.selectors.timeliness import finished_late

Number = int | float


def statistics(office: Office, below: Sequence[Office], months: Months) -> Statistics:
    """Measure the lines of an office, or of it and the offices below it together (汇总).

    :param below: the offices that are rolled up with it, each of which then has a column of its own
    """
    offices = [office, *below]
    now, year = measured(offices, months.period), measured(offices, months.so_far)
    told = tuple(Told(line, *pair) for line, *pair in zip(lines(), now, year, strict=True))
    apart = {one.name: measured([one], months.period) for one in offices} if below else {}
    return Statistics(office.name, months, told, apart)


def measured(offices: Sequence[Office], period: Period) -> list[Number]:
    """Measure every line of some offices together over a period."""
    figures = annual.figures(offices, period, period.last.year)
    return [_measure(line, offices, period, figures) for line in lines()]


def _measure(line: Line, offices: Sequence[Office], period: Period, figures: Figures) -> Number:
    if line.measure == "row":
        return int(figures.cell(line.of[0], ALL).value or 0)
    if line.measure == "channel":
        return _received(offices, period).filter(channel__in=line.of).count()
    if line.measure == "event":
        events = ClockEvent.objects.filter(case__office__in=offices, type__in=line.of)
        return events.filter(on__range=(period.first, period.last)).count()
    if line.measure == "late":
        return _done(offices, period).filter(finished_late()).count()
    if line.measure == "days":
        return _average(offices, period)
    if line.measure == "fee":
        return int(getattr(annual.fees(offices, period), line.of[0]))
    return _remedies(line, offices, period).count()


def _received(offices: Sequence[Office], period: Period) -> QuerySet[Case]:
    return Case.objects.filter(office__in=offices, received_on__range=(period.first, period.last))


def _done(offices: Sequence[Office], period: Period) -> QuerySet[Case]:
    return Case.objects.filter(
        office__in=offices, received_on__isnull=False, replied_on__range=(period.first, period.last)
    )


def _average(offices: Sequence[Office], period: Period) -> float:
    took = ExpressionWrapper(F("replied_on") - F("received_on"), output_field=DurationField())
    found: dt.timedelta | None = _done(offices, period).aggregate(mean=Avg(took))["mean"]
    return round(found.total_seconds() / 86400, 1) if found is not None else 0


def _remedies(line: Line, offices: Sequence[Office], period: Period) -> QuerySet[Remedy]:
    """Count each proceeding where it came in or was decided in the period, every instance by itself."""
    rows = Remedy.objects.filter(case__office__in=offices, road__in=line.of)
    span = (period.first, period.last)
    if line.measure == "remedy":
        return rows.filter(received_on__range=span)
    decided = rows.filter(decided_on__range=span)
    return decided.filter(result=Remedy.Result.CORRECTED) if line.measure == "corrected" else decided
