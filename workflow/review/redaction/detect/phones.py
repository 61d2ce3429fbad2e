"""Mobile and landline numbers, also with 86, blanks, brackets and extensions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers

from workflow.review.redaction.detect.cue import cued, matches
from workflow.review.redaction.detect.found import LANDLINE, MOBILE, Found
from workflow.review.redaction.detect.rows import heading

_GAP = r"[ \-　]?\n?"
_ANY_GAP = r"[ \-　.()（）]{0,2}\n?"
#: As it is usually written; digit by digit; parted anywhere, which a word must announce; glued to letters that announce it.
_MOBILE = re.compile(
    rf"(?:(?<!\.)(?:(?:00)?86[）)]?{_GAP}|0)?(?P<usual>1[3-9]\d"
    rf"(?:{_GAP}\d{{4}}{_GAP}\d{{4}}|\.\d{{4}}\.\d{{4}}|{_GAP}\d{_GAP}\d{{3}}{_GAP}\d{{4}}|{_GAP}\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{2}}))"
    rf"|(?<!\.)(?P<spaced>1 [3-9](?: \d){{9}})|(?<!\.)(?P<loose>1[3-9](?:{_ANY_GAP}\d){{9}})"
    r"|(?:tel|phone|mobile|mob)(?P<lettered>1[3-9]\d{9}))(?![0-9A-Za-z])",
    re.I,
)
_HAN = "〇零○一二三四五六七八九"
_HAN_MOBILE = re.compile(rf"(?<![{_HAN}幺])([一幺][三四五六七八九][{_HAN}幺]{{9}})(?![{_HAN}幺十百])")
_HAN_DIGITS = str.maketrans("〇零○一幺二三四五六七八九", "0001123456789")
#: A number with one of these behind it counts something.
_AMOUNT = re.compile(r"\.\d|\s?(?:元|万元|亿元|美元|平方|立方|公里|吨|千瓦)")
_LANDLINE = re.compile(
    r"(?<![.〔\[])(?:(?:00)?86[）)]?[ \-]?)?[（(]?(0?(?:10|2[0-57-9]|[3-9]\d{2}))[）)]?(?:[ \-/]{0,2}|-{1,2})"
    r"([2-8]\d{2,3}[ \-]?\d{4})(?![0-9A-Za-z])((?:[ \-]{0,2}(?:转|分机|ext\.?|#)\s?|-)(\d{1,5})(?!\d))?"
)
_SERVICE = re.compile(r"([48]00[ \-]?\d{3}[ \-]?\d{4}|[48]00[ \-]?\d{4}[ \-]?\d{3})(?![0-9A-Za-z])")
_BARE = re.compile(
    r"(?<![.〔\[\-])([2-8]\d{6,7}|[2-8]\d{2,3}[ \-]\d{4})(?![0-9A-Za-z.%])((?:转|-)\d{1,5}(?!\d))?"
)
_MOBILE_CUE = re.compile(r"(手机|电话|联系方式|联系|拨打|致电|tel|mobile|phone)[^，。；]{0,8}$", re.I)
#: Another number of the same place, written without its area code.
_SECOND = re.compile(r"(?:[、/／]|或者?|和) ?([2-8]\d{6,7})(?![0-9A-Za-z.%])")
_DAY = re.compile(r"20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\Z")
_DIRECTLY = re.compile(r"(?:电话|座机|固话|传真|热线|联系方式)(?:号码)?[：:为是]?$")
_CUE = re.compile(r"(电话|座机|固话|宅电|小灵通|传真|热线|联系方式|号码|话机|拨打|致电|话)[^，。；]{0,6}$")
_HEAD = re.compile(r"电话|联系方式|座机|宅电|手机")
_OTHER = re.compile(r"(编号|单号|证号|批号|批次|序列|流水|条码|文号|案号|订单|发票)[^，。；：]{0,6}[：:]?$")


@lru_cache(maxsize=4096)
def _valid(digits: str) -> bool:
    return phonenumbers.is_valid_number(phonenumbers.parse(digits, "CN"))


def _opened(text: str, start: int) -> int:
    """Give where a number begins with its plus sign, and with the bracket before an area code in brackets."""
    if text[start - 1 : start] == "+":
        start -= 1
    return (
        start - 1
        if text[start - 1 : start] in ("（", "(") and re.match(r"[+\d]{2,5}[）)]", text[start:])
        else start
    )


def mobiles(text: str) -> Iterator[Found]:
    """This function will find mobile numbers of the mainland whose range is in use."""
    for match in matches(_MOBILE, text):
        form = str(match.lastgroup)
        digits = re.sub(r"\D", "", match.group(form))
        if not _valid(digits) or cued(_OTHER, text, match.start()) or _AMOUNT.match(text, match.end()):
            continue
        if form == "loose" and not cued(_MOBILE_CUE, text, match.start()):
            continue
        start = match.start(form) if form == "lettered" else _opened(text, match.start())
        yield Found(MOBILE, start, match.end(), text[start : match.end()], "11位手机号码：号段有效", 0.95)
    for match in _HAN_MOBILE.finditer(text):
        if _valid(match.group(1).translate(_HAN_DIGITS)):
            yield Found(
                MOBILE, match.start(), match.end(), match.group(1), "用汉字写的11位手机号码：号段有效", 0.9
            )


def landlines(text: str) -> Iterator[Found]:
    """This function will find landline numbers: with an area code in use, or after a word such as 电话; 400 and 800 numbers too.

    Short service numbers (12345, 110) belong to nobody and are left alone.
    """
    for match in matches(_LANDLINE, text):
        area, local = match.group(1), re.sub(r"\D", "", match.group(2))
        said = cued(_CUE, text, match.start()) or bool(_HEAD.search(heading(text, match.start())))
        whole = area.startswith("0") or "86" in match.group(0)[:5]
        if not whole or not _valid("0" + area.removeprefix("0") + local) or cued(_OTHER, text, match.start()):
            continue
        joined = re.fullmatch(r"0\d+", match.group(0)) is not None
        if joined and not said:
            continue
        start = _opened(text, match.start())
        reason = "固定电话号码：区号有效" + ("，带分机号" if match.group(3) else "")
        yield Found(LANDLINE, start, match.end(), text[start : match.end()], reason, 0.95 if said else 0.8)
        if one := _SECOND.match(text, match.end()):
            more = "与前一个号码并列、区号相同的号码"
            yield Found(LANDLINE, one.start(1), one.end(1), one.group(1), more, 0.8)
    for match in matches(_SERVICE, text):
        if cued(_CUE, text, match.start()):
            yield Found(
                LANDLINE, match.start(), match.end(), match.group(0), "400/800服务电话，一般属于单位", 0.6
            )
    for match in matches(_BARE, text):
        head = heading(text, match.start())
        if _DAY.match(match.group(1)) and not cued(_DIRECTLY, text, match.start()) and not _HEAD.search(head):
            continue
        if (cued(_CUE, text, match.start(), 12) or _HEAD.search(head)) and not cued(
            _OTHER, text, match.start()
        ):
            yield Found(
                LANDLINE,
                match.start(),
                match.end(),
                match.group(0),
                "电话一类文字之后的7至8位号码（无区号）",
                0.8,
            )
