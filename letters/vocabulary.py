"""The one vocabulary of the letters: dates, numerals, citations, money, forms of address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from office.web.dates import chinese_date

DIGITS = "零一二三四五六七八九"
UNITS = ("", "十", "百", "千")
CAPITALS = "零壹贰叁肆伍陆柒捌玖"
CAPITAL_UNITS = ("", "拾", "佰", "仟")
CAPITAL_GROUPS = ("", "万", "亿", "万亿")

# How a request reached the office, as a letter says it.
CHANNELS = {
    "counter": "当面提交的",
    "post_signed": "邮寄的",
    "post_plain": "邮寄的",
    "portal": "通过互联网提交的",
    "fax": "通过传真提交的",
    "email": "通过电子邮件提交的",
    "oral": "口头提出的",
    "pushed": "提交、由有关平台转来的",
}
# Articles whose second number is an item (项), not a paragraph (款).
WITH_ITEMS = frozenset({20, 21, 36})
REGULATION = "《中华人民共和国政府信息公开条例》"
NATURAL = "natural"
# Whom a letter is addressed to: a person, or an organisation, whose kind may be told closer (年报表三的列).
ADDRESSEES = {
    NATURAL: "自然人", "org": "单位", "commercial": "商业企业", "research": "科研机构", "welfare": "社会公益组织",
    "legal_service": "法律服务机构", "other_org": "其他组织",
}  # fmt: skip


def numeral(value: int) -> str:
    """Write a whole number from 0 to 9999 in Chinese, e.g. 36 → 三十六.

    Raises ValueError outside that range.
    """
    if not 0 <= value <= 9999:
        raise ValueError(f"{value} 超出中文数字的范围")
    if value < 10:
        return DIGITS[value]
    text, zero = "", False
    digits = str(value)
    for place, digit in enumerate(map(int, digits)):
        unit = UNITS[len(digits) - place - 1]
        if digit == 0:
            zero = bool(text)
            continue
        text += ("零" if zero else "") + DIGITS[digit] + unit
        zero = False
    return text[1:] if text.startswith("一十") else text


@cache
def _numerals() -> dict[str, int]:
    return {numeral(n): n for n in range(1, 10000)}


def count(value: int) -> str:
    """Write how many in Chinese, e.g. 3 → 三 and 2 → 两."""
    return "两" if value == 2 else numeral(value)


def day(value: str | date) -> str:
    """Write a day as an official document does, without filling zeros: 2026-03-02 → 2026年3月2日."""
    return chinese_date(value if isinstance(value, date) else date.fromisoformat(value))


def cite(ground: str) -> str:
    """Write a provision of 条例 by its numbers: "16.2" → 第十六条第二款, "36.3" → 第三十六条第三项.

    A provision already in words loses its leading 条例 and stays. "20.5" is an item, "30" a whole article.
    Raises ValueError when it is neither.
    """
    words = re.sub(r"^(?:《?(?:中华人民共和国)?(?:政府信息公开)?条例》?)", "", ground.strip())
    if re.match(r"第[一二三四五六七八九十百零]+条", words):
        return words
    found = re.fullmatch(r"(\d{1,3})(?:\.(\d{1,2}))?", words)
    if not found:
        raise ValueError(f"看不懂的条款：{ground}")
    article, part = int(found[1]), found[2]
    text = f"第{numeral(article)}条"
    if part:
        text += f"第{numeral(int(part))}" + ("项" if article in WITH_ITEMS else "款")
    return text


def provisions(grounds: Sequence[str], *articles: str) -> str:
    """Write several grounds in one breath, those of 条例 in order, other laws by name behind them.

    `articles` are further provisions of 条例, in words: 《条例》第十六条第二款、第三十六条第三项.
    """
    own = {cite(ground) for ground in (*grounds, *articles) if not is_other_law(ground)}
    ordered = sorted(own, key=lambda words: (article_number(words) or 0, _part(words)))
    others = list(dict.fromkeys(one_line(ground) for ground in grounds if is_other_law(ground)))
    first = "《条例》" + "、".join(ordered) if ordered else ""
    return "和".join(filter(None, (first, "、".join(others))))


def _part(words: str) -> int:
    found = re.search(r"条第([一二三四五六七八九十]+)[款项]", words)
    return from_numeral(found[1]) if found else 0


def is_other_law(ground: str) -> bool:
    """Return whether a ground is a provision of another law, written with its name in 《》."""
    return "《" in ground and not re.match(r"^《(?:中华人民共和国)?(?:政府信息公开)?条例》", ground.strip())


def article_number(ground: str) -> int | None:
    """Return the article of 条例 a ground names, or None for another law."""
    if is_other_law(ground):
        return None
    found = re.match(r"第([一二三四五六七八九十百零]+)条", cite(ground))
    return from_numeral(found[1]) if found else None


def from_numeral(text: str) -> int:
    """Read a Chinese numeral below 10,000: 三十六 → 36. Raises ValueError for one that is none."""
    found = _numerals().get(text)
    if found is None:
        raise ValueError(f"看不懂的数字：{text}")
    return found


def you(kind: str) -> str:
    """Return how a letter speaks to its addressee: a person 您, an organisation 贵单位."""
    return "您" if kind == NATURAL else "贵单位"


def money(yuan: int) -> str:
    """Write a sum of whole yuan in figures and in capitals: 1700元（大写：人民币壹仟柒佰元整）."""
    return f"{yuan}元（大写：人民币{capitals(yuan)}元整）"


def capitals(value: int) -> str:
    """Write a whole number below 10^12 in the capitals of bookkeeping: 1700 → 壹仟柒佰."""
    if not 0 <= value < 10**12:
        raise ValueError(f"{value} 超出大写金额的范围")
    if value == 0:
        return "零"
    text, groups = "", []
    while value:
        value, part = divmod(value, 10000)
        groups.append(part)
    zero = False
    for index in range(len(groups) - 1, -1, -1):
        part = groups[index]
        if part == 0:
            zero = True
            continue
        if text and (zero or part < 1000):
            text += "零"
        text += _capital_group(part) + CAPITAL_GROUPS[index]
        zero = False
    return text


def _capital_group(part: int) -> str:
    text, zero = "", False
    digits = str(part)
    for place, digit in enumerate(map(int, digits)):
        if digit == 0:
            zero = True
            continue
        text += ("零" if zero else "") + CAPITALS[digit] + CAPITAL_UNITS[len(digits) - place - 1]
        zero = False
    return text


def joined(parts: Sequence[str], last: str = "和") -> str:
    """Join names as a sentence does: 甲、乙和丙."""
    names = list(parts)
    if len(names) < 2:
        return "".join(names)
    return "、".join(names[:-1]) + last + names[-1]


def clause(text: str) -> str:
    """Return a text without the full stop at its end, ready to stand inside a sentence."""
    return one_line(text).rstrip("。；;.，, ")


def sentence(text: str) -> str:
    """Return a text that ends like a sentence."""
    plain = one_line(text).rstrip("；;，, ")
    ended = re.search(r"[。！？][”’）]?$", plain)
    return plain if ended else clause(plain) + "。"


def quoted(text: str) -> str:
    """Quote a text: “…”, its own quotation marks turned into single ones, its full stop left out."""
    inner = clause(text).replace("“", "‘").replace("”", "’")
    return f"“{inner}”"


def one_line(text: str) -> str:
    """Bring a text of several lines into one; between Chinese characters nothing is put in."""
    lines = [re.sub(r"[ \t\u3000]+", " ", line).strip() for line in text.splitlines()]
    whole = ""
    for line in filter(None, lines):
        glue = " " if whole and whole[-1].isascii() and line[0].isascii() and whole[-1].isalnum() else ""
        whole += glue + line
    return whole


def lines(text: str | Sequence[str]) -> list[str]:
    """Return the non-blank lines of a text, or of a list of texts, without numbers a clerk put before them."""
    parts = text.splitlines() if isinstance(text, str) else list(text)
    cleaned = (
        re.sub(r"^\s*(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[一二三四五六七八九十]{1,2}、)\s*", "", p)
        for p in parts
    )
    return [one_line(part) for part in cleaned if part.strip()]


def level(number: int, depth: int) -> str:
    """Return the number of a heading or item: 一、 （一） 1. （1）."""
    return (f"{numeral(number)}、", f"（{numeral(number)}）", f"{number}.", f"（{number}）")[depth - 1]


FILTERS = {
    "day": day, "cite": cite, "provisions": provisions, "you": you, "money": money, "joined": joined,
    "clause": clause, "sentence": sentence, "quoted": quoted, "one_line": one_line, "lines": lines,
    "numeral": numeral, "count": count,
}  # fmt: skip
