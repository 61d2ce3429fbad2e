"""Statutory festivals by 全国年节及纪念日放假办法, in the version in force in a year."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from calendars import lunar
from calendars.errors import UnknownYear
from calendars.years import DATA


@dataclass(frozen=True, slots=True)
class StatutoryFestival:
    """Hold a festival's statutory days off in one year and the article that grants them."""

    name: str
    days: tuple[date, ...]
    source: str


@lru_cache(maxsize=1)
def _versions() -> list[dict[str, Any]]:
    raw = tomllib.loads((DATA / "statutory.toml").read_text(encoding="utf-8"))
    return sorted(raw["version"], key=lambda v: int(v["from_year"]))


@lru_cache(maxsize=64)
def statutory_festivals(year: int) -> tuple[StatutoryFestival, ...]:
    """Tell the statutory days off of a year, festival by festival (放假办法 第二条)."""
    versions = [v for v in _versions() if int(v["from_year"]) <= year]
    if not versions or year > lunar.LAST_YEAR:
        raise UnknownYear(None, year, first=int(_versions()[0]["from_year"]), last=lunar.LAST_YEAR)
    version = versions[-1]
    source = str(version["citation"])

    def fixed(key: str) -> tuple[date, ...]:
        return tuple(date.fromisoformat(f"{year}-{month_day}") for month_day in version[key])

    first = lunar.new_year(year)
    return (
        StatutoryFestival("元旦", fixed("new_year"), source),
        StatutoryFestival(
            "春节", tuple(first + timedelta(days=n) for n in version["spring_offsets"]), source
        ),
        StatutoryFestival("清明节", (lunar.qingming(year),), source),
        StatutoryFestival("劳动节", fixed("labour"), source),
        StatutoryFestival("端午节", (lunar.dragon_boat(year),), source),
        StatutoryFestival("中秋节", (lunar.mid_autumn(year),), source),
        StatutoryFestival("国庆节", fixed("national"), source),
    )
