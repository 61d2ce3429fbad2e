"""条例第二十六条: how soon information is published of the office's own accord."""

from __future__ import annotations

from datetime import date

from calendars.days import Calendar, Projection
from law.values import Overrides, number


def publish_due(formed_on: date, calendar: Calendar, *, overrides: Overrides | None = None) -> Projection:
    """Tell the last day to publish, 20 working days from making or change; a shorter local term is a parameter."""
    return calendar.project(formed_on, number("art26.publish_days", formed_on, overrides))
