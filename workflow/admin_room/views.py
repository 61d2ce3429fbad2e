"""Years and readings: what is in force, what waits, what a change would move."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from office import parameters as changes
from office.errors import Refusal
from office.today import now, today
from office.web.forms import refuse
from workflow.admin_room.choosing import administrator, office_or_all
from workflow.admin_room.forms import NoticeForm, RegionForm, ValueForm
from workflow.impact import notices, readings
from workflow.selectors import process_map
from workflow.selectors import settings_pages as pages

HERE = "workflow/admin_room"
BOTH = ["GET", "POST"]


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead on to the years."""
    administrator(request)
    return redirect("admin_room:years")


@login_required
@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """Show the years in force and the notices that wait for a second person."""
    administrator(request)
    return render(request, f"{HERE}/years.html", {"years": pages.years(), "notices": pages.notices()})


@login_required
@require_http_methods(BOTH)
def enter(request: HttpRequest) -> HttpResponse:
    """Read a notice's text, show what was understood beside it, and enter it."""
    user = administrator(request)
    form = NoticeForm(request.POST or None)
    told = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            told = notices.understand(
                data["text"], year=data["year"], published_on=data["published_on"], address=data["address"],
                despite_doubts=True,
            )  # fmt: skip
            if request.POST.get("step") == "enter":
                row = notices.enter(
                    notice=told.notice, year=data["year"], text=data["text"], by=user, on=today(), now=now()
                )
                messages.success(request, "已录入，等待另一名管理员复核。")
                return redirect("admin_room:notice", row.pk)
        except Refusal as refusal:
            told = None
            refuse(form, refusal)
    return render(request, f"{HERE}/enter.html", {"form": form, "told": told})


@login_required
@require_http_methods(BOTH)
def enter_region(request: HttpRequest) -> HttpResponse:
    """Enter a region's own days off."""
    user = administrator(request)
    form = RegionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        text, code = data.pop("text"), data.pop("region_code")
        try:
            row = notices.enter(
                notice=notices.regional(**data), year=data["year"], text=text, by=user, on=today(), now=now(),
                region_code=code,
            )  # fmt: skip
            messages.success(request, "已录入，等待另一名管理员复核。")
            return redirect("admin_room:notice", row.pk)
        except Refusal as refusal:
            refuse(form, refusal)
    return render(request, f"{HERE}/enter_region.html", {"form": form})


@login_required
@require_http_methods(BOTH)
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Show an entered notice with what it would move; confirm it or send it back."""
    user = administrator(request)
    row = pages.find_notice(notice_id)
    if row is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            if request.POST.get("step") == "withdraw":
                notices.withdraw(notice_id=row.pk, by=user, on=today(), now=now())
                messages.success(request, "已退回，没有施行。")
            else:
                seen = request.POST.get("seen", "")
                _, found = notices.confirm(notice_id=row.pk, by=user, on=today(), now=now(), seen=seen)
                messages.success(request, f"已施行。{found.sentence.replace('会移动', '移动了')}")
            return redirect("admin_room:notice", row.pk)
        except Refusal as error:
            refusal = error.message
    impact, fault = _impact(lambda: pages.notice_impact(row, user, on=today()) if row.is_open else None)
    told = row.as_notice()
    context = {"row": row, "told": told, "impact": impact, "refusal": refusal or fault,
               "own": row.entered_by_id == user.pk}  # fmt: skip
    return render(request, f"{HERE}/notice.html", context)


@login_required
@require_safe
def flow_map(request: HttpRequest) -> HttpResponse:
    """Show the desk's flow as a chart, with how many tasks wait at each step of the offices administered."""
    user = administrator(request)
    return render(request, f"{HERE}/flow.html", {"map": process_map.process_map(user)})


@login_required
@require_safe
def parameters(request: HttpRequest) -> HttpResponse:
    """Show every value of which the law leaves a choice, and what an office goes by."""
    offices = pages.administered(administrator(request))
    chosen = office_or_all(request, offices)
    context = {"offices": offices, "office": chosen, "lines": pages.value_lines(chosen, on=today())}
    return render(request, f"{HERE}/parameters.html", context)


@login_required
@require_http_methods(BOTH)
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """Enter an office's own value with its reason."""
    user = administrator(request)
    office = office_or_all(request, pages.administered(user))
    try:
        law = readings.law_of(key)
    except Refusal as error:
        raise Http404 from error
    form = ValueForm(request.POST or None, law=law)
    if request.method == "POST" and form.is_valid():
        try:
            row = readings.propose(key=key, office=office, by=user, now=now(), **form.cleaned_data)
            messages.success(request, "已提出，等待另一名管理员复核。")
            return redirect("admin_room:change", row.pk)
        except Refusal as refusal:
            refuse(form, refusal)
    context = {
        "form": form, "law": law, "name": pages.name_of(key), "office": office, "worded": pages.worded(law, law.value),
        "certainty": pages.CERTAINTY[law.certainty], "history": pages.history(key, office),
    }  # fmt: skip
    return render(request, f"{HERE}/propose.html", context)


@login_required
@require_http_methods(BOTH)
def change(request: HttpRequest, parameter_id: int) -> HttpResponse:
    """Show a proposed value with what it would move; confirm it or send it back."""
    user = administrator(request)
    row = pages.find_change(parameter_id, user)
    if row is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            if request.POST.get("step") == "withdraw":
                changes.withdraw(parameter_id=row.pk, by=user, now=now())
                messages.success(request, "已退回，没有施行。")
            else:
                seen = request.POST.get("seen", "")
                _, found = readings.confirm(parameter_id=row.pk, by=user, on=today(), now=now(), seen=seen)
                messages.success(request, f"已施行。{found.sentence.replace('会移动', '移动了')}")
            return redirect("admin_room:change", row.pk)
        except Refusal as error:
            refusal = error.message
    waits = row.confirmed_at is None and row.withdrawn_at is None
    impact, fault = _impact(lambda: pages.change_impact(row, user, on=today()) if waits else None)
    law = readings.law_of(row.key)
    context = {
        "row": row, "law": law, "name": pages.name_of(row.key), "value": pages.worded(law, row.value),
        "worded": pages.worded(law, law.value), "certainty": pages.CERTAINTY[law.certainty], "impact": impact,
        "waits": waits, "refusal": refusal or fault, "own": row.entered_by_id == user.pk,
    }  # fmt: skip
    return render(request, f"{HERE}/change.html", context)


def _impact(work: Any) -> tuple[Any, str]:
    try:
        return work(), ""
    except Refusal as error:
        return None, error.message
