"""Addresses down to the house, the building or the room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from workflow.review.redaction.detect.found import ADDRESS, Found
from workflow.review.redaction.detect.names.segment import segment
from workflow.review.redaction.detect.rows import cells
from workflow.review.redaction.detect.tables import table
from workflow.review.redaction.detect.trie import any_of

_NUMBER = r"(?:附?\d{1,5}(?:[\-/]\d{1,5})?|附?[一二三四五六七八九十百零〇]{1,4}|[壹贰叁肆伍陆柒捌玖拾佰零]{1,6}|[甲乙丙丁A-Za-z]\d{0,4})"
_UNIT = r"(?:号楼|号院|号|组|社|队|幢|栋|座|单元|室|层|楼|门|排|户|弄|巷|房|铺|档)"
_AFTER = r"(?!线|文|令|公告|通知|机|井|标段|地块|车|船|案|门诊|决定|函|批复|桩|桥墩|路|院校|长|教学|住院|会议|专班)"
_SIDE = r"(?:[A-Za-z东西南北中一二三四五六]区|[东西南北中][段侧头]|[东西南北])?第?"
_HOUSE = r"(?:幢|栋|座|号楼)"
#: A compound of whatever name, told by the building and the room behind it.
_COMPOUND = rf"[\u4e00-\u9fff]{{2,8}}?(?={_NUMBER}{_HOUSE}(?:{_NUMBER}(?:单元|层|楼|室|房)|\d{{3,4}}))"
_MORE = rf"(?:(?:[\u4e00-\u9fff]{{2,8}}?(?:小区|花园|家园|苑|华庭|大厦|广场|公寓|院|庄|塆|湾)|{_COMPOUND})?{_NUMBER}{_UNIT}{_AFTER}|附\d{{1,4}}号|-\d{{1,4}}(?!\d)|(?<=[元楼层栋幢座])\d{{1,4}}(?!\d)室?)*"
_TAIL = r"(?:[东西南北中]\d?户|(?:楼顶|院内|楼上|楼下|门面|临街))?"
#: What makes it exact: a house, a building, a room; a village group alone is none.
_EXACT = re.compile(r"号|室|幢|栋|单元|户|弄|座|楼|排|门|房|\d[\-#]\d")
#: Building, entrance and room parted by hyphens; a year is none.
_PARTED = r"(?!(?:19|20)\d\d-)\d{1,4}[\-#]\d{1,3}[\-#]\d{2,4}(?![\d\-])"
#: Building and room, behind the name of a compound.
_HOMES = r"(?<=[区园苑寓村庭庄城])\d{1,3}[\-#]\d{3,4}(?![\d\-])"
#: A room of an entrance of a building is exact, whatever the compound is called.
_ROOM = re.compile(rf"{_NUMBER}{_HOUSE}(?:{_NUMBER}单元)(?:{_NUMBER}(?:室|号|房|户)|\d{{3,4}}(?!\d))")
_PLACE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff·#\-/]{4,60}")
_VILLAGE = re.compile(r"(?:村|社区|街道|镇|乡|嘎查).{0,8}(?:组|队|社|屯|庄|塆|湾|号|户|排)$")
_HEAD = re.compile(r"住址|地址|住所|坐落|户籍地$|居住地")
REACH = 40


@cache
def _core() -> re.Pattern[str]:
    suffixes = any_of(table("addresses")["suffixes"])
    exact = rf"{_NUMBER} ?{_UNIT}{_AFTER}(?:内)?{_MORE}{_TAIL}"
    return re.compile(rf"{suffixes}{_SIDE} ?(?:{exact}|{_PARTED}|{_HOMES})")


@cache
def _cue() -> re.Pattern[str]:
    cue = any_of(table("addresses")["cues"], "[ 　]{0,3}")
    return re.compile(rf"{cue}(?:[ 　]*[：:\t][ 　]*|为|是|于|在)?")


@cache
def _stops() -> frozenset[str]:
    return frozenset(table("addresses")["stops"])


def addresses(text: str) -> Iterator[Found]:
    """This function will find addresses that lead to one house or room, and villages named after a word such as 住址."""
    end = 0
    for match in _core().finditer(text):
        if match.start() < end:
            continue
        start = _begin(text, match.start())
        piece = text[start : match.end()]
        if not _EXACT.search(text[match.start() + 1 : match.end()]) or len(piece) < 4:
            continue
        end = match.end()
        said = bool(_cue().search(text[max(0, start - 8) : start]))
        yield Found(
            ADDRESS,
            start,
            end,
            piece,
            "详细到门牌、楼栋或室的地址" + ("，前文写明住址" if said else ""),
            0.93 if said else 0.8,
        )
    for match in _ROOM.finditer(text) if "单元" in text else ():
        start = _begin(text, match.start())
        yield Found(
            ADDRESS, start, match.end(), text[start : match.end()], "详细到楼栋、单元和室的地址", 0.78
        )
    for match in _cue().finditer(text):
        yield from _village(text, match.end(), "“住址”一类文字之后、详细到村组的地址")
    for cell in cells(text):
        if _HEAD.search(cell.head):
            yield from _village(text, cell.start, f"表格“{cell.head}”一栏")


def _village(text: str, start: int, reason: str) -> Iterator[Found]:
    match = _PLACE.match(text, start)
    if match and _VILLAGE.search(match.group(0)) and len(match.group(0)) >= 5:
        yield Found(ADDRESS, start, match.end(), match.group(0), reason, 0.75)


def _begin(text: str, place: int) -> int:
    """Give where an address begins: the words before its street, as far as they may belong to a place."""
    floor = max(0, place - REACH)
    window = text[floor:place]
    cut = max((window.rfind(char) for char in "，。；：、！？（）()“”\"'\t\n|<>《》【】:;,　 "), default=-1)
    for match in _cue().finditer(window, cut + 1):
        if match.end() - match.start() > 1:
            cut = max(cut, match.end() - 1)
    start = place
    words = segment(window[cut + 1 :])
    position = len(window) - cut - 1
    while position in words.ends:
        word = words.ends[position][0]
        first = start == place
        if (word in _stops() and not (first and len(word) > 1)) or (
            word[-1].isdigit() and not (first and len(word) < 3)
        ):
            break
        position -= len(word)
        start = floor + cut + 1 + position
    return start
