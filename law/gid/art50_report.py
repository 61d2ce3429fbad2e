"""条例第五十条: what the annual report tells, part by part (国办公开办函〔2021〕30号)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from law.values import text

NUMERALS = "一二三四五六七八九"


def parts(year: int) -> list[str]:
    """List the headings of the report on a year, in order: 一、总体情况 and so on."""
    named = text("art50.parts", date(year, 12, 31)).split(",")
    return [f"{NUMERALS[place]}、{name}" for place, name in enumerate(named)]


def parts_missing(year: int, written: Mapping[str, str]) -> list[str]:
    """List the parts without text; the last tells the fees charged, also where there were none.

    :param written: text by heading
    """
    return [part for part in parts(year) if part not in written or not written[part].strip()]
