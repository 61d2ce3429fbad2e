"""条例第三十四条: information made jointly: the leading organ asks the others; their silence is consent."""

from __future__ import annotations

from datetime import date

from calendars.days import Calendar
from law.gid.art32_third_party import opinion_due, silence_agrees


def joint_maker_agrees(
    *, opinion: str, delivered_on: date, on: date, calendar: Calendar, received_on: date | None = None
) -> bool | None:
    """Say whether a joint maker agrees to disclosure as of a day, or nothing while its term still runs.

    :param opinion: agree, disagree, or empty where none came
    :param delivered_on: the day the letter reached it; its 15 working days run from the next
    :param received_on: the day its opinion came; one after the term changes nothing
    """
    last = opinion_due("joint", delivered_on, calendar).date
    if opinion and received_on is not None and received_on <= last:
        return opinion == "agree"
    if on <= last:
        return None
    return silence_agrees("joint", delivered_on)
