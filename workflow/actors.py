"""An applicant who acts on the own case, after proving it with the query code."""

from __future__ import annotations

from dataclasses import dataclass

from office.roles import Role


@dataclass(frozen=True)
class ApplicantActor:
    """Whoever holds the query code and the identity number of one case; an applicant of no other."""

    case_id: int | None
    office_id: int

    @property
    def ref(self) -> str:
        """Name the applicant in the journal by the case, never by person."""
        return f"applicant:case:{self.case_id}" if self.case_id else "applicant:new"

    @property
    def display(self) -> str:
        """Return the name shown in a trail."""
        return "申请人"

    def roles_in(self, office_id: int) -> frozenset[str]:
        """Return the applicant's one role, in the office of the own case only."""
        return frozenset({str(Role.APPLICANT)}) if office_id == self.office_id else frozenset()
