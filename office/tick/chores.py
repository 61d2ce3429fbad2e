"""Register chores and run them, one machine at a time."""

from __future__ import annotations

import logging
import os
import socket
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q

from ..models.latch import Latch

Chore = Callable[[datetime], int]
LEASE = timedelta(minutes=15)

logger = logging.getLogger(__name__)
_chores: dict[str, Chore] = {}


def job(name: str) -> Callable[[Chore], Chore]:
    """Register a chore under a name; it gets the instant and returns how much it did."""

    def register(function: Chore) -> Chore:
        if name in _chores and _chores[name].__qualname__ != function.__qualname__:
            raise LookupError(f"two chores named {name}")
        _chores[name] = function
        return function

    return register


def jobs() -> tuple[str, ...]:
    """Return the names of the registered chores in order of registration."""
    return tuple(_chores)


def run(now: datetime) -> dict[str, int]:
    """Run every chore and then the outbox; {} when another process is at it.

    A chore that fails does not keep the others from running; its failure is raised at the end.
    """
    if not _hold(now):
        return {}
    done: dict[str, int] = {}
    failures: list[Exception] = []
    try:
        for name, chore in _chores.items():
            try:
                done[name] = chore(now)
            except Exception as failure:  # noqa: BLE001 - raised at the end, when the others had their turn
                # Frames without the message: it may quote a row.
                where = "".join(traceback.format_tb(failure.__traceback__))
                logger.error("chore %s failed: %s\n%s", name, type(failure).__name__, where)
                failures.append(failure)
        from .. import outbox

        done["outbox"] = outbox.deliver(now).sent
    finally:
        Latch.objects.filter(name="tick", holder=_me()).update(holder="", held_until=None)
    if failures:
        raise ExceptionGroup("chores failed", failures)
    return done


def _me() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:100]


def _hold(now: datetime) -> bool:
    """Take the latch unless another process holds it; a dead holder's lease runs out."""
    Latch.objects.get_or_create(name="tick")
    free = Q(holder="") | Q(held_until__isnull=True) | Q(held_until__lt=now)
    taken = Latch.objects.filter(free, name="tick").update(holder=_me(), held_until=now + LEASE)
    return taken == 1
