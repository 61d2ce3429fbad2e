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
_MOBILE = re.compile(
    rf"(?<!\.)(?:(?:00)?86[）)]?{_GAP}|0)?"
    rf"(1[3-9]\d{_GAP}(?:\d{{4}}{_GAP}\d{{4}}|\d{_GAP}\d{{3}}{_GAP}\d{{4}}|\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{2}}))(?![0-9A-Za-z])"
)
_SPACED = re.compile(r"(?<!\.)(1 [3-9](?: \d){9})(?![0-9A-Za-z])")
_LANDLINE = re.compile(
    r"(?<![.〔\[])(?:(?:00)?86[）)]?[ \-]?)?[（(]?(0?(?:10|2[0-57-9]|[3-9]\d{2}))[）)]?(?:[ \-/]{0,2}|-{1,2})"
    r"([2-8]\d{2,3}[ \-]?\d{4})(?![0-9A-Za-z])((?:[ \-]{0,2}(?:转|分机|ext\.?|#)\s?|-)(\d{1,5})(?!\d))?"
)
_SERVICE = re.compile(r"([48]00[ \-]?\d{3}[ \-]?\d{4}|[48]00[ \-]?\d{4}[ \-]?\d{3})(?![0-9A-Za-z])")
_BARE = re.compile(
    r"(?<![.〔\[\-])([2-8]\d{6,7}|[2-8]\d{2,3}[ \-]\d{4})(?![0-9A-Za-z.%])((?:转|-)\d{1,5}(?!\d))?"
)
_CUE = re.compile(r"(电话|座机|固话|传真|热线|联系方式|号码|话机|拨打|致电|话)[^，。；]{0,6}$")
_HEAD = re.compile(r"电话|联系方式|座机|手机")
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
    for pattern in (_MOBILE, _SPACED):
        for match in matches(pattern, text):
            digits = re.sub(r"\D", "", match.group(1))
            if not _valid(digits) or cued(_OTHER, text, match.start()):
                continue
            start = _opened(text, match.start())
            yield Found(MOBILE, start, match.end(), text[start : match.end()], "11位手机号码：号段有效", 0.95)


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
    for match in matches(_SERVICE, text):
        if cued(_CUE, text, match.start()):
            yield Found(
                LANDLINE, match.start(), match.end(), match.group(0), "400/800服务电话，一般属于单位", 0.6
            )
    for match in matches(_BARE, text):
        head = heading(text, match.start())
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
