"""What everybody may see of how requests are handled."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from office.today import today
from office.web.asked import whole_number
from workflow.selectors import public_figures


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show a finished year's figures of all offices, with small numbers withheld; counted once an hour."""
    on = today()
    years = public_figures.years(on)
    year = whole_number(request.GET.get("year", str(years[0])))
    if year not in years:
        raise Http404
    shown = public_figures.year_figures(year, on=on)
    return render(request, "intake/portal/figures.html", {"shown": shown, "years": years})
