"""The one view behind every act: its form, what it will bring, one button that does it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from law.errors import LawError
from office.errors import Refusal
from office.today import now, today
from office.web.dates import long_day
from office.web.forms import refuse
from workflow.desk.acts import PAGES, ActPage, Doing
from workflow.desk.asked import act_id
from workflow.selectors.act_page import beside, brief, preview
from workflow.selectors.case_acts import ActLine, act_line, done_before
from workflow.selectors.case_page import find_case
from workflow.selectors.mending import STOPPED, blocking, steps


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, case_id: int, name: str) -> HttpResponse:
    """Show an act's page, then what it will bring, then do it."""
    page = PAGES.get(name)
    case = find_case(request.user, case_id, whole=True)
    if page is None or case is None:
        raise Http404
    doing = Doing(
        case=case, user=request.user, on=today(), now=now(), act_id=act_id(request),
        version=_version(request.POST.get("version"), case),
    )  # fmt: skip
    if request.method == "POST" and done_before(case, doing.act_id):
        messages.info(request, "这一步刚才已经办好，没有重复办理")
        return redirect("desk:case", case_id=case_id)
    line = act_line(case, name, request.user, on=doing.on)
    doing.user = line.actor
    if line.reason:
        return _blocked(request, doing, line)
    if request.method != "POST":
        return _begin(request, page, doing, line)
    return _posted(request, page, doing, line)


def _begin(request: HttpRequest, page: ActPage, doing: Doing, line: ActLine) -> HttpResponse:
    if page.choose is None:
        return _form(request, page, doing, line, page.form(doing=doing, initial=_initial(request, page)))
    if "outcome" not in request.GET:
        chooser = page.choose(doing=doing, initial={"item_seq": request.GET.get("item_seq")})
        if not request.GET.get("item_seq"):
            chooser.initial = {}
        return _choose(request, page, doing, line, chooser)
    chooser = page.choose(request.GET, doing=doing)
    if not chooser.is_valid():
        return _choose(request, page, doing, line, chooser)
    return _form(request, page, doing, line, page.form(doing=doing, initial=chooser.cleaned_data))


def _posted(request: HttpRequest, page: ActPage, doing: Doing, line: ActLine) -> HttpResponse:
    form = page.form(request.POST, request.FILES, doing=doing)
    step = request.POST.get("step", "")
    if form.unfinished():
        return _form(request, page, doing, line, page.form(doing=doing, initial=form.go_on()))
    if not form.is_valid() or step == "edit":
        return _form(request, page, doing, line, form)
    if line.binds and not page.one_page and step != "confirm":
        return _preview(request, page, doing, line, form)
    try:
        page.do(doing, form.cleaned_data)
    except Refusal as refusal:
        refuse(form, refusal)
        form.findings = getattr(refusal, "findings", ())
    except LawError as error:
        form.add_error(None, error.message)
    else:
        messages.success(request, f"已办理：{line.label}")
        return redirect("desk:case", case_id=doing.case.pk)
    doing.version = doing.case.version  # the page that says no shows the case as it now stands
    return _form(request, page, doing, line, form)


def _form(request: HttpRequest, page: ActPage, doing: Doing, line: ActLine, form: Any) -> HttpResponse:
    context = _common(request, page, doing, line) | {"form": form}
    if page.shows:
        context["beside"] = beside(doing.case, on=doing.on)
        _seen(form, context["beside"])
    if page.one_page and line.binds:
        context["ahead"] = preview(doing.case, line.name, on=doing.on)
    context |= _findings(doing, line, form, context)
    if page.instead:
        other = act_line(doing.case, page.instead, request.user, on=doing.on)
        context["instead"] = other if other.allowed else None
    later = form.at_confirm if line.binds and not page.one_page else ()
    context["fields"] = [field for field in form.visible_fields() if field.name not in later]
    context["two_steps"] = line.binds and not page.one_page
    template = "read" if page.shows == "draft" else "act"
    return render(request, f"workflow/desk/{template}.html", context)


