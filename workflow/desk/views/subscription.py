"""One's own calendar link and summaries by e-mail, and the calendar behind such a link."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from office.errors import Refusal
from office.today import now, today
from office.web.forms import Form
from workflow.actions import subscribe
from workflow.calendar_file import CONTENT_TYPE, calendar_file
from workflow.selectors import own_days

#: 256 bits.
SECRET_BYTES = 32


class DigestForm(Form):
    """Which summaries are wanted."""

    daily = forms.BooleanField(label="每个工作日一封：今天和近期到期的案件、等待答复的催办", required=False)
    weekly = forms.BooleanField(label="每周一封：另加过去一周新收、办结的件数", required=False)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest) -> HttpResponse:
    """Show what a person has subscribed to; make, renew or withdraw the calendar link, choose the summaries."""
    user: Any = request.user
    if not user.reach():
        raise PermissionDenied
    row, link = own_days.subscription_of(user), ""
    given = {"by": user, "on": today(), "now": now()}
    what = request.POST.get("what", "") if request.method == "POST" else ""
    form = DigestForm(
        request.POST if what == "digests" else None,
        initial={"daily": row is None or row.daily, "weekly": row is None or row.weekly},
    )
    try:
        if what == "link":
            secret = secrets.token_urlsafe(SECRET_BYTES)
            row = subscribe.link_calendar(**given, secret=secret)
            # Shown on this page and never again.
            link = request.build_absolute_uri(reverse("desk:calendar", args=[secret]))
        elif what == "unlink":
            subscribe.unlink_calendar(**given)
            messages.success(request, "已停用。原来的链接从现在起打不开。")
            return redirect("desk:subscription")
        elif what == "digests" and form.is_valid():
            subscribe.choose_digests(**given, **form.cleaned_data)
            messages.success(request, "已保存。")
            return redirect("desk:subscription")
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("desk:subscription")
    context = {"row": row, "link": link, "form": form, "email": user.email}
    return render(request, "workflow/desk/subscription.html", context)


@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Send the calendar behind a link: case numbers and days, to whoever has the link, for as long as it is in use."""
    user = own_days.holder_of(subscribe.hashed(secret))
    if user is None:
        raise Http404
    content = calendar_file(own_days.days_of(user, on=today()), now=now())
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = 'inline; filename="due-dates.ics"'
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
