"""Requests that look like one another: the same applicant, or nearly the same words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from office import keys
from workflow.machine import State
from workflow.models import Case, Item, Party
from workflow.models.party import IDENTITY, normal_identity

#: How many of an applicant's newest requests are compared.
COMPARED = 40
#: From this likeness of two texts on (0 to 100) they are shown as alike; repeating is judged by a person.
ALIKE = 55


@dataclass(frozen=True)
class Similar:
    """An earlier request that may be the same as another."""

    id: int
    number: str
    title: str
    applicant: str
    state_label: str
    arrived_on: dt.date
    likeness: int

    @property
    def alike(self) -> bool:
        """Tell whether the words are nearly the same (条例36(6): a person decides)."""
        return self.likeness >= ALIKE


def possible_duplicates(
    *, office_id: int, identity: str = "", name: str = "", text: str = "", limit: int = 5
) -> list[Similar]:
    """List an applicant's earlier requests to an office, the most alike first; for doors that file new ones.

    ``identity`` is an identity number as typed, found by its keyed hash; ``name`` finds by name alone.
    """
    parties = _parties(identity, name)
    if parties is None:
        return []
    return _ranked(Case.objects.filter(office_id=office_id), parties, text, limit)


def similar_cases(case: Any, *, visible: QuerySet[Case], limit: int = 5) -> tuple[Similar, ...]:
    """List other requests of a case's applicants among the visible ones, the most alike first."""
    hashes = [party.id_hash for party in case.applicants() if party.id_hash]
    if not hashes:
        return ()
    text = "".join(item.description for item in case.items_in_order())
    others = visible.filter(office_id=case.office_id).exclude(pk=case.pk)
    return tuple(_ranked(others, Party.objects.filter(id_hash__in=hashes), text, limit))


def likeness(one: str, other: str) -> int:
    """Compare two texts by their pairs of neighbouring characters: 0 nothing in common, 100 the same."""
    a, b = _pairs(one), _pairs(other)
    return round(100 * len(a & b) / len(a | b)) if a and b else 0


def _parties(identity: str, name: str) -> QuerySet[Party] | None:
    rule = Q()
    if number := normal_identity(identity):
        rule |= Q(id_hash__in=keys.blind_candidates(IDENTITY, number))
    if name.strip():
        rule |= Q(name=name.strip())
    return Party.objects.filter(rule) if rule else None


def _ranked(cases: QuerySet[Case], parties: QuerySet[Party], text: str, limit: int) -> list[Similar]:
    held = parties.filter(part="applicant").values("case_id")
    newest = list(cases.filter(pk__in=held).order_by("-pk")[:COMPARED])
    words: dict[int, str] = {}
    for case_id, description in Item.objects.filter(case__in=newest).values_list("case_id", "description"):
        words[case_id] = words.get(case_id, "") + description
    found = [
        Similar(
            case.pk, case.number, case.title, case.applicant_name, State(case.state).label, case.arrived_on,
            likeness(text, words.get(case.pk, "")),
        )
        for case in newest
    ]  # fmt: skip
    return sorted(found, key=lambda row: (-row.likeness, -row.id))[:limit]


def _pairs(text: str) -> set[str]:
    plain = "".join(character for character in text if character.isalnum())
    return {plain[n : n + 2] for n in range(len(plain) - 1)}
