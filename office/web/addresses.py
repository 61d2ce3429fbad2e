"""Addresses that a page writes many times, looked up once."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

#: Stands for the number while an address is looked up; no other part of an address looks like it.
PLACE = 98765432109876


def address_of(name: str, number: int | None = None) -> str:
    """Give the address of a page by its name, of a page of many by its number too.

    Raises NoReverseMatch where there is no such page.
    """
    before, after = _around(
        name, number is not None, get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF
    )
    return before if number is None else f"{before}{int(number)}{after}"


@lru_cache(maxsize=256)
def _around(name: str, numbered: bool, prefix: str, urlconf: str) -> tuple[str, str]:
    # A program's addresses are fixed; where it is mounted and by which table it goes may differ.
    before, _, after = reverse(name, args=[PLACE] if numbered else []).partition(str(PLACE))
    return before, after
