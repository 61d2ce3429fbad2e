"""A desk task is done on the case page: this view only leads there."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


@login_required
def task_view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Lead from a task of the flow to the page of its case."""
    case_id = request.activation.process.case_id  # type: ignore[attr-defined]
    return redirect("desk:case", case_id=case_id)
