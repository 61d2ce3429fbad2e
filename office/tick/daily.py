"""Chores of once a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q

from ..models.latch import Latch
from ..today import day_of, midnight
from .chores import Chore, job


def daily(name: str) -> Callable[[Chore], Chore]:
    """Register a chore that does its work at the first tick of a day in Shanghai; other ticks of the day do 0.

    One that fails is tried again by the next tick.
    """

    def register(function: Chore) -> Chore:
        def once(now: datetime) -> int:
            if not _claim(name, now):
                return 0
            try:
                return function(now)
            except BaseException:
                Latch.objects.filter(name=_row(name)).update(held_until=None)
                raise

        once.__qualname__ = function.__qualname__
        job(name)(once)
        return function

    return register


def _row(name: str) -> str:
    return f"daily:{name}"


def _claim(name: str, now: datetime) -> bool:
    Latch.objects.get_or_create(name=_row(name))
    due = Q(held_until__isnull=True) | Q(held_until__lte=now)
    tomorrow = midnight(day_of(now) + timedelta(days=1))
    return Latch.objects.filter(due, name=_row(name)).update(held_until=tomorrow) == 1
