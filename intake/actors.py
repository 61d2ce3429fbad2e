"""The applicant as an actor: known by the case alone, never by name."""

from __future__ import annotations

from dataclasses import dataclass

from office.roles import Role


@dataclass(frozen=True)
class Applicant:
    """Whoever acts through the applicant's door; `case_id` is None while the request is being filed."""

    case_id: int | None = None

    @property
    def ref(self) -> str:
        """Name the applicant for journals: by the case, without personal data."""
        return f"applicant:{self.case_id}" if self.case_id else "applicant:portal"

    @property
    def display(self) -> str:
        """Name the applicant on screens."""
        return "申请人"

    def roles_in(self, office_id: int) -> frozenset[str]:
        """Return the one role an applicant has; which case it is for, the door's session decides."""
        return frozenset({Role.APPLICANT.value})
