"""The query code of what was filed elsewhere for an applicant, shown once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from intake import tracking
from intake.portal import doors
from intake.portal.views.case import nonce, with_case
from office.errors import Refusal
from office.today import now, today
from workflow.actions.show_code import show_code
from workflow.actors import ApplicantActor


@require_POST
@with_case
def filed(request: HttpRequest, case_id: int, link_id: int) -> HttpResponse:
    """Hand over the new request's receipt with its query code, the one time."""
    me = ApplicantActor(case_id, tracking.office_of(case_id))
    try:
        shown = show_code(
            case_id=case_id, link_id=link_id, by=me, on=today(), now=now(), act_id=nonce(request)
        )
    except Refusal as refusal:
        if refusal.code == "code_shown" and doors.holds_receipt(request):
            return redirect("portal:receipt")  # pressed twice: the first press has put it there
        messages.error(request, refusal.message)
        return redirect("portal:case")
    doors.hand_receipt(request, shown)
    return redirect("portal:receipt")
