"""The documents of a case, and the room: one page of one document, its marks, one form."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from office.errors import Refusal
from office.today import now, today
from office.web.asked import whole_number
from office.web.forms import refuse
from workflow.desk.asked import act_id
from workflow.review.marking.place import remember
from workflow.review.originals import log_look
from workflow.review.room.doing import DOING, Done, rule
from workflow.review.room.forms import MarkForm
from workflow.selectors import room as selector
from workflow.selectors.case_page import find_case
from workflow.selectors.holdings import find_version
from workflow.selectors.room_copies import documents_of


@login_required
@require_safe
def documents(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the documents of a case, how far each is, and what keeps the reply from being signed."""
    case = find_case(request.user, case_id)
    if case is None:
        raise Http404
    return render(
        request, "workflow/room/documents.html", {"case": case, "lines": documents_of(request.user, case)}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, case_id: int, version_id: int) -> HttpResponse:
    """Show one page of a document with its marks; do what a button says."""
    version = found_version(request, case_id, version_id)
    if request.method == "POST":
        return _pressed(request, version)
    held: Any = selector.left_off(request.user, version)
    page = _shown(request, version, held)
    if page is None:
        return render(
            request, "workflow/room/no_copy.html", {"version": version, "case": version.holding.case}
        )
    remember(
        version=version, by=request.user, now=now(), held=held, page=page.number, zoom=page.zoom, turn=page.turn,
        hidden=page.hidden,
    )  # fmt: skip
    log_look(version, by=request.user, on=today(), now=now())
    return _rendered(request, page, _form(page))


def found_version(request: HttpRequest, case_id: int, version_id: int) -> Any:
    """Return a version this person may see. Raises Http404."""
    version = find_version(request.user, case_id, version_id)
    if version is None:
        raise Http404
    return version


def _pressed(request: HttpRequest, version: Any) -> HttpResponse:
    form = MarkForm(_with_pressed(request))
    given = {
        "version_id": version.pk,
        "by": request.user,
        "on": today(),
        "now": now(),
        "act_id": act_id(request),
    }
    if form.is_valid():
        try:
            done = _do(request, form, given)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            if done.copy is not None:
                return redirect(
                    "room:copy", case_id=version.holding.case_id, version_id=version.pk, copy_id=done.copy
                )
            messages.success(request, done.told)
            return redirect(_address(version, form.cleaned_data["page"], done.mark))
    held = selector.left_off(request.user, version)
    page = _shown(request, version, held, mark=form.data.get("mark"))
    if page is None:
        return redirect("room:room", case_id=version.holding.case_id, version_id=version.pk)
    return _rendered(request, page, form)


def _do(request: HttpRequest, form: MarkForm, given: dict[str, Any]) -> Done:
    if kind := request.POST.get("rule"):
        return rule(kind, given)
    step = form.data.get("do", "")
    if step not in DOING:
        raise Http404
    return DOING[step](form, given)


def _with_pressed(request: HttpRequest) -> Any:
    """Return what was sent, with the button of one line of the list turned into its step and its mark."""
    data = request.POST.copy()
    for step in ("accept", "reject"):
        if chosen := data.get(step):
            data["do"], data["mark"] = step, chosen
    return data


def _shown(request: HttpRequest, version: Any, held: Any, mark: Any = None) -> Any:
    sent = request.POST if request.method == "POST" else request.GET
    asked = {name: sent.get(name, "") for name in ("page", "zoom", "turn", "layers")}
    asked["shown"] = set(request.GET.getlist("layer"))
    number, zoom, turn, hidden = selector.place_of(held, asked)
    chosen = whole_number(str(mark or request.GET.get("mark") or ""))
    query = request.GET.get("q", "").strip()
    more = {"zoom": zoom, "turn": turn, "hidden": hidden, "mark": chosen, "query": query}
    found = selector.room_page(request.user, version, page=number, **more)
    if found is None and number > 1:
        found = selector.room_page(request.user, version, page=1, **more)
    return found


def _form(page: Any) -> MarkForm:
    first: dict[str, Any] = {"page": page.number, "way": "keyboard"}
    if page.selected is not None:
        first |= {"mark": page.selected.id, "ground": page.selected.value}
        if page.selected.value.startswith("other_law"):
            first["other_law"] = page.selected.printed
        if page.selected.boxes:
            first |= dict(zip(("x0", "y0", "x1", "y1"), page.selected.boxes[0], strict=True))
    return MarkForm(initial=first)


def _rendered(request: HttpRequest, page: Any, form: MarkForm) -> HttpResponse:
    return render(request, "workflow/room/room.html", {"page": page, "form": form, "act_id": uuid.uuid4()})


def _address(version: Any, number: int, mark: int | None) -> str:
    asked = {"page": number} | ({"mark": mark} if mark else {})
    return f"{reverse('room:room', args=[version.holding.case_id, version.pk])}?{urlencode(asked)}"
