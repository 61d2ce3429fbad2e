"""Terms of reconsideration and litigation, for the applicant and for the office that answers."""

from __future__ import annotations

from datetime import date

from calendars.clock import after_days, after_months
from calendars.days import Calendar, Projection
from law.values import number


def reconsideration_until(reply_received_on: date, calendar: Calendar) -> date:
    """Tell the last day to apply for reconsideration: 60 calendar days, rolled on over days off (复议法20)."""
    return after_days(calendar, reply_received_on, number("remedies.reconsideration_days", reply_received_on))


def suit_after_until(decision_received_on: date, calendar: Calendar) -> date:
    """Tell the last day to sue after a reconsideration decision: 15 calendar days (行诉法45)."""
    return after_days(
        calendar, decision_received_on, number("remedies.suit_after_days", decision_received_on)
    )


def direct_suit_until(reply_received_on: date, calendar: Calendar) -> date:
    """Tell the last day to sue directly: six months, three before 2015-05-01 (行诉法46)."""
    return after_months(calendar, reply_received_on, number("remedies.suit_direct_months", reply_received_on))


def response_due(copy_received_on: date, calendar: Calendar, *, simple: bool) -> Projection:
    """Tell the last day to answer a reconsideration: 5 working days in the simple procedure, else 10 (复议法54、48)."""
    key = "remedies.respond_simple_days" if simple else "remedies.respond_ordinary_days"
    return calendar.project(copy_received_on, number(key, copy_received_on))


def defence_due(copy_received_on: date, calendar: Calendar) -> date:
    """Tell the last day to answer a suit with evidence: 15 calendar days (行诉法67)."""
    return after_days(calendar, copy_received_on, number("remedies.defence_days", copy_received_on))


def opinion_report_due(opinion_received_on: date, calendar: Calendar) -> date:
    """Tell the last day to report on a reconsideration opinion: 60 calendar days (复议法76)."""
    return after_days(
        calendar, opinion_received_on, number("remedies.opinion_report_days", opinion_received_on)
    )
