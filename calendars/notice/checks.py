"""Whether a notice adds up: totals, weekends, statutory days, and days taken against days given back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from calendars.notice.errors import BadNotice
from calendars.notice.reader import Draft, Understood
from calendars.statutory import statutory_festivals
from calendars.years import Festival, Notice

_FESTIVALS = 7


def check(draft: Draft, *, published_on: date, address: str) -> Notice:
    """Turn a draft into a notice, refusing what does not add up.

    :raises BadNotice: with the first fault found
    """
    for paragraph in draft.paragraphs:
        _settle(paragraph)
    _apart(draft)
    if not draft.changes:
        for fault in _whole(draft):
            raise BadNotice(fault)
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
    for count, listed, clause in told.totals:
        if count != listed:
            raise BadNotice(f"{told.festival}写“{clause}”，但列出的放假日期是 {listed} 天", told.text)
    both = sorted(set(told.off) & set(told.work))
    if both:
        raise BadNotice(f"{both[0]} 既放假又上班", told.text)
    for day in told.work:
        # Only a lengthened holiday says of an ordinary weekday that work resumes.
        if day.weekday() < 5 and "起正常上班" not in told.text:
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


def _whole(draft: Draft) -> Iterator[str]:
    """Check a year's first notice as a whole."""
    names = [n for p in draft.paragraphs for n in p.festival.split("、")]
    if len(names) != _FESTIVALS:
        yield f"应有七个节日，读到 {len(names)} 个：{'、'.join(names)}"
    off = {d for p in draft.paragraphs for d in p.off}
    statutory = statutory_festivals(draft.year)
    for festival in statutory:
        for day in festival.days:
            if day not in off:
                yield f"{festival.name}的法定假日 {day} 没有放假（{festival.source}）"


def doubts(draft: Draft) -> list[str]:
    """List what is unusual but not contradictory, for the person who confirms.

    A weekend day worked gives a weekday off, and a statutory day on a weekend is made up for (放假办法 第六条), so
    weekdays off less make-up days were equal to the statutory days in every year from 2008 to 2026.
    """
    if draft.changes:
        return []
    weekdays = sum(d.weekday() < 5 for p in draft.paragraphs for d in p.off)
    work = sum(len(p.work) for p in draft.paragraphs)
    owed = sum(len(f.days) for f in statutory_festivals(draft.year))
    if weekdays - work == owed:
        return []
    return [
        f"平日放假 {weekdays} 天，减去调休上班 {work} 天，历年都等于法定假日 {owed} 天，这里相差 {weekdays - work - owed} 天，请与原文核对。"
    ]
