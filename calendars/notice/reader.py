"""What a notice says: festival by festival, which days are off and which are worked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from calendars.notice.dates import DATE, DATES, Context
from calendars.notice.errors import BadNotice
from calendars.notice.text import NAMES, SIGNED, even, paragraphs, split_outside
from calendars.years import Year, entries

_NUMBER = re.compile(r"(国(?:办)?发明电)[〔（](\d{4})[〕）](\d+)号")
_TITLE = re.compile(r"国务院(?:办公厅)?关于[^。《》]*?的?通知")
_TITLE_YEAR = re.compile(r"关于(?:调整|延长)?(\d{4})年")
_BODY_YEAR = re.compile(r"现将(?:调整|延长)?(\d{4})年")
_DIGITS = {**{c: i for i, c in enumerate("〇一二三四五六七八九")}, "○": 0, "零": 0, "两": 2}
_HEADING = re.compile(rf"^([^\d：]*?)：?(?={DATE}|延长)|^([^\d：，。]{{1,16}})：")
# Short names under which a festival may be headed.
_SHORT = {
    "元旦节": "元旦", "清明": "清明节", "劳动": "劳动节", "端午": "端午节", "中秋": "中秋节", "国庆": "国庆节", "": "劳动节",
}  # fmt: skip
LONG_NAME = "“五一”国际劳动节"
_FILLERS = re.compile(r"^(?:与[^\d，]*连休|不(?:再)?调休|其中|为方便公众安排假日期间生产生活)$")
_LEADING = re.compile(r"^(?:特作如下调休：|其中[，：]?|将|[自从](?=\d))+")
_COUNT = r"\d+|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]"
_TOTAL = re.compile(
    rf"^(?:共计?|一共|总共|总计|合计|为期|连休|共放假|放假共?|与[^\d，]*连休共?)({_COUNT})[天日]$"
)
# Words that set days off or days of work: a clause with one of them is understood, or refused.
_WEIGHTY = re.compile(r"放假|上班|休息|补休|调休|公休|连休|补班|^共")


@dataclass
class Understood:
    """Hold what was understood of one paragraph, beside its text."""

    text: str
    festival: str
    off: list[date] = field(default_factory=list)
    work: list[date] = field(default_factory=list)
    # Days the text says are off for some reason; they must lie among `off`.
    named_off: list[tuple[date, str]] = field(default_factory=list)
    moved: list[tuple[date, str]] = field(default_factory=list)
    # Days from which work is said to go on as usual, after a holiday.
    resumed: list[date] = field(default_factory=list)
    # Number of days written, number of days read, and the words.
    totals: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass
class Draft:
    """Hold a notice as understood, before it is checked and confirmed."""

    year: int
    number: str
    issued_on: date | None
    title: str
    paragraphs: list[Understood]
    # Whether it changes a notice of the year, by its title; and the year as it was known before.
    changes: bool
    earlier: Year | None = None


def read_notice(text: str, year: int, *, earlier: Year | None = None) -> Draft:
    """Read a notice of the State Council on the days off of a year.

    :param earlier: the year as known so far, needed by a notice that lengthens a holiday
    :raises BadNotice: quoting what cannot be understood
    """
    plain = even(text)
    title, title_year = _title(plain)
    if title_year is not None and title_year != year:
        raise BadNotice(f"通知是关于 {title_year} 年的，不是 {year} 年", title)
    body_year = _BODY_YEAR.search(plain)
    if body_year and int(body_year[1]) != year:
        raise BadNotice(f"正文安排的是 {body_year[1]} 年，不是 {year} 年", body_year[0])
    changes = bool(re.search(r"关于(?:调整|延长)|纪念日", title))
    if changes and earlier is None:
        raise BadNotice(f"调整或延长假期的通知须在 {year} 年原通知录入之后录入", title)
    found = [_Paragraph(p, year, title, earlier).read() for p in paragraphs(plain) if _sets_days(p)]
    if not found:
        raise BadNotice("没有找到放假安排（应有“一、元旦：……”等各段）")
    number = _NUMBER.search(plain.replace("\n", ""))
    issued = [_signed(*signed) for signed in SIGNED.findall(plain)]
    return Draft(
        year=year,
        number=f"{number[1]}〔{number[2]}〕{number[3]}号" if number else "",
        issued_on=issued[-1] if issued else None,
        title=title,
        paragraphs=found,
        changes=changes,
        earlier=earlier,
    )


def _whole(written: str) -> int:
    """Read a number written in digits or, up to 31, in Chinese (二十七)."""
    if written.isdecimal():
        return int(written)
    if "十" not in written:
        return _DIGITS[written]
    tens, _, ones = written.partition("十")
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def _signed(year: str, month: str, day: str) -> date:
    """Read the date under a notice, 2009年12月7日 or 二○○九年十二月七日."""
    digits = "".join(str(_DIGITS.get(c, c)) for c in year)
    try:
        return date(int(digits), _whole(month), _whole(day))
    except (KeyError, ValueError):
        raise BadNotice("看不懂落款日期", f"{year}年{month}月{day}日") from None


def _title(plain: str) -> tuple[str, int | None]:
    match = _TITLE.search(plain.replace("\n", ""))
    if match is None:
        return "", None
    year = _TITLE_YEAR.search(match[0])
    return match[0], int(year[1]) if year else None


def _sets_days(paragraph: str) -> bool:
    """Say whether a paragraph is about days: it names one, or a festival of its own heading."""
    return bool(re.search(DATE, paragraph) or re.match(rf"(?:{'|'.join(NAMES)})：", paragraph))


class _Paragraph:
    """Read one paragraph, clause by clause; a clause with a date that fits no pattern is refused."""

    def __init__(self, text: str, year: int, title: str, earlier: Year | None) -> None:
        self.year = year
        self.earlier = earlier
        by_title = self._from_title(title)
        heading = None if "纪念日" in by_title else _HEADING.match(text)
        headed = (heading[1] or heading[2]) if heading else ""
        name = self._named(headed, text) if headed else ""
        self.body = text[heading.end() :] if heading else text
        self.told = Understood(text=text, festival=name or by_title)
        self.last = 0

    def _named(self, heading: str, text: str) -> str:
        """Read the festivals of a heading; the usual longer name of 劳动节 stays as it is written."""
        bare = re.sub(r"[“”\"]|五一|国际", "", heading)
        names = [_SHORT.get(part, part) for part in re.split("[、和与暨]", bare)]
        if not all(name in NAMES for name in names):
            raise BadNotice(f"看不出“{heading}”是哪个节日", text)
        return heading if heading == LONG_NAME else "、".join(names)

    def _from_title(self, title: str) -> str:
        memorial = re.search(r"中国人民(.+?纪念日)", title)
        if memorial:
            return memorial[1]
        return next((n for n in NAMES if n in title), "")

    def read(self) -> Understood:
        """Read every clause of the paragraph."""
        if not self.told.festival:
            raise BadNotice("看不出是哪个节日", self.told.text)
        for sentence in split_outside(self.body, "。；"):
            if sentence.startswith("鼓励"):
                continue  # advice to take leave sets no day off
            context = Context(self.year)
            for clause in split_outside(sentence, "，"):
                self._clause(clause, context)
        if not self.told.off:
            raise BadNotice("没有找到放假日期", self.told.text)
        return self.told

    def _clause(self, clause: str, context: Context) -> None:
        clause = _LEADING.sub("", clause)
        if not clause or _FILLERS.match(clause):
            return
        if total := _TOTAL.match(clause):
            self.told.totals.append((_whole(total[1]), self.last, clause))
            return
        for pattern, act in _PATTERNS:
            if match := pattern.fullmatch(clause):
                act(self, match, context)
                return
        if re.search(DATE, clause) or _WEIGHTY.search(clause):
            raise BadNotice("看不懂这一句", clause)

    def off(self, match: re.Match[str], context: Context) -> None:
        """Take days off: 放假, 放假调休, 放假公休, 补休."""
        days = context.read_list(match["days"])
        self.told.off += [d for d in days if d not in self.told.off]
        self.last = len(days)
        count = match.groupdict().get("count")
        if count:
            self.told.totals.append((_whole(count), self.last, match[0]))

    def work(self, match: re.Match[str], context: Context) -> None:
        """Take make-up days: 上班."""
        self.told.work += [d for d in context.read_list(match["days"]) if d not in self.told.work]

    def resume(self, match: re.Match[str], context: Context) -> None:
        """Take the day from which work goes on: 起正常上班."""
        self.work(match, context)
        self.told.resumed += self.told.work[-1:]

    def named(self, match: re.Match[str], context: Context) -> None:
        """Note days the text explains: 为法定节假日, 照常公休, 为公休日."""
        self.told.named_off += [(d, match[0]) for d in context.read_list(match["days"])]

    def move(self, match: re.Match[str], context: Context) -> None:
        """Take weekend days moved: those they come from are worked, unless they are off themselves."""
        self.told.moved += [(d, match[0]) for d in context.read_list(match["days"])]
        self.told.named_off += [(d, match[0]) for d in context.read_list(match["to"])]

    def lengthen(self, match: re.Match[str], context: Context) -> None:
        """Take a holiday lengthened to a day, from the day after it ended so far."""
        if self.earlier is None:
            raise BadNotice("延长假期的通知须在该年度原通知录入之后录入", match[0])
        held = entries(self.earlier.notices)
        so_far = [d for d, e in held.items() if not e.working and e.festival == match["name"]]
        if not so_far:
            raise BadNotice(f"原通知没有{match['name']}的放假安排", match[0])
        self.told.festival = match["name"]
        day, last = max(so_far) + timedelta(days=1), context.read(match["day"])
        if last < day:
            raise BadNotice(f"{last} 不晚于原假期的最后一天 {max(so_far)}", match[0])
        while day <= last:
            self.told.off.append(day)
            day += timedelta(days=1)


_Act = Callable[[_Paragraph, re.Match[str], Context], None]
_PATTERNS: list[tuple[re.Pattern[str], _Act]] = [
    (
        re.compile(
            rf"(?P<days>{DATES})(?:全国|全体公民)?(?:调休)?(?:放假|连休)(?:公休|调休)?(?:共?(?P<count>{_COUNT})[天日])?"
        ),
        _Paragraph.off,
    ),
    (re.compile(rf"(?P<days>{DATES})(?:补休|调休)"), _Paragraph.off),
    (re.compile(rf"(?P<days>{DATES})(?:正常|照常|调休)?(?:上班|补班)"), _Paragraph.work),
    (re.compile(rf"(?P<days>{DATE})起(?:正常|照常)?上班"), _Paragraph.resume),
    (re.compile(rf"(?P<days>{DATES})(?:为(?:[^\d，]*)法定节?假日|照常公休|为公休日)"), _Paragraph.named),
    (
        re.compile(rf"(?P<days>{DATES})(?:[两二三]个)?公休日(?:及[^\d，]*)?(?:分别)?调至(?P<to>{DATES})"),
        _Paragraph.move,
    ),
    (re.compile(rf"延长(?:\d{{4}}年)?(?P<name>[^\d，]+?)假期至(?P<day>{DATE})"), _Paragraph.lengthen),
]
