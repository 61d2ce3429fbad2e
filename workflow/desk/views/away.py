"""Leave and leaving: who acts for whom, and a leaver's work handed over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from office import delegations
from office.errors import Refusal
from office.today import now, today
from office.web.forms import Day, Form, refuse
from workflow.actions.leaver import hand_over
from workflow.bulk.running import run
from workflow.desk.asked import act_id, chosen_office
from workflow.selectors import away, bulk_pages

BOTH = ["GET", "HEAD", "POST"]


class LeaveForm(Form):
    """Who acts for whom, from when to when."""

    delegator = forms.ChoiceField(label="被代理人", widget=forms.Select(attrs={"class": "w-30"}))
    delegate = forms.ChoiceField(
        label="代理人", help_text="代理人在这几天里可以办理被代理人的全部事项（管理员岗位除外）",
        widget=forms.Select(attrs={"class": "w-30"}),
    )  # fmt: skip
    from_on = forms.DateField(label="起始日", widget=Day())
    to_on = forms.DateField(label="截止日", help_text="含当日；提前回来的，可以终止代理", widget=Day())
    reason = forms.CharField(
        label="事由", max_length=100, help_text="如 年休假、出差、培训；不写病情等个人情况",
        widget=forms.TextInput(attrs={"class": "w-30"}),
    )  # fmt: skip


class LeaverForm(Form):
    """Who leaves, and who takes over."""

    leaver = forms.ChoiceField(label="离岗人员", widget=forms.Select(attrs={"class": "w-30"}))
    to = forms.ChoiceField(
        label="接手人", required=False, widget=forms.Select(attrs={"class": "w-30"}),
        help_text="不是该科室承办人的、没有指定的，案件放回原科室等待领办",
    )  # fmt: skip


@login_required
@require_http_methods(BOTH)
def leave(request: HttpRequest) -> HttpResponse:
    """Show who acts for whom, and enter a delegation."""
    user: Any = request.user
    offices = away.own_offices(user, on=today())
    if not offices:
        raise PermissionDenied
    office = chosen_office(request, offices)
    people = away.people_of(office, on=today())
    form = LeaveForm(
        request.POST if request.method == "POST" else None, initial={"delegator": user.pk, "from_on": today()}
    )
    keeps = delegations.may_keep(user, office.pk)
    form.fields["delegator"].choices = people if keeps else [(user.pk, user.display)]
    form.fields["delegate"].choices = [("", "请选择"), *people]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            delegations.grant(
                office_id=office.pk, delegator_id=int(data["delegator"]), delegate_id=int(data["delegate"]),
                from_on=data["from_on"], to_on=data["to_on"], reason=data["reason"], by=user, on=today(), now=now(),
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "已登记代理。")
            return redirect("desk:leave")
    context = {
        "form": form, "rows": away.delegations_of(user, on=today()), "offices": offices, "office": office,
        "keeps": keeps, "tab": "away",
    }  # fmt: skip
    return render(request, "workflow/desk/leave.html", context)


@login_required
@require_POST
def end_leave(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """End a delegation today."""
    try:
        delegations.end(delegation_id=delegation_id, by=request.user, on=today(), now=now())  # type: ignore[arg-type]
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "已终止代理，即日起不再代办。")
    return redirect("desk:leave")


@login_required
@require_http_methods(BOTH)
def leaver(request: HttpRequest) -> HttpResponse:
    """Choose who leaves, show what lies with them, and hand it over in one act."""
    user: Any = request.user
    offices = away.kept_offices(user)
    if not offices:
        raise PermissionDenied
    office = chosen_office(request, offices)
    people = away.people_of(office, on=today())
    form = LeaverForm(request.POST if request.method == "POST" else None)
    form.fields["leaver"].choices = [("", "请选择"), *people]
    form.fields["to"].choices = [("", "不指定，放回科室"), *away.handlers_of(office, on=today())]
    context: dict[str, Any] = {
        "form": form,
        "offices": offices,
        "office": office,
        "tab": "away",
        "act_id": act_id(request),
    }
    if request.method == "POST" and (earlier := bulk_pages.started(user, context["act_id"])):
        return redirect("desk:bulk", earlier)
    if request.method == "POST" and request.POST.get("step") == "edit":
        return render(request, "workflow/desk/leaver.html", context)
    if request.method == "POST" and form.is_valid():
        gone, to = int(form.cleaned_data["leaver"]), form.cleaned_data["to"]
        if request.POST.get("step") == "confirm":
            try:
                bulk = hand_over(
                    office_id=office.pk, leaver_id=gone, to_id=int(to) if to else None, by=user, on=today(),
                    now=now(), act_id=context["act_id"],
                )  # fmt: skip
            except Refusal as refusal:
                refuse(form, refusal)
            else:
                run(bulk.pk, now=now())
                return redirect("desk:bulk", bulk.pk)
        else:
            count, orphaned = away.left_behind(office, gone, on=today())
            context |= {
                "asked": True, "count": count, "orphaned": orphaned, "who": away.name_of(gone, people),
                "to": away.name_of(int(to), people) if to else "",
            }  # fmt: skip
    return render(request, "workflow/desk/leaver.html", context)
