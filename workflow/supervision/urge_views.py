"""The list of reminders (催办), and its file."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from office.today import today
from office.web.asked import whole_number
from workflow.selectors import board as boards
from workflow.selectors import urges as pages
from workflow.spreadsheet import CONTENT_TYPE, sheet
from workflow.supervision.list_file import list_file

WIDTHS = (24, 22, 22, 40, 12, 12, 12, 12, 40, 12, 12)


def _name(shown: str, on: dt.date) -> str:
    return f"催办情况-{pages.SHOWN[shown]}-{on.isoformat()}"


def _shown(request: HttpRequest) -> str:
    if not boards.watched_offices(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    shown = request.GET.get("shown") or "waiting"
    if shown not in pages.SHOWN:
        raise Http404
    return shown


@login_required
@require_safe
def urges(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """List the reminders of the watched offices: who was urged, by when an answer is due, what was answered.

    Or send the list as a file.
    """
    shown, on, after = _shown(request), today(), request.GET.get("after", "0")
    if form := request.GET.get("file"):
        rows = pages.exported(request.user, on=on, shown=shown)  # type: ignore[arg-type]
        return list_file(rows, form=form, name=_name(shown, on), title="催办", widths=WIDTHS)
    before = whole_number(after) or 0
    lines, following = pages.listed(request.user, on=on, shown=shown, after=before)  # type: ignore[arg-type]
    counts = pages.counted(request.user, on=on)  # type: ignore[arg-type]
    context = {
        "lines": lines, "on": on, "shown": shown, "label": pages.SHOWN[shown],
        "tabs": [(key, label, counts[key]) for key, label in pages.SHOWN.items()],
        "first": f"?shown={shown}" if before else "", "next": f"?shown={shown}&after={following}" if following else "",
    }  # fmt: skip
    return render(request, "workflow/supervision/urges.html", context)


@login_required
@require_safe
def urges_file(request: HttpRequest) -> HttpResponse:
    """Send a list of reminders as a spreadsheet."""
    shown, on = _shown(request), today()
    rows = pages.exported(request.user, on=on, shown=shown)  # type: ignore[arg-type]
    heading = f"催办情况（{pages.SHOWN[shown]}）　截至{on.isoformat()}"
    answer = HttpResponse(sheet("催办", rows, widths=WIDTHS, heading=heading), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, f"{_name(shown, on)}.xlsx") or ""
    return answer
