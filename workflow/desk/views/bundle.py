"""The page of a bundle: who follows the lead, who may join, and what is applied to all."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from office.today import now, today
from workflow.actions.bundle import join_many
from workflow.actions.follow_lead import follow_lead
from workflow.bundling import STEPS
from workflow.desk.asked import act_id
from workflow.selectors.bundles import bundle_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bundle(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show a bundle; join the chosen cases to it, or do for every member what was decided for the lead."""
    page = bundle_page(request.user, case_id, on=today())
    if page is None:
        raise Http404
    results: list[Any] = []
    if request.method == "POST" and page.leads:
        results = _done(request, page)
        page = bundle_page(request.user, case_id, on=today())
    context = {
        "page": page,
        "results": results,
        "act_id": uuid.uuid4(),
        "done": sum(one.done for one in results),
    }
    return render(request, "workflow/desk/bundle.html", context)


def _done(request: HttpRequest, page: Any) -> list[Any]:
    who: dict[str, Any] = {
        "lead_id": page.lead.pk, "by": request.user, "on": today(), "now": now(), "act_id": act_id(request),
    }  # fmt: skip
    step = request.POST.get("step", "")
    if step == "join":
        offered = {line.id for line in page.candidates}
        chosen = [int(one) for one in request.POST.getlist("case") if one.isdecimal()]
        return join_many(case_ids=[one for one in chosen if one in offered], **who)
    return follow_lead(step=step, **who) if step in STEPS else []
