"""Papers, drafts, sheets and files of a case as the browser gets them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from office.errors import Refusal
from office.today import now, today
from workflow.actions.print_out import print_out as print_sheet
from workflow.actions.read_file import read_file
from workflow.desk.asked import act_id
from workflow.print_outs import offered
from workflow.selectors import documents
from workflow.selectors.case_page import find_case


@login_required
@require_safe
def paper(request: HttpRequest, case_id: int, paper_id: int) -> HttpResponse:
    """Send one sealed paper as PDF."""
    return sent(documents.paper_pdf(_case(request, case_id), paper_id))


@login_required
@require_safe
def draft(request: HttpRequest, case_id: int) -> HttpResponse:
    """Send the reply's draft as PDF, marked 草稿."""
    try:
        return sent(documents.draft_pdf(_case(request, case_id), on=today()))
    except Refusal as refusal:
        return not_yet(refusal)


@login_required
@require_safe
def working_copy(request: HttpRequest, case_id: int) -> HttpResponse:
    """Send the reply as a document for Word and WPS, to its handler."""
    try:
        return sent(documents.working_copy_docx(_case(request, case_id), request.user, on=today()))
    except Refusal as refusal:
        return not_yet(refusal)


@login_required
@require_safe
def draft_page(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """Send one page of the reply's draft as a picture at reading size."""
    try:
        return sent(documents.draft_page(_case(request, case_id), number, on=today()))
    except Refusal as refusal:
        return not_yet(refusal)


@login_required
@require_safe
def sheet(request: HttpRequest, case_id: int) -> HttpResponse:
    """Send the approval sheet (呈批单) for printing."""
    try:
        return sent(documents.approval_sheet_pdf(_case(request, case_id), on=today()))
    except Refusal as refusal:
        return not_yet(refusal)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def print_out(request: HttpRequest, case_id: int, kind: str, about: int = 0) -> HttpResponse:
    """Send a sheet for printing; one that shows how somebody is reached is asked for by a button, and logged."""
    found = _case(request, case_id)
    if offered.is_personal(kind) and request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        drawn = print_sheet(
            found, kind, about, by=request.user, on=today(), now=now(), act_id=act_id(request)
        )
    except Refusal as refusal:
        return not_yet(refusal)
    return sent(drawn)


@login_required
@require_safe
def attachment(request: HttpRequest, case_id: int, attachment_id: int) -> HttpResponse:
    """Send one file of the case, always as a download."""
    return sent(read_file(_case(request, case_id), attachment_id, by=request.user, on=today(), now=now()))


def _case(request: HttpRequest, case_id: int) -> Any:
    found = find_case(request.user, case_id)
    if found is None:
        raise Http404
    return found


def not_yet(refusal: Refusal) -> HttpResponse:
    """Answer with the sentence why there is nothing to send now."""
    return HttpResponse(refusal.message, status=409, content_type="text/plain; charset=utf-8")


def sent(document: documents.Document | None) -> HttpResponse:
    """Send a document, or say that there is none. Raises Http404."""
    if document is None:
        raise Http404
    response = HttpResponse(document.content, content_type=document.content_type)
    response["Content-Disposition"] = content_disposition_header(document.download, document.name)
    return response
