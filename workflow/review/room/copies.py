"""One disclosed copy: its making as it goes on, its certificate, and the second person's look at before and after."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from office.errors import Refusal
from office.today import now, today
from office.web.forms import Form, refuse
from workflow.desk.asked import act_id
from workflow.review.disclosing import check
from workflow.review.room.views import found_version
from workflow.selectors.room_copies import CopyPage, copy_page

BOTH = ["GET", "HEAD", "POST"]


class ReturnForm(Form):
    """Why a copy is returned."""

    reason = forms.CharField(
        label="退回的理由",
        required=False,
        max_length=300,
        help_text="写明哪一页、哪里要改",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@login_required
@require_http_methods(BOTH)
def copy(request: HttpRequest, case_id: int, version_id: int, copy_id: int) -> HttpResponse:
    """Show a copy and how far it is; pass it or return it."""
    page = _page(request, case_id, version_id, copy_id)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {
            "copy_id": copy_id,
            "by": request.user,
            "on": today(),
            "now": now(),
            "act_id": act_id(request),
        }
        try:
            if request.POST.get("do") == "pass":
                check.pass_copy(**given)
                messages.success(request, "复核通过，公开副本可以随答复书提供。")
            else:
                check.return_copy(**given, reason=form.cleaned_data["reason"])
                messages.success(request, "已退回，遮盖人改好后重新制作。")
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return redirect("room:copy", case_id=case_id, version_id=version_id, copy_id=copy_id)
    part = request.headers.get("HX-Request") == "true" and request.GET.get("part") == "progress"
    name = "workflow/room/parts/progress.html" if part else "workflow/room/copy.html"
    return render(request, name, {"page": page, "form": form, "act_id": uuid.uuid4()})


@login_required
@require_http_methods(BOTH)
def compare(request: HttpRequest, case_id: int, version_id: int, copy_id: int, number: int) -> HttpResponse:
    """Show a page before and after, side by side; note that the second person has looked at it."""
    page = _page(request, case_id, version_id, copy_id)
    if not page.copy.finished or number not in page.copy.changed_pages:
        raise Http404
    if request.method == "POST":
        try:
            left = check.look(copy_id=copy_id, by=request.user, on=today(), now=now(), page=number)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect(
                "room:compare", case_id=case_id, version_id=version_id, copy_id=copy_id, number=number
            )
        if left:
            later = [one for one in left if one > number] or left
            return redirect(
                "room:compare", case_id=case_id, version_id=version_id, copy_id=copy_id, number=later[0]
            )
        messages.success(request, "有遮盖的页都看过了，请在下面通过或者退回。")
        return redirect("room:copy", case_id=case_id, version_id=version_id, copy_id=copy_id)
    changed = page.copy.changed_pages
    at = changed.index(number)
    context = {
        "page": page, "number": number, "at": at + 1, "count": len(changed), "seen": number not in page.unseen,
        "previous": changed[at - 1] if at else None, "next": changed[at + 1] if at + 1 < len(changed) else None,
    }  # fmt: skip
    return render(request, "workflow/room/compare.html", context)


def _page(request: HttpRequest, case_id: int, version_id: int, copy_id: int) -> CopyPage | Any:
    version: Any = found_version(request, case_id, version_id)
    found = copy_page(request.user, version, copy_id)  # type: ignore[arg-type]
    if found is None:
        raise Http404
    return found
