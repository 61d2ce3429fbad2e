"""Headers that every answer carries; the Content-Security-Policy itself is django-csp's."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
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
