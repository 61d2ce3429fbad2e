"""Passports, permits for Hong Kong, Macao and Taiwan, number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.review.redaction.detect.cue import before, cued, matches
from workflow.review.redaction.detect.found import PASSPORT, PERMIT, PLATE, Found
from workflow.review.redaction.detect.rows import heading

_END = r"(?![0-9A-Za-z])"
_PASSPORT = re.compile(rf"(E[0-9A-HJ-NP-Z]\d{{7}}|[DSP]E?\d{{7,8}}|G\d{{8}}|1[45]\d{{7}}){_END}", re.I)
_FOREIGN = re.compile(rf"([A-Z]{{1,2}}\d{{6,8}}|[A-Z0-9]{{2}}\d{{6,7}}|\d{{9}}){_END}")
# With blanks inside: only behind the word.
_PARTED = re.compile(rf"([DEGPS][A-HJ-NP-Z]? ?(?:\d{{7,8}}|\d{{3,4}} \d{{4}})){_END}", re.I)
_PASSPORT_CUE = re.compile(r"护照")
_PERMITS = (
    (
        "港澳居民来往内地通行证",
        re.compile(rf"([HM]\d{{8}}(?:\d{{2}})?){_END}", re.I),
        r"回乡证|来往内地|通行证|港澳居民",
        True,
    ),
    (
        "往来港澳通行证",
        re.compile(rf"([CW][0-9A-HJ-NP-Z]?\d{{7,8}}){_END}", re.I),
        r"往来港澳|港澳通行证|通行证",
        True,
    ),
    (
        "往来台湾通行证",
        re.compile(rf"([LT]\d{{8}}){_END}", re.I),
        r"往来台湾|大陆居民往来|通行证|台胞证",
        True,
    ),
    (
        "台湾居民来往大陆通行证",
        re.compile(rf"(\d{{8}}(?:\d{{2}})?(?:\([A-Z]\))?){_END}"),
        r"台胞证|来往大陆|台湾居民",
        False,
    ),
)
_NOT_PAPER = re.compile(
    r"(编号|单号|批号|车次|型号|规格|报告|样品|订单|航班|出生证|高速|国道|档案|卷号|图号|货号|批次|设备|资产|合同|桩号|房号)[^，。；]{0,8}$"
)
_LETTERS = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_DOT = r"[·.\- 　]?"
_PLATE = re.compile(
    rf"([{_LETTERS}] ?[A-HJ-NP-Z]{_DOT}(?:[DF-HJKABCE][A-HJ-NP-Z0-9]\d{{4}}|\d{{5}}[DF-HJKABCE]|[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9学警港澳挂领使超试]))(?![0-9A-Za-z])"
)
_SPECIAL = re.compile(
    rf"(WJ[{_LETTERS}]?{_DOT}\d{{4}}[0-9A-Z]|WJ\d{{2}}{_DOT}\d{{4}}[0-9A-Z警消边通森金电]|[{_LETTERS}]{_DOT}\d{{6}}[领使])(?![0-9A-Za-z])"
)
#: In small letters only behind a word that announces it.
_SMALL = re.compile(_PLATE.pattern, re.I)
_PLATE_CUE = re.compile(r"车牌|号牌|牌照|车号|牌号")
_NOT_PLATE = re.compile(r"(标准|文号|图集|编号|证书)$")


def passports(text: str) -> Iterator[Found]:
    """This function will find passport numbers by their shape; of foreign shape only after the word 护照."""
    for match in matches(_PARTED, text):
        if " " in match.group(1) and cued(_PASSPORT_CUE, text, match.start()):
            yield Found(
                PASSPORT, match.start(), match.end(), match.group(1), "护照号码格式，前文写明护照", 0.94
            )
    for pattern, foreign in ((_PASSPORT, False), (_FOREIGN, True)):
        for match in matches(pattern, text):
            start = match.start(1)
            said = cued(_PASSPORT_CUE, text, start, 30) or "护照" in heading(text, start)
            if (foreign and not said) or (
                not said and (cued(_NOT_PAPER, text, start) or not match.group(1)[0].isalpha())
            ):
                continue
            if foreign and "护照" not in before(text, start, 12) and "护照" not in heading(text, start):
                continue
            shape = "护照号码格式" if not foreign else "外国或旧版护照号码格式"
            yield Found(
                PASSPORT,
                start,
                match.end(1),
                match.group(1),
                shape + ("，前文写明护照" if said else ""),
                0.93 if said else 0.55,
            )


def permits(text: str) -> Iterator[Found]:
    """This function will find permits between the mainland and Hong Kong, Macao or Taiwan, by their shape and the words before."""
    for name, pattern, words, by_shape in _PERMITS:
        cue = re.compile(words)
        for match in matches(pattern, text):
            start = match.start(1)
            said = cued(cue, text, start, 30) or bool(cue.search(heading(text, start)))
            if not said and (
                not by_shape or cued(_NOT_PAPER, text, start) or name != "港澳居民来往内地通行证"
            ):
                continue
            yield Found(
                PERMIT,
                start,
                match.end(1),
                match.group(1),
                f"{name}号码格式" + ("，前文写明证件" if said else ""),
                0.93 if said else 0.5,
            )


def plates(text: str) -> Iterator[Found]:
    """This function will find number plates of motor vehicles, also of new-energy, trailer, learner and police vehicles.

    Source: GA 36-2018.
    """
    for pattern in (_PLATE, _SPECIAL, *((_SMALL,) if _PLATE_CUE.search(text) else ())):
        for match in pattern.finditer(text):
            if pattern is _SMALL and not cued(_PLATE_CUE, text, match.start()):
                continue
            number = re.sub(r"[^0-9A-Z\u4e00-\u9fff]", "", match.group(1).upper())
            if sum(char.isdigit() for char in number) < 1 or cued(_NOT_PLATE, text, match.start()):
                continue
            kind = (
                "新能源汽车号牌"
                if len(number) == 8 and number[-1].isascii() and number[:2] != "WJ"
                else "机动车号牌"
            )
            yield Found(
                PLATE,
                match.start(1),
                match.end(1),
                match.group(1),
                f"{kind}格式：省份简称和发牌机关代号有效",
                0.93,
            )
