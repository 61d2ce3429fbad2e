"""Who acts on a case from outside its office: its applicant, another office that was asked for its opinion."""

from __future__ import annotations

from dataclasses import dataclass

from office.models import User
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


@dataclass(frozen=True)
class ConsultedOffice:
    """A person of an office that was asked for its opinion, acting on that one letter of another office's case."""

    person: User
    letter_id: int
    case_id: int
    office_id: int

    @property
    def ref(self) -> str:
        """Name the person in the journal."""
        return self.person.ref

    @property
    def display(self) -> str:
        """Return the name shown in a trail."""
        return self.person.display

    @property
    def acting_for(self) -> User | None:
        """Return the person for whom it is done (代理)."""
        return self.person.acting_for

    @property
    def principals(self) -> frozenset[int]:
        """Return the ids of the persons behind the act."""
        return self.person.principals

    def roles_in(self, office_id: int) -> frozenset[str]:
        """Return the one role of whoever was asked, in the office that asked."""
        return frozenset({str(Role.CONSULTED)}) if office_id == self.office_id else frozenset()
