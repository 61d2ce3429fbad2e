"""The applicant's own case: how it stands, its papers, supplement, withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from intake import tracking, uploads
from intake.portal import doors
from intake.portal.forms import SupplementForm, WithdrawForm
from intake.terms import terms
from office.errors import Refusal
from office.today import now, today
from office.web.forms import refuse
from workflow.actions.receive_supplement import receive_supplement
from workflow.actions.withdraw import withdraw as withdraw_case
from workflow.actors import ApplicantActor

View = Callable[..., HttpResponse]


def with_case(view: View) -> View:
    """Let a view run only for the case that this browser has opened with its code."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: int) -> HttpResponse:
        case_id = doors.opened_case(request, now=now())
        if case_id is None:
            messages.info(request, "请先输入查询码和证件号码后四位。")
            return redirect("portal:follow")
        return view(request, case_id=case_id, **kwargs)

    return guarded


@require_safe
@with_case
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show how the case stands."""
    return _page(request, "case", tracking.track(case_id, on=today()))


@require_safe
@with_case
def paper(request: HttpRequest, case_id: int, paper_id: int) -> HttpResponse:
    """Hand over one paper as PDF."""
    try:
        name, content = tracking.paper_pdf(case_id, paper_id)
    except LookupError as error:
        raise Http404 from error
    if request.method == "GET":
        tracking.leave_receipt(case_id, paper_id, on=today(), now=now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def supplement(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take the answer to a supplement notice."""
    shown = tracking.track(case_id, on=today())
    if not shown.can_supplement:
        messages.info(request, "这份申请现在不需要补正。")
        return redirect("portal:case")
    form = SupplementForm(request.POST or None, request.FILES or None, items=shown.items)
    if request.method == "POST" and form.is_valid():
        try:
            receive_supplement(
                case_id=case_id, by=ApplicantActor(case_id, shown.office_id), on=today(), now=now(), items=form.corrected(),
                files=uploads.read_now(form.cleaned_data["files"], kind=tracking.SUPPLEMENT_FILES),
                act_id=_nonce(request),
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "补正已经提交，答复期限重新计算。")
            return redirect("portal:case")
    return _page(request, "supplement", shown, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def withdraw(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show what withdrawing means, then withdraw."""
    shown = tracking.track(case_id, on=today())
    if not shown.can_withdraw:
        messages.info(request, shown.why_not_withdraw)
        return redirect("portal:case")
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_case(
                case_id=case_id, by=ApplicantActor(case_id, shown.office_id), on=today(), now=now(),
                reason=form.cleaned_data["reason"], act_id=_nonce(request),
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "申请已经撤回。")
            return redirect("portal:case")
    return _page(request, "withdraw", shown, form=form)


def _nonce(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("nonce", ""))
    except ValueError:
        return uuid4()


def _page(request: HttpRequest, name: str, shown: tracking.Tracked, form: object = None) -> HttpResponse:
    context = {
        "case": shown, "form": form, "section": "follow", "office_name": shown.office_name,
        "nonce": request.POST.get("nonce") or uuid4(), "terms": terms(today()),
    }  # fmt: skip
    return render(request, f"intake/portal/{name}.html", context)
