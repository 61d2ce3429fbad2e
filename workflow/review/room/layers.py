"""Two layers of a document side by side."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from office.today import now, today
from workflow.redaction_kinds import Layer
from workflow.review.originals import log_look
from workflow.review.room.views import found_version
from workflow.selectors import room_layers as selector


@login_required
@require_safe
def layers(request: HttpRequest, case_id: int, version_id: int, number: int) -> HttpResponse:
    """Show one page twice, each time with the marks of one layer, and where the two differ."""
    version = found_version(request, case_id, version_id)
    left = selector.side_of(request.GET.get("left", ""), Layer.SUGGESTED)
    right = selector.side_of(request.GET.get("right", ""), Layer.REVIEWER)
    page = selector.layers_page(request.user, version, page=number, left=left, right=right)  # type: ignore[arg-type]
    if page is None:
        raise Http404
    log_look(version, by=request.user, on=today(), now=now())  # type: ignore[arg-type]
    return render(
        request,
        "workflow/room/layers.html",
        {"page": page, "sides": selector.SIDES, "left": left, "right": right},
    )
