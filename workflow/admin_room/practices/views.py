"""How an office works: the settings, one proposed by an administrator, put in force by another."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from office import parameters
from office.errors import Refusal
from office.today import now, today
from office.web.forms import refuse
from workflow import practices as domain
from workflow.admin_room.choosing import administrator, office_or_all
from workflow.admin_room.practices.forms import PracticeForm, started
from workflow.selectors import settings_pages as pages

HERE = "workflow/admin_room"
BOTH = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """Show every setting of how an office works, and what it goes by."""
    offices = pages.administered(administrator(request))
    chosen = office_or_all(request, offices)
    context = {"offices": offices, "office": chosen, "lines": pages.practice_lines(chosen, on=today())}
    return render(request, f"{HERE}/practices.html", context)


@login_required
@require_http_methods(BOTH)
def practice(request: HttpRequest, key: str) -> HttpResponse:
    """Enter how an office is to go about one thing, with the reason."""
    user = administrator(request)
    try:
        found = domain.practice_of(key)
    except Refusal as error:
        raise Http404 from error
    office = None if found.for_all else office_or_all(request, pages.administered(user))
    held = domain.value(key, office=office, on=today())
    form = PracticeForm(
        request.POST or None, practice=found, initial=started(found, held) | {"from_on": today()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = domain.propose(key=key, office=office, by=user, on=today(), now=now(), **form.said)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "已提出，等待另一名管理员复核。")
            return redirect("admin_room:practice_change", row.pk)
    context = {
        "form": form, "practice": found, "office": office, "now": domain.worded(found, held),
        "shipped": domain.worded(found, found.value), "history": pages.history(key, office),
    }  # fmt: skip
    return render(request, f"{HERE}/practice.html", context)


@login_required
@require_http_methods(BOTH)
def practice_change(request: HttpRequest, parameter_id: int) -> HttpResponse:
    """Show a proposed setting; put it in force or send it back."""
    user = administrator(request)
    row = pages.find_change(parameter_id, user, practice=True)
    if row is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            if request.POST.get("step") == "withdraw":
                parameters.withdraw(parameter_id=row.pk, by=user, now=now())
                messages.success(request, "已撤回或者退回，没有施行。")
            else:
                parameters.confirm(parameter_id=row.pk, by=user, now=now())
                messages.success(request, "已复核，到施行日期起照此办理。")
            return redirect("admin_room:practice_change", row.pk)
        except Refusal as error:
            refusal = error.message
    found = domain.practice_of(row.key)
    context = {
        "row": row, "practice": found, "value": domain.worded(found, row.value), "refusal": refusal,
        "waits": row.confirmed_at is None and row.withdrawn_at is None, "own": row.entered_by_id == user.pk,
    }  # fmt: skip
    return render(request, f"{HERE}/practice_change.html", context)
