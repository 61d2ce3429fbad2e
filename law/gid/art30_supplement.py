"""条例第三十条: the supplement notice: its term, its window, once only."""

from __future__ import annotations

from datetime import date

from calendars.days import Calendar, Projection
from law.values import Overrides, number


def notice_due(received_on: date, calendar: Calendar) -> Projection:
    """Tell the last day to send a supplement notice, 7 working days after receipt."""
    return calendar.project(received_on, number("art30.notice_days", received_on))


def window_end(
    delivered_on: date, calendar: Calendar, *, days: int | None = None, overrides: Overrides | None = None
) -> Projection:
    """Tell the last day for the applicant to supplement, counted from the day after delivery.

    :param days: working days the notice gave; by default the practice value of the day
    """
    term = days if days is not None else number("art30.supplement_term_days", delivered_on, overrides)
    return calendar.project(delivered_on, term)
