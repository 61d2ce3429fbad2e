"""Applying: one form, one check page, one receipt."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from intake import limits
from intake.blank_form import blank_form
from intake.draft import StaleDraft
from intake.portal import doors
from intake.portal.application import Application
from intake.terms import terms
from office.errors import Refusal
from office.today import now, today
from office.web import directory
from workflow.actions.submit import submit
from workflow.actors import ApplicantActor


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form; take it through adding items, checking and sending."""
    office = directory.office_by_code(code)
    if office is None:
        raise Http404
    if request.method != "POST":
        return _form(request, Application.blank(office, now=now()))
    try:
        application = Application.posted(office, request.POST, now=now())
    except StaleDraft as refusal:
        messages.error(request, refusal.message)
        return redirect("portal:apply", code=code)
    refused = application.keep_files(request.FILES, address=limits.client_address(request), now=now())
    step, _, number = request.POST.get("step", "check").partition("-")
    if step in ("add", "remove", "edit"):
        if step == "add":
            application.add_item()
        elif step == "remove":
            application.remove_item(number)
        return _form(request, application, refused=refused)
    if not application.is_valid(refused):
        return _form(request, application, wrong=True)
    if step == "send":
        return _send(request, application)
    return render(request, "intake/portal/check.html", {"office": office, "application": application})


@require_safe
@cache_control(public=True, max_age=3600)
def form(request: HttpRequest, code: str) -> HttpResponse:
    """Send the blank form for those who would rather apply on paper."""
    office = directory.office_by_code(code)
    if office is None:
        raise Http404
    name, content = blank_form(office, on=today())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name)
    return response


def _send(request: HttpRequest, application: Application) -> HttpResponse:
    try:
        filed = submit(
            request=application.request(on=today()), by=ApplicantActor(None, application.office.pk), on=today(), now=now(),
            act_id=application.draft.number,
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.code == "already_filed":
            # pressed twice: the first press has left the receipt in this browser's session
            return redirect("portal:receipt")
        application.refuse(refusal)
        return _form(request, application, wrong=True)
    doors.hand_receipt(request, filed)
    return redirect("portal:receipt")


def _form(
    request: HttpRequest, application: Application, *, refused: list[str] | None = None, wrong: bool = False
) -> HttpResponse:
    context = {
        "office": application.office, "application": application, "form": application.form,
        "forms": application.forms, "refused": refused or [], "has_errors": wrong or bool(refused),
        "office_name": application.office.name,
    }  # fmt: skip
    return render(request, "intake/portal/apply.html", context)


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Show number, dates and, this one time, the query code."""
    found = doors.take_receipt(request)
    if found is None:
        messages.info(request, "接收回执只在提交后显示一次。查询进度请输入查询码和证件号码后四位。")
        return redirect("portal:follow")
    return render(request, "intake/portal/receipt.html", {**found, "terms": terms(today())})
