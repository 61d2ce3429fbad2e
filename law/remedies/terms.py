"""Terms of reconsideration and litigation for whoever received the reply (for the office: `answering`)."""

from __future__ import annotations

from datetime import date

from calendars.clock import after_days, after_months
from calendars.days import Calendar
from law.values import number

MONTHS_A_YEAR = 12


def reconsideration_until(reply_received_on: date, calendar: Calendar) -> date:
    """Tell the last day to apply for reconsideration: 60 calendar days, rolled on over days off (复议法20)."""
    return after_days(calendar, reply_received_on, number("remedies.reconsideration_days", reply_received_on))


def reconsideration_untold_until(knew_on: date, calendar: Calendar) -> date:
    """Tell the last day to apply where the reply named no right, body or term: one year at most (复议法20 第三款).

    :param knew_on: the day the applicant knew, or should have known, what the reply says
    """
    years = number("remedies.untold_years_max", knew_on)
    return after_months(calendar, knew_on, MONTHS_A_YEAR * years)


def suit_after_until(decision_received_on: date, calendar: Calendar) -> date:
    """Tell the last day to sue after a reconsideration decision: 15 calendar days (行诉法45)."""
    return after_days(
        calendar, decision_received_on, number("remedies.suit_after_days", decision_received_on)
    )


def direct_suit_until(reply_received_on: date, calendar: Calendar) -> date:
    """Tell the last day to sue directly: six months, three before 2015-05-01 (行诉法46)."""
    return after_months(calendar, reply_received_on, number("remedies.suit_direct_months", reply_received_on))
