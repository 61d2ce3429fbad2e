"""Offices as the public sees them, for screens that may not touch models."""

from __future__ import annotations

from typing import Any

from django.apps import apps


def _offices() -> Any:
    # asked of the registry, so that a screen's import of this module reaches no model
    return apps.get_model("office", "Office").objects.filter(is_active=True)


def open_offices(search: str = "") -> list[Any]:
    """List the offices that take requests, in the order of their codes; `search` narrows by name."""
    found = _offices()
    return list(found.filter(name__icontains=search.strip()) if search.strip() else found)


def office_by_code(code: str) -> Any | None:
    """Find the office that takes requests under a code, or None."""
    return _offices().filter(code=code).first()


def offices_with_role(user: Any, role: str) -> list[Any]:
    """List the offices in which a person holds a role, in the order of their codes."""
    return [office for office in user.offices() if role in user.reach().get(office.pk, ())]
