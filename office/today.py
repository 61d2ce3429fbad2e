"""The one place that reads the clock; only screens, commands and access checks ask it."""

import os
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: A day (YYYY-MM-DD) that stands in for today in the demonstration and in tests.
OVERRIDE = "DEMO_TODAY"


def now() -> datetime:
    """Return the present instant, aware, in UTC; the day is DEMO_TODAY's where that is set."""
    instant = datetime.now(UTC)
    override = os.environ.get(OVERRIDE)
    if not override:
        return instant
    wanted = date.fromisoformat(override)
    local = instant.astimezone(SHANGHAI)
    # Move by whole days: the time of day goes on running.
    return instant + timedelta(days=(wanted - local.date()).days)


def today() -> date:
    """Return the present day of Asia/Shanghai."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """Return the day of Asia/Shanghai in which an aware instant lies."""
    if instant.tzinfo is None:
        raise ValueError("an aware instant is needed")
    return instant.astimezone(SHANGHAI).date()


def midnight(day: date) -> datetime:
    """Return the aware instant at which a day of Asia/Shanghai begins."""
    return datetime.combine(day, time(), tzinfo=SHANGHAI)
