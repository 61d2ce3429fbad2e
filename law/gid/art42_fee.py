"""条例第四十二条: information is free; for excess the office may (not must) charge the information processing fee."""

from __future__ import annotations

from datetime import date

from law.fees import request_fee
from law.fees.tariff import in_force
from law.values import flag


def may_charge(received_on: date, *, excessive: bool) -> bool:
    """Say whether a fee may be charged for a request; search, copying and postage are never charged.

    :param received_on: the day of legal receipt; no tariff was in force before 2021-01-01
    :param excessive: number or frequency are plainly beyond what is reasonable; the free brackets show where it begins
    """
    if not in_force(received_on):
        return False
    return excessive or not flag("art42.only_excess", received_on)


def is_excessive(
    received_on: date, *, items: int | None = None, already: int = 0, pages: int | None = None
) -> bool:
    """Say whether a request goes beyond the free brackets of the basis chosen, and so may be charged (109号)."""
    return request_fee(received_on, items=items, already=already, pages=pages).total > 0
