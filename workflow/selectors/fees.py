"""How many items of a month count before a request, for the fee by item."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from law.fees import by_arrival
from workflow import rules
from workflow.machine import State
from workflow.models import Case, Item, Party


def items_before(case: Any) -> int:
    """Count the items the same applicant asked this office for earlier in the same calendar month (READINGS R19).

    What was withdrawn has no decision and does not count (国办函〔2020〕109号: 适用所有处理决定). Where no
    applicant's document number is known nothing can be added up.
    """
    known = [party.id_hash for party in case.applicants() if party.id_hash]
    if case.received_on is None or not known:
        return 0
    own = rules.of(case.office).overrides
    name = "arrived_on" if by_arrival(case.received_on, own) else "received_on"
    day = getattr(case, name)
    same = Party.objects.filter(part="applicant", id_hash__in=known).values("case_id")
    earlier = Case.objects.filter(
        Q(**{f"{name}__lt": day}) | Q(**{name: day, "pk__lt": case.pk}), office_id=case.office_id, pk__in=same,
        received_on__isnull=False, **{f"{name}__gte": day.replace(day=1)},
    ).exclude(state=State.WITHDRAWN)  # fmt: skip
    archived_withdrawn = Item.objects.filter(outcome="withdrawn").values("case_id")
    return Item.objects.filter(case__in=earlier.exclude(pk__in=archived_withdrawn)).count()
