"""条例第三十五条: requests plainly beyond what is reasonable in number or frequency: ask why, then decide."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from calendars.days import Calendar, Projection
from law.values import Overrides, number


class Excess(StrEnum):
    """Name what becomes of an excessive request once its reasons are known."""

    ANSWER = "answer"
    DELAY = "delay"
    DECLINE = "decline"


def decide(*, reasonable: bool, in_time: bool) -> Excess:
    """Tell what an office does: decline without good reason, delay what is reasonable but too much, answer the rest.

    :param reasonable: whether the reasons given are good ones; none given are not
    :param in_time: whether the office can answer within the term
    """
    if not reasonable:
        return Excess.DECLINE
    return Excess.ANSWER if in_time else Excess.DELAY


def explain_due(
    delivered_on: date, calendar: Calendar, *, days: int | None = None, overrides: Overrides | None = None
) -> Projection:
    """Tell the last day for the applicant to give reasons, counted from delivery of the notice (READINGS R33).

    :param days: working days the notice gave; by default the practice value of the day
    """
    term = days if days is not None else number("art35.explain_days", delivered_on, overrides)
    return calendar.project(delivered_on, term)


def ask_due(received_on: date, calendar: Calendar, *, overrides: Overrides | None = None) -> Projection:
    """Tell the internal last day to ask for reasons, 7 working days after receipt (READINGS R24)."""
    return calendar.project(received_on, number("art35.ask_days", received_on, overrides))
