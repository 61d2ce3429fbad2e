"""Who acts: a person of the office, an applicant, or the system itself."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from .roles import Role


@runtime_checkable
class Actor(Protocol):
    """Whoever an act is done by."""

    @property
    def ref(self) -> str: ...

    @property
    def display(self) -> str: ...

    def roles_in(self, office_id: int) -> frozenset[str]: ...


@dataclass(frozen=True)
class SystemActor:
    """The system acting by itself, named by the job it runs."""

    job: str

    @property
    def ref(self) -> str:
        return f"system:{self.job}"

    @property
    def display(self) -> str:
        return "系统"

    def roles_in(self, office_id: int) -> frozenset[str]:
        """Return the one role the system has in every office."""
        return frozenset({Role.SYSTEM.value})
