"""Dates of birth: a day with a word that makes it one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.review.redaction.detect.found import BIRTH_DATE, Found
from workflow.review.redaction.detect.rows import heading

_HAN = "〇○零一二三四五六七八九十廿卅"
_DAY = (
    rf"(?:(?:1[89]|20)\d{{2}}[ 　]?年(?:[ 　]?\d{{1,2}}[ 　]?月(?:[ 　]?\d{{1,2}}[ 　]?[日号])?)?"
    r"|(?:1[89]|20)\d{2}[\-./](?:1[0-2]|0?[1-9])(?:[\-./](?:3[01]|[12]\d|0?[1-9]))?(?!\d)"
    r"|(?:1[89]|20)\d{2}(?:1[0-2]|0[1-9])(?:3[01]|[12]\d|0[1-9])(?!\d)"
    rf"|[一二][{_HAN}]{{3}}年(?:[{_HAN}]{{1,3}}月(?:初[一二三四五六七八九十]|[{_HAN}]{{1,3}}日)?)?"
    r"|(?<!\d)\d{2}年(?:1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])[日号])"
)
_AFTER = re.compile(rf"({_DAY})(?:[ 　]?(?:出生|生(?![效产活态成机])|诞生)|[，,] ?(?:出生于|生于|出生在))")
_BEFORE = re.compile(
    rf"(?:出生日期|出生年月日?|出生时间|生日|生于|出生于|生年月日|诞辰)[\s　]{{0,2}}(?:[：:]|是|为|公历|农历|阴历|阳历)?[\s　]{{0,2}}({_DAY}|(?:1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])[日号])"
)
_CELL = re.compile(_DAY)
_HEAD = re.compile(r"出生|生日")


def birth_dates(text: str) -> Iterator[Found]:
    """This function will find dates of birth: before 出生 or 生, after 出生日期 or 生于, or in a column headed by such a word."""
    for pattern, reason in ((_AFTER, "日期之后写明出生"), (_BEFORE, "出生日期一类文字之后的日期")):
        for match in pattern.finditer(text):
            yield Found(BIRTH_DATE, match.start(1), match.end(1), match.group(1), reason, 0.95)
    if _HEAD.search(text):
        for match in _CELL.finditer(text):
            if _HEAD.search(heading(text, match.start())):
                yield Found(
                    BIRTH_DATE, match.start(), match.end(), match.group(0), "表格“出生”一栏的日期", 0.93
                )
