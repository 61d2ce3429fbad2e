"""Who may see which case: the one queryset that every list and page starts from."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from office.models import User
from office.roles import Role
from workflow.models import Case, Holding, Redacting, Remedy, Review, SecrecyReview, Share
from workflow.scope import own_units

WHOLE_OFFICE = frozenset(
    {Role.INTAKE, Role.ALLOCATOR, Role.HEAD, Role.SIGNATORY, Role.ARCHIVIST, Role.SUPERVISOR}
)
REVIEWERS = {Role.SECRECY: "secrecy", Role.REDACTION: "redaction", Role.LEGAL: "legal"}


def visible_cases(user: User) -> QuerySet[Case]:
    """Return the cases a person may see, and no other.

    Whoever runs the office's requests sees the whole office; a handler and the head of a unit the cases of the
    own units, those in which the own units take part and those held in person; a reviewer the cases sent to
    that review, the secrecy reviewer also those with a document in quarantine or under its own review, the redaction reviewer also those with a document being redacted, the legal one also those under reconsideration or suit; a supervisor every office below; a
    delegate what the delegator sees, for as long as the delegation lasts. An administrator sees no case. Nobody sees sideways.
    """
    whole = {office_id for office_id, roles in user.reach().items() if roles & WHOLE_OFFICE}
    # Whole offices are named in one list: a chain of ORs would keep the indexes of office and state unused.
    rule = Q(office_id__in=sorted(whole))
    for person in user.hats():
        for office_id, roles in person.roles().items():
            if office_id not in whole:
                rule |= _share_of(person, office_id, roles)
    return Case.objects.filter(rule)


def _share_of(person: User, office_id: int, roles: frozenset[str]) -> Q:
    rule = Q(pk__in=[])
    if roles & {Role.HANDLER, Role.UNIT_HEAD}:
        units = own_units(person, office_id)
        taking_part = Share.objects.filter(
            case_id=OuterRef("pk"), unit_id__in=units, status__in=Share.TAKING_PART
        )
        rule |= Q(office_id=office_id, unit_id__in=units) | Q(office_id=office_id) & Q(Exists(taking_part))
    if Role.HANDLER in roles:
        rule |= Q(office_id=office_id, handler_id=person.duty_of.pk)
    kinds = [kind for role, kind in REVIEWERS.items() if role in roles]
    if Role.SECRECY in roles:
        # What lies in quarantine, and every document that is or was under secrecy review (一事一审).
        hidden = Holding.objects.filter(case_id=OuterRef("pk"), status__in=("quarantined", "removed"))
        single = SecrecyReview.objects.filter(case_id=OuterRef("pk"))
        rule |= Q(office_id=office_id) & (Q(Exists(hidden)) | Q(Exists(single)))
    if Role.REDACTION in roles:
        # Every document that is or was being redacted, also before its reply goes to review.
        redacted = Redacting.objects.filter(case_id=OuterRef("pk"))
        rule |= Q(office_id=office_id) & Q(Exists(redacted))
    if Role.LEGAL in roles:
        rule |= Q(office_id=office_id) & Q(Exists(Remedy.objects.filter(case_id=OuterRef("pk"))))
    if kinds:
        reviewed = Review.objects.filter(case_id=OuterRef("pk"), office_id=office_id, kind__in=kinds)
        rule |= Q(office_id=office_id) & Q(Exists(reviewed))
    return rule


def may_see(user: User, case_id: int) -> bool:
    """Tell whether a person may see one case."""
    return visible_cases(user).filter(pk=case_id).exists()
