"""The annual report: who owes one, its tables with the cases behind each figure, its writing and its publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from law.annual.layout import layout
from law.annual.printed import Print, Table, shown
from office.errors import Refusal
from office.today import now, today
from office.web.asked import whole_number
from office.web.forms import refuse
from workflow.actions import annual_report as acts
from workflow.annual.document import Report
from workflow.annual.forms import CONTENT_TYPES, as_file
from workflow.annual.narrative import names
from workflow.requests import FileData
from workflow.selectors import annual_report as pages
from workflow.supervision.annual_forms import EnterForm, FillForm, PublishForm, TakeBackForm
from workflow.supervision.list_file import behind_file

HERE = "workflow/supervision/annual"
BOTH = ["GET", "HEAD", "POST"]
PAGE = 50
#: What is listed where the address names no figure: everything received.
FIRST_CELL = {"table": "3", "row": "new", "column": "all"}


def _found(request: HttpRequest, office_id: int, year: int, scope: str) -> Any:
    office = pages.find_office(request.user, office_id, scope)  # type: ignore[arg-type]
    if office is None or not layout().first_year <= year <= today().year:
        raise Http404
    return office


def _where(office: Any, year: int, scope: str) -> list[Any]:
    return [office.pk, year, scope]


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List who owes a report on a year, by when, and how far it is."""
    user: Any = request.user
    if not pages.readable(user):
        raise PermissionDenied
    on = today()
    years = list(range(on.year, layout().first_year - 1, -1))
    asked = whole_number(request.GET.get("year", ""))
    # A report on a year is made when it is over: until the spring the last one is the one that is due.
    year = asked if asked in years else on.year - 1
    context = {"owed": pages.owed(user, year, on=on), "year": year, "years": years, "on": on}
    return render(request, f"{HERE}/home.html", context)


@login_required
@require_safe
def report(request: HttpRequest, office_id: int, year: int, scope: str) -> HttpResponse:
    """Show a report as it would be published, each figure leading to its cases, and what stands against it."""
    office = _found(request, office_id, year, scope)
    made = pages.assembled(office, year, scope, on=today())
    row = pages.stored(office, year, scope)
    where = _where(office, year, scope)
    opens = row is None or row.origin == "made"
    context = {
        "report": made, "office": office, "year": year, "scope": scope, "row": row, "where": where,
        "parts": [(part, _linked(part.table, where, opens) if part.table else None) for part in made.parts],
        "findings": [(one, _cells(made, one.cells, where) if opens else []) for one in made.findings],
        "forms": list(CONTENT_TYPES), "left": (made.due_on - today()).days,
        "may": pages.may(request.user, office.pk, scope, row),  # type: ignore[arg-type]
    }  # fmt: skip
    return render(request, f"{HERE}/report.html", context)


def _linked(table: Table, where: list[Any], opens: bool) -> dict[str, Any]:
    """Give a table's cells the address of the cases behind them; a nought has none."""
    base = reverse("board:annual_cases", args=where)
    rows = [
        [(cell, _address(base, cell) if opens else "", place < table.head_rows) for cell in row]
        for place, row in enumerate(table.rows)
    ]
    return {"name": table.name, "rows": rows}


def _cells(
    made: Report, cells: Sequence[tuple[str, str, str]], where: list[Any]
) -> list[tuple[str, str, str]]:
    """Name the figures that a rule reads, each with the address of its cases."""
    base = reverse("board:annual_cases", args=where)
    found = []
    for table, row, column in cells:
        cell = made.figures.cell(row, column) if table == "3" else made.figures.remedy(row, column)
        print_ = Print(shown(cell), key=(table, row, column))
        found.append((pages.cell_label(table, row, column), print_.text or "空白", _address(base, print_)))
    return found


def _address(base: str, cell: Print) -> str:
    number, row, column = cell.key
    if number not in ("3", "4") or cell.text in ("", "0"):
        return ""
    return f"{base}?{urlencode({'table': number, 'row': row, 'column': column})}"


@login_required
@require_safe
def cases(
    request: HttpRequest, office_id: int, year: int, scope: str
) -> HttpResponse | StreamingHttpResponse:
    """List the cases behind one figure, as many as it says, or send the whole list as a file."""
    office = _found(request, office_id, year, scope)
    after = request.GET.get("after", "0")
    asked = {name: request.GET.get(name, usual) for name, usual in FIRST_CELL.items()}

    def part(after: int, size: int) -> pages.Listed | None:
        return pages.behind_cell(request.user, office, year, scope, **asked, after=after, size=size)  # type: ignore[arg-type]

    listed = part(whole_number(after) or 0, PAGE)
    if listed is None:
        raise Http404
    if form := request.GET.get("file"):
        return behind_file(part, form=form, name=f"{office.name}{year}年度{listed.heading}")
    context = {
        "listed": listed, "office": office, "year": year, "scope": scope, "where": _where(office, year, scope),
        "first": f"?{urlencode(asked)}" if listed.after else "", "query": urlencode(asked),
        "next": f"?{urlencode({**asked, 'after': listed.after + PAGE})}" if listed.after + PAGE < listed.count else "",
    }  # fmt: skip
    return render(request, f"{HERE}/cases.html", context)


