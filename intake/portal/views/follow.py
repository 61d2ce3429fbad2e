"""Opening a case with its query code, and closing it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from intake import limits, tracking
from intake.portal import doors
from intake.portal.forms import FollowForm
from office.errors import Refusal
from office.today import now
from office.web.forms import refuse


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for code and last four characters; guessing is limited and never told what was wrong."""
    form = FollowForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            limits.count_try(code=given["code"], address=limits.client_address(request), now=now())
            case_id = tracking.find(code=given["code"], last_four=given["last_four"])
        except Refusal as refusal:
            refuse(form, refusal)
            status = 429 if isinstance(refusal, limits.TooManyAttempts) else 200
        else:
            doors.open_case(request, case_id, now=now())
            return redirect("portal:case")
    return render(request, "intake/portal/follow.html", {"form": form, "section": "follow"}, status=status)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the case in this browser."""
    doors.close_case(request)
    messages.success(request, "已经结束查询，本浏览器不再显示您的申请。")
    return redirect("portal:follow")
