"""The register of document numbers: look, keep numbers back, use or void one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from office.errors import Refusal
from office.today import now, today
from office.web.asked import whole_number
from office.web.forms import Form, refuse
from workflow.actions.reserve_numbers import MOST, SERIES, reserve_numbers, use_number, void_number
from workflow.beside.steps import STEPS
from workflow.desk.acts.base import text
from workflow.desk.asked import act_id, chosen_office
from workflow.desk.forms import area, day, line
from workflow.desk.uploads import FileField, file_data
from workflow.selectors import numbers_page as pages
from workflow.selectors import worklists

BOTH = ["GET", "HEAD", "POST"]


class ReserveForm(Form):
    """How many numbers of which series, and what for."""

    series = forms.ChoiceField(
        label="文号系列",
        choices=[(name, name) for name in SERIES],
        widget=forms.Select(attrs={"class": "w-20"}),
    )
    count = forms.IntegerField(
        label="个数", min_value=1, max_value=MOST, initial=1, help_text=f"一次最多 {MOST} 个",
        widget=forms.NumberInput(attrs={"class": "w-4", "inputmode": "numeric"}),
    )  # fmt: skip
    reason = area("预留的理由", "如哪些文件在系统外制作", rows=2)


class UseForm(Form):
    """Which paper bears the number."""

    title = line("文件标题")
    recipient = line("主送", required=False, most=120)
    used_on = day("成文日期")
    copy = FileField(label="扫描件", required=False, help_text="签发、用印后的文件扫描件")


class VoidForm(Form):
    """Why the number is not used."""

    reason = area("作废的理由", rows=2)


STEP_FORMS: dict[str, type[Form]] = {"use_number": UseForm, "void_number": VoidForm}


@login_required
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Show every number of a series with what became of it."""
    user: Any = request.user
    offices = pages.offices_of(user)
    if not offices:
        return render(request, "workflow/desk/numbers.html", _tabs(user))
    series, _, year = request.GET.get("series", "").partition("/")
    page = pages.numbers_page(
        user, office=chosen_office(request, offices), offices=offices, series=series,
        year=whole_number(year), below=whole_number(request.GET.get("below", "")),
    )  # fmt: skip
    context = _tabs(user) | {"page": page, "reserve": STEPS["reserve_numbers"]}
    return render(request, "workflow/desk/numbers.html", context)


@login_required
@require_http_methods(BOTH)
def reserve(request: HttpRequest) -> HttpResponse:
    """Keep numbers back."""
    user: Any = request.user
    offices = [one for one in pages.offices_of(user) if pages.may("reserve_numbers", user, one.pk)]
    if not offices:
        raise PermissionDenied
    office = chosen_office(request, offices)
    form = ReserveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = reserve_numbers(
                office_id=office.pk,
                by=user,
                on=today(),
                now=now(),
                act_id=act_id(request),
                **form.cleaned_data,
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"已预留 {made.count} 个文号，自 {made.first} 号起")
            return _back(office.pk, made.series, made.year)
    context = {
        "form": form, "office": office, "offices": offices, "step": STEPS["reserve_numbers"], "act_id": act_id(request),
        "tab": "outgoing", "section": "numbers",
    }  # fmt: skip
    return render(request, "workflow/desk/number_step.html", context)


@login_required
@require_http_methods(BOTH)
def step(request: HttpRequest, number_id: int, name: str) -> HttpResponse:
    """Use or void a reserved number."""
    user: Any = request.user
    found = pages.reserved_number(user, number_id)
    if found is None or name not in STEP_FORMS:
        raise Http404
    if not pages.may(name, user, found.office_id):
        raise PermissionDenied
    sent = request.method == "POST"
    form: Any = STEP_FORMS[name](request.POST if sent else None, request.FILES if sent else None)
    if not sent and name == "use_number":
        form.initial["used_on"] = today()
    if sent and form.is_valid():
        given = {"record_id": number_id, "by": user, "on": today(), "now": now(), "act_id": act_id(request)}
        try:
            _do(name, given, form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"已办理：{STEPS[name].label}（{found.number_text}）")
            return _back(found.office_id, found.series, found.year)
    context = {
        "form": form, "number": found, "step": STEPS[name], "act_id": act_id(request), "tab": "outgoing", "section": "numbers",
    }  # fmt: skip
    return render(request, "workflow/desk/number_step.html", context)


def _do(name: str, given: dict[str, Any], data: dict[str, Any]) -> None:
    if name == "void_number":
        void_number(**given, reason=data["reason"])
        return
    copy = file_data(data.get("copy"), kind="proof")
    use_number(
        **given, title=data["title"], recipient=text(data, "recipient"), used_on=data["used_on"], copy=copy
    )


def _back(office_id: int, series: str, year: int) -> HttpResponse:
    return redirect(
        f"{reverse('desk:numbers')}?{urlencode({'office': office_id, 'series': f'{series}/{year}'})}"
    )


def _tabs(user: Any) -> dict[str, Any]:
    return {"tab": "outgoing", "section": "numbers", "counts": worklists.tab_counts(user, on=today())}
