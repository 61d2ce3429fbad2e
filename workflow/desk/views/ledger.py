"""The clock's ledger of a case, as it stands or as it was known on a day; on screen and on paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from office.errors import Refusal
from office.today import today
from office.web.forms import DayField, Form
from workflow.selectors.case_page import find_case
from workflow.selectors.ledger import why_as_known, why_this_day
from workflow.selectors.ledger_sheet import ledger_pdf


class AsOfForm(Form):
    """The day on which the clock is looked at."""

    as_of = DayField(
        label="按哪一天所知", help_text="只计这一天以前登记的事项、公布的放假安排", required=False
    )


@login_required
@require_safe
def ledger(request: HttpRequest, case_id: int) -> HttpResponse:
    """Explain the due date day by day, also as it was known on an earlier day."""
    case, form, why = _asked(request, case_id)
    day = form.cleaned_data["as_of"] if why is not None and form.is_bound else None
    return render(
        request, "workflow/desk/ledger.html", {"case": case, "form": form, "why": why, "as_of": day}
    )


@login_required
@require_safe
def ledger_sheet(request: HttpRequest, case_id: int) -> HttpResponse:
    """Send the ledger as one sheet of paper (PDF)."""
    case, form, why = _asked(request, case_id)
    if why is None:
        message = "；".join(str(error) for errors in form.errors.values() for error in errors)
        return HttpResponse(message, status=409, content_type="text/plain; charset=utf-8")
    day = form.cleaned_data["as_of"] if form.is_bound else None
    made = ledger_pdf(case, why.reading, on=today(), as_of=day)
    response = HttpResponse(made.content, content_type=made.content_type)
    response["Content-Disposition"] = content_disposition_header(False, made.name) or ""
    return response


def _asked(request: HttpRequest, case_id: int) -> tuple[Any, AsOfForm, Any]:
    case = find_case(request.user, case_id)  # type: ignore[arg-type]
    if case is None:
        raise Http404
    form = AsOfForm(request.GET if request.GET.get("as_of") else None)
    if not form.is_bound:
        return case, form, why_this_day(case, on=today())
    if not form.is_valid():
        return case, form, None
    day: dt.date = form.cleaned_data["as_of"]
    if day > today():
        form.add_error("as_of", "只能看今天以前的日子。")
        return case, form, None
    try:
        return case, form, why_as_known(case, day=day)
    except Refusal as refusal:
        form.add_error("as_of", refusal.message)
        return case, form, None
