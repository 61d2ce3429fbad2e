"""How often something may be tried in a span of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from . import keys
from .models.latch import RateWindow


def hit(bucket: str, limit: int, per_seconds: int, now: datetime) -> bool:
    """Count one try in a bucket; return whether it is still within `limit` tries per `per_seconds`.

    The bucket's name (an address, a code) is stored as a keyed hash only. Windows are fixed: their borders lie
    at multiples of their length.
    """
    name = keys.blind("ratelimit", bucket)[:80]
    start = datetime.fromtimestamp(int(now.timestamp()) // per_seconds * per_seconds, UTC)
    row = {"bucket": name, "opened_at": start}
    with transaction.atomic():
        if not RateWindow.objects.filter(**row).update(count=F("count") + 1):
            try:
                with transaction.atomic():
                    RateWindow.objects.create(
                        **row, closes_at=start + timedelta(seconds=per_seconds), count=1
                    )
            except IntegrityError:
                RateWindow.objects.filter(**row).update(count=F("count") + 1)
        count: int = RateWindow.objects.values_list("count", flat=True).get(**row)
    return count <= limit
