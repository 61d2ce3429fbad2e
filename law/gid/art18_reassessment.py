"""条例第十八条: what was withheld is looked at again from time to time; the text sets no term."""

from __future__ import annotations

from datetime import date

from calendars.clock import after_months
from calendars.days import Calendar
from law.outcomes import Outcome, outcome
from law.values import Overrides, number


def is_reassessed(decided: Outcome | str) -> bool:
    """Say whether an outcome withheld something that is looked at again: a refusal, or the withheld part."""
    return outcome(decided).family in ("refuse", "partial")


def reassess_due(last_on: date, calendar: Calendar, *, overrides: Overrides | None = None) -> date:
    """Tell by when a refusal is re-assessed, 12 months after it was made or last looked at (READINGS R18).

    :param last_on: the day of the refusal or of the last assessment
    """
    return after_months(calendar, last_on, number("art18.reassess_months", last_on, overrides))
