"""How many items of a month count before a request, for the fee by item."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from workflow.machine import State
from workflow.models import Case, Item, Party


def items_before(case: Any) -> int:
    """Count the items the same applicant asked this office for earlier in the calendar month of receipt.

    What was withdrawn has no decision and does not count (国办函〔2020〕109号: 适用所有处理决定). Where no
    applicant's document number is known nothing can be added up.
    """
    day = case.received_on
    known = [party.id_hash for party in case.applicants() if party.id_hash]
    if day is None or not known:
        return 0
    same = Party.objects.filter(part="applicant", id_hash__in=known).values("case_id")
    earlier = Case.objects.filter(
        Q(received_on__lt=day) | Q(received_on=day, pk__lt=case.pk), office_id=case.office_id, pk__in=same,
        received_on__gte=day.replace(day=1),
    ).exclude(state=State.WITHDRAWN)  # fmt: skip
    archived_withdrawn = Item.objects.filter(outcome="withdrawn").values("case_id")
    return Item.objects.filter(case__in=earlier.exclude(pk__in=archived_withdrawn)).count()
