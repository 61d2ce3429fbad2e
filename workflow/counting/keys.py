"""What is counted, by name, and the pots it is counted into: an office, a month, a key."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from calendars.days import Calendar
from law.annual.tally import Period


class Key(NamedTuple):
    """Name one thing that is counted; ``a`` and ``b`` tell its kinds apart."""

    what: str
    a: str = ""
    b: str = ""


class Pot(NamedTuple):
    """One office in one month; months are numbered without a gap over the years."""

    office: int
    month: int
    key: Key


Counts = Counter[Pot]

#: Events of the clock that are counted.
EVENTS = ("supplement_notice", "consultation_sent", "extension", "excess_asked", "fee_notice")


def month_of(day: dt.date) -> int:
    """Number the month of a day."""
    return day.year * 12 + day.month - 1


def month_at(year: int, month: int) -> int:
    """Number a month of a year."""
    return year * 12 + month - 1


def name_of(number: int) -> tuple[int, int]:
    """Return the year and the month (1 to 12) of a number."""
    return number // 12, number % 12 + 1


def span_of(first: int, last: int) -> Period:
    """Return the days of a run of months."""
    return Period(Period.of_month(*name_of(first)).first, Period.of_month(*name_of(last)).last)


def working_days_until(day: dt.date, calendar: Calendar) -> int:
    """Count the working days from the calendar's own beginning up to a day; differences of two are what counts."""
    line = calendar.line_through(day)
    return line.before[day.toordinal() - line.base]


@dataclass(frozen=True)
class Book:
    """All counts of some offices over a span, folded by whoever asks."""

    offices: tuple[int, ...]
    span: Period
    counts: Counts

    def total(self, key: Key, *, months: Iterable[int] | None = None, office: int | None = None) -> int:
        """Add up one key over months and offices; all of them unless named."""
        wanted = range(month_of(self.span.first), month_of(self.span.last) + 1) if months is None else months
        here = self.offices if office is None else (office,)
        return sum(self.counts[Pot(one, month, key)] for one in here for month in wanted)

    def keys(self, what: str) -> list[Key]:
        """List the keys of one sort that were counted at all."""
        return sorted({pot.key for pot in self.counts if pot.key.what == what})

    def sums(self, *, months: Iterable[int] | None = None, office: int | None = None) -> Mapping[Key, int]:
        """Add up every key over months and offices."""
        found: Counter[Key] = Counter()
        wanted = None if months is None else frozenset(months)
        for pot, count in self.counts.items():
            if (wanted is None or pot.month in wanted) and office in (None, pot.office):
                found[pot.key] += count
        return found


class Sums(dict[str, dict[Key, int]]):
    """Counts of one office, or of several together, over a run of months, by sort."""

    def put(self, key: Key, number: int) -> None:
        """Add to a count."""
        if number:
            held = self.setdefault(key.what, {})
            held[key] = held.get(key, 0) + number

    def take_in(self, other: Sums) -> None:
        """Add the counts of others."""
        for held in other.values():
            for key, number in held.items():
                self.put(key, number)

    def carried_out(self) -> dict[str, int]:
        """Tell by kind of applicant what is left: what was carried in and came, less what was done."""
        left: Counter[str] = Counter()
        for what, place, sign in (("carried_in", 1, 1), ("new", 1, 1), ("done", 2, -1)):
            for key, number in self.get(what, {}).items():
                left[key[place]] += sign * number
        return left


def folded(book: Book, first: int, last: int) -> dict[int, Sums]:
    """Fold the counts of a book into a run of its months, office by office, in one pass.

    What is carried in is moved on to the first of the months: whatever came before it and was not done.
    """
    found = {office: Sums() for office in book.offices}
    for pot, number in book.counts.items():
        sums, key = found[pot.office], pot.key
        if key.what == "carried_in":
            sums.put(key, number)
        elif pot.month < first:
            if key.what == "new":
                sums.put(Key("carried_in", key.a), number)
            elif key.what == "done":
                sums.put(Key("carried_in", key.b), -number)
        elif pot.month <= last:
            sums.put(key, number)
    return found
