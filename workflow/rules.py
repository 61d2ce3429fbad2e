"""What a case's clock goes by: the days in force in its office's region, and the office's own readings."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models.signals import post_save

from calendars import published
from calendars.days import Calendar
from law import values
from law.values import Overrides, Scalar
from office.models import Office, OfficeParameter

Pairs = tuple[tuple[dt.date, Scalar], ...]
KEPT = 5000
#: Values whose own setting the program really goes by. A value joins when what it governs asks for it with the
#: office's overrides, and `tests/workflow/test_own_readings.py` shows that a setting changes the outcome.
HONOURED = frozenset({
    "art18.reassess_months", "art41.correction_days", "art44.conversion_days",
    "art30.supplement_term_days", "art31.receipt.email", "art31.receipt.pushed",
    "art32.publication_buffer_days", "art33.agency_opinion_days", "art35.explain_days", "art35.stops_clock", "fees.payment_days", "fees.clock_restarts", "fees.month_by",
    "completion.courier", "completion.email", "rereply.days", "retention.long_years", "retention.short_years", "retention.transfer",
    "remedies.class.partial", "remedies.excluded_direct_suit",
})  # fmt: skip
#: Readings that a paper states, and so takes along frozen in its facts.
TOLD_IN_PAPERS = "remedies."
_kept: dict[tuple[str, int, str, int | None], Rules] = {}
_own: dict[str, dict[str, dict[int | None, Pairs]]] = {}
_apart: dict[str, list[tuple[Calendar, frozenset[int]]]] = {}


class Rules(NamedTuple):
    """Hold the calendar and the overrides of one office."""

    calendar: Calendar
    overrides: Overrides | None

    def as_known_on(self, day: dt.date) -> Rules:
        """Give the same rules with the calendar as it was published on a day."""
        return Rules(self.calendar.as_known_on(day), self.overrides)


def of(office: Office) -> Rules:
    """Give the rules of an office in force, kept as long as no other edition is."""
    key = _key(published.edition(), office)
    found = _kept.get(key)
    if found is None:
        own = _own_of_edition(key[0])
        chain = [office.pk, *(above.pk for above in office.ancestors())] if own else []
        found = _keep(key, Rules(published.calendar(region_of(office)), layered(chain, own) or None))
    return found


def of_each(offices: Iterable[Office]) -> dict[int, Rules]:
    """Give the rules of many offices in force; those not kept yet are read in a handful of queries."""
    token = published.edition()
    keys = {office.pk: _key(token, office) for office in offices}
    found = {pk: _kept[key] for pk, key in keys.items() if key in _kept}
    if len(found) < len(keys):
        for pk, made in of_all([pk for pk in keys if pk not in found]).items():
            found[pk] = _keep(keys[pk], made)
    return found


def _key(token: str, office: Office) -> tuple[str, int, str, int | None]:
    return (token, office.pk, office.region_code, office.parent_id)


def _keep(key: tuple[str, int, str, int | None], made: Rules) -> Rules:
    if len(_kept) >= KEPT or any(other[0] != key[0] for other in tuple(_kept)):
        _kept.clear()
    _kept[key] = made
    return made


def of_all(
    ids: Iterable[int], *, own: Mapping[str, Mapping[int | None, Pairs]] | None = None
) -> dict[int, Rules]:
    """Give the rules of many offices in a handful of queries.

    :param own: the offices' own values to go by instead of those in force
    """
    offices = {row.pk: row for row in Office.objects.all()}
    held = _own_of_edition(published.edition()) if own is None else own
    found = {}
    for pk in ids:
        calendar = published.calendar(_code(pk, offices))
        found[pk] = Rules(calendar, layered(chain_of(pk, offices), held) or None)
    return found


def apart() -> list[tuple[Calendar, frozenset[int]]]:
    """List the calendars that differ from the whole country's, each with the offices that go by it (放假办法 第四条).

    Empty where no region has days of its own. Kept as long as no other edition is in force.
    """
    token = published.edition()
    if token not in _apart:
        found = _read_apart()
        _apart.clear()
        _apart[token] = found
    return _apart[token]


def days_of(office_id: int) -> Calendar:
    """Give the calendar an office goes by, without reading the office."""
    return next((calendar for calendar, ids in apart() if office_id in ids), published.calendar())


def everywhere() -> Overrides | None:
    """Give the values that hold for every office, where an installation has set some."""
    return layered([], own_values()) or None


def facts_of(office: Office) -> dict[str, Any]:
    """Give an office's facts for its papers, with its own readings of what they must tell about remedies."""
    own = of(office).overrides or {}
    told = {
        key: [[start.isoformat(), value] for start, value in pairs]
        for key, pairs in own.items()
        if key.startswith(TOLD_IN_PAPERS) and not isinstance(pairs, int | str)
    }
    return office.facts() | ({"readings": told} if told else {})


def value(key: str, office: Office, on: dt.date) -> Scalar:
    """Give a value of the law on a day, the office's own where it has one in force."""
    return values.value(key, on, of(office).overrides)


