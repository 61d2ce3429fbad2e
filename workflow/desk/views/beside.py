"""The records beside the cases: lists, one record, one step; and the reconsiderations and suits of a year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

import letters
from office.errors import Refusal
from office.today import now, today
from office.web.asked import whole_number
from office.web.forms import refuse
from workflow.beside.steps import STEPS
from workflow.desk.asked import act_id
from workflow.desk.beside_forms import PAGES, new_id
from workflow.selectors import beside, worklists

KINDS = tuple(beside.NAMES)
#: Records with pages of their own, and what leads there.
BESIDES = {
    "inspection": ("board:inspection", "抽查情况和结果单"),
    "bulletin": ("board:bulletin", "通报全文（可打印）"),
}


@login_required
@require_safe
def remedies(request: HttpRequest) -> HttpResponse:
    """Show the reconsiderations and suits of a year with the counts of the annual report's table 4."""
    on = today()
    asked = whole_number(request.GET.get("year", "")) or 0
    year = asked if 2008 <= asked <= on.year else on.year
    lines, table = beside.remedy_lines(request.user, on=on, year=year)
    context = _tabs(request, "remedies") | {
        "lines": lines, "table": table, "year": year, "years": range(on.year, on.year - 5, -1),
    }  # fmt: skip
    return render(request, "workflow/desk/remedies.html", context)


@login_required
@require_safe
def listing(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the records of one kind."""
    _known(kind)
    name = beside.FIRST.get(kind)
    begins = name is not None and bool(beside.offices_for(request.user, name, on=today()))
    context = _tabs(request, kind) | {
        "kind": kind, "heading": beside.NAMES[kind], "lines": beside.listing(request.user, kind, on=today()),
        "first": STEPS[name] if name is not None and begins else None, "kinds": beside.NAMES.items(),
    }  # fmt: skip
    return render(request, "workflow/desk/beside_list.html", context)


@login_required
@require_safe
def record(request: HttpRequest, kind: str, record_id: int) -> HttpResponse:
    """Show one record and what may be done with it."""
    return render(
        request,
        "workflow/desk/beside_record.html",
        _tabs(request, kind) | {"sheet": _sheet(request, kind, record_id), "page": BESIDES.get(kind)},
    )


@login_required
@require_safe
def paper(request: HttpRequest, kind: str, record_id: int) -> HttpResponse:
    """Send a paper of a record as PDF: the one that is asked for, or its last."""
    _known(kind)
    found = beside.own_paper(request.user, kind, record_id, whole_number(request.GET.get("paper", "")))
    if found is None:
        raise Http404
    response = HttpResponse(letters.render(found), content_type="application/pdf")
    name = f"{found.title} {found.number_text}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name)
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """Take the first step of a record."""
    if kind not in beside.FIRST:
        raise Http404
    name = beside.FIRST[kind]
    offices = beside.offices_for(request.user, name, on=today())
    if not offices:
        raise Http404
    more: dict[str, Any] = {"offices": offices}
    if kind in beside.SUPERVISING:
        more["below"] = beside.supervision.below(offices)
    return _step(request, kind, name, more, {})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, kind: str, record_id: int, name: str) -> HttpResponse:
    """Take a later step of a record."""
    found = _sheet(request, kind, record_id)
    if name not in {one.name for one in found.steps}:
        messages.info(request, "这一步现在不能办理，请看记录的最新情况")
        return redirect("desk:beside_record", kind=kind, record_id=record_id)
    return _step(request, kind, name, {"record": found.record}, {"record_id": record_id}, found)


def _step(
    request: HttpRequest, kind: str, name: str, more: dict[str, Any], given: dict[str, Any], found: Any = None
) -> HttpResponse:
    form_class, action = PAGES[name]
    sent = request.method == "POST"
    form = form_class(request.POST if sent else None, request.FILES if sent else None, on=today(), **more)
    if sent and form.is_valid():
        try:
            done = action(
                given
                | {
                    "by": request.user,
                    "on": today(),
                    "now": now(),
                    "act_id": act_id(request),
                },
                dict(form.cleaned_data),
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"已办理：{STEPS[name].label}")
            if getattr(done, "waits_for_seal", False):
                messages.info(request, "文书须先登记用印，用印后才发出")
            if found is not None:
                return redirect("desk:beside_record", kind=kind, record_id=given["record_id"])
            return redirect("desk:beside", kind=kind)
    context = _tabs(request, kind) | {
        "form": form, "step": STEPS[name], "sheet": found, "kind": kind, "heading": beside.NAMES[kind], "act_id": new_id(),
    }  # fmt: skip
    return render(request, "workflow/desk/beside_step.html", context)


def _sheet(request: HttpRequest, kind: str, record_id: int) -> Any:
    _known(kind)
    found = beside.sheet(request.user, kind, record_id)
    if found is None:
        raise Http404
    return found


def _known(kind: str) -> None:
    if kind not in KINDS:
        raise Http404


def _tabs(request: HttpRequest, tab: str) -> dict[str, Any]:
    return {"tab": tab, "counts": worklists.tab_counts(request.user, on=today())}
