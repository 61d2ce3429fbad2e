"""The desk's lists: my work, my units' work, what must be watched, search."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from office.today import today
from office.web.asked import whole_number
from workflow.desk.forms import SearchForm
from workflow.selectors import find, worklists

TEMPLATE = "workflow/desk/list.html"


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what this person must do next."""
    on, after = today(), request.GET.get("after", "")
    page = worklists.my_work(request.user, on=on, after=after)
    return render(request, TEMPLATE, _list(request, "home", page, after, page.count, heading="我的待办"))


@login_required
@require_safe
def unit(request: HttpRequest) -> HttpResponse:
    """Show the open cases of this person's units, or of one of them."""
    on, after, chosen = today(), request.GET.get("after", ""), request.GET.get("unit", "")
    number = whole_number(chosen)
    page = worklists.unit_work(request.user, on=on, unit=number, after=after)
    units = worklists.units_of(request.user)
    extra = f"unit={chosen}&" if number else ""
    context = _list(request, "unit", page, after, page.count, heading="科室在办", extra=extra)
    return render(request, TEMPLATE, context | {"units": units, "chosen_unit": number})


@login_required
@require_safe
def watch(request: HttpRequest) -> HttpResponse:
    """Show the cases past or near their due date in the offices this person watches over."""
    on, after = today(), request.GET.get("after", "")
    wanted = request.GET.get("level", "")
    level = wanted if wanted in worklists.LEVELS else worklists.LEVELS[0]
    counts = worklists.watch_counts(request.user, on=on)
    page = worklists.watch_list(request.user, on=on, level=level, after=after)
    levels = [(str(name), name.label, worklists.shown(counts[name])) for name in worklists.LEVELS]
    pressing = sum(counts[name] for name in worklists.PRESSING)
    context = _list(request, "watch", page, after, pressing, heading="督办", extra=f"level={level}&")
    return render(request, TEMPLATE, context | {"levels": levels, "level": level})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Find cases; the words are posted, so that no identity number stands in an address or a log."""
    form = SearchForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "tab": "search", "asked": False}
    if request.method == "POST" and form.is_valid():
        rows, more = find.search(request.user, form.cleaned_data["text"], on=today())
        context |= {"rows": rows, "more": more, "asked": True}
    return render(request, "workflow/desk/search.html", context)


def _list(
    request: HttpRequest, tab: str, page: Any, after: str, count: int | None, *, heading: str, extra: str = ""
) -> dict[str, Any]:
    """Lay out a list under its tab; ``count`` is the tab's own number where the list has told it."""
    return {
        "tab": tab,
        "heading": heading,
        "page": page,
        "first": f"?{extra}".rstrip("&?") or "?" if after else "",
        "following": f"?{extra}after={page.following}" if page.following else "",
        "counts": worklists.tab_counts(request.user, on=today(), **{tab: count}),
        "many_offices": len({row.office for row in page.rows}) > 1,
    }
