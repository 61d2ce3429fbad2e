"""Unified social credit codes and bank cards: numbers with a check digit that are no identity numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.cn import uscc

from workflow.review.redaction.detect.cue import before, cued, matches
from workflow.review.redaction.detect.found import BANK_CARD, CREDIT_CODE, Found
from workflow.review.redaction.detect.identity import is_identity, like_identity
from workflow.review.redaction.detect.rows import heading
from workflow.review.redaction.detect.tables import table

_CODE = re.compile(
    r"([1-9AN][1-9A][ \-]?\d{6}[ \-]?[0-9A-HJ-NPQRTUWXY]{9}[ \-]?[0-9A-HJ-NPQRTUWXY])(?![0-9A-Za-z])", re.I
)
_CODE_CUE = re.compile(r"信用代码|税号|纳税人识别号|统一代码")
_SEPARATORS = re.compile(r"[\s　\-]+")
_CARD = re.compile(r"(?<![.\-])((?:\d[ 　\-\n]?){14,18}\d)(?![0-9A-Za-z])")
_BREAK = r"(?:[ 　\-]\n?|\n)"
_GROUPED = re.compile(rf"\d{{4}}(?:{_BREAK}\d{{4}}){{2,3}}(?:{_BREAK}\d{{1,4}})?|\d{{6}}{_BREAK}\d{{10,13}}")
_CARD_CUE = re.compile(
    r"卡号|银行卡|储蓄卡|借记卡|信用卡|社保卡|保障卡|一卡通|存折|账号|帐号|账户|帐户|开户|收款|汇入|转入|打款|退至|银行|信用社|农信|支付"
)
_OTHER = re.compile(
    r"(发票|订单|单号|流水|编号|编码|批号|批次|条码|宗地|地块|单元号|序列|设备|档案|文号|案号|受理|凭证|合同|交易号|证号|准考证|户号|识别码|校验码|密码|代码)[^，。；：]{0,6}[：:]?$"
)


def credit_codes(text: str) -> Iterator[Found]:
    """This function will find unified social credit codes; an organisation's code is its own kind, not personal data.

    The code of a sole trader (92…) points to one person, and its reason says so. Source: GB 32100-2015.
    """
    for match in matches(_CODE, text):
        number = _SEPARATORS.sub("", match.group(1)).upper()
        if len(number) != 18 or (number[0] != "9" and is_identity(number)):
            continue
        announced = cued(_CODE_CUE, text, match.start()) or "信用代码" in heading(text, match.start())
        if not announced and like_identity(number):
            continue
        if uscc.is_valid(number):
            trader = (
                "，个体工商户，指向经营者个人" if number.startswith("92") else "，属于组织，一般不是个人信息"
            )
            yield Found(
                CREDIT_CODE,
                match.start(1),
                match.end(1),
                match.group(1),
                "统一社会信用代码：校验码相符" + trader,
                0.97,
            )
        elif announced:
            reason = "疑似统一社会信用代码：前文写明，但校验码不符，可能录入有误"
            yield Found(CREDIT_CODE, match.start(1), match.end(1), match.group(1), reason, 0.35)


def bank_cards(text: str) -> Iterator[Found]:
    """This function will find bank card numbers: 15 to 19 digits, check digit by Luhn, and an issuer that is known.

    Where neither the issuer nor the words before tell a card, a number that passes by chance is left alone. Source:
    GB/T 15694, JR/T 0008.
    """
    issuers = table("issuers")
    end = 0
    for match in matches(_CARD, text):
        if match.start() < end:
            continue
        judged = None
        for length in (19, 18, 17, 16, 15):
            piece = _prefix(match.group(1), length)
            if piece is not None and _separated(text, match.start(1) + len(piece)) and _shape(piece):
                judged = _card(_SEPARATORS.sub("", piece), text, match.start(), issuers)
                if judged:
                    end = match.start(1) + len(piece)
                    yield Found(BANK_CARD, match.start(1), end, piece, *judged)
                    break


def _prefix(text: str, digits: int) -> str | None:
    seen = 0
    for place, char in enumerate(text):
        seen += char.isdigit()
        if seen == digits:
            return text[: place + 1]
    return None


def _separated(text: str, place: int) -> bool:
    return place >= len(text) or not (text[place].isalnum() and text[place].isascii())


def _shape(piece: str) -> bool:
    return (
        piece.isdigit()
        or bool(_GROUPED.fullmatch(piece))
        or (piece.count("\n") == 1 and piece.replace("\n", "").isdigit())
    )


def _card(number: str, text: str, start: int, issuers: dict[str, list[str]]) -> tuple[str, float] | None:
    head = heading(text, start)
    said = bool(_CARD_CUE.search(before(text, start)) or _CARD_CUE.search(head))
    if not said and cued(_OTHER, text, start, 24):
        return None
    if not luhn.is_valid(number):
        named = "卡号" in before(text, start, 8) or "卡号" in head or (said and number.startswith("62"))
        return (
            ("疑似银行卡号：前文写明账户或卡号，但校验位不符", 0.35) if named and len(number) >= 16 else None
        )
    for bank, heads in issuers.items():
        if number.startswith(tuple(heads)):
            return f"银行卡号：校验位相符，发卡行标识属于{bank}", 0.97 if said else 0.9
    if number.startswith("62") and len(number) >= 16:
        return "银行卡号：校验位相符，银联卡号段" + (
            "，前文写明账户或卡号" if said else ""
        ), 0.95 if said else 0.75
    if said and number[0] in "3459" and len(number) >= 15:
        return "银行卡号：校验位相符，前文写明账户或卡号", 0.7
    return None
