"""Other dresses of the State Council's notices, and one damage after another, for the reader of notices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import calendars
from calendars.notice import BadNotice, check, read_notice
from calendars.years import Notice, Year

TEXTS = Path(__file__).parents[1] / "data/calendar/notices"
_WEEK = "一二三四五六日"
_COUNT = "一二三四五六七"


YEARS = {year.year: year for year in calendars.load().years}
HELD = [(year, place) for year in YEARS.values() for place in range(len(year.notices))]


def text_of(year: int, place: int = 0) -> str:
    """Give the text of a year's n-th notice."""
    name = f"{year}.txt" if place == 0 else f"{year}-{place + 1}.txt"
    return (TEXTS / name).read_text(encoding="utf-8")


def days_of(notice: Notice) -> set[tuple[str, tuple[date, ...], tuple[date, ...]]]:
    """Give the festivals of a notice with their days, in no order."""
    return {(f.name, f.off, f.work) for f in notice.festivals}


def imported(
    text: str,
    year: int,
    *,
    published_on: date,
    address: str = "https://example.test/",
    earlier: Year | None = None,
) -> Notice:
    """Read and check a notice's text."""
    return check(read_notice(text, year, earlier=earlier), published_on=published_on, address=address)


def refused(text: str, year: int, *, published_on: date, earlier: Year | None) -> tuple[str, Notice | None]:
    """Say why a text is refused; where it is not, give the notice."""
    try:
        found = imported(text, year, published_on=published_on, earlier=earlier)
    except BadNotice as refusal:
        return refusal.message, None
    return "", found


def _dash(mark: str, text: str) -> str:
    return re.sub(r"(?<=[日）)])[至—](?=\d)", mark, text)


def _broken(width: int, text: str) -> str:
    return "\n".join(line[i : i + width] for line in text.splitlines() for i in range(0, len(line), width))


def _page(text: str) -> str:
    title = re.search(r"国务院(?:办公厅)?关于.*?的通知", "".join(text.splitlines()))
    assert title
    return (
        "首页 > 政策 > 国务院政策文件库 > 国务院文件\n索 引 号： 000014349/2025-00093\n主题分类： 综合政务\\其他\n"
        f"发文机关： 国务院办公厅\n标　　题： {title[0]}\n字体：大 中 小　打印\n{text}\n（此件公开发布）\n"
        "扫一扫在手机打开当前页\n责任编辑：某某\n【我要纠错】\n"
    )


def _sub(pattern: str, new: str, text: str) -> str:
    return re.sub(pattern, new, text, flags=re.MULTILINE)


#: What changes the look of a notice and nothing of its meaning.
DRESSES: dict[str, Callable[[str], str]] = {
    **{f"dash {mark}": partial(_dash, mark) for mark in ("—", "——", "–", "-", "－", "～", "~", "到", "―", " 至 ", "起至")},
    **{f"broken at {width}": partial(_broken, width) for width in (10, 17, 18, 30, 35, 44)},
    "full-width digits": lambda t: t.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "padded numbers": partial(_sub, r"(?<!\d)(\d)(?=[月日])", r"0\1"),
    "totals in Chinese": lambda t: re.sub(r"共(\d)天", lambda m: f"共{'〇一二三四五六七八九'[int(m[1])]}天", t),
    "totals as 共计": partial(_sub, r"共(\d)天", r"共计\1天"),
    "half-width marks": lambda t: t.translate(str.maketrans("（），：；", "(),:;")),
    "周 for 星期": partial(_sub, "星期([一二三四五六日])", r"周\1"),
    "星期 for 周": partial(_sub, "周([一二三四五六日])", r"星期\1"),
    "星期天": lambda t: t.replace("星期日", "星期天"),
    "weekdays without brackets": partial(_sub, "（(星期.|周.)）", r"\1"),
    "blanks about numbers": partial(_sub, r"(\d+)", r" \1 "),
    "blanks that do not break": partial(_sub, r"(\d+)", "\u00a0\\1\u3000"),
    "blanks nobody sees": partial(_sub, r"(\d+)", "\u200b\\1\ufeff"),
    "a mark of byte order": lambda t: f"\ufeff{t}",
    "lines of DOS": lambda t: t.replace("\n", "\r\n"),
    "a line a sentence": lambda t: t.replace("。", "。\n"),
    "blank lines": lambda t: t.replace("\n", "\n\n\n"),
    "all in one line": lambda t: "".join(t.splitlines()),
    "radicals of a PDF": lambda t: t.replace("月", "⽉").replace("日", "⽇"),
    "brackets of the number": lambda t: t.replace("〔", "﹝").replace("〕", "﹞"),
    "square brackets of the number": lambda t: t.replace("〔", "[").replace("〕", "]"),
    "no numbers of paragraphs": partial(_sub, "^([　 ]*)[一二三四五六七]、(?=元旦|春节|清明|劳动|端午|中秋|国庆)", r"\1"),
    "paragraphs numbered 1.": lambda t: re.sub(f"^[　 ]*([{_COUNT}])、", lambda m: f"{_COUNT.index(m[1]) + 1}. ", t, flags=re.MULTILINE),
    "paragraphs numbered 1、": lambda t: re.sub(f"^[　 ]*([{_COUNT}])、", lambda m: f"{_COUNT.index(m[1]) + 1}、", t, flags=re.MULTILINE),
    "paragraphs numbered （一）": partial(_sub, f"^([　 ]*)([{_COUNT}])、", r"\1（\2）"),
    "semicolons": partial(_sub, r"(共\d天)。", r"\1；"),
    "和 between make-up days": partial(_sub, r"）、(?=\d+月\d+日[（(][^）)]*[）)]上班)", "）和"),
    "正常上班": partial(_sub, r"(?<=[）)])上班", "正常上班"),
    "调休放假": lambda t: t.replace("放假调休", "调休放假"),
    "copied with its page": _page,
}  # fmt: skip


