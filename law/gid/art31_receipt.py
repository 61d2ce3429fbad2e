"""条例第三十一条: the day on which a request counts as received, by the channel it came through."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache

from law.errors import BadFacts
from law.values import Overrides, text


class Channel(StrEnum):
    """Name the channels a request may come through."""

    COUNTER = "counter"
    POST_SIGNED = "post_signed"
    POST_PLAIN = "post_plain"
    PORTAL = "portal"
    FAX = "fax"
    EMAIL = "email"
    ORAL = "oral"
    PUSHED = "pushed"


CHANNELS = frozenset(str(c) for c in Channel)


@lru_cache(maxsize=4096)
def _rule(channel: str, on: date) -> bool:
    return text(f"art31.receipt.{channel}", on) == "confirmed"


def waits_for_confirmation(channel: str, on: date, overrides: Overrides | None = None) -> bool:
    """Say whether a channel's requests are received only when confirmed with the applicant."""
    if channel not in CHANNELS:
        raise BadFacts("channel", f"没有名为“{channel}”的渠道，可用：{'、'.join(Channel)}。")
    if overrides:
        return text(f"art31.receipt.{channel}", on, overrides) == "confirmed"
    return _rule(channel, on)


def received_on(
    *, channel: str, arrived_on: date, confirmed_on: date | None = None, overrides: Overrides | None = None
) -> date | None:
    """Tell the day of legal receipt: of arrival, or of confirmation for plain post, fax and e-mail (条例31).

    :returns: None while a needed confirmation is awaited
    :raises BadFacts: for an unknown channel, or a confirmation before the arrival
    """
    if not waits_for_confirmation(channel, arrived_on, overrides):
        return arrived_on
    if confirmed_on is not None and confirmed_on < arrived_on:
        raise BadFacts("confirmed_on", f"确认日 {confirmed_on} 早于到达日 {arrived_on}。")
    return confirmed_on
