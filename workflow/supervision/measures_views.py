"""Performance measures by office, with weights, trend and the cases behind each number."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from office.today import today
from workflow.annual.measures import Taken, performances
from workflow.annual.statistics import Months
from workflow.selectors import filings, measures
from workflow.supervision.forms import months_of
from workflow.supervision.trend import draw_trend


@login_required
@require_safe
def measures_page(request: HttpRequest) -> HttpResponse:
    """Show the measures of every office a person may look at, and the trend of one measure."""
    user: Any = request.user
    if not filings.readable(user):
        raise PermissionDenied
    on = today()
    months = months_of(request.GET.get("period") or filings.last_over(on).name, on)
    chosen = request.GET.get("measure") or "on_time"
    if chosen not in {one.id for one in performances()}:
        raise Http404
    shown = measures.performance(user, months, on=on, chosen=chosen)
    office = request.GET.get("office", "")
    line = next((one for one in shown.trend if one.name == office), shown.trend[0])
    percent = shown.chosen.unit == "percent"
    values, words = [one.value for one in line.taken], [one.shown for one in line.taken]
    name = f"{line.name}{shown.chosen.name}"
    context = {
        "shown": shown, "months": months, "periods": _offered(months, on), "line": line, "office": office,
        "rows": [(one, [_cell(one.office_id, taken, months) for taken in one.taken]) for one in shown.offices],
        "whole": [_cell(0, taken, months) for taken in shown.whole.taken],
        "chart": draw_trend(name, shown.trend_months, values, words, percent=percent),
    }  # fmt: skip
    return render(request, "workflow/supervision/measures.html", context)


def _offered(months: Months, on: Any) -> list[Months]:
    """Offer what is shown, the year so far, the years before, and each month and quarter."""
    begun = [Months(on.year, 1, on.month)] if on.month > 1 else []
    offered = [
        *begun,
        *(Months(year, 1, 12) for year in range(on.year - 1, on.year - 4, -1)),
        *filings.periods(on),
    ]
    return offered if months in offered else [months, *offered]


def _cell(office: int, taken: Taken, months: Months) -> dict[str, Any]:
    """Give a measure's value with the addresses of the two numbers it is made of."""

    def address(measure: Any, number: int) -> str:
        if not office or not number:
            return ""
        base = reverse("board:statistics_cases", args=[office, "own", months.name])
        return f"{base}?{urlencode(measure.address())}"

    performance = taken.performance
    return {
        "taken": taken, "of": address(performance.of, taken.of), "per": address(performance.per, taken.per),
        "points": None if taken.points is None else round(taken.points),
    }  # fmt: skip
