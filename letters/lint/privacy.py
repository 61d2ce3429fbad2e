"""Rules on other people's data in a paper: identity, card and mobile numbers, homes, the applicant's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from letters.lint.finding import WARN, Finding, finding
from letters.lint.looked import Looked

#: What may part the groups of an identity number: region, year, day, and the last four.
_APART = r"[ \u3000\u00a0-]?"
IDENTITY = re.compile(
    rf"(?<![\dA-Za-z])\d{{6}}{_APART}\d{{4}}{_APART}\d{{4}}{_APART}\d{{3}}{_APART}[\dXx](?![\dA-Za-z])"
)
OLD_IDENTITY = re.compile(r"(?<![\dA-Za-z])\d{15}(?![\dA-Za-z])")
MOBILE = re.compile(r"(?<![\dA-Za-z-])(?:(?:\+|00)?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?![\dA-Za-z])")
#: Beside its name a number is one of identity even where a figure of it is mistyped.
CALLED_IDENTITY = re.compile(
    rf"(?:身份证|公民身份|身份号码|证件号)[^，。；\n\d]{{0,8}}(\d{{6}}{_APART}(?:19|20)\d{{2}}{_APART}\d{{4}}{_APART}\d{{3}}{_APART}[\dXx])(?![\dA-Za-z])"
)
#: Not within a sum in hexadecimal figures, of which one in some hundred holds the like of a card's number.
CARD = re.compile(r"(?<![\dA-Fa-f-])(?:\d{16,19}|\d{4}(?: \d{4}){3}(?: \d{1,3})?)(?![\dA-Fa-f])")
#: A passport's number beside its name; letters and figures alone are also codes of things.
PASSPORT = re.compile(r"护照[^，。；\n]{0,8}?([A-Za-z]{1,2}\d{7,8})(?![\dA-Za-z])")
PLATE = re.compile(
    r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z][·・ ]?"
    r"[A-HJ-NP-Z0-9]{5,6}(?![\dA-Za-z])"
)
MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
#: Figures and letters of full width, one for one; a number may also be written out in Chinese.
WIDE = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
WRITTEN = WIDE | dict(zip(map(ord, "〇零一二三四五六七八九"), "00123456789", strict=True))
_N = r"(?:\d+|[一二三四五六七八九十百]+)"
#: A home in a village, a community or an estate; or in a street, down to the flat.
HOME = re.compile(
    rf"[\u4e00-\u9fff]{{1,10}}(?:村|社区|小区|家园|花园)(?:{_N}(?:组|队|社))?{_N}(?:号楼?|栋|幢|户)(?:{_N}单元)?(?:{_N}室)?"
    rf"|[\u4e00-\u9fff]{{1,10}}(?:街|路|巷|弄){_N}号[^，。；、“”]{{0,8}}?{_N}(?:单元|室|栋|幢)(?:{_N}室)?"
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
#: Places where an official contact stands, in whose telephone nothing is private.
OFFICIAL = ("other_office", "query_way", "reply_to", "payment_way", "objection_to", "where", "guidance")


#: That a number or an address is the applicant's own, though the facts do not hold it.
OWN_GIVEN = re.compile(
    r"(?:(?:您|贵单位|申请人)[^，。；]{0,10}(?:预留|提供|填写|登记|留下?)|预留)的?(?:联系)?(?:手机|电话|电子)?(?:号码|邮箱|邮件|手机|电话)?[^，。；\w]{0,3}$"
)
#: Numbers of other things, of which one in ten passes the check of cards.
OTHER_NUMBER = re.compile(
    r"(?:信用代码|项目代码|缴款码|缴款书号?|注册号|许可证号|合同编?号|凭证号|(?:档案|案件|登记|项目|受理|合同)编号|条码)[^，。；\d]{0,4}$"
)


def closed(number: str) -> str:
    """Return a number without what parts its groups."""
    return re.sub(r"[ \u3000\u00a0-]", "", number)


def is_identity(number: str) -> bool:
    """Say whether 18 characters are an identity number: a day of birth and the right check character (GB 11643)."""
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    check = sum(int(n) * w for n, w in zip(number[:17], WEIGHTS, strict=True)) % 11
    return "10X98765432"[check] == number[17].upper()


def is_old_identity(number: str) -> bool:
    """Say whether 15 figures are an identity number of the first generation: a region and a day of birth."""
    try:
        date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))
    except ValueError:
        return False
    return number[:2] in REGIONS


REGIONS = frozenset(
    str(code)
    for low, high in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65))
    for code in range(low, high + 1)
)


def is_card(number: str) -> bool:
    """Say whether figures are the number of a bank card, by the check figure of Luhn."""
    figures = [int(n) for n in reversed(number) if n.isdecimal()]
    doubled = [n * 2 - 9 if n > 4 else n * 2 for n in figures[1::2]]
    return (sum(figures[0::2]) + sum(doubled)) % 10 == 0 and len(set(figures)) > 2


def numbers(looked: Looked) -> Iterator[Finding]:
    """Find numbers of others in the text, in figures of any width or written out; the applicant's own are not theirs."""
    text, own = looked.own_words, _own(looked)
    seen: set[str] = set()
    for pattern, good, name in (
        (IDENTITY, is_identity, "身份证号码"), (CALLED_IDENTITY, lambda _: True, "身份证号码"), (OLD_IDENTITY, is_old_identity, "身份证号码"),
        (CARD, is_card, "银行卡号"), (MOBILE, lambda _: True, "手机号码"), (PASSPORT, lambda _: True, "护照号码"),
    ):  # fmt: skip
        for spelling in (WIDE, WRITTEN):
            for found in pattern.finditer(text.translate(spelling)):
                plain = closed(found[pattern.groups])
                if plain in seen or plain in own or not good(plain):
                    continue
                before = text[max(0, found.start() - 30) : found.start()]
                if name in ("手机号码", "银行卡号") and plain in _official(looked):
                    continue
                if name == "手机号码" and OWN_GIVEN.search(before):
                    continue
                if name == "银行卡号" and OTHER_NUMBER.search(before):
                    continue
                seen.add(plain)
                yield finding(
                    "personal_data",
                    f"文中有{name}（尾号{plain[-4:]}），请删去或者隐去",
                    where=f"尾号{plain[-4:]}",
                    field=looked.place_of(text[found.start(pattern.groups) : found.end(pattern.groups)]),
                )


