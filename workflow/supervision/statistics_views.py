"""Monthly and quarterly sheets: who has filed, the sheet with the cases behind each figure, filing and confirming."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
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

from law.annual.errors import Unreadable
from office.errors import Refusal
from office.today import now, today
from office.web.asked import whole_number
from office.web.forms import refuse
from workflow.actions.file_sheet import confirm_sheet, file_sheet
from workflow.annual.measure import Measure
from workflow.annual.statistics import FORMS, Months, Statistics, as_file, of_kept
from workflow.selectors import filings as pages
from workflow.selectors import sheet_cases
from workflow.supervision.forms import months_of
from workflow.supervision.list_file import behind_file
from workflow.supervision.statistics_forms import FileAgainForm, FileForm, LookForm

HERE = "workflow/supervision/statistics"
PAGE = 50
#: With more offices than these a roll-up's columns lead to their own sheets, not each figure to its list.
OPEN_COLUMNS = 12
LABELS = {"file": "报送统计表", "confirm": "确认统计表"}


def _found(request: HttpRequest, office_id: int, scope: str, period: str) -> tuple[Any, Months]:
    office = pages.find_office(request.user, office_id, scope)  # type: ignore[arg-type]
    if office is None:
        raise Http404
    return office, months_of(period, today())


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List who has filed a period, who has confirmed, and who is missing."""
    user: Any = request.user
    if not pages.readable(user):
        raise PermissionDenied
    on = today()
    months = months_of(request.GET.get("period") or pages.last_over(on).name, on)
    owed = pages.owed(user, months, on=on)
    context = {
        "owed": owed, "months": months, "periods": pages.periods(on), "missing": [one for one in owed if one.is_missing],
        "over": months.period.last < on,
    }  # fmt: skip
    return render(request, f"{HERE}/home.html", context)


@login_required
@require_safe
def sheet(request: HttpRequest, office_id: int, scope: str, period: str) -> HttpResponse:
    """Show a sheet, filed or as it stands, each figure leading to its cases, corrections beside it."""
    office, months = _found(request, office_id, scope, period)
    on, row = today(), pages.newest(office, scope, months)
    offices, terms = pages.offices_in(office, scope), pages.Terms(on=on)
    form = LookForm(request.GET or None, on=on)
    asked = form.asked()
    looked = bool(asked["layout"] or asked["known_on"])
    layout = asked["layout"] or (row.figures["layout"] if row and not looked else terms.layout(office.pk))
    made = _measured(form, offices, months, layout, asked["known_on"])
    shut = pages.filed(row, made) if row and not looked else None
    shown = shut.sheet if shut else made
    where = [office.pk, scope, period]
    context = {
        "office": office, "scope": scope, "months": months, "where": where, "row": row, "shut": shut, "form": form,
        "shown": shown, "looked": looked, "known_on": asked["known_on"], "forms": list(FORMS),
        "lines": _lines(shown, shut, where), "columns": _columns(shown, offices, period),
        "earlier": pages.earlier(row) if row else [], "query": request.GET.urlencode() if looked else "",
        "missing": pages.missing(offices, months, terms) if scope == pages.WHOLE and months.period.last < on else [],
        "may": pages.may(request.user, office.pk, scope, row, months, on=on),  # type: ignore[arg-type]
        "over": months.period.last < on,
    }  # fmt: skip
    return render(request, f"{HERE}/sheet.html", context)


def _measured(
    form: LookForm, offices: Sequence[Any], months: Months, layout: str, known_on: dt.date | None
) -> Statistics:
    try:
        return pages.measured_now(offices, months, layout=layout, known_on=known_on)
    except Refusal as refusal:
        refuse(form, refusal)
        return pages.measured_now(offices, months, layout=layout)


def _lines(shown: Statistics, shut: Any, where: list[Any]) -> list[dict[str, Any]]:
    """Give each line its figures, the addresses of their cases, and what they are now where that differs."""
    base = reverse("board:statistics_cases", args=where)
    changes = {one.place: one for one in shut.changes} if shut else {}
    sections = [one.line.section for one in shown.told]
    apart = len(shown.offices) <= OPEN_COLUMNS
    found = []
    for place, one in enumerate(shown.told):
        parts = one.line.measure.address()
        first = place == 0 or sections[place - 1] != one.line.section
        own = [
            (amounts[place].value, _address(base, parts, amounts[place].value, office=name) if apart else "")
            for name, amounts in shown.offices.items()
        ]
        found.append(
            {
                "section": one.line.section if first else "", "rows": sections.count(one.line.section), "label": one.line.label,
                "period": one.period, "year": one.year, "href": _address(base, parts, one.period),
                "year_href": _address(base, parts, one.year, span="year"), "change": changes.get(place), "own": own,
            }
        )  # fmt: skip
    return found


