"""Wordings of papers: which text is in force, write one's own, look at it in three cases, confirm it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from letters.own import changes, pages
from letters.own.contract import BadWording
from office.errors import Refusal
from office.today import now, today
from office.web.asked import whole_number
from office.web.forms import refuse
from workflow.admin_room.forms import RefusalForm, RestoreForm, WordingForm

HERE = "workflow/admin_room"
BOTH = ["GET", "POST"]


def _offices(request: HttpRequest) -> list[Any]:
    found = pages.offices_of(request.user)  # type: ignore[arg-type]
    if not found:
        raise PermissionDenied
    return found


def _office(request: HttpRequest, office_id: int | str | None) -> Any:
    offices = _offices(request)
    found = next((office for office in offices if str(office.pk) == str(office_id)), None)
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    """List the wordings of an office: its own or the shipped one, since when, what waits."""
    offices = _offices(request)
    office = _office(request, request.GET.get("office") or offices[0].pk)
    lines = pages.lines(office, request.user, on=today())  # type: ignore[arg-type]
    return render(request, f"{HERE}/wordings.html", {"offices": offices, "office": office, "lines": lines})


@login_required
@require_safe
def wording(request: HttpRequest, office_id: int, address: str) -> HttpResponse:
    """Show one wording with its text, what differs from the shipped one, and its history."""
    office, shown = _page(request, office_id, address)
    return render(request, f"{HERE}/wording.html", {"office": office, "page": shown})


@login_required
@require_http_methods(BOTH)
def edit(request: HttpRequest, office_id: int, address: str) -> HttpResponse:
    """Write an office's own text and keep it as a draft to look at."""
    office, shown = _page(request, office_id, address)
    draft = _draft(request, office, shown)
    start = {"source": draft.source if draft else shown.source, "reason": draft.reason if draft else "",
             "from_on": max(draft.from_on, today()) if draft else today()}  # fmt: skip
    form = WordingForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        row = _kept(request, form, office, shown, draft_id=draft.pk if draft else None)
        if row is not None:
            messages.success(request, "草稿已保存，还没有提出。请看过三个样例再提出。")
            return redirect("admin_room:wording_change", row.pk)
    return render(
        request, f"{HERE}/wording_edit.html", {"form": form, "office": office, "page": shown, "draft": draft}
    )


@login_required
@require_http_methods(BOTH)
def restore(request: HttpRequest, office_id: int, address: str) -> HttpResponse:
    """Go back to the shipped text from a day on; a version like any other."""
    office, shown = _page(request, office_id, address)
    form = RestoreForm(request.POST or None, initial={"from_on": today()})
    if request.method == "POST" and form.is_valid():
        row = _kept(request, form, office, shown)
        if row is not None:
            return redirect("admin_room:wording_change", row.pk)
    return render(request, f"{HERE}/wording_restore.html", {"form": form, "office": office, "page": shown})


@login_required
@require_http_methods(BOTH)
def change(request: HttpRequest, wording_id: int) -> HttpResponse:
    """Show a version with what it changes and its three sample cases; propose, confirm or refuse it."""
    row = _row(request, wording_id)
    form = RefusalForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _step(request, row.pk, form.cleaned_data["reason"]))
            return redirect("admin_room:wording_change", row.pk)
        except Refusal as error:
            refusal = error.message
            row = _row(request, wording_id)
    context = {
        "row": row, "page": pages.change_page(row), "form": form, "refusal": refusal,
        "own": row.entered_by_id == request.user.pk, "address": pages.address_of(row.key),
    }  # fmt: skip
    return render(request, f"{HERE}/wording_change.html", context)


@login_required
@require_safe
def sample(request: HttpRequest, wording_id: int, number: int) -> HttpResponse:
    """Send one sample case of a version as PDF, marked as a draft."""
    try:
        content = pages.sample_pdf(_row(request, wording_id), number)
    except BadWording as error:
        raise Http404 from error
    if content is None:
        raise Http404
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="sample-{number}.pdf"'},
    )


def _page(request: HttpRequest, office_id: int, address: str) -> tuple[Any, pages.WordingPage]:
    office = _office(request, office_id)
    try:
        return office, pages.page(office, pages.key_of(address), request.user, on=today())  # type: ignore[arg-type]
    except Refusal as error:
        raise Http404 from error


def _row(request: HttpRequest, wording_id: int) -> Any:
    _offices(request)
    row = pages.find(wording_id, request.user)  # type: ignore[arg-type]
    if row is None:
        raise Http404
    return row


def _draft(request: HttpRequest, office: Any, shown: pages.WordingPage) -> Any:
    wanted = whole_number(request.GET.get("draft", ""))
    if wanted is None:
        return None
    row = _row(request, wanted)
    if not row.is_draft or row.office_id != office.pk or row.key != shown.base.key:
        raise Http404
    return row


def _kept(request: HttpRequest, form: forms.Form, office: Any, shown: pages.WordingPage, **more: Any) -> Any:
    data = {"source": "", **form.cleaned_data}
    try:
        return changes.save_draft(
            key=shown.base.key,
            office=office,
            by=request.user,
            on=today(),
            now=now(),
            **data,
            **more,  # type: ignore[arg-type]
        )
    except BadWording as error:
        form.add_error("source", [str(fault) for fault in error.faults])
    except Refusal as error:
        if error.field == "source" and "source" not in form.fields:
            error.field = "from_on"
        refuse(form, error)
    return None


def _step(request: HttpRequest, wording_id: int, reason: str) -> str:
    known: dict[str, Any] = {"wording_id": wording_id, "by": request.user, "on": today(), "now": now()}
    step = request.POST.get("step")
    if step == "propose":
        changes.propose(**known)
        return "已提出，等待另一人复核。"
    if step == "confirm":
        row = changes.confirm(**known)
        return f"已复核施行，为第{row.version}版。"
    changes.refuse(**known, reason=reason)
    return "已退回或者撤回，没有施行。"
