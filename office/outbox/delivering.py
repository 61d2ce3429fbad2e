"""Send what waits in the outbox, each message by the handler of its kind."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from ..errors import Refusal
from ..models import OutboxMessage

Handler = Callable[[Mapping[str, Any], datetime], None]
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(minutes=1)

logger = logging.getLogger(__name__)
_handlers: dict[str, Handler] = {}


@dataclass(frozen=True)
class Outcome:
    """How many messages were sent, put off for a later try, and given up."""

    sent: int = 0
    put_off: int = 0
    gave_up: int = 0


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler of one kind of message; it gets the payload and the instant of sending."""

    def register(function: Handler) -> Handler:
        if kind in _handlers and _handlers[kind].__qualname__ != function.__qualname__:
            raise LookupError(f"two handlers for {kind}")
        _handlers[kind] = function
        return function

    return register


def deliver(now: datetime, limit: int = 200) -> Outcome:
    """Send up to `limit` messages that are due, oldest first; each in a transaction of its own.

    A message is marked sent in the same transaction as its handler's own records, so that a crash sends it
    again at worst and never loses it. A failure is tried again after 1, 2, 4 … minutes, eight times.
    """
    waiting = OutboxMessage.objects.filter(sent_at__isnull=True, gave_up_at__isnull=True, due_at__lte=now)
    done = {"sent": 0, "put_off": 0, "gave_up": 0}
    for message_id in list(waiting.order_by("due_at", "id").values_list("pk", flat=True)[:limit]):
        outcome = _one(message_id, now)
        if outcome:
            done[outcome] += 1
    return Outcome(**done)


def _one(message_id: int, now: datetime) -> str | None:
    error = ""
    try:
        with transaction.atomic():
            message = _claimed(message_id)
            if message is None:
                return None
            _handlers[message.kind](message.payload, now)
            OutboxMessage.objects.filter(pk=message_id).update(
                sent_at=now, attempts=message.attempts + 1, last_error=""
            )
        return "sent"
    except Refusal as refusal:
        error = refusal.code
    except Exception as failure:  # noqa: BLE001 - one message's fault must not hold up the others
        error = type(failure).__name__
    logger.warning("outbox message %s failed: %s", message_id, error)
    return _failed(message_id, now, error)


def _failed(message_id: int, now: datetime, error: str) -> str | None:
    with transaction.atomic():
        message = _claimed(message_id)
        if message is None:
            return None
        message.attempts += 1
        message.last_error = error[:100]
        if message.attempts >= MOST_ATTEMPTS:
            message.gave_up_at = now
        else:
            message.due_at = now + FIRST_PAUSE * 2 ** (message.attempts - 1)
        message.save()
        return "gave_up" if message.gave_up_at else "put_off"


def _claimed(message_id: int) -> OutboxMessage | None:
    rows = OutboxMessage.objects.select_for_update(skip_locked=True, of=("self",))
    return rows.filter(pk=message_id, sent_at__isnull=True, gave_up_at__isnull=True).first()
