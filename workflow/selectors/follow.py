"""An applicant finds the own case."""

from __future__ import annotations

import hmac

from office import keys
from office.errors import Refusal
from workflow.models import Case, CaseLink
from workflow.models.party import normal_identity


def find_by_code(*, code: str, last_four: str) -> Case | None:
    """Find the case of a query code whose applicant's identity number ends in the given four characters.

    Returns None for a wrong code and for wrong characters alike, so that neither can be guessed apart.
    """
    try:
        hashes = keys.query_code_hashes(code)
    except Refusal:
        return None
    case = Case.objects.filter(query_code_hash__in=hashes).select_related("office").first()
    if case is None:
        return None
    given = normal_identity(last_four).encode()
    for party in case.all_parties():
        if hmac.compare_digest(normal_identity(party.id_number.reveal())[-4:].encode(), given):
            return case
    return None


def applicant_case(case_id: int) -> Case | None:
    """Read the case an applicant has opened in this session."""
    return Case.objects.filter(pk=case_id).select_related("office").first()


def filed_elsewhere(case: Case) -> list[CaseLink]:
    """List the requests that were filed at other offices from this one for its applicant."""
    rows = case.links.filter(kind=CaseLink.Kind.FILED).select_related("other__office")
    return list(rows.order_by("linked_on", "pk"))