def _findings(doing: Doing, line: ActLine, form: Any, context: dict[str, Any]) -> dict[str, Any]:
    """Show what the lint says of the letters of this act, and whether that keeps it from being done."""
    found = form.findings
    for part in ("beside", "ahead"):
        found = found or (context[part].findings if part in context else ())
    shown = steps(doing.case, doing.user, found, on=doing.on, fields=form.fields)
    return {"findings": shown, "stopped": blocking(shown) if line.name in STOPPED else 0}


def _seen(form: Any, found: Any) -> None:
    """Carry the hash of the text that is on this very page, also after an earlier one was refused."""
    if "seen_sha256" not in form.fields or found.draft is None:
        return
    if form.is_bound:
        form.data = form.data.copy()
        form.data["seen_sha256"] = found.draft.sha256
    else:
        form.initial["seen_sha256"] = found.draft.sha256


def _choose(request: HttpRequest, page: ActPage, doing: Doing, line: ActLine, form: Any) -> HttpResponse:
    return render(request, "workflow/desk/choose.html", _common(request, page, doing, line) | {"form": form})


def _preview(request: HttpRequest, page: ActPage, doing: Doing, line: ActLine, form: Any) -> HttpResponse:
    data = form.cleaned_data
    ahead = preview(doing.case, line.name, on=doing.on, events=list(page.events(doing, data)), data=data)
    if ahead.problem:
        form.add_error(None, ahead.problem)
        form.findings = ahead.findings
        return _form(request, page, doing, line, form)
    context = _common(request, page, doing, line) | {
        "form": form,
        "ahead": ahead,
        "given": _given(form),
        "late_fields": [form[name] for name in form.at_confirm],
        "carried": [form[name] for name in form.fields if name not in form.at_confirm],
    }
    return render(request, "workflow/desk/preview.html", context)


def _blocked(request: HttpRequest, doing: Doing, line: ActLine) -> HttpResponse:
    context = {
        "case": doing.case, "act": line, "brief": brief(doing.case, request.user, on=doing.on), "refusal": line.reason
    }  # fmt: skip
    return render(request, "workflow/desk/blocked.html", context, status=409)


def _common(request: HttpRequest, page: ActPage, doing: Doing, line: ActLine) -> dict[str, Any]:
    return {
        "case": doing.case,
        "act": line,
        "page": page,
        "doing": doing,
        "brief": brief(doing.case, request.user, on=doing.on),
        "verb": (page.verb if isinstance(page.verb, str) else page.verb(doing)) or line.label,
        "back": reverse("desk:case", args=[doing.case.pk]),
    }


def _given(form: Any) -> list[tuple[str, str]]:
    """List what was filled in, in words, for the page that asks for the last yes."""
    rows = []
    for field in form.visible_fields():
        value = form.cleaned_data.get(field.name)
        if field.name in form.at_confirm or value in (None, "", []):
            continue
        named = dict(_flat(getattr(field.field, "choices", ())))
        values = value if isinstance(value, list) else [value]
        rows.append((field.label, "、".join(_said(named, one) for one in values)))
    return rows


def _said(named: dict[str, str], value: Any) -> str:
    return long_day(value) if isinstance(value, dt.date) else named.get(str(value), str(value))


def _flat(options: Any) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for value, label in options:
        flat += _flat(label) if isinstance(label, list | tuple) else [(str(value), str(label))]
    return flat


def _initial(request: HttpRequest, page: ActPage) -> dict[str, Any]:
    """Take what a link on the case page has chosen already, such as the item or the paper."""
    names = {"item_seq", "paper", "consultation", "holding_id", "mark_id", "card_id"} & set(
        page.form.base_fields
    )
    return {name: request.GET[name] for name in names if name in request.GET}


def _version(raw: str | None, case: Any) -> int:
    return int(raw) if raw and raw.isdecimal() else int(case.version)
