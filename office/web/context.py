"""Context processor of every page: the site's name, the person's office, the navigation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from . import nav


def page(request: HttpRequest) -> dict[str, Any]:
    """Give the base page its header: names and the navigation that fits the person's roles.

    Both are lazy, so that a page that shows no header asks the database nothing.
    """
    context: dict[str, Any] = {"house_name": getattr(settings, "SITE_NAME", "")}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context

    def roles() -> frozenset[str]:
        return frozenset(str(role) for held in user.reach().values() for role in held)

    context["nav"] = SimpleLazyObject(lambda: nav.entries_for(roles(), request.path))
    context["office_name"] = SimpleLazyObject(
        lambda: user.offices().values_list("name", flat=True).first() or ""
    )
    return context
