"""One document of a case: its page, pictures of its pages, its original for a reason, its review sheet."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from office.errors import Refusal
from office.today import now, today
from office.web.asked import whole_number
from workflow.desk.views.papers import not_yet, sent
from workflow.selectors import holding_page
from workflow.selectors.mosaic import mosaic as mosaic_of


@login_required
@require_safe
def holding(request: HttpRequest, case_id: int, holding_id: int) -> HttpResponse:
    """Show a document: what is said of it, its pages one by one, its marks, its review, who read it."""
    number = whole_number(request.GET.get("page", "")) or 1
    page = holding_page.holding_page(request.user, case_id, holding_id, number=number, on=today(), now=now())
    if page is None:
        raise Http404
    return render(request, "workflow/desk/holding.html", {"page": page})


@login_required
@require_safe
def mosaic(request: HttpRequest, case_id: int, holding_id: int) -> HttpResponse:
    """Show what is out already beside this document, and what both tell together."""
    found = mosaic_of(request.user, case_id, holding_id, on=today())
    if found is None:
        raise Http404
    return render(request, "workflow/desk/mosaic.html", {"page": found})


@login_required
@require_safe
def picture(request: HttpRequest, case_id: int, version_id: int, number: int, dpi: int) -> HttpResponse:
    """Send one page of a working copy as a picture."""
    try:
        return sent(holding_page.picture(request.user, case_id, version_id, number, dpi=dpi, now=now()))
    except Refusal as refusal:
        return not_yet(refusal)


@login_required
@require_safe
def values(request: HttpRequest, case_id: int, version_id: int) -> HttpResponse:
    """Send the visible values of a spreadsheet."""
    return sent(holding_page.values(request.user, case_id, version_id))


@login_required
@require_POST
def original(request: HttpRequest, case_id: int, version_id: int) -> HttpResponse:
    """Send an original, always as a download; who read it and why is on record before."""
    why = request.POST.get("why", "")
    try:
        return sent(holding_page.original(request.user, case_id, version_id, why=why, on=today(), now=now()))
    except Refusal as refusal:
        return not_yet(refusal)


@login_required
@require_safe
def sheet(request: HttpRequest, case_id: int, holding_id: int) -> HttpResponse:
    """Send the secrecy review sheet of a document for printing."""
    return sent(holding_page.sheet(request.user, case_id, holding_id, on=today()))
