"""条例第四十四条: turning what many ask for into what is published; the text says "in time"."""

from __future__ import annotations

from datetime import date

from calendars.days import Calendar, Projection
from law.values import Overrides, number


def conversion_due(decided_on: date, calendar: Calendar, *, overrides: Overrides | None = None) -> Projection:
    """Tell the internal last day to publish after the decision (READINGS R10)."""
    return calendar.project(decided_on, number("art44.conversion_days", decided_on, overrides))
