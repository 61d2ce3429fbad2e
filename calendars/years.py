"""A year as the State Council's notices set it: days off, make-up days, and which notice said so."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from calendars.errors import BadYear

DATA = Path(__file__).parent / "data"

_NOTICE_KEYS = {
    "year",
    "number",
    "title",
    "issued_on",
    "published_on",
    "archive_date_only",
    "address",
    "festival",
}
_FESTIVAL_KEYS = {"name", "off", "work"}


@dataclass(frozen=True, slots=True)
class Festival:
    """Hold one numbered paragraph of a notice: the festival, its days off and its make-up days."""

    name: str
    off: tuple[date, ...] = ()
    work: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Hold one notice; `archive_date_only` says that `published_on` is the archive's date, not its own."""

    title: str
    published_on: date
    address: str
    festivals: tuple[Festival, ...]
    number: str = ""
    issued_on: date | None = None
    archive_date_only: bool = False

    @property
    def cite(self) -> str:
        """Name the notice as a paper would: its number, or its title where no number is known."""
        return self.number or f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class Year:
    """Hold a year's notices in order of publication; a later one changes what an earlier one said."""

    year: int
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold what the notices say of one day."""

    working: bool
    festival: str
    notice: Notice


def _day(value: object, year: int) -> date:
    if type(value) is not date:
        raise BadYear(f"{year} 年：“{value}”不是日期（应写作 2026-10-01）。")
    if not (value.year == year or (value.year == year - 1 and value.month == 12)):
        raise BadYear(f"{year} 年：{value} 不属于该年度（只可含上一年 12 月）。")
    return value


def _only(keys: Iterable[str], allowed: set[str], where: str) -> None:
    if unknown := sorted(set(keys) - allowed):
        raise BadYear(f"{where}：不认识的字段 {'、'.join(unknown)}。")


def _festival(raw: Mapping[str, Any], year: int) -> Festival:
    _only(raw, _FESTIVAL_KEYS, f"{year} 年节日")
    name = raw.get("name")
    if not isinstance(name, str) or not name:
        raise BadYear(f"{year} 年：有一个节日没有名称。")
    off = tuple(_day(d, year) for d in raw.get("off", ()))
    work = tuple(_day(d, year) for d in raw.get("work", ()))
    if not off:
        raise BadYear(f"{year} 年 {name}：没有放假日期。")
    return Festival(name, off, work)


def _notice(raw: Mapping[str, Any], year: int) -> Notice:
    _only(raw, _NOTICE_KEYS, f"{year} 年通知")
    for key in ("title", "published_on", "address", "festival"):
        if not raw.get(key):
            raise BadYear(f"{year} 年通知：缺少 {key}。")
    festivals = tuple(_festival(f, year) for f in raw["festival"])
    seen: set[date] = set()
    for festival in festivals:
        for day in (*festival.off, *festival.work):
            if day in seen:
                raise BadYear(f"{year} 年：{day} 在同一通知中出现两次。")
            seen.add(day)
    return Notice(
        title=raw["title"],
        published_on=raw["published_on"],
        address=raw["address"],
        festivals=festivals,
        number=raw.get("number", ""),
        issued_on=raw.get("issued_on"),
        archive_date_only=raw.get("archive_date_only", False),
    )


def parse_year(text: str) -> Year:
    """Read a year's table from TOML text, refusing unknown keys, foreign days and contradictions."""
    raw = tomllib.loads(text)
    year = raw.get("year")
    if not isinstance(year, int):
        raise BadYear("缺少 year。")
    _only(raw, {"year", "notice"}, f"{year} 年")
    notices = tuple(_notice(n, year) for n in raw.get("notice", ()))
    if not notices:
        raise BadYear(f"{year} 年：没有通知。没有通知的年度不存在。")
    return Year(year, tuple(sorted(notices, key=lambda n: n.published_on)))


def read_years(directory: Path = DATA) -> tuple[Year, ...]:
    """Read every year's file of a directory, in order; a file must bear the name of its year."""
    years = []
    for path in sorted(directory.glob("[0-9][0-9][0-9][0-9].toml")):
        year = parse_year(path.read_text(encoding="utf-8"))
        if path.stem != str(year.year):
            raise BadYear(f"文件 {path.name} 写的是 {year.year} 年。")
        years.append(year)
    return tuple(years)


def entries(notices: Iterable[Notice]) -> dict[date, Entry]:
    """Merge notices day by day; for a day named twice the later notice counts."""
    table: dict[date, Entry] = {}
    for notice in sorted(notices, key=lambda n: n.published_on):
        for festival in notice.festivals:
            table.update({d: Entry(False, festival.name, notice) for d in festival.off})
            table.update({d: Entry(True, festival.name, notice) for d in festival.work})
    return table


@cache
def regions(directory: Path = DATA / "regions") -> frozenset[str]:
    """Name the regions whose own days off are shipped, by 行政区划代码 of six digits."""
    return frozenset(path.stem for path in directory.glob("*.toml"))


def read_region(code: str, directory: Path = DATA / "regions") -> tuple[Notice, ...]:
    """Read a region's own notices, its own file and those of the regions it lies in; none is no fault.

    :param code: 行政区划代码 of six digits; a county lies in the prefecture 513400 and the province 510000
    """
    notices: list[Notice] = []
    for file in sorted({f"{code[:2]}0000", f"{code[:4]}00", code}):
        path = directory / f"{file}.toml"
        if path.exists():
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
            _only(raw, {"region", "code", "notice"}, f"地区 {file}")
            notices += [_notice(n, n["year"]) for n in raw["notice"]]
    return tuple(notices)
