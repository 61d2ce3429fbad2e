"""Who administers, and which office a page of theirs is about."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from workflow.selectors.settings_pages import is_administrator


def administrator(request: HttpRequest) -> Any:
    """Return who asks. Raises PermissionDenied to anybody who administers no office."""
    if not is_administrator(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    return request.user


def office_or_all(request: HttpRequest, offices: list[Any]) -> Any:
    """Choose the office named in the address, else the first one administered; 0 means all offices, as None."""
    wanted = request.GET.get("office", "")
    if wanted == "0":
        return None
    if not wanted:
        return offices[0] if offices else None
    found = next((office for office in offices if str(office.pk) == wanted), None)
    if found is None:
        raise Http404
    return found
