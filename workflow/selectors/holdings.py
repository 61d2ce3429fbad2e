"""Who may see which document of a case: the one queryset that every list, page and file of documents starts from."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from office.models import User
from office.roles import Role
from workflow.holding_kinds import HoldingStatus
from workflow.models import Holding, HoldingVersion
from workflow.selectors.access import visible_cases


def visible_holdings(user: User) -> QuerySet[Holding]:
    """Return the documents a person may see: those of the cases they may see.

    One in quarantine is there for the secrecy reviewers of its office alone; for everybody else it is as if it were not.
    """
    secrecy = [office for office, roles in user.reach().items() if Role.SECRECY in roles]
    free = ~Q(status=HoldingStatus.QUARANTINED)
    return Holding.objects.filter(free | Q(office_id__in=secrecy), case__in=visible_cases(user))


def find_version(user: User, case_id: int, version_id: int) -> HoldingVersion | None:
    """Read one version of a document this person may see, with its case and office; None for any other."""
    return (
        HoldingVersion.objects.filter(
            pk=version_id, holding__case_id=case_id, holding__in=visible_holdings(user)
        )
        .select_related("holding__case__office", "holding__item", "file", "by")
        .first()
    )
