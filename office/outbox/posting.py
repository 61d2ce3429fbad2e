"""Put a message into the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from ..models import OutboxMessage


def post(
    *, kind: str, dedupe_key: str, payload: Mapping[str, Any], now: datetime, due_at: datetime | None = None
) -> OutboxMessage:
    """Queue a message inside the caller's transaction; the same key is queued once and for all.

    `payload` holds references (ids, file hashes), never names or contacts. `due_at` is the earliest instant
    of sending (default: now). After the commit a worker is asked to deliver at once; `manage.py tick` catches
    up what no worker took.
    """
    try:
        with transaction.atomic():  # nearly every key is new, so it is written before it is looked for
            message = OutboxMessage.objects.create(
                dedupe_key=dedupe_key, kind=kind, payload=dict(payload), created_at=now, due_at=due_at or now
            )
    except IntegrityError:
        return OutboxMessage.objects.get(dedupe_key=dedupe_key)
    transaction.on_commit(_ask_a_worker, robust=True)
    return message


def _ask_a_worker() -> None:
    from ..tasks import deliver_outbox

    deliver_outbox.enqueue()
