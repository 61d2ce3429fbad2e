"""Limits on guessing: so many failures within a window, counted in the database for all processes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from intake.models import Attempt
from office.errors import Refusal
from office.keys import blind

WINDOW = timedelta(minutes=30)
#: Failures within the window: for one query code, and for one address (a whole village may share one).
PER_CODE = 6
PER_ADDRESS = 40


class TooManyAttempts(Refusal):
    """Raised when a door has been tried in vain too often."""

    def __init__(self) -> None:
        super().__init__("too_many_attempts", "尝试次数过多，请 30 分钟后再试，或者直接联系受理机关。")


def client_address(request: HttpRequest) -> str:
    """Tell from where a request comes; behind a trusted proxy, what the proxy itself has seen."""
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        seen = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        if seen:
            return seen
    return str(request.META.get("REMOTE_ADDR", ""))


def keys_of(purpose: str, code: str, address: str) -> dict[str, int]:
    """Name what is counted, hashed, with the failures each may have."""
    return {
        f"{purpose}:code:{blind('attempt', code)}": PER_CODE,
        f"{purpose}:from:{blind('attempt', address)}": PER_ADDRESS,
    }


def check(keys: dict[str, int], *, now: datetime) -> None:
    """Refuse when one of the keys has used up its failures.

    Raises TooManyAttempts.
    """
    counted = Attempt.objects.filter(key__in=keys, since_at__gt=now - WINDOW)
    for key, failures in counted.values_list("key", "failures"):
        if failures >= keys[key]:
            raise TooManyAttempts


def failed(keys: dict[str, int], *, now: datetime) -> None:
    """Count one failure for each of the keys; a window that is over begins anew."""
    with transaction.atomic():
        for key in sorted(keys):
            row, _ = Attempt.objects.select_for_update().get_or_create(key=key, defaults={"since_at": now})
            if row.since_at <= now - WINDOW:
                Attempt.objects.filter(pk=row.pk).update(since_at=now, failures=1)
            else:
                Attempt.objects.filter(pk=row.pk).update(failures=F("failures") + 1)


def succeeded(keys: dict[str, int]) -> None:
    """Forget the failures of a code that has been shown to be known; those of the address stay."""
    Attempt.objects.filter(key__in=[key for key in keys if ":code:" in key]).delete()


def forget(*, now: datetime) -> int:
    """Delete what lies before the present window and return how many rows went."""
    return Attempt.objects.filter(since_at__lte=now - WINDOW).delete()[0]