@login_required
@require_safe
def file(request: HttpRequest, office_id: int, year: int, scope: str, form: str) -> HttpResponse:
    """Send a report as a file."""
    office = _found(request, office_id, year, scope)
    if form not in CONTENT_TYPES:
        raise Http404
    made = pages.assembled(office, year, scope, on=today())
    answer = HttpResponse(as_file(made, form, on=today()), content_type=CONTENT_TYPES[form])
    answer["Content-Disposition"] = content_disposition_header(True, f"{made.title}.{form}") or ""
    return answer


@login_required
@require_http_methods(BOTH)
def fill(request: HttpRequest, office_id: int, year: int, scope: str) -> HttpResponse:
    """Enter table two and the words of the report."""
    office = _found(request, office_id, year, scope)
    user: Any = request.user
    row = pages.stored(office, year, scope)
    if not pages.may(user, office.pk, scope, row)["fill"]:
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    form = FillForm(sent, year=year, hand=row.hand if row else None, texts=row.texts if row else None)
    if sent is not None and form.is_valid():
        version = request.POST.get("version", "")
        try:
            acts.fill_report(
                office_id=office.pk, year=year, scope=scope, by=user, on=today(), now=now(), hand=form.hand(),
                texts=form.texts(), version=whole_number(version) or 0,
            )  # fmt: skip
        except Refusal as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, "已保存。")
            return redirect("board:annual_report", *_where(office, year, scope))
    context = {
        "form": form, "office": office, "year": year, "scope": scope, "row": row, "where": _where(office, year, scope),
        "names": [f"{{{name}}}" for name in names()], "version": row.version if row else 0,
    }  # fmt: skip
    return render(request, f"{HERE}/fill.html", context)


def _refuse(form: FillForm, refusal: Refusal) -> None:
    """Put a refusal at the field it speaks of."""
    name = form.field_of(getattr(refusal, "field", ""))
    if name:
        form.add_error(name, refusal.message)
    else:
        refuse(form, refusal)


@login_required
@require_http_methods(BOTH)
def step(request: HttpRequest, office_id: int, year: int, scope: str, name: str) -> HttpResponse:
    """Note that a report was published, take one back, or enter one that was published before."""
    office = _found(request, office_id, year, scope)
    user: Any = request.user
    row = pages.stored(office, year, scope)
    if name not in ("publish", "take_back", "enter"):
        raise Http404
    if not pages.may(user, office.pk, scope, row)[name]:
        raise PermissionDenied
    sent = request.method == "POST"
    kinds: dict[str, Any] = {"publish": PublishForm, "take_back": TakeBackForm, "enter": EnterForm}
    form = kinds[name](request.POST if sent else None, request.FILES if sent else None)
    if not sent and name == "publish":
        form.initial["published_on"] = today()
    if sent and form.is_valid():
        try:
            _do(name, row, office, year, scope, user, form.cleaned_data, today(), now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request,
                {"publish": "已登记公布。", "take_back": "已撤回，可以重新编制。", "enter": "已录入。"}[name],
            )
            return redirect("board:annual_report", *_where(office, year, scope))
    made = pages.assembled(office, year, scope, on=today()) if name == "publish" else None
    context = {
        "form": form, "office": office, "year": year, "scope": scope, "where": _where(office, year, scope), "name": name,
        "label": {"publish": "登记已经公布", "take_back": "撤回重新编制", "enter": "录入已公布的报告"}[name], "report": made,
    }  # fmt: skip
    return render(request, f"{HERE}/step.html", context)


def _do(
    name: str, row: Any, office: Any, year: int, scope: str, by: Any, data: dict[str, Any], on: dt.date,
    moment: dt.datetime,
) -> None:  # fmt: skip
    given = {"by": by, "on": on, "now": moment}
    if name == "publish":
        acts.publish_report(
            record_id=row.pk, published_on=data["published_on"], address=data["address"], **given
        )
    elif name == "take_back":
        acts.take_back_report(record_id=row.pk, reason=data["reason"], **given)
    else:
        upload = data["file"]
        acts.enter_report(
            office_id=office.pk, year=year, scope=scope, file=FileData(upload.name, upload.read(), "other"),
            published_on=data["published_on"], address=data["address"], **given,
        )  # fmt: skip
