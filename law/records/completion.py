"""When a reply counts as made, by the way it was served (国办公开办函〔2016〕235号; READINGS R6)."""

from __future__ import annotations

from datetime import date

from law.values import Overrides, text

SIGNED = "signed"


def on_signature(channel: str, sent_on: date, overrides: Overrides | None = None) -> bool:
    """Say whether service by a channel is complete when it is signed for, and not when it is sent or arrives."""
    return text(f"completion.{channel}", sent_on, overrides) == SIGNED


def completed_on(
    channel: str, sent_on: date, signed_on: date | None, *, overrides: Overrides | None = None
) -> date | None:
    """Tell the day on which service is complete: handed to the post, arrived, or signed for.

    :param sent_on: the day it was handed over or sent
    :param signed_on: the day it was signed for, where that is known
    :returns: None while a needed signature is not there yet
    """
    return signed_on if on_signature(channel, sent_on, overrides) else sent_on
