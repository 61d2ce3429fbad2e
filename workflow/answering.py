"""Who answers letters that came from another office of the platform."""

from __future__ import annotations

from office.actors import Actor
from office.models import User
from office.roles import Role
from workflow.actors import ConsultedOffice
from workflow.models import Consultation

#: Whose duty it is to answer letters from other offices.
ANSWERERS = frozenset({str(Role.INTAKE), str(Role.ALLOCATOR), str(Role.HEAD)})


def consulted(by: Actor, consultation_id: int) -> Actor:
    """Return a person as somebody of the office a letter was sent to; whoever is not stays as they are.

    The door then refuses those for lack of the role, as it refuses everybody else of another office.
    """
    row = Consultation.objects.filter(pk=consultation_id).select_related("case").first()
    if row is None or row.office_id is None or not isinstance(by, User):
        return by
    if not ANSWERERS & by.roles_in(row.office_id):
        return by
    return ConsultedOffice(by, row.pk, row.case_id, row.case.office_id)
