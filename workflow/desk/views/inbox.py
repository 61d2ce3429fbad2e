"""Letters from other offices of the platform: the list, one letter, signing for it, answering it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from office.errors import Refusal
from office.today import now, today
from office.web.forms import refuse
from workflow.actions import answer_letter
from workflow.desk.asked import act_id
from workflow.desk.beside_forms import new_id
from workflow.desk.letter_form import AnswerForm
from workflow.desk.uploads import file_data
from workflow.selectors import inbox, worklists


@login_required
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Show the letters that came to this person's offices."""
    lines = inbox.inbox(request.user, on=today())
    return render(request, "workflow/desk/letters.html", _tabs(request) | {"lines": lines})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Show one letter, and take its answer."""
    found = _found(request, letter_id)
    sent = request.method == "POST"
    form = AnswerForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        file = file_data(form.cleaned_data.get("file"), kind="opinion")
        try:
            answer_letter.answer_letter(
                **_doing(request, found), opinion=form.cleaned_data["opinion"], reason=form.cleaned_data["reason"],
                files=(file,) if file else (),
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"已答复{found.line.sender}，意见当日送达")
            return redirect("desk:letter", letter_id=letter_id)
    context = _tabs(request) | {"letter": found, "form": form, "act_id": new_id(), "sign_id": new_id()}
    return render(request, "workflow/desk/letter.html", context)


@login_required
@require_POST
def sign(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Sign for one letter."""
    found = _found(request, letter_id)
    try:
        answer_letter.sign_for_letter(**_doing(request, found))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "已签收，答复的期限自次日起计算")
    return redirect("desk:letter", letter_id=letter_id)


@login_required
@require_safe
def paper(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Send one letter as PDF."""
    document = inbox.letter_pdf(request.user, letter_id)
    if document is None:
        raise Http404
    response = HttpResponse(document.content, content_type=document.content_type)
    response["Content-Disposition"] = content_disposition_header(False, document.name)
    return response


def _found(request: HttpRequest, letter_id: int) -> inbox.Letter:
    found = inbox.letter(request.user, letter_id, on=today())
    if found is None:
        raise Http404
    return found


def _doing(request: HttpRequest, found: inbox.Letter) -> dict[str, Any]:
    return {
        "case_id": found.case_id, "consultation_id": found.id, "by": found.actor, "on": today(), "now": now(),
        "act_id": act_id(request),
    }  # fmt: skip


def _tabs(request: HttpRequest) -> dict[str, Any]:
    return {"tab": "letters", "counts": worklists.tab_counts(request.user, on=today())}