def number(key: str, office: Office, on: dt.date) -> int:
    """Give a value of the law that is a whole number on a day, the office's own where it has one in force."""
    return values.number(key, on, of(office).overrides)


def segments(key: str) -> list[tuple[list[int], dt.date, dt.date | None, Scalar]]:
    """List an office's own values of a key as (offices, from day, day before which it ends, value)."""
    own = own_values_kept().get(key)
    if not own:
        return []
    offices = {row.pk: row for row in Office.objects.all()}
    by_pairs: dict[Pairs, list[int]] = defaultdict(list)
    for pk in offices:
        held = layered(chain_of(pk, offices), {key: own}).get(key, ())
        if held:
            by_pairs[tuple(held)].append(pk)
    found = []
    for pairs, ids in by_pairs.items():
        for place, (start, own_value) in enumerate(pairs):
            until = pairs[place + 1][0] if place + 1 < len(pairs) else None
            found.append((ids, start, until, own_value))
    return found


def own_values_kept() -> dict[str, dict[int | None, Pairs]]:
    """Give the offices' own values in force, kept as long as no other edition is."""
    return _own_of_edition(published.edition())


def region_of(office: Office) -> str:
    """Name the region whose own days off count for an office: its own code, else the nearest above."""
    if office.region_code or office.parent_id is None:
        return str(office.region_code)[:6]
    return next((str(above.region_code) for above in office.ancestors() if above.region_code), "")[:6]


def chain_of(pk: int, offices: Mapping[int, Office]) -> list[int]:
    """Name an office and those above it, nearest first."""
    chain: list[int] = []
    here: int | None = pk
    while here is not None and here not in chain:
        chain.append(here)
        here = offices[here].parent_id
    return chain


def layered(
    chain: Sequence[int | None], own: Mapping[str, Mapping[int | None, Pairs]]
) -> dict[str, Sequence[tuple[dt.date, Scalar]]]:
    """Lay the values of an office over those above it: from its first own day on, its own count."""
    found: dict[str, Sequence[tuple[dt.date, Scalar]]] = {}
    for key, by_office in own.items():
        pairs: Pairs = by_office.get(None, ())
        for place in reversed(chain):
            mine = by_office.get(place, ())
            if mine:
                pairs = (*(pair for pair in pairs if pair[0] < mine[0][0]), *mine)
        if pairs:
            found[key] = pairs
    return found


def own_values() -> dict[str, dict[int | None, Pairs]]:
    """Read every confirmed value of the law that an office has set for itself, by key and office."""
    rows = OfficeParameter.objects.filter(key__in=list(overridable()), confirmed_at__isnull=False)
    found: dict[str, dict[int | None, list[tuple[dt.date, Scalar]]]] = defaultdict(lambda: defaultdict(list))
    ordered = rows.order_by("from_on", "confirmed_at", "pk")
    for key, office_id, from_on, value in ordered.values_list("key", "office_id", "from_on", "value"):
        pairs = found[key][office_id]
        if pairs and pairs[-1][0] == from_on:
            pairs.pop()  # confirmed later for the same day: it replaces
        pairs.append((from_on, value))
    return {key: {place: tuple(pairs) for place, pairs in held.items()} for key, held in found.items()}


def overridable() -> list[str]:
    """Name the values that an office may set for itself: the text leaves a choice, and the program goes by it."""
    return [key for key in values.table() if key in HONOURED and values.table()[key][-1].overridable]


def _read_apart() -> list[tuple[Calendar, frozenset[int]]]:
    codes = Office.objects.exclude(region_code="").order_by().values_list("region_code", flat=True).distinct()
    if not any(published.has_own_days(code[:6]) for code in codes):
        return []
    offices = {row.pk: row for row in Office.objects.all()}
    by_code: dict[str, set[int]] = defaultdict(set)
    for pk in offices:
        by_code[_code(pk, offices)].add(pk)
    return [
        (published.calendar(code), frozenset(ids))
        for code, ids in sorted(by_code.items())
        if published.has_own_days(code)
    ]


def _code(pk: int, offices: Mapping[int, Office]) -> str:
    chain = chain_of(pk, offices)
    return next((offices[place].region_code for place in chain if offices[place].region_code), "")[:6]


def _own_of_edition(token: str) -> dict[str, dict[int | None, Pairs]]:
    if token not in _own:
        found = own_values()
        _own.clear()
        _own[token] = found
    return _own[token]


def watch() -> None:
    """Put a new edition in force whenever a reading or an office's place is stored anew; called once."""
    post_save.connect(_stored_anew, sender=OfficeParameter, dispatch_uid="rules.parameter")
    post_save.connect(_stored_anew, sender=Office, dispatch_uid="rules.office")


def _stored_anew(sender: Any, instance: Any, created: bool, **_: Any) -> None:
    if sender is Office:
        # A new office has no rules yet that anybody could hold, but for the list of those with days of their own.
        touched = not created or published.has_own_days(region_of(instance))
    else:
        touched = instance.key in values.table() and instance.confirmed_at is not None
    if touched:
        published.changed()
