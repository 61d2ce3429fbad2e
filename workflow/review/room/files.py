"""Pictures of pages, the disclosed copy and its certificate as the browser gets them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from office.errors import Refusal
from office.today import now
from workflow.review.disclosing.burning import certificate_of
from workflow.review.room.views import found_version
from workflow.selectors import room, room_copies


@login_required
@require_safe
def page_picture(request: HttpRequest, case_id: int, version_id: int, number: int, dpi: int) -> HttpResponse:
    """Send the picture of a page of the working copy."""
    version = found_version(request, case_id, version_id)
    try:
        return _picture(room.picture(request.user, version, number, dpi, now=now()))
    except Refusal as refusal:
        return HttpResponse(refusal.message, status=409, content_type="text/plain; charset=utf-8")
    except ValueError as error:
        raise Http404 from error


@login_required
@require_safe
def copy_picture(
    request: HttpRequest, case_id: int, version_id: int, copy_id: int, number: int
) -> HttpResponse:
    """Send the picture of a page of a disclosed copy."""
    return _picture(room_copies.after_picture(_copy(request, case_id, version_id, copy_id), number))


@login_required
@require_safe
def copy_pdf(request: HttpRequest, case_id: int, version_id: int, copy_id: int) -> HttpResponse:
    """Send the disclosed copy."""
    copy = _copy(request, case_id, version_id, copy_id)
    return _download(
        room_copies.copy_file(copy), f"{copy.version.holding.title}（公开副本）.pdf", "application/pdf"
    )


@login_required
@require_safe
def certificate(request: HttpRequest, case_id: int, version_id: int, copy_id: int) -> HttpResponse:
    """Send the certificate of a disclosed copy."""
    copy = _copy(request, case_id, version_id, copy_id)
    content = certificate_of(copy).encode() if copy.certificate_sealed else None
    return _download(content, f"{copy.version.holding.title}（见证书）.json", "application/json")


@login_required
@require_safe
def copy_table(request: HttpRequest, case_id: int, version_id: int, copy_id: int, part: str) -> HttpResponse:
    """Send one of the clean tables of a disclosed copy."""
    found = room_copies.table(_copy(request, case_id, version_id, copy_id), part)
    if found is None:
        raise Http404
    return _download(found.content, found.name, found.content_type)


def _copy(request: HttpRequest, case_id: int, version_id: int, copy_id: int) -> Any:
    version: Any = found_version(request, case_id, version_id)
    found = room_copies.find_copy(request.user, version, copy_id)  # type: ignore[arg-type]
    if found is None:
        raise Http404
    return found


def _picture(content: bytes | None) -> HttpResponse:
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/png")


def _download(content: bytes | None, name: str, content_type: str) -> HttpResponse:
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
