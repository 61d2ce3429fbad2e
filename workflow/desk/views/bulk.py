"""Many cases at once: choose, see what can be done and why not, decide once, watch it being done."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from law.values import value
from office.errors import Refusal
from office.today import now, today
from office.web.forms import Form, refuse
from workflow import house_terms
from workflow.bulk.running import retry, run
from workflow.bulk.starting import start
from workflow.desk.acts.transfer import term
from workflow.desk.acts.urging import USUAL, answer_day
from workflow.desk.asked import act_id, chosen_office
from workflow.desk.forms import area, choice
from workflow.selectors import bulk_pages as pages
from workflow.selectors import choices

BOTH = ["GET", "HEAD", "POST"]


class Assign(Form):
    """To which unit."""

    unit = choice("牵头科室")
    days = term("牵头科室的内部期限（工作日）", "不填的，按本机关的规定")
    note = area("分办意见", required=False, rows=2)


class Urge(Form):
    """What is wanted."""

    words = area("催办的要求", rows=2)
    answer_due_on = answer_day()


class Extend(Form):
    """By how much and why."""

    days = forms.IntegerField(
        label="延长的工作日",
        min_value=1,
        widget=forms.NumberInput(attrs={"class": "w-4", "inputmode": "numeric"}),
    )
    reason = area("延期的理由", "写进每一份告知书，给申请人看", rows=3)


class Archive(Form):
    """Nothing is asked: each case takes its own class of retention."""


FORMS: dict[str, type[Form]] = {"assign": Assign, "urge": Urge, "extend": Extend, "archive": Archive}


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what this person may decide over many cases, and what was decided."""
    user: Any = request.user
    rows, kinds = pages.recent(user), pages.kinds_for(user)
    return render(request, "workflow/desk/bulks.html", {"kinds": kinds, "rows": rows, "tab": "bulk"})


@login_required
@require_http_methods(BOTH)
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose cases, see which can be done and which not and why, then decide over them in one act."""
    user: Any = request.user
    if kind not in FORMS:
        raise Http404
    offices = pages.offices_for(kind, user)
    if not offices or kind not in {key for key, _, _ in pages.kinds_for(user)}:
        raise PermissionDenied
    office = chosen_office(request, offices)
    form = _form(kind, office, request)
    chosen = [int(pk) for pk in request.POST.getlist("case") if pk.isdecimal()]
    context = {
        "kind": kind, "label": pages.label_of(kind), "form": form, "office": office, "offices": offices, "tab": "bulk",
        "act_id": act_id(request), "chosen": set(chosen), "says": pages.SAYS[kind],
    }  # fmt: skip
    if request.method == "POST":
        if earlier := pages.started(user, context["act_id"]):
            return redirect("desk:bulk", earlier)
        valid = form.is_valid()
        if not chosen:
            form.add_error(None, "请至少选择一件")
        if valid and chosen:
            found = pages.judged(user, kind, office, chosen, on=today())
            able = [one for one in found if not one.reason]
            if request.POST.get("step") == "confirm":
                return _decide(request, kind, office, [one.row.id for one in found], form, context)
            if request.POST.get("step") != "edit":
                context |= {"judged": found, "able": len(able), "unable": len(found) - len(able)}
                return render(request, "workflow/desk/bulk_preview.html", context)
    rows, more = pages.offered(user, kind, office, on=today())
    if request.GET.get("all"):
        context["chosen"] = {row.id for row in rows}
    return render(request, "workflow/desk/bulk_begin.html", context | {"rows": rows, "more": more})


def _decide(
    request: HttpRequest, kind: str, office: Any, case_ids: list[int], form: Any, context: dict[str, Any]
) -> HttpResponse:
    user: Any = request.user
    given = {name: _plain(name, value) for name, value in form.cleaned_data.items()}
    try:
        bulk = start(
            kind=kind, office_id=office.pk, case_ids=case_ids, given=given, on=today(), now=now(),
            by=pages.decider(user, kind, office.pk), act_id=context["act_id"],
        )  # fmt: skip
    except Refusal as refusal:
        refuse(form, refusal)
        rows, more = pages.offered(user, kind, office, on=today())
        return render(request, "workflow/desk/bulk_begin.html", context | {"rows": rows, "more": more})
    run(bulk.pk, now=now())
    return redirect("desk:bulk", bulk.pk)


@login_required
@require_http_methods(BOTH)
def bulk(request: HttpRequest, bulk_id: int) -> HttpResponse:
    """Show how far a decision over many cases has come; let its author try again what was not done."""
    user: Any = request.user
    page = pages.bulk_page(user, bulk_id)
    if page is None:
        raise Http404
    if request.method == "POST":
        try:
            again = retry(bulk_id=bulk_id, by=user, now=now())
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            run(bulk_id, now=now())
            messages.success(request, f"已对 {again} 件再试一次。")
        return redirect("desk:bulk", bulk_id)
    part = bool(request.headers.get("HX-Request"))
    template = "workflow/desk/parts/bulk_progress.html" if part else "workflow/desk/bulk.html"
    return render(request, template, {"page": page, "tab": "bulk"})


def _plain(name: str, value: Any) -> Any:
    """Return what was decided as it is kept: a unit by its number, a day as text."""
    return int(value) if name == "unit" else value.isoformat() if isinstance(value, dt.date) else value


def _form(kind: str, office: Any, request: HttpRequest) -> Any:
    form: Any = FORMS[kind](request.POST if request.method == "POST" else None)
    if kind == "assign":
        form.fields["unit"].choices = [("", "请选择"), *choices.units_of_office(office)]
    if kind == "extend":
        most = int(value("art33.extension_days_max", today()))
        field = form.fields["days"]
        field.initial, field.help_text = most, f"最长 {most} 个工作日，每件只能延长一次"
        field.validators.append(MaxValueValidator(most, f"延长的期限应为 1 至 {most} 个工作日"))
    if kind == "urge":
        form.fields["words"].initial = USUAL
        form.fields["answer_due_on"].initial = house_terms.last_day(
            "urge.answer_days", office=office, on=today()
        )
    return form
