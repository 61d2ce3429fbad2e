"""The applicant's own case: how it stands, its papers, withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from intake import tracking
from intake.portal import doors
from intake.portal.forms import WithdrawForm
from intake.terms import terms
from office.errors import Refusal
from office.today import now, today
from office.web.forms import refuse
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
    return show(request, "case", tracking.track(case_id, on=today()))


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


@require_safe
@with_case
def disclosed(request: HttpRequest, case_id: int, copy_id: int, part: str = "pdf") -> HttpResponse:
    """Hand over one document that goes with the reply, as pages or as a clean table."""
    given = {"on": today(), "now": now(), "tell": request.method == "GET"}
    try:
        found = tracking.copy_file(case_id, copy_id, part, **given)
    except LookupError as error:
        raise Http404 from error
    response = HttpResponse(found.content, content_type=found.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name)
    return response


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
                reason=form.cleaned_data["reason"], act_id=nonce(request),
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "申请已经撤回。")
            return redirect("portal:case")
    return show(request, "withdraw", shown, form=form)


def nonce(request: HttpRequest) -> UUID:
    """Read the number that makes a form count once; a new one where the browser sent none."""
    try:
        return UUID(request.POST.get("nonce", ""))
    except ValueError:
        return uuid4()


def show(request: HttpRequest, name: str, shown: tracking.Tracked, form: object = None) -> HttpResponse:
    """Show one page of the applicant's case."""
    context = {
        "case": shown, "form": form, "section": "follow", "office_name": shown.office_name,
        "nonce": request.POST.get("nonce") or uuid4(), "terms": terms(today()),
    }  # fmt: skip
    return render(request, f"intake/portal/{name}.html", context)
