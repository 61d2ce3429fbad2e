"""Whether a notice adds up: totals, weekends, statutory days, and days taken against days given back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from calendars.notice.errors import BadNotice
from calendars.notice.reader import Draft, Understood
from calendars.notice.text import NAMES
from calendars.outlook import REACH
from calendars.statutory import statutory_festivals
from calendars.years import Festival, Notice, entries


def check(draft: Draft, *, published_on: date, address: str, despite_doubts: bool = False) -> Notice:
    """Turn a draft into a notice, refusing what does not add up.

    :param despite_doubts: a person has compared with the original what is unusual, and it is so
    :raises BadNotice: with the first fault found
    """
    for paragraph in draft.paragraphs:
        _settle(paragraph)
    _apart(draft)
    if not draft.changes:
        for fault in _whole(draft):
            raise BadNotice(fault)
    if not despite_doubts:
        for doubt in doubts(draft):
            raise BadNotice(doubt)
    if published_on.year not in (draft.year - 1, draft.year):
        raise BadNotice(f"发布日期 {published_on} 不像 {draft.year} 年安排的发布日期")
    if draft.issued_on is not None and published_on < draft.issued_on:
        raise BadNotice(f"发布日期 {published_on} 早于落款日期 {draft.issued_on}")
    return Notice(
        title=draft.title or f"国务院办公厅关于{draft.year}年部分节假日安排的通知",
        published_on=published_on,
        address=address,
        festivals=tuple(
            Festival(p.festival, tuple(sorted(p.off)), tuple(sorted(p.work))) for p in draft.paragraphs
        ),
        number=draft.number,
        issued_on=draft.issued_on,
    )


def _settle(told: Understood) -> None:
    """Check one paragraph within itself."""
    for day, clause in told.moved:
        if day not in told.off and day not in told.work:
            told.work.append(day)
        if day.weekday() < 5:
            raise BadNotice(f"{day} 不是周末，没有公休日可调", clause)
    for day, clause in told.named_off:
        if day not in told.off:
            raise BadNotice(f"{day} 不在{told.festival}的放假日期之内", clause)
    _totals(told)
    both = sorted(set(told.off) & set(told.work))
    if both:
        raise BadNotice(f"{both[0]} 既放假又上班", told.text)
    for day in told.resumed:
        if day != max(told.off) + timedelta(days=1):
            raise BadNotice(f"{day} 起正常上班，但放假到 {max(told.off)} 为止", told.text)
    for day in told.work:
        # Only a lengthened holiday says of an ordinary weekday that work resumes.
        if day.weekday() < 5 and day not in told.resumed:
            raise BadNotice(
                f"{day} 是星期{'一二三四五'[day.weekday()]}，本来就上班，不能作调休上班日", told.text
            )


def _apart(draft: Draft) -> None:
    """Refuse a day that two paragraphs set."""
    seen: dict[date, str] = {}
    for told in draft.paragraphs:
        for day in (*told.off, *told.work):
            if day in seen:
                raise BadNotice(f"{day} 在{seen[day]}和{told.festival}中都有安排", told.text)
            seen[day] = told.festival


def _totals(told: Understood) -> None:
    """Compare the numbers of days written (共3天) with the days listed."""
    for count, before, clause in told.totals:
        # A total told before the days themselves is one of all of them.
        listed = before or len(told.off)
        if count not in (listed, _together(told)):
            raise BadNotice(f"{told.festival}写“{clause}”，但列出的放假日期是 {listed} 天", told.text)
    most = max((count for count, _, _ in told.totals), default=0)
    if most and most not in (len(told.off), _together(told)):
        raise BadNotice(
            f"{told.festival}写共 {most} 天，但前后写到的放假日期有 {len(told.off)} 天", told.text
        )


def _together(told: Understood) -> int:
    """Count the days off of a paragraph with the weekends that adjoin them (与周末连休); 0 where it joins none."""
    if "连休" not in told.text:
        return 0
    days = set(told.off)
    for off in told.off:
        for step in (timedelta(days=-1), timedelta(days=1)):
            day = off + step
            while day.weekday() >= 5 and day not in told.work:
                days.add(day)
                day += step
    return len(days)


def _whole(draft: Draft) -> Iterator[str]:
    """Check a year's first notice as a whole: each festival once, with its own statutory days."""
    off: dict[str, set[date]] = {}
    for told in draft.paragraphs:
        # A heading holds known festivals only, 劳动节 at times under its longer name.
        names = [next(n for n in NAMES if n in part) for part in told.festival.split("、")]
        for name in names:
            if name in off:
                yield f"{name}出现了两次"
            off[name] = set(told.off)
    if missing := [name for name in NAMES if name not in off]:
        yield f"应有七个节日，读到 {len(off)} 个，缺少{'、'.join(missing)}"
    for festival in statutory_festivals(draft.year):
        for day in festival.days:
            if day not in off.get(festival.name, ()):
                yield f"{festival.name}的法定假日 {day} 没有放假（{festival.source}）"


def doubts(draft: Draft) -> list[str]:
    """List what is unusual but not contradictory, for the person who confirms.

    A weekend day worked gives a weekday off, and a statutory day on a weekend is made up for (放假办法 第六条), so
    weekdays off less make-up days were equal to the statutory days in every year from 2008 to 2026.
    """
    found = [*_odd(draft)]
    if draft.changes:
        return [*found, *_unbalanced(draft)]
    if draft.earlier:
        found.append(f"{draft.year} 年已有放假安排，而这份通知不是调整或延长假期的，请核对是否重复录入。")
    weekdays = sum(d.weekday() < 5 for p in draft.paragraphs for d in p.off)
    work = sum(len(p.work) for p in draft.paragraphs)
    owed = sum(len(f.days) for f in statutory_festivals(draft.year))
    if weekdays - work != owed:
        found.append(
            f"平日放假 {weekdays} 天，减去调休上班 {work} 天，历年都等于法定假日 {owed} 天，这里相差 {weekdays - work - owed} 天，请与原文核对。"
        )
    return found


def _unbalanced(draft: Draft) -> Iterator[str]:
    """Doubt an adjustment (调整) that takes more working days than it gives back; only a longer holiday may."""
    if "关于调整" not in draft.title or draft.earlier is None:
        return
    held = entries(draft.earlier.notices)

    def worked(day: date) -> bool:
        return held[day].working if day in held else day.weekday() < 5

    taken = sum(worked(d) for p in draft.paragraphs for d in p.off)
    given = sum(not worked(d) for p in draft.paragraphs for d in p.work)
    if taken != given:
        yield f"调整后多放 {taken} 个工作日，另有 {given} 天调休上班，两者不等，请与原文核对。"


def _odd(draft: Draft) -> Iterator[str]:
    for told in draft.paragraphs:
        for day in told.work:
            if min(abs((day - off).days) for off in told.off) > REACH:
                yield f"{told.festival}的调休上班日 {day} 离放假日期超过 {REACH} 天，历年没有过，请与原文核对。"
        for earlier, later in pairwise(sorted(told.off)):
            between = [earlier + timedelta(days=n) for n in range(1, (later - earlier).days)]
            if any(day.weekday() < 5 or day in told.work for day in between):
                yield f"{told.festival}的放假日期 {earlier} 与 {later} 之间隔着上班日，历年没有过，请与原文核对。"
