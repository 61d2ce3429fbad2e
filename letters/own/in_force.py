"""Which wordings of its own an office goes by on a day; read once for each edition, not for each letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from calendars import published
from letters.compose_paper import Composed, compose
from letters.models import OwnWording
from letters.wordings import ITEMS, Own, Wording, parse

_Texts = dict[str, list[tuple[date, "Wording | None"]]]
# By edition and code of the office. A process keeps the newest edition only.
_held: dict[tuple[str, str], _Texts] = {}


def own_of(code: str) -> Own:
    """Return the wordings of its own of the office with a code, as `compose` takes them."""
    texts = _texts(code)

    def own(key: str, on: date) -> Wording | None:
        in_force = [text for from_on, text in texts.get(key, ()) if from_on <= on]
        return in_force[-1] if in_force else None

    return own


def compose_for_office(
    kind: str, facts: Mapping[str, Any], *, on: date, worded_on: date | None = None
) -> Composed:
    """Compose a paper as `compose` does, in the wordings in force at the office that issues it.

    The office is the one whose code its facts give; without one the shipped wordings apply.
    """
    office = facts.get("office") if isinstance(facts, Mapping) else None
    code = office.get("code") if isinstance(office, Mapping) else None
    own = own_of(code) if isinstance(code, str) and code else None
    return compose(kind, facts, on=on, own=own, worded_on=worded_on)


def as_wording(row: OwnWording) -> Wording | None:
    """Return a stored text as a wording; None for one that goes back to the shipped one."""
    if row.restores:
        return None
    name = row.key.removeprefix(ITEMS)
    return parse(name, row.source, key=row.key, version=row.code, applies_from=row.from_on)


def _texts(code: str) -> _Texts:
    token = published.edition()
    held = _held.get((token, code))
    if held is None:
        if any(key[0] != token for key in tuple(_held)):
            _held.clear()
        held = _held[token, code] = _read(code)
    return held


def _read(code: str) -> _Texts:
    found: _Texts = {}
    rows = OwnWording.objects.filter(office__code=code, confirmed_at__isnull=False)
    for row in rows.order_by("from_on", "version"):
        found.setdefault(row.key, []).append((row.from_on, as_wording(row)))
    return found
