"""Resident identity numbers: 18 digits with their check digit, 15 digits of the first generation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from stdnum import numdb
from stdnum.cn import ric

from workflow.review.redaction.detect.cue import cued, matches
from workflow.review.redaction.detect.found import RESIDENT_ID, Found

_GAP = r"[ \t　\-._·]{0,2}\n?[ 　]{0,2}"
# A cross stands for the letter X where somebody typed what looked like it.
_EIGHTEEN = re.compile(rf"(?<!\.)((?:\d{_GAP}){{17}}[\dXx×✕])(?![0-9A-Za-z])")
# Glued to a letter or to more digits: numbers of pupils (G…) and of the disabled (…62) are made of it.
_PUPIL = re.compile(r"[GL](\d{17}[\dXx])(?![0-9A-Za-z])")
_DISABLED = re.compile(r"(\d{17}[\dXx])\d[1-4](?:B\d)?(?![0-9A-Za-z])")
_FIFTEEN = re.compile(r"(?<!\.)(\d{6}[ \-]?\d{6}[ \-]?\d{3})(?![0-9A-Za-z])")
_SEPARATORS = re.compile(r"[\s　\-._·]+")
_CUE = re.compile(r"身份证|证件|公民身份|证号|身份号|代证|社会保障号|ID")
_OTHER = re.compile(
    r"(编号|单号|流水|发票|宗地|单元|批次|序列|条码|账号|帐号|户号|卡号|合同|订单|档案号|执业证)[^，。；]{0,8}$"
)
#: The first numbers were given out in 1984; a district closed before then never gave one.
FIRST_YEAR = 1984
OLDEST = 1880


@lru_cache(maxsize=4096)
def region(code: str, born: int) -> str:
    """This function will give the name of the county of a six-digit code, or nothing where no such county could give a number.

    :param code: six digits of GB/T 2260
    :param born: year of birth; a county closed before it, or before 1984, gave no number to that person
    """
    if code[:2] in ("81", "82", "83") and code[2:] == "0000":
        return {"81": "香港", "82": "澳门", "83": "台湾"}[code[:2]]
    counties = [data["county"] for _, data in numdb.get("cn/loc").info(code) if "county" in data]
    provinces = [data["province"] for _, data in numdb.get("cn/loc").info(code) if "province" in data]
    for county in (name for names in counties for name in names.split(",")):
        years, _, name = county[1:].partition("]") if county.startswith("[") else ("", "", county)
        last = years.partition("-")[2]
        if not last or int(last) >= max(born, FIRST_YEAR):
            return "".join(provinces) + name
    return ""


def born(digits: str) -> date | None:
    """This function will read eight digits as a day of birth, or give nothing where there is no such day."""
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return day if day.year >= OLDEST else None


def is_identity(number: str) -> bool:
    """This function will tell whether 18 characters are an identity number by their day of birth and check digit."""
    plain = number[:17].isdigit() and born(number[6:14]) is not None
    return plain and number[-1].upper() == ric.calc_check_digit(number)


def like_identity(number: str) -> bool:
    """This function will tell whether 18 characters have the county and the day of birth of an identity number."""
    day = born(number[6:14]) if number[:17].isdigit() else None
    return day is not None and bool(region(number[:6], day.year))


def _judge(number: str) -> tuple[str, float] | None:
    """Say what 18 characters are, and how sure that is; nothing where they are no identity number at all."""
    number = number.upper().replace("×", "X").replace("✕", "X")
    right = number[-1] == ric.calc_check_digit(number)
    if number[0] == "9" and born(number[6:14]) and right:
        return "外国人永久居留身份证号码：校验码相符，出生日期有效", 0.9
    day = born(number[6:14])
    if day is None or day.year > date.max.year:
        return None
    place = region(number[:6], day.year)
    if right and place:
        return f"居民身份证号码：校验码相符，行政区划（{place}）和出生日期有效", 0.99
    if right:
        return "居民身份证号码：校验码相符，出生日期有效，行政区划代码未收录", 0.8
    if place:
        return f"疑似居民身份证号码：行政区划（{place}）和出生日期有效，但校验码不符，可能录入有误", 0.35
    return None


def resident_ids(text: str) -> Iterator[Found]:
    """This function will find resident identity numbers, also with blanks, hyphens or a line end inside.

    A number of 18 digits whose check digit is wrong is a suspicion (疑似). Source: GB 11643-1999.

    :param text: text with plain digits
    """
    end = 0
    for match in matches(_EIGHTEEN, text):
        if match.start() < end:
            continue
        judged = _judge(_SEPARATORS.sub("", match.group(1)))
        if judged is None or (
            judged[1] < 0.5 and (_SEPARATORS.search(match.group(1)) or cued(_OTHER, text, match.start()))
        ):
            continue
        end = match.end(1)
        yield Found(RESIDENT_ID, match.start(1), end, match.group(1), *judged)
    for pattern, why in ((_PUPIL, "学籍号中的"), (_DISABLED, "残疾人证号中的")):
        for match in matches(pattern, text):
            judged = _judge(match.group(1))
            if judged and judged[1] > 0.9:
                yield Found(RESIDENT_ID, match.start(1), match.end(1), match.group(1), why + judged[0], 0.9)
    yield from _first_generation(text)


def _first_generation(text: str) -> Iterator[Found]:
    for match in matches(_FIFTEEN, text):
        number = _SEPARATORS.sub("", match.group(1))
        day = born("19" + number[6:12])
        place = day and region(number[:6], day.year)
        if not place or cued(_OTHER, text, match.start()):
            continue
        said = cued(_CUE, text, match.start())
        reason = f"15位旧身份证号码：行政区划（{place}）和出生日期有效" + ("，前文写明证件" if said else "")
        yield Found(RESIDENT_ID, match.start(1), match.end(1), match.group(1), reason, 0.9 if said else 0.6)
