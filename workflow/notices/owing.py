"""One thing an office owes beside its cases, and whether it is near or past."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from calendars.days import Calendar


@dataclass(frozen=True)
class Owing:
    """One thing an office owes: which, since when it is near or late, what tells it from others, and who wants it."""

    what: str
    office: int
    name: str
    since: dt.date
    about: tuple[tuple[str, Any], ...]
    asker: int | None = None


def before(calendar: Calendar, day: dt.date, days: int) -> dt.date:
    """Return the last date from which some working days are left to a day."""
    found = day
    while calendar.project(found, days).date > day:
        found -= dt.timedelta(days=1)
    return found
