"""Dates as notices write them: 2018年12月30日, 2月4日至10日, 21日（星期日）."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from calendars.notice.errors import BadNotice

_WEEK = r"(?:星期|周|礼拜)[一二三四五六日天]"
DATE = rf"(?:\d{{4}}年)?(?:\d{{1,2}}月)?\d{{1,2}}日(?:（[^（）]*）|{_WEEK})?"
JOINERS = "至、和及与"
DATES = rf"{DATE}(?:[{JOINERS}]{DATE})*"
_ONE = re.compile(rf"(?:(\d{{4}})年)?(?:(\d{{1,2}})月)?(\d{{1,2}})日(?:（([^（）]*)）|({_WEEK}))?")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
LONGEST = 15


@dataclass
class Context:
    """Carry the year and month that a list of dates leaves out."""

    year: int
    month: int | None = None

    def read(self, written: str) -> date:
        """Read one date and check its bracketed weekday."""
        match = _ONE.fullmatch(written)
        if match is None:
            raise BadNotice("看不懂的日期", written)
        year_text, month_text, day_text, note, bare = match.groups()
        month = int(month_text) if month_text else self.month
        if month is None:
            raise BadNotice("日期没有写月份", written)
        self.month = month
        # A notice names its own year's days, and the last ones of the December before.
        year = int(year_text) if year_text else (self.year - 1 if month == 12 else self.year)
        try:
            found = date(year, month, int(day_text))
        except ValueError:
            raise BadNotice(f"没有 {year} 年 {month} 月 {day_text} 日这一天", written) from None
        if not (year == self.year or (year == self.year - 1 and month == 12)):
            raise BadNotice(f"{found} 不属于 {self.year} 年的安排", written)
        told = _WEEKDAY.search(note or bare or "")
        if told:
            wanted = "一二三四五六日".index(told[1].replace("天", "日"))
            if wanted != found.weekday():
                raise BadNotice(
                    f"{found} 是星期{'一二三四五六日'[found.weekday()]}，不是星期{told[1]}", written
                )
        return found

    def read_list(self, written: str) -> list[date]:
        """Read dates joined by 至 (a span) and by 、, 和, 及 or 与 (single days)."""
        days: list[date] = []
        joiner = ""
        for piece in re.split(rf"([{JOINERS}])(?={DATE})", written):
            if piece in JOINERS:
                joiner = piece
                continue
            found = self.read(piece)
            if joiner == "至":
                days += self._span(days[-1], found, written)
            else:
                days.append(found)
        return days

    def _span(self, first: date, last: date, written: str) -> list[date]:
        length = (last - first).days
        if length <= 0:
            raise BadNotice(f"{last} 不晚于 {first}，起止日期写反了", written)
        if length >= LONGEST:
            raise BadNotice(
                f"{first} 至 {last} 长达 {length + 1} 天，一次放假从没有超过 {LONGEST} 天", written
            )
        return [first + timedelta(days=n) for n in range(1, length + 1)]
