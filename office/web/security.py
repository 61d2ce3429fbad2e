"""Headers that every answer carries; the Content-Security-Policy itself is django-csp's."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers, patch_vary_headers

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "usb", "browsing-topics",
    )
)  # fmt: skip


class Headers:
    """Add the privacy headers, and keep personal pages out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with headers added; a page may set its own value first."""
        response = self.get_response(request)
        # same-origin, not no-referrer: without an origin Django's CSRF check refuses forms over HTTPS
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        session = getattr(request, "session", None)
        personal = session is not None and (session.accessed or session.modified)
        if personal or request.method not in ("GET", "HEAD"):
            add_never_cache_headers(response)
            patch_vary_headers(response, ("Cookie",))
        return response


class FirstPassword:
    """Lead who signed in with a password given by somebody else to choosing an own one, and nowhere else."""

    ALLOWED = frozenset({"password_change", "password_change_done", "logout", "login", "favicon"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; the check needs the address resolved and runs before the view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Redirect when the password must be changed first."""
        match = request.resolver_match
        if match is None or match.url_name in self.ALLOWED or SESSION_KEY not in request.session:
            return None
        if not getattr(request.user, "must_change_password", False):
            return None
        messages.warning(request, "请先把初始密码改成只有您自己知道的密码。")
        return redirect("password_change")