@dataclass(frozen=True)
class _Text:
    """A notice's text, of which only what sets days is damaged."""

    text: str

    def put(self, match: re.Match[str], new: str, group: int = 0) -> str:
        return self.text[: match.start(group)] + new + self.text[match.end(group) :]

    def inside(self, pattern: str) -> Iterator[re.Match[str]]:
        first = self.text.index("通知如下" if "通知如下" in self.text else "直属机构")
        last = max(self.text.rfind(word) for word in ("上班", "放假", "补休"))
        for match in re.finditer(pattern, self.text, re.MULTILINE):
            if first < match.start() <= last and "除夕" not in self.text[match.start() - 4 : match.start()]:
                yield match


def damages(text: str) -> Iterator[tuple[str, str]]:
    """Yield texts with one damage each: a weekday, a total, a number, a bracket, a word, a line."""
    yield from _wrong_numbers(_Text(text))
    yield from _lost_words(_Text(text))


def _wrong_numbers(held: _Text) -> Iterator[tuple[str, str]]:
    for match in held.inside("(?:星期|周)([一二三四五六日])"):
        yield f"weekday {match[0]}", held.put(match, _WEEK[(_WEEK.index(match[1]) + 1) % 7], 1)
    for match in held.inside(r"共(\d+)天"):
        yield f"total {match[0]}", held.put(match, str(int(match[1]) + 1), 1)
        yield f"no total {match[0]}", held.put(match, "", 1)
    for match in held.inside(r"(\d+)(?=[月日])"):
        for step in (1, -1):
            yield f"{match[0]} by {step}", held.put(match, str(int(match[1]) + step))


def _lost_words(held: _Text) -> Iterator[tuple[str, str]]:
    for match in held.inside(r"[（）]|[至—](?=\d)|上班"):
        yield f"no {match[0]}", held.put(match, "")
    for match in held.inside("(?<=、)(元旦|春节|清明节|劳动节|端午节|中秋节|国庆节)(?=：)"):
        yield f"{match[0]} misnamed", held.put(match, "重阳节")
        yield f"{match[0]} misplaced", held.put(match, "端午节" if match[0] != "端午节" else "清明节")
    for match in held.inside(
        "^　　[一二三四五六七]、(?:元旦|春节|清明节|劳动节|“五一”|端午节|中秋节|国庆节).*\n"
    ):
        yield f"no line {match[0][:8]}", held.put(match, "")
        yield f"twice {match[0][:8]}", held.put(match, match[0] * 2)
    if "纪念日" not in held.text:  # a day off granted once owes no make-up day
        for match in held.inside(r"(?<=。)[^。；]*上班。"):
            yield f"no {match[0]}", held.put(match, "")
