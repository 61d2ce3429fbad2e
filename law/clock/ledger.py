"""The ledger: every day from receipt to due, counted or why not, and by which article or notice."""

from __future__ import annotations

from collections.abc import Iterator

from calendars.days import Calendar
from law.clock.reading import LedgerDay
from law.clock.track import Chapter, Interval, Track

_PARTIES = {
    "third": "征求第三方意见",
    "agency": "征求其他机关意见",
    "joint": "征求共同制作机关意见",
    "excess": "等待说明理由",
    "fee": "等待缴费",
}
# What a pause rests on, in the order in which a source names the provisions.
_SOURCES = {
    "条例第三十二条": ("third",),
    "条例第三十三条第三款": ("third", "agency", "joint"),
    "条例第三十四条": ("joint",),
    "条例第三十五条（读法 R8）": ("excess",),
    "国办函〔2020〕109号第六条（读法 R7）": ("fee",),
}
# What an open pause is taken to come to today, so that its end can be reckoned.
_ASSUMED = {"excess": "说明"}
_AWAITED = {
    "supplement": ("等待补正", "条例第三十条"),
    "fee": ("等待缴费", "国办函〔2020〕109号第六条"),
    "confirmation": ("等待与申请人确认", "条例第三十一条"),
    "rereply": ("原答复程序", "复议决定或者判决"),
}
_RESTARTED = {
    "supplement": ("收到补正之日（第0日）", "条例第三十条"),
    "fee": ("缴费之日（第0日）", "国办函〔2020〕109号第六条"),
    "rereply": ("重新答复期限起算（第0日）", "复议决定或者判决"),
}


def build(calendar: Calendar, track: Track, due: int | None, today: int) -> tuple[LedgerDay, ...]:
    """Explain a clock day by day, from receipt to the due date; while stopped, up to the present day."""
    if track.received is None and not track.chapters:
        return ()
    last = due
    if last is None:
        last = track.ended if track.ended is not None else max(today, track.stopped)
    return tuple(_rows(calendar, track, last))


def _rows(calendar: Calendar, track: Track, last: int) -> Iterator[LedgerDay]:
    assert track.start is not None
    # A reply can be ordered though receipt was never confirmed: then its days begin with the arrival.
    first = track.arrived if track.received is None else track.received
    start, stopped = track.start, track.stopped if track.waiting else last
    for day in range(first, start + 1):
        yield _outside(calendar, track, day)
    yield from _running(calendar, track.pauses, range(start + 1, stopped + 1))
    for day in range(stopped + 1, last + 1):
        yield _outside(calendar, track, day)


def _outside(calendar: Calendar, track: Track, day: int) -> LedgerDay:
    fact = calendar.fact_at(day)
    return LedgerDay(fact.date, False, None, *_uncounted(track, day), fact.provisional)


def _running(calendar: Calendar, pauses: list[Interval], days: range) -> list[LedgerDay]:
    """Count the days of the present clock; a paused one tells what it waits for."""
    rows: list[LedgerDay] = []
    fact_at = calendar.fact_at
    n = 0
    held: list[Interval] = []
    told = ("", "")
    for day in days:
        fact = fact_at(day)
        if not fact.working:
            rows.append(LedgerDay(fact.date, False, None, fact.why, fact.source, fact.provisional))
            continue
        if pauses:
            holding = [pause for pause in pauses if pause.after < day <= pause.until]
            if holding:
                if holding != held:
                    held, told = holding, _told(holding)
                rows.append(LedgerDay(fact.date, False, None, *told, fact.provisional))
                continue
        n += 1
        rows.append(LedgerDay(fact.date, True, n, fact.why, fact.source, fact.provisional))
    return rows


def _uncounted(track: Track, day: int) -> tuple[str, str]:
    """Say why a day is outside the present clock."""
    assert track.start is not None
    if day == track.start:
        if track.chapters:
            return _RESTARTED[track.chapters[-1].reason]
        return "收到申请之日（第0日）", "条例第三十一条"
    if day < track.start:
        if day == track.arrived and track.received is None:
            return "申请到达，尚待与申请人确认", "条例第三十一条"
        return _given_up(track.chapters, day)
    return _AWAITED[track.waiting]


def _given_up(chapters: list[Chapter], day: int) -> tuple[str, str]:
    """Say what a day of a clock given up was: its day 0, a day it ran for nothing, or one it waited."""
    if day == chapters[0].start:
        return "收到申请之日（第0日）", "条例第三十一条"
    chapter = next(c for c in chapters if day <= c.restarted)
    if day == chapter.restarted:
        return _RESTARTED[chapter.reason]
    if day > chapter.stopped:
        return _AWAITED[chapter.reason]
    return "原期限不再计算（期限已重新起算）", _RESTARTED[chapter.reason][1]


def _told(held: list[Interval]) -> tuple[str, str]:
    """Say which pauses hold a day back, and by which articles."""
    words = [
        _PARTIES[p.reason]
        + (f"（{p.name}）" if p.name else "")
        + (f"，暂按今日{_ASSUMED.get(p.reason, '送达')}推算" if p.assumed else "")
        for p in held
    ]
    sources = "、".join(s for s, reasons in _SOURCES.items() if any(p.reason in reasons for p in held))
    return "；".join(words) + "，不计入", sources.replace("、条例", "、")
