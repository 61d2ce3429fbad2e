"""条例第三十二条: asking a third party; what its silence and its objection mean (a joint maker: 条例34)."""

from __future__ import annotations

from datetime import date

from calendars.days import Calendar, Projection
from law.gid.art15_third_party_rights import withheld
from law.values import Overrides, number, text

OPINION_TERMS = {
    "third": "art32.opinion_days",
    "agency": "art33.agency_opinion_days",
    "joint": "art34.opinion_days",
}


def opinion_due(
    party: str, delivered_on: date, calendar: Calendar, *, overrides: Overrides | None = None
) -> Projection:
    """Tell the last day for an opinion, 15 working days from the day the consulted party received the letter.

    :param party: third (条例32), joint (条例34) or agency (条例33; READINGS R2)
    """
    return calendar.project(delivered_on, number(OPINION_TERMS[party], delivered_on, overrides))


def silence_agrees(party: str, on: date) -> bool:
    """Say whether silence counts as consent: of a joint maker yes, of a third party no (the office decides)."""
    return party == "joint" and text("art34.silence", on) == "agreed"


def may_refuse_for_third_party(*, objects: bool, reason_is_sound: bool, public_interest: bool) -> bool:
    """Say whether a third party's objection carries a refusal: only with a sound reason and no public interest."""
    return withheld(harms=reason_is_sound, consents=not objects, public_interest=public_interest)
