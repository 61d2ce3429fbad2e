"""The board and its views, the lists behind their numbers, and both as files."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from office.today import today
from workflow.selectors import board as boards
from workflow.selectors.boards.pulse import pulse
from workflow.selectors.boards.table import View
from workflow.selectors.boards.views import VIEWS
from workflow.spreadsheet import CONTENT_TYPE, book
from workflow.supervision import shown
from workflow.supervision.chart import Chart, draw, of_board
from workflow.supervision.forms import address, scope_of, wanted_of
from workflow.supervision.list_file import list_file

HERE = "workflow/supervision"


def _watcher(request: HttpRequest) -> Any:
    if not boards.may_watch(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    return request.user


def _live(request: HttpRequest, template: str, context: dict[str, Any], mark: str) -> HttpResponse:
    """Show a view under a mark, by which its page asks later whether there is anything new."""
    answer = render(request, f"{HERE}/{template}", {**context, "mark": mark})
    answer["ETag"] = quote_etag(mark)
    return answer


def _unchanged(request: HttpRequest, mark: str) -> bool:
    return request.headers.get("If-None-Match") == quote_etag(mark)


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show how many open cases stand where: of a county, an office, a unit or a person."""
    user, on = _watcher(request), today()
    mark = pulse(user, on=on)
    if _unchanged(request, mark):
        return HttpResponseNotModified()
    board = boards.board(user, on=on, scope=scope_of(request.GET))
    return _live(request, "board.html", _board_context(board), mark)


def _board_context(board: boards.Board) -> dict[str, Any]:
    return {
        "board": board, "chart": of_board(board), "tabs": shown.tabs(shown.BOARD, board.scope),
        "crumbs": shown.crumbs(shown.BOARD, board.scope, board.names), "lines": shown.table(boards.lines_table(board), shown.BOARD),
        "waiting": shown.table(boards.waiting_table(board), shown.BOARD), "here": address(boards.Wanted().at(board.scope)),
        "within": "".join(f"&{name}={value}" for name, value in board.scope.query().items()),
        "workbook": shown.workbook(shown.BOARD, board.scope), "late_href": shown.place("late", board.scope), "picture": shown.picture(shown.BOARD, board.scope),
    }  # fmt: skip


@login_required
@require_safe
def view(request: HttpRequest, name: str) -> HttpResponse:
    """Show one of the views beside the board."""
    user, on = _watcher(request), today()
    _known(name)
    mark = pulse(user, on=on)
    if _unchanged(request, mark):
        return HttpResponseNotModified()
    one: View = VIEWS[name][1](user, scope_of(request.GET), on=on)
    context = {
        "view": one, "chart": draw(one.bars, on), "tabs": shown.tabs(name, one.scope),
        "crumbs": shown.crumbs(name, one.scope, one.names), "tables": [shown.table(t, name) for t in one.tables],
        "picture": shown.picture(name, one.scope), "workbook": shown.workbook(name, one.scope),
    }  # fmt: skip
    return _live(request, "view.html", context, mark)


@login_required
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Draw a view as a picture of its own, with its description inside."""
    user, on = _watcher(request), today()
    chart: Chart
    if name == shown.BOARD:
        chart = of_board(boards.board(user, on=on, scope=scope_of(request.GET)))
    else:
        _known(name)
        chart = draw(VIEWS[name][1](user, scope_of(request.GET), on=on).bars, on)
    answer = render(
        request, f"{HERE}/picture.html", {"chart": chart, "alone": True}, content_type="image/svg+xml"
    )
    answer["Content-Disposition"] = (
        content_disposition_header(False, f"{chart.title}-{on.isoformat()}.svg") or ""
    )
    return answer


@login_required
@require_safe
def workbook(request: HttpRequest, name: str) -> HttpResponse:
    """Send the tables of a view as a workbook, a sheet each."""
    user, on = _watcher(request), today()
    scope = scope_of(request.GET)
    if name == shown.BOARD:
        board = boards.board(user, on=on, scope=scope)
        title, tables = "在办总览", (boards.lines_table(board), boards.waiting_table(board))
    else:
        _known(name)
        one: View = VIEWS[name][1](user, scope, on=on)
        title, tables = one.title, one.tables
    sheets = [(t.title, t.plain()) for t in tables]
    return _file(book(sheets, heading=f"{title}（{on.isoformat()}）"), f"{title}-{on.isoformat()}.xlsx")


@login_required
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """List the cases behind one number of the board, page by page."""
    user, wanted = _watcher(request), wanted_of(request.GET)
    listed = boards.case_list(user, on=today(), wanted=wanted, after=request.GET.get("after", ""))
    plain = boards.Wanted().at(wanted.scope)
    context = {
        "listed": listed,
        "wanted": wanted,
        "tabs": [
            (label, address(plain, standing=key), wanted == plain.asking(standing=key))
            for key, label in boards.LABELS.items()
        ],
        "offices": boards.choices(user),
        "query": address(wanted),
        "hidden": [(k, v) for k, v in wanted.query().items() if k not in ("office", "unit", "person")],
        "board": shown.place(shown.BOARD, wanted.scope),
        "next": f"?{address(wanted, after=listed.following)}" if listed.following else "",
        "continued": bool(request.GET.get("after")),
    }
    return render(request, f"{HERE}/list.html", context)


@login_required
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse | StreamingHttpResponse:
    """Send a whole list as a workbook, or as CSV in the encoding that spreadsheets open without asking."""
    user, wanted, on = _watcher(request), wanted_of(request.GET), today()
    rows = boards.export(user, on=on, wanted=wanted)
    name = f"督办清单-{wanted.label}-{on.isoformat()}"
    return list_file(rows, form=form, name=name, title="督办清单", widths=boards.WIDTHS)


def _known(name: str) -> None:
    if name not in VIEWS:
        raise Http404


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer
