"""The front page and the choice of an office."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from intake.terms import terms
from office.today import today
from office.web import directory


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what this is and its two doors."""
    return render(request, "intake/portal/home.html", {"terms": terms(today())})


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Let the applicant choose the office; with one office there is nothing to choose."""
    search = request.GET.get("q", "")
    offices = directory.open_offices(search)
    if len(offices) == 1 and not search:
        return redirect("portal:apply", code=offices[0].code)
    return render(request, "intake/portal/choose.html", {"offices": offices, "search": search})
