"""An office's data and the pictures of its seals: what its letters show now, what changed, what waits for a second person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from letters import office_data, seal_entry, specimen
from office.errors import Refusal
from office.today import now, today
from office.web.forms import refuse
from workflow.admin_room.house.forms import OfficeForm, SealImageForm
from workflow.selectors import house as pages
from workflow.selectors.settings_pages import administered

HERE = "workflow/admin_room"
BOTH = ["GET", "HEAD", "POST"]


def _office(request: HttpRequest) -> tuple[Any, list[Any]]:
    """Choose the office named in the address, else the first one administered."""
    offices = administered(request.user)  # type: ignore[arg-type]
    if not offices:
        raise PermissionDenied
    wanted = request.GET.get("office", "") or str(offices[0].pk)
    found = next((office for office in offices if str(office.pk) == wanted), None)
    if found is None:
        raise Http404
    return found, offices


@login_required
@require_http_methods(BOTH)
def office(request: HttpRequest) -> HttpResponse:
    """Show an office's data that its letters print, and change them."""
    chosen, offices = _office(request)
    start = office_data.data_of(chosen) | {"seen": office_data.state_of(chosen)}
    form = OfficeForm(request.POST or None, initial=start, columns=pages.columns(chosen))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            office_data.change(
                office_id=chosen.pk, reason=data.pop("reason"), seen=data.pop("seen"), values=data,
                by=request.user, on=today(), now=now(),  # type: ignore[arg-type]
            )  # fmt: skip
        except office_data.BadOfficeData as error:
            for name, faults in error.faults.items():
                form.add_error(name if name in form.fields else None, faults)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "机关资料已修改，此后起草的文书照此打印。")
            return redirect(f"{request.path}?office={chosen.pk}")
    context = {"form": form, "office": chosen, "offices": offices, "history": office_data.history(chosen)}
    return render(request, f"{HERE}/office.html", context)


@login_required
@require_safe
def office_sample(request: HttpRequest) -> HttpResponse:
    """Send a made-up reply with an office's data as PDF, marked as a draft."""
    chosen, _ = _office(request)
    return _pdf(lambda: specimen.specimen(chosen, on=today()), "office-sample.pdf")


@login_required
@require_http_methods(BOTH)
def seals(request: HttpRequest) -> HttpResponse:
    """List the pictures of an office's seals, and take in another."""
    chosen, offices = _office(request)
    form = SealImageForm(
        request.POST or None, request.FILES or None, initial={"from_on": today(), "kind": "office"}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = seal_entry.enter(
                office=chosen, kind=data["kind"], content=data["image"].read(), from_on=data["from_on"],
                width_mm=data["width_mm"], by=request.user, on=today(), now=now(),  # type: ignore[arg-type]
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "印模已录入，还没有使用。请看过样张；由另一名管理员复核后启用。")
            return redirect("admin_room:seal_image", row.pk)
    context = {
        "form": form, "office": chosen, "offices": offices, "images": pages.images(chosen),
        "now": pages.in_use(chosen, on=today()), "practice": pages.practice_words(chosen, on=today()),
    }  # fmt: skip
    return render(request, f"{HERE}/seals.html", context)


@login_required
@require_http_methods(BOTH)
def seal_image(request: HttpRequest, image_id: int) -> HttpResponse:
    """Show one picture of a seal, on its own and on a letter; put it in use or send it back."""
    row = _image(request, image_id)
    refusal = ""
    if request.method == "POST":
        given: dict[str, Any] = {"image_id": row.pk, "by": request.user, "on": today(), "now": now()}
        try:
            if request.POST.get("step") == "confirm":
                kept = seal_entry.confirm(**given)
                messages.success(request, f"印模已启用，自{kept.from_on:%Y年%-m月%-d日}起使用。")
            else:
                seal_entry.refuse(**given)
                messages.success(request, "已退回或者撤回，没有启用。")
            return redirect("admin_room:seal_image", row.pk)
        except Refusal as error:
            refusal = error.message
            row = _image(request, image_id)
    context = {"row": row, "refusal": refusal, "own": row.by_id == request.user.pk}
    return render(request, f"{HERE}/seal_image.html", context)


@login_required
@require_safe
def seal_picture(request: HttpRequest, image_id: int) -> HttpResponse:
    """Send the picture of a seal to an administrator of its office."""
    return HttpResponse(pages.picture(_image(request, image_id)), content_type="image/png")


@login_required
@require_safe
def seal_sample(request: HttpRequest, image_id: int) -> HttpResponse:
    """Send a made-up reply that bears a seal as PDF, marked as a draft."""
    row = _image(request, image_id)
    return _pdf(lambda: pages.sealed_specimen(row, on=today()), "seal-sample.pdf")


def _image(request: HttpRequest, image_id: int) -> Any:
    offices = administered(request.user)  # type: ignore[arg-type]
    if not offices:
        raise PermissionDenied
    row = pages.find_image(image_id, offices)
    if row is None:
        raise Http404
    return row


def _pdf(made: Any, name: str) -> HttpResponse:
    try:
        content = made()
    except Refusal as error:
        # What a letter needs and the office's data lack is said instead of a letter.
        return HttpResponse(error.message, status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
