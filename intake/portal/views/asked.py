"""What the office asks of an applicant: a supplement, the reasons, the fee."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from intake import tracking, uploads
from intake.portal.forms import ReasonsForm, SupplementForm
from intake.portal.views.case import nonce, show, with_case
from office.errors import Refusal
from office.today import now, today
from office.web.forms import refuse
from workflow.actions.receive_reasons import receive_reasons
from workflow.actions.receive_supplement import receive_supplement
from workflow.actors import ApplicantActor

View = Callable[[HttpRequest, tracking.Tracked], HttpResponse]


def while_asked(page: str, otherwise: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Let a view run only while the case waits for just this; else lead back to the case and say so."""

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, case_id: int) -> HttpResponse:
            shown = tracking.track(case_id, on=today())
            if shown.asked is None or shown.asked.page != page:
                messages.info(request, otherwise)
                return redirect("portal:case")
            return view(request, shown)

        return guarded

    return decorate


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
@while_asked("supplement", "这份申请现在不需要补正。")
def supplement(request: HttpRequest, shown: tracking.Tracked) -> HttpResponse:
    """Take the answer to a supplement notice."""
    form = SupplementForm(request.POST or None, request.FILES or None, items=shown.items)
    if request.method == "POST" and form.is_valid():
        try:
            receive_supplement(
                case_id=shown.id, by=ApplicantActor(shown.id, shown.office_id), on=today(), now=now(),
                items=form.corrected(),
                files=uploads.read_now(form.cleaned_data["files"], kind=tracking.SUPPLEMENT_FILES),
                act_id=nonce(request),
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "补正已经提交，答复期限重新计算。")
            return redirect("portal:case")
    return show(request, "supplement", shown, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
@while_asked("reasons", "这份申请现在不需要说明理由。")
def reasons(request: HttpRequest, shown: tracking.Tracked) -> HttpResponse:
    """Take the applicant's reasons for an unusual number of requests."""
    form = ReasonsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            receive_reasons(
                case_id=shown.id, by=ApplicantActor(shown.id, shown.office_id), on=today(), now=now(),
                reasons=form.cleaned_data["reasons"],
                files=uploads.read_now(form.cleaned_data["files"], kind=tracking.EXPLANATION_FILES),
                act_id=nonce(request),
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "理由已经提交，由工作人员认定是否合理。")
            return redirect("portal:case")
    return show(request, "reasons", shown, form=form)


@require_safe
@with_case
@while_asked("fee", "这份申请现在没有待缴的费用。")
def fee(request: HttpRequest, shown: tracking.Tracked) -> HttpResponse:
    """Show what is to be paid, how it was reckoned, by when and how."""
    return show(request, "fee", shown)
