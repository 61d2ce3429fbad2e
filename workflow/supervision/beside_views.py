"""Pages of inspections and bulletins: the sample with its result sheets, the month's bulletin, and their files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from office.errors import Refusal
from office.today import now, today
from office.web.forms import Form, Radios, refuse
from workflow.actions.inspect import check_sheet
from workflow.selectors import bulletin_pages, inspections
from workflow.spreadsheet import CONTENT_TYPE
from workflow.supervision.bars import pairs

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class ResultForm(Form):
    """What the inspector found."""

    result = forms.ChoiceField(label="检查结果", choices=inspections.RESULTS, widget=Radios(inline=True))
    remarks = forms.CharField(
        label="检查意见", help_text="有瑕疵、不合格的必填；不写申请人的个人信息", required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


@login_required
@require_safe
def inspection(request: HttpRequest, record_id: int) -> HttpResponse:
    """Show a sample: how it was drawn, its cases with their results, and how often each fault was found."""
    page = inspections.page(request.user, record_id)  # type: ignore[arg-type]
    if page is None:
        raise Http404
    return render(request, "workflow/supervision/inspection.html", {"page": page})


@login_required
@require_safe
def inspection_file(request: HttpRequest, record_id: int) -> HttpResponse:
    """Send a sample with its results as a spreadsheet."""
    page = inspections.page(request.user, record_id)  # type: ignore[arg-type]
    if page is None:
        raise Http404
    return _file(inspections.as_spreadsheet(page), CONTENT_TYPE, f"{page.row.title}-抽查结果.xlsx")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, record_id: int, seq: int) -> HttpResponse:
    """Show one case's result sheet, and enter what the inspector found."""
    user: Any = request.user
    page = inspections.sheet(user, record_id, seq)
    if page is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = ResultForm(sent, initial={"result": page.sheet.result or None, "remarks": page.sheet.remarks})
    if sent is not None and form.is_valid():
        try:
            check_sheet(record_id=record_id, by=user, on=today(), now=now(), seq=seq, **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"已填写第{seq}件。")
            return redirect("board:inspection", record_id)
    return render(request, "workflow/supervision/sheet.html", {"page": page, "form": form})


@login_required
@require_safe
def bulletin(request: HttpRequest, record_id: int) -> HttpResponse:
    """Show a bulletin as it would be printed, with its charts."""
    page = bulletin_pages.page(request.user, record_id)  # type: ignore[arg-type]
    if page is None:
        raise Http404
    lines, months = page.row.figures["offices"], page.row.figures["months"]
    charts = [
        pairs(
            "近六个月新收和办结",
            [(one["month"], one["received"], one["finished"]) for one in months],
            ("新收", "办结"),
        ),
        pairs(
            "各机关在办和已逾期",
            [(one["office"], one["open"], one["overdue"]) for one in lines],
            ("在办", "已逾期"),
            fault=True,
        ),
    ]
    context = {"page": page, "charts": [chart for chart in charts if chart]}
    return render(request, "workflow/supervision/bulletin.html", context)


@login_required
@require_safe
def bulletin_file(request: HttpRequest, record_id: int) -> HttpResponse:
    """Send a bulletin as a document for a word processor."""
    page = bulletin_pages.page(request.user, record_id)  # type: ignore[arg-type]
    if page is None:
        raise Http404
    return _file(bulletin_pages.as_document(page), WORD, f"{page.paper.title}.docx")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer
