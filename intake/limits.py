"""Limits on guessing query codes, counted in the database for all processes together."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from intake.identity import tidy
from office import ratelimit
from office.errors import Refusal

HALF_HOUR, DAY = 30 * 60, 24 * 60 * 60
#: Tries within half an hour and within a day for one code, and within half an hour for one address, which a
#: whole village may share. With a code in hand, a thousand guesses at its four characters take a month.
PER_CODE, PER_CODE_DAILY, PER_ADDRESS = 8, 30, 60
#: Tries at the check code of one letter within half an hour and within a day: a letter may be handed round, but with so
#: many guesses a day at its ten characters nobody arrives.
PER_LETTER, PER_LETTER_DAILY = 60, 300
#: Files that one address may hand over within half an hour, sent or not.
UPLOADS = 200


class TooManyAttempts(Refusal):
    """Raised when a door has been tried too often."""

    def __init__(self) -> None:
        super().__init__("too_many_attempts", "尝试次数过多，请 30 分钟后再试，或者直接联系受理机关。")


class TooManyUploads(Refusal):
    """Raised when one address hands over more files than any applicant has."""

    def __init__(self) -> None:
        super().__init__("too_many_uploads", "上传文件过于频繁，请半小时后再传；材料也可以邮寄或者当面提交。")


def client_address(request: HttpRequest) -> str:
    """Tell from where a request comes; behind a trusted proxy, what the proxy itself has seen."""
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        seen = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        if seen:
            return seen
    return str(request.META.get("REMOTE_ADDR", ""))


def count_try(*, code: str, address: str, now: datetime) -> None:
    """Count one try at a query code from an address.

    Every try counts, the right ones as well, so that success tells a guesser nothing about the limit.
    Raises TooManyAttempts.
    """
    tried = tidy(code)
    within = [
        ratelimit.hit(f"follow:from:{address}", PER_ADDRESS, HALF_HOUR, now),
        ratelimit.hit(f"follow:code:{tried}", PER_CODE, HALF_HOUR, now),
        ratelimit.hit(f"follow:day:{tried}", PER_CODE_DAILY, DAY, now),
    ]
    if not all(within):
        raise TooManyAttempts


def count_check(*, letter: str, address: str, now: datetime) -> None:
    """Count one try at the check code of a letter, named in whatever way, from an address.

    Every try counts, the right ones as well. Raises TooManyAttempts.
    """
    within = [
        ratelimit.hit(f"check:from:{address}", PER_ADDRESS, HALF_HOUR, now),
        ratelimit.hit(f"check:letter:{letter}", PER_LETTER, HALF_HOUR, now),
        ratelimit.hit(f"check:day:{letter}", PER_LETTER_DAILY, DAY, now),
    ]
    if not all(within):
        raise TooManyAttempts


def count_uploads(number: int, *, address: str, now: datetime) -> None:
    """Count files handed over before anything is sent, so that nobody fills the store unseen.

    Raises TooManyUploads.
    """
    within = [ratelimit.hit(f"upload:from:{address}", UPLOADS, HALF_HOUR, now) for _ in range(number)]
    if not all(within):
        raise TooManyUploads
