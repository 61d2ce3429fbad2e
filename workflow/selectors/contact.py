"""How the parties of a case are reached, for those whose duty is to reach them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from office.keys.sealed import Sealed
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


def hints_of(party: Any) -> tuple[tuple[str, str], ...]:
    """Hint at how a party is reached: enough to tell one number from another, too little to use it."""
    sealed = [
        ("电话", party.phone, Sealed.masked),
        ("电子邮箱", party.email, _mail_host),
        ("通信地址", party.address, _region),
    ]
    return tuple((label, hint(value)) for label, value, hint in sealed if value)


def _mail_host(email: Sealed) -> str:
    """Keep of a mail address where it is, not whose it is."""
    _, at, host = email.reveal().rpartition("@")
    return f"***{at}{host}" if at else "***"


def _region(address: Sealed) -> str:
    """Keep of an address the county or district, which tells whose business it is; the rest is starred."""
    found = re.match(r".*?[县区旗]|.*?市", address.reveal())
    return f"{found[0]}***" if found else "***"


def _ways(party: Any) -> list[tuple[str, str]]:
    sealed = [("电话", party.phone), ("电子邮箱", party.email), ("通信地址", party.address)]
    whole = [(label, value.reveal() if value else "") for label, value in sealed]
    return [("联系人", party.contact_name), *whole, ("邮编", party.postcode)]
