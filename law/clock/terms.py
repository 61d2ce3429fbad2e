"""The numbers a clock runs on, as in force on the day it starts."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from law.values import Overrides, flag, known, number, optional_flag, optional_number


class Terms(NamedTuple):
    """Hold the terms of one regime; days are working days."""

    reply_days: int
    extension_max: int
    extensions_max: int
    notice_days: int | None
    window_days: int | None
    opinion_days: dict[str, int]
    pauses: dict[str, bool]
    excess_stops: bool | None
    fee_days: int | None
    fee_restarts: bool
    rereply_days: int


def _terms(on: date, overrides: Overrides | None) -> Terms:
    def yes(key: str) -> bool:
        return flag(key, on, overrides)

    return Terms(
        reply_days=number("art33.reply_days", on, overrides),
        extension_max=number("art33.extension_days_max", on, overrides),
        extensions_max=number("art33.extensions_max", on, overrides),
        notice_days=optional_number("art30.notice_days", on, overrides),
        window_days=optional_number("art30.supplement_term_days", on, overrides),
        opinion_days={
            "third": number("art32.opinion_days", on, overrides),
            "agency": number("art33.agency_opinion_days", on, overrides),
            "joint": number("art34.opinion_days", on, overrides),
        },
        pauses={party: yes(f"art33.pauses.{party}") for party in ("third", "agency", "joint")},
        excess_stops=yes("art35.stops_clock") if known("art35.stops_clock", on) else None,
        fee_days=optional_number("fees.payment_days", on, overrides),
        fee_restarts=optional_flag("fees.clock_restarts", on, overrides),
        rereply_days=number("rereply.days", on, overrides),
    )


_plain = lru_cache(maxsize=4096)(_terms)


def terms_on(on: date, overrides: Overrides | None = None) -> Terms:
    """Give the terms in force on a day, an office's own where it has some."""
    return _terms(on, overrides) if overrides else _plain(on, None)
