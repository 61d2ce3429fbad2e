"""The board, the lists behind its numbers, and their export."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from office.today import today
from workflow.selectors import board as boards
from workflow.supervision.chart import draw
from workflow.supervision.forms import LABELS, Wanted

# A spreadsheet would run a cell that begins with one of these.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _watcher(request: HttpRequest) -> Any:
    if not boards.watched_offices(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    return request.user


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show how many open cases stand where, by office and unit."""
    shown = boards.board(_watcher(request), on=today())
    return render(request, "workflow/supervision/board.html", {"board": shown, "chart": draw(shown)})


@login_required
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """List the cases behind one number of the board, page by page."""
    user, wanted = _watcher(request), Wanted.of(request.GET)
    listed = boards.case_list(
        user, on=today(), standing=wanted.standing, office=wanted.office, unit=wanted.unit,
        after=request.GET.get("after", ""),
    )  # fmt: skip
    context = {
        "listed": listed,
        "wanted": wanted,
        "tabs": [
            (label, wanted.address(standing=key), key == wanted.standing) for key, label in LABELS.items()
        ],
        "offices": boards.choices(user),
        "query": wanted.address(),
        "next": f"?{wanted.address(after=listed.following)}" if listed.following else "",
        "continued": bool(request.GET.get("after")),
    }
    return render(request, "workflow/supervision/list.html", context)


@login_required
@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Send a whole list as CSV, in the encoding that spreadsheets open without asking."""
    user, wanted, on = _watcher(request), Wanted.of(request.GET), today()
    rows = boards.export(user, on=on, standing=wanted.standing, office=wanted.office, unit=wanted.unit)
    name = f"督办清单-{LABELS[wanted.standing]}-{on.isoformat()}.csv"
    answer = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


class _Echo:
    def write(self, value: str) -> str:
        return value


def _lines(rows: Iterator[list[str]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow(
            [f"'{cell}" if cell.startswith(FORMULA) and not _is_number(cell) else cell for cell in row]
        )


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").isdecimal()
