"""The figures of a month or a quarter, measured line by line from what was counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from office.models import Office
from workflow.annual.sheet_layouts import STANDARD, SheetLayout, sheet_layout
from workflow.annual.statistics import Months, Statistics, Told
from workflow.counting.database import count
from workflow.counting.keys import Book, Sums, folded, month_of
from workflow.counting.known import count_as_known


def statistics(
    office: Office,
    below: Sequence[Office],
    months: Months,
    *,
    layout: str = STANDARD,
    known_on: dt.date | None = None,
) -> Statistics:
    """Measure the lines of an office, or of it and the offices below it together (汇总).

    :param below: the offices that are rolled up with it, each of which then has a column of its own
    :param known_on: as it stood on record at the end of that day; None: as it stands
    Raises Unreadable for a layout that is not there, Refusal for a day of which nobody can tell what was known.
    """
    offices = [office, *below]
    lines = sheet_layout(layout)
    if known_on is None:
        book = count(offices, months.so_far, beside={line.measure.what for line in lines.lines})
    else:
        book = count_as_known(offices, months.so_far, day=known_on)
    return measured(book, office, below, months, lines)


def measured(
    book: Book, office: Office, below: Sequence[Office], months: Months, layout: SheetLayout
) -> Statistics:
    """Measure the lines of a layout over what was counted from the year's first month on."""
    first, last = months.numbers
    by_office = folded(book, first, last)
    now, year = together(by_office), together(folded(book, month_of(months.so_far.first), last))
    told = tuple(Told(line, line.measure.amount(now), line.measure.amount(year)) for line in layout.lines)
    apart = {
        one.name: tuple(line.measure.amount(by_office[one.pk]) for line in layout.lines)
        for one in ([office, *below] if below else [])
    }
    return Statistics(office.name, months, layout.code, told, apart)


def together(by_office: dict[int, Sums]) -> Sums:
    """Add up the counts of several offices."""
    found = Sums()
    for sums in by_office.values():
        found.take_in(sums)
    return found
