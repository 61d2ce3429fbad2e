"""How the parties of a case are reached, for those whose duty is to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from office.models import User
from office.roles import Role
from workflow.models import Case

#: Who may read how the applicant is reached; others see a hint of it (docs/adr/0404-who-reads-names.md).
REACH = frozenset({str(Role.INTAKE), str(Role.HANDLER), str(Role.ARCHIVIST)})


@dataclass(frozen=True)
class Contact:
    """One party and every way to reach it."""

    part: str
    name: str
    rows: tuple[tuple[str, str], ...]


def may_reach(case: Case, user: User) -> bool:
    """Tell whether a person's duty in the case's office is to reach its parties."""
    return bool(user.reach().get(case.office_id, frozenset()) & REACH)


def contacts_of(case: Case) -> tuple[Contact, ...]:
    """Read how each party of a case is reached, unmasked; whoever asks has it logged first."""
    return tuple(
        Contact(party.get_part_display(), party.name, tuple(row for row in _ways(party) if row[1]))
        for party in case.all_parties()
    )


def _ways(party: Any) -> list[tuple[str, str]]:
    sealed = [("电话", party.phone), ("电子邮箱", party.email), ("通信地址", party.address)]
    whole = [(label, value.reveal() if value else "") for label, value in sealed]
    return [("联系人", party.contact_name), *whole, ("邮编", party.postcode)]
