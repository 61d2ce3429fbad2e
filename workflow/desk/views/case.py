"""The case page, its printed trail, and what is like it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from office.today import now, today
from workflow.actions.read_contact import read_contact
from workflow.desk.asked import act_id
from workflow.selectors.case_page import case_page, find_case
from workflow.selectors.duplicates import similar_to


@login_required
@require_safe
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show everything of one case, what time it is, and what this person can do."""
    return render(request, "workflow/desk/case.html", {"page": _page(request, case_id)})


@login_required
@require_POST
def contact(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show how the parties are reached, to those who must reach them; the trail says who looked."""
    found = find_case(request.user, case_id)
    if found is None:
        raise Http404
    contacts = read_contact(found, by=request.user, on=today(), now=now(), act_id=act_id(request))
    if contacts is None:
        raise PermissionDenied
    return render(request, "workflow/desk/contact.html", {"case": found, "contacts": contacts})


@login_required
@require_safe
def trail(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the trail alone, for printing."""
    return render(request, "workflow/desk/trail.html", {"page": _page(request, case_id)})


@login_required
@require_safe
def similar(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the requests that are like this one or of its applicant; as a part of the case page, or by itself."""
    found = similar_to(request.user, case_id)
    if found is None:
        raise Http404
    part = request.headers.get("HX-Request") == "true"
    name = "workflow/desk/parts/similar.html" if part else "workflow/desk/similar.html"
    answer = render(request, name, {"case": found[0], "found": found[1]})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _page(request: HttpRequest, case_id: int) -> Any:
    found = case_page(request.user, case_id, on=today())
    if found is None:
        raise Http404
    return found
