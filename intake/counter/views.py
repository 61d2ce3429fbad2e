"""Screens of the counter."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from intake import arrivals
from intake.counter.forms import ConfirmForm
from intake.counter.sheet import Sheet
from intake.portal import doors
from office.errors import Refusal
from office.roles import Role
from office.today import now, today
from office.web import directory
from office.web.asked import whole_number
from office.web.forms import refuse
from workflow.actions.confirm_receipt import confirm_receipt
from workflow.actions.register import register as register_case
from workflow.actions.register import register_new

View = Callable[..., HttpResponse]
ITEM = re.compile(r"item\d+-description")
#: More items than these are not compared while typing; all of them are on the case page.
MOST_ITEMS = 10


def at_the_counter(view: View) -> View:
    """Let in who registers requests in at least one office."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not arrivals.intake_offices(request.user):
            raise PermissionDenied
        return view(request, **kwargs)

    return guarded


def _office(request: HttpRequest) -> tuple[Any, list[Any]]:
    offices = directory.offices_with_role(request.user, Role.INTAKE)
    wanted = request.POST.get("office") or request.GET.get("office")
    chosen = next((office for office in offices if office.code == wanted), None)
    if wanted and chosen is None:
        raise PermissionDenied
    return chosen or offices[0], offices


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_counter
def register(request: HttpRequest) -> HttpResponse:
    """Register a request of any channel on one page."""
    office, offices = _office(request)
    step = request.POST.get("step", "register") if request.method == "POST" else ""
    if step != "register":
        same = arrivals.same_applicant(request.user, request.GET.get("same", ""))
        sheet = Sheet(office, request.POST or None, request.FILES, now=now(), same=same)
        return _sheet(
            request, sheet, office, offices, similar=_similar(request, office) if step == "check" else None
        )
    sheet = Sheet(office, request.POST, request.FILES, now=now(), judge=True)
    if sheet.is_valid():
        try:
            filed = register_new(
                request=sheet.request(),
                by=request.user.as_holder_of(Role.INTAKE, office.pk),
                on=today(),
                now=now(),
                act_id=sheet.act_id,
            )
        except Refusal as refusal:
            if refusal.code == "already_filed":
                return redirect("counter:done")
            sheet.refuse(refusal)
        else:
            if filed.case.handed_by_id is not None:
                other = f"{filed.case.office.name}（编号 {filed.case.number}）"
                messages.success(request, f"已转给{other}登记，到达日期不变")
                return redirect("counter:register")
            doors.hand_receipt(request, filed)
            request.session["counter_case"] = filed.case.pk
            return redirect("counter:done")
    return _sheet(request, sheet, office, offices, wrong=True)


def _sheet(
    request: HttpRequest,
    sheet: Sheet,
    office: Any,
    offices: list[Any],
    *,
    similar: Any = None,
    wrong: bool = False,
) -> HttpResponse:
    context = {
        "sheet": sheet, "office": office, "offices": offices, "office_name": office.name, "similar": similar,
        "forms": sheet.forms, "has_errors": wrong,
    }  # fmt: skip
    return render(request, "intake/counter/register.html", context)


def _similar(request: HttpRequest, office: Any) -> Any:
    typed = request.POST
    items = [value for name, value in sorted(typed.items()) if ITEM.fullmatch(name)]
    return arrivals.similar(
        request.user, office_id=office.pk, id_number=typed.get("party1-id_number", ""),
        name=typed.get("party1-name", ""), texts=[str(text) for text in items[:MOST_ITEMS]],
    )  # fmt: skip


@require_http_methods(["POST"])
@at_the_counter
def similar(request: HttpRequest) -> HttpResponse:
    """Show earlier requests of the same applicant or for the same thing while the form is being filled in."""
    office, _ = _office(request)
    return render(request, "intake/counter/similar.html", {"similar": _similar(request, office)})


@require_safe
@at_the_counter
def done(request: HttpRequest) -> HttpResponse:
    """Show number and query code once, and offer the receipt for printing."""
    found = doors.take_receipt(request)
    case_id = request.session.get("counter_case")
    case = arrivals.arrival(request.user, case_id) if case_id else None
    if case is None:
        return redirect("counter:register")
    return render(request, "intake/counter/done.html", {"receipt": found, "case": case})


@require_safe
@at_the_counter
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits for confirmation or registration."""
    after = whole_number(request.GET.get("after", "")) or 0
    rows, following = arrivals.waiting(request.user, after=after)
    address = f"?after={following}" if following else ""
    return render(
        request, "intake/counter/waiting.html", {"rows": rows, "following": address, "today": today()}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_counter
def arrival(request: HttpRequest, case_id: int) -> HttpResponse:
    """Confirm receipt with the applicant, or register and seal the receipt: one act at a time."""
    case = arrivals.arrival(request.user, case_id)
    if case is None:
        raise Http404
    confirming = case.needs_confirmation
    form = ConfirmForm(request.POST or None, initial={"confirmed_on": today()}) if confirming else None
    refused = []
    if request.method == "POST" and (form is None or form.is_valid()):
        version = request.POST.get("version", "")
        common = {
            "case_id": case_id, "by": request.user.as_holder_of(Role.INTAKE, case.office_id), "on": today(), "now": now(),
            "expected_version": int(version) if version.isdecimal() else None,
        }  # fmt: skip
        try:
            if form is not None:
                confirm_receipt(**common, **form.cleaned_data)
                messages.success(request, "已经确认收件，现在可以登记。")
            else:
                register_case(**common)
                messages.success(request, "已经登记，接收回执已编号。")
        except Refusal as refusal:
            if form is not None:
                refuse(form, refusal)
            else:
                refused = [refusal.message]
        else:
            return redirect("counter:arrival", case_id=case_id)
    context = {"case": case, "form": form, "refused": refused, "has_errors": bool(refused)}
    return render(request, "intake/counter/arrival.html", context)


@require_safe
@at_the_counter
def receipt(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the receipt as PDF in the browser, ready to print."""
    try:
        name, content = arrivals.receipt_pdf(request.user, case_id)
    except LookupError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name)
    return response
