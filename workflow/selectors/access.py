"""Who may see which case: the one queryset that every list and page starts from."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from office.models import User
from office.roles import Role
from workflow.models import Case, Remedy, Review
from workflow.scope import handler_units

WHOLE_OFFICE = frozenset(
    {Role.INTAKE, Role.ALLOCATOR, Role.HEAD, Role.SIGNATORY, Role.ARCHIVIST, Role.SUPERVISOR}
)
REVIEWERS = {Role.SECRECY: "secrecy", Role.REDACTION: "redaction", Role.LEGAL: "legal"}


def visible_cases(user: User) -> QuerySet[Case]:
    """Return the cases a person may see, and no other.

    Whoever runs the office's requests sees the whole office; a handler the cases of the own units and those
    held in person; a reviewer the cases sent to that review, the legal one also those under reconsideration or suit; a
    supervisor every office below. An
    administrator sees no case. Nobody sees sideways.
    """
    held = user.roles()
    # Whole offices are named in one list: a chain of ORs would keep the indexes of office and state unused.
    rule = Q(office_id__in=sorted(office_id for office_id, roles in held.items() if roles & WHOLE_OFFICE))
    for office_id, roles in held.items():
        if roles & WHOLE_OFFICE:
            continue
        if Role.HANDLER in roles:
            rule |= Q(office_id=office_id, unit_id__in=handler_units(user, office_id))
            rule |= Q(office_id=office_id, handler_id=user.pk)
        kinds = [kind for role, kind in REVIEWERS.items() if role in roles]
        if Role.LEGAL in roles:
            rule |= Q(office_id=office_id) & Q(Exists(Remedy.objects.filter(case_id=OuterRef("pk"))))
        if kinds:
            reviewed = Review.objects.filter(case_id=OuterRef("pk"), office_id=office_id, kind__in=kinds)
            rule |= Q(office_id=office_id) & Q(Exists(reviewed))
    return Case.objects.filter(rule)


def may_see(user: User, case_id: int) -> bool:
    """Tell whether a person may see one case."""
    return visible_cases(user).filter(pk=case_id).exists()