def ways_to_reach(looked: Looked) -> Iterator[Finding]:
    """Find number plates and mail addresses that are neither the applicant's nor an office's: to be looked at."""
    text, own = looked.own_words, _own(looked)
    official = " ".join((own, _official(looked)))
    for pattern, name in ((PLATE, "车牌号码"), (MAIL, "电子邮箱")):
        for found in dict.fromkeys(pattern.findall(text)):
            plain = closed(found)
            if plain in official or plain.lower().endswith(".gov.cn"):
                continue
            at = text.find(found)
            if OWN_GIVEN.search(text[max(0, at - 30) : at]):
                continue
            yield finding(
                "personal_data",
                f"文中有{name}（“{found[:2]}…”），请核对是否他人的个人信息",
                where=f"{name}",
                field=looked.place_of(found),
                severity=WARN,
            )


def homes(looked: Looked) -> Iterator[Finding]:
    """Find somebody's home, down to the door, that is not the applicant's own."""
    own = re.sub(
        r"\s", "", str(looked.facts.get("addressee") or "") + str(looked.register.get("applicant") or "")
    )
    place = re.sub(r"\s", "", str(looked.office.get("address") or ""))
    for item in looked.items if looked.is_reply else ():
        told = dict(item)
        if looked.foreign and not any(HOME.search(str(item.get(name) or "")) for name in OFFICIAL):
            told["text"] = looked.section(item).replace(str(item.get("description") or "\n"), "")
        for name, value in told.items():
            if name in (*OFFICIAL, "description", "label") or not isinstance(value, str):
                continue
            for found in HOME.findall(value):
                if place and place in found:
                    continue
                if not any(found.endswith(tail) for tail in _tails(own, found)):
                    yield finding(
                        "personal_address",
                        f"{item['label']}写到了门牌（“{found}”），请核对是否他人住址",
                        where=item["label"],
                        field=f"items.{item['seq']}.{name}",
                        severity=WARN,
                    )


def _tails(own: str, found: str) -> list[str]:
    """Return the ends of a home that stand in the applicant's own address."""
    return [found[i:] for i in range(len(found) - 4) if found[i:] in own]


def _own(looked: Looked) -> str:
    known = looked.register.get("applicant")
    told = [
        *(known if isinstance(known, list | tuple) else [known]),
        looked.facts.get("addressee"),
        looked.facts.get("handler"),
        looked.facts.get("office"),
    ]
    return re.sub(r"[ -]", "", " ".join(str(dict(t)) for t in told if isinstance(t, Mapping)))


def _official(looked: Looked) -> str:
    told = [str(looked.facts.get(name) or "") for name in OFFICIAL]
    told += [str(item.get(name) or "") for item in looked.items for name in OFFICIAL]
    return re.sub(r"[ -]", "", " ".join(told))


def applicant(looked: Looked) -> Iterator[Finding]:
    """Find a letter to a third party that names the applicant (条例32: nothing that is not needed)."""
    if looked.kind.recipient != "第三方":
        return
    known = looked.register.get("applicant")
    names = known if isinstance(known, list | tuple) else [known]
    for row in names:
        name = str(row.get("name") or "") if isinstance(row, Mapping) else str(row or "")
        if len(name) > 1 and name in looked.text:
            yield finding("applicant_revealed", "致第三方的文书写出了申请人的姓名或者名称", where="申请人")


RULES: tuple[Any, ...] = (numbers, ways_to_reach, homes, applicant)
