"""The notice's text made even: one kind of bracket, comma, dash and digit, no blanks, one line a paragraph."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

NAMES = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
# As copied from a page or a PDF: half-width marks, every dash that stands between days, brackets of a number.
_EVEN = str.maketrans({"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "[": "〔", "]": "〕", "【": "〔", "】": "〕",
    **dict.fromkeys("—–―─−‐～~〜", "至")})  # fmt: skip
# What a page leaves between letters without showing it.
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_NAMED = re.compile(rf"^(?:{'|'.join(NAMES)})(?:[、和与](?:{'|'.join(NAMES)}))*：")
# Other numbers of paragraphs than 一、: 1. and 1、 and （一）.
_LISTED = re.compile(
    r"^(?:\d{1,2}[.、](?=\D|\d{4}年)|（(?:[一二三四五六七八九十]{1,3}|\d{1,2})）、?)", re.MULTILINE
)
_RUN_ON = re.compile(
    r"(?<=[。；：])(?=[一二三四五六七八九十]{1,3}、)|(?<=。)(?=国务院(?:办公厅)?[\d〇○零一二])"
)
SIGNED = re.compile(
    r"(?:^|。)(?:国务院(?:办公厅)?)?([\d〇○零一二三四五六七八九]{4})年([\d一二三四五六七八九十]{1,3})月"
    r"([\d一二三四五六七八九十]{1,3})日$",
    re.MULTILINE,
)


def even(text: str) -> str:
    """Give a notice's text one kind of every mark and digit, and drop blanks inside lines."""
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    lines = (re.sub(r"\s+", "", line) for line in plain.splitlines())
    joined = "\n".join(line for line in lines if line).translate(_EVEN)
    joined = re.sub(r"(?<=日)-+(?=\d)|(?<=）)-+(?=\d)|(?<=[日）])(?:起至|到)(?=\d)", "至", joined)
    joined = re.sub(r"(?<=[日）])止(?=放假|调休|连休|，)", "", joined)
    return _LISTED.sub("一、", re.sub(r"至{2,}", "至", joined))


def paragraphs(text: str) -> list[str]:
    """Give the paragraphs of an evened text that are numbered (一、二、…) or begin with a festival's name.

    A sentence broken over several lines is put together. Where nothing is numbered or named, the sentences that
    tell days are given as one.
    """
    found: list[str] = []
    going = False
    for line in _RUN_ON.sub("\n", text).splitlines():
        numbered = _NUMBERED.match(line)
        if going and _goes_on(found[-1], line, numbered=bool(numbered)):
            found[-1] += line
            continue
        going = bool(numbered or _NAMED.match(line))
        if going:
            found.append(line[numbered.end() :] if numbered else line)
    return found or _unnumbered(text)


def _goes_on(paragraph: str, line: str, *, numbered: bool) -> bool:
    """Say whether a line belongs to the paragraph before it: in mid-sentence, or telling more days."""
    if paragraph.count("（") > paragraph.count("）"):
        return True  # “（农历腊月二十” broken before “八、周日）” looks like a number
    if numbered:
        return False
    if not paragraph.endswith("。"):
        return not (_NAMED.match(line) and re.search(r"\d日", paragraph))
    return bool(re.match(r"\d|其中|鼓励", line)) and not SIGNED.match(line)


def _unnumbered(text: str) -> list[str]:
    lines = _RUN_ON.sub("\n", re.sub(r"(?<![。：])\n(?!国务院)", "", text)).splitlines()
    days = [line.split("直属机构：")[-1] for line in lines if re.search(r"\d日", line)]
    told = "".join(line for line in days if not line.startswith("国务院"))
    told = re.split(r"(?:调休)?放假期间", told)[0]
    return [told] if "放假" in told else []


def split_outside(text: str, marks: str) -> Iterator[str]:
    """Split a text at marks that stand outside brackets."""
    depth = 0
    piece = ""
    for char in text:
        depth += (char == "（") - (char == "）")
        if char in marks and depth <= 0:
            yield piece
            piece = ""
        else:
            piece += char
    yield piece
