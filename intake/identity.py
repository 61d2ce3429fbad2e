"""Checks on identity documents' numbers (条例29: 身份证明), with messages that say what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECK = "10X98765432"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
FULL_WIDTH = str.maketrans({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: None})

#: Documents of natural persons; the other kinds belong to organisations.
PERSONAL = frozenset({"resident_id", "passport", "hk_macao_permit", "taiwan_permit"})


class BadIdentity(ValueError):
    """A number that cannot be what it is said to be; the message is Chinese and for the person who typed it."""


def tidy(text: str) -> str:
    """Bring a typed number to one spelling: half-width capitals without blanks or hyphens."""
    return re.sub(r"[\s\-·—－]+", "", text.translate(FULL_WIDTH)).upper()


def resident_id(text: str) -> str:
    """Check a resident identity number: 18 characters, a real birth date, the check digit of GB 11643.

    Returns the tidied number. Raises BadIdentity.
    """
    if len(text) != 18:
        raise BadIdentity(f"身份证号码应为 18 位，您输入了 {len(text)} 位")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
        raise BadIdentity("身份证号码前 17 位应为数字，最后一位为数字或字母 X")
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        raise BadIdentity(f"身份证号码中的出生日期 {text[6:14]} 不存在，请逐位核对") from None
    if born.year < 1880:
        raise BadIdentity(f"身份证号码中的出生年份 {born.year} 不合理，请逐位核对")
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], RESIDENT_WEIGHTS, strict=True))
    if RESIDENT_CHECK[total % 11] != text[17]:
        raise BadIdentity("身份证号码的校验位对不上，可能有一位输错，请逐位核对")
    return text


def credit_code(text: str) -> str:
    """Check a unified social credit code (GB 32100): 18 characters and its check character."""
    if len(text) != 18:
        raise BadIdentity(f"统一社会信用代码应为 18 位，您输入了 {len(text)} 位")
    wrong = sorted({char for char in text if char not in CREDIT_ALPHABET})
    if wrong:
        raise BadIdentity(f"统一社会信用代码不会出现 {'、'.join(wrong)}，请核对是否把数字看成了字母")
    pairs = zip(text[:17], CREDIT_WEIGHTS, strict=True)
    total = sum(CREDIT_ALPHABET.index(char) * weight for char, weight in pairs)
    if CREDIT_ALPHABET[(31 - total % 31) % 31] != text[17]:
        raise BadIdentity("统一社会信用代码的校验位对不上，可能有一位输错，请逐位核对")
    return text


def passport(text: str) -> str:
    """Check a passport number of any country: 5 to 15 letters and digits."""
    if not re.fullmatch(r"[A-Z0-9]{5,15}", text):
        raise BadIdentity("护照号码应为 5 至 15 位字母和数字")
    return text


def _permit(text: str, pattern: str, message: str) -> str:
    # the residence permits of Hong Kong, Macao and Taiwan residents carry an 18-digit number
    if len(text) == 18:
        return resident_id(text)
    if not re.fullmatch(pattern, text):
        raise BadIdentity(message)
    return text


def hk_macao_permit(text: str) -> str:
    """Check a Hong Kong or Macao resident's travel permit, or the 18 digits of the residence permit."""
    return _permit(
        text, r"[HM][0-9]{8}([0-9]{2})?", "通行证号码应为字母 H 或 M 加 8 位数字；居住证号码为 18 位"
    )


def taiwan_permit(text: str) -> str:
    """Check a Taiwan resident's travel permit, or the 18 digits of the residence permit."""
    return _permit(text, r"[0-9]{8}([0-9]{2}[A-Z]?)?", "台胞证号码应为 8 位数字；居住证号码为 18 位")


def no_code_cert(text: str) -> str:
    """Check the number or name of the certificate of a group that has no code: at least 4 characters."""
    if not 4 <= len(text) <= 40:
        raise BadIdentity("请填写证明文件的编号或者名称，4 至 40 个字")
    return text


CHECKS: dict[str, Callable[[str], str]] = {
    "resident_id": resident_id,
    "passport": passport,
    "hk_macao_permit": hk_macao_permit,
    "taiwan_permit": taiwan_permit,
    "credit_code": credit_code,
    "no_code_cert": no_code_cert,
}


def check(kind: str, text: str) -> str:
    """Check a number of a kind of document and return it tidied.

    Raises BadIdentity with a message for the person, KeyError for an unknown kind.
    """
    return CHECKS[kind](tidy(text))