def _address(base: str, parts: Mapping[str, str], value: float, **more: str) -> str:
    return f"{base}?{urlencode({**parts, **more})}" if value else ""


def _columns(shown: Statistics, offices: Sequence[Any], period: str) -> list[tuple[str, str]]:
    ids = {one.name: one.pk for one in offices}
    return [
        (name, reverse("board:statistics_sheet", args=[ids[name], "own", period]) if name in ids else "")
        for name in shown.offices
    ]


@login_required
@require_safe
def cases(
    request: HttpRequest, office_id: int, scope: str, period: str
) -> HttpResponse | StreamingHttpResponse:
    """List what is behind one figure, as much as it says, or send the whole list as a file."""
    office, months = _found(request, office_id, scope, period)
    try:
        measure = Measure.of_address({"what": "new"} | request.GET.dict())
    except Unreadable as error:
        raise Http404 from error
    offices = pages.offices_in(office, scope)
    if name := request.GET.get("office", ""):
        offices = [one for one in offices if one.name == name]
    span = "year" if request.GET.get("span") == "year" else "period"
    after = request.GET.get("after", "0")

    def part(after: int, size: int) -> sheet_cases.Listed:
        period = months.so_far if span == "year" else months.period
        return sheet_cases.behind(request.user, offices, period, measure, after=after, size=size)  # type: ignore[arg-type]

    if form := request.GET.get("file"):
        told = f"{months.year}年1月至{months.last}月" if span == "year" else months.label
        title = f"{name or office.name}{told}{sheet_cases.words(measure)}"
        return behind_file(part, form=form, name=title, records=measure.what in sheet_cases.RECORDS)
    listed = part(whole_number(after) or 0, PAGE)
    asked = {
        **measure.address(),
        **({"office": name} if name else {}),
        **({"span": span} if span == "year" else {}),
    }
    following = listed.after + PAGE
    context = {
        "listed": listed, "heading": sheet_cases.words(measure), "months": months, "span": span, "office": office,
        "scope": scope, "where": [office.pk, scope, period], "only": name, "records": measure.what in sheet_cases.RECORDS,
        "first": f"?{urlencode(asked)}" if listed.after else "", "query": urlencode(asked),
        "next": f"?{urlencode({**asked, 'after': following})}" if following < listed.count else "",
    }  # fmt: skip
    return render(request, f"{HERE}/cases.html", context)


@login_required
@require_safe
def file(request: HttpRequest, office_id: int, scope: str, period: str, form: str) -> HttpResponse:
    """Send a sheet as a file: as it was filed, or as it stands where it has not been or is looked at otherwise."""
    office, months = _found(request, office_id, scope, period)
    if form not in FORMS:
        raise Http404
    on, row = today(), pages.newest(office, scope, months)
    look = LookForm(request.GET or None, on=on)
    asked = look.asked()
    if look.errors:
        raise Http404
    if row is not None and not (asked["layout"] or asked["known_on"]):
        made = of_kept(row.figures)
    else:
        layout = asked["layout"] or pages.Terms(on=on).layout(office.pk)
        made = _measured(look, pages.offices_in(office, scope), months, layout, asked["known_on"])
    answer = HttpResponse(as_file(made, form), content_type=FORMS[form])
    answer["Content-Disposition"] = content_disposition_header(True, f"{made.title}.{form}") or ""
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, office_id: int, scope: str, period: str, name: str) -> HttpResponse:
    """File a sheet, file it anew, or confirm it."""
    office, months = _found(request, office_id, scope, period)
    user: Any = request.user
    if name not in LABELS:
        raise Http404
    row = pages.newest(office, scope, months)
    if not pages.may(user, office.pk, scope, row, months, on=today())[name]:
        raise PermissionDenied
    sent = request.method == "POST"
    kind = FileAgainForm if name == "file" and row else FileForm
    form = kind(request.POST if sent else None)
    if sent and form.is_valid():
        given = {"by": user, "on": today(), "now": now()}
        try:
            if name == "confirm" and row is not None:
                confirm_sheet(record_id=row.pk, **given)
            else:
                reason = form.cleaned_data.get("reason", "")
                file_sheet(office_id=office.pk, scope=scope, period=months.name, reason=reason, **given)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "已确认。" if name == "confirm" else "已报送，数字就此封存。")
            return redirect("board:statistics_sheet", *[office.pk, scope, period])
    label = "更正报送" if name == "file" and row else LABELS[name]
    context = {
        "form": form, "office": office, "scope": scope, "months": months, "where": [office.pk, scope, period], "name": name,
        "label": label, "row": row,
        "missing": pages.missing(pages.offices_in(office, scope), months, pages.Terms(on=today())) if scope == pages.WHOLE else [],
    }  # fmt: skip
    return render(request, f"{HERE}/step.html", context)
