"""One reading of the calendar for one request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from calendars.published import moment


class OneMoment:
    """Let everything that answers one request go by one edition of the calendar."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        with moment():
            return self.answer(request)
