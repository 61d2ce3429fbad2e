"""What every form of the desk sends beside its fields: which office, and which one press of a button."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def act_id(request: HttpRequest) -> uuid.UUID:
    """Return the identity of one press, so that a second one changes nothing; a new one where none was sent."""
    try:
        return uuid.UUID(request.POST.get("act_id", ""))
    except ValueError:
        return uuid.uuid4()


def chosen_office(request: HttpRequest, offices: Sequence[Any]) -> Any:
    """Return the office that was asked for, else the first. Raises PermissionDenied for any other than these."""
    wanted = request.POST.get("office") or request.GET.get("office")
    found = next((office for office in offices if str(office.pk) == wanted), None)
    if wanted and found is None:
        raise PermissionDenied
    return found or offices[0]
