"""Verifying a letter: anybody who holds it may ask whether it was issued; guessing is limited."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from intake import limits
from intake.portal.forms import CheckForm
from letters import verification
from office.errors import Refusal
from office.today import now
from office.web.forms import refuse

PAGE = "intake/portal/verify.html"


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for number and check code, and tell what letter they belong to."""
    form = CheckForm(request.POST or None)
    found, status = None, 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        number = verification.normal_number(given["number"])
        try:
            limits.count_check(letter=number, address=limits.client_address(request), now=now())
            found = verification.verify(number_text=number, code=given["code"])
        except Refusal as refusal:
            refuse(form, refusal)
            status = _status(refusal)
    return render(request, PAGE, {"form": form, "found": found, "section": "verify"}, status=status)


@require_safe
def verify_place(
    request: HttpRequest, office: str, kind: str, year: int, number: int, code: str
) -> HttpResponse:
    """Tell what letter a QR code belongs to."""
    found, message, status = None, "", 200
    try:
        place = f"{office}/{kind}/{year}/{number}"
        limits.count_check(letter=place, address=limits.client_address(request), now=now())
        found = verification.verify_place(office=office, kind=kind, year=year, number=number, code=code)
    except Refusal as refusal:
        message, status = refusal.message, _status(refusal)
    shown = {"form": CheckForm(), "found": found, "message": message, "section": "verify"}
    return render(request, PAGE, shown, status=status)


def _status(refusal: Refusal) -> int:
    return 429 if isinstance(refusal, limits.TooManyAttempts) else 200
