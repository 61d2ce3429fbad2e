"""Generalisation: an address to its county, an age to a band, a day of birth to a year or a band."""

from __future__ import annotations

import re
from datetime import date

_COUNTY = re.compile(
    r"^((?:[\u4e00-\u9fff]{2,10}?(?:省|自治区|特别行政区))?(?:[\u4e00-\u9fff]{2,10}?(?:自治州|地区|盟|市))?"
    r"(?:[\u4e00-\u9fff]{1,10}?(?:自治县|自治旗|林区|特区|新区|[县区旗](?!委|政府)))?)"
)
_CITY_AS_COUNTY = re.compile(r"^([\u4e00-\u9fff]{2,10}?市)([\u4e00-\u9fff]{1,10}?市)(?!场)")
_NOT_COUNTY = re.compile(r"(小区|社区|园区|校区|厂区|片区|街区|库区|景区|院区|开发区)$")
BAND = 10
#: Above it one open band: the very old are few, and known.
OLDEST = 90


def to_county(address: str) -> str:
    """This function will keep of an address what stands down to the county (县、区、县级市、旗), or nothing where it names none.

    The town, the road and the house go: 信阳市浉河区五星路22号 becomes 信阳市浉河区.

    :param address: an address as it stands in a document
    """
    plain = re.sub(r"[\s　]", "", address)
    both = _CITY_AS_COUNTY.match(plain)
    if both:
        return both.group(0)
    match = _COUNTY.match(plain)
    kept = match.group(1) if match else ""
    return "" if _NOT_COUNTY.search(kept) else kept


def age_band(age: int) -> str:
    """This function will put an age, in full years, into a band of ten; children under 14 and the very old apart.

    Children under fourteen are a band of their own, because their data are sensitive (个人信息保护法 28).

    :raises ValueError: for a negative age
    """
    if age < 0:
        raise ValueError("an age is not negative")
    if age < 14:
        return "不满14周岁"
    if age < 18:
        return "14至17周岁"
    if age < 20:
        return "18至19周岁"
    if age >= OLDEST:
        return f"{OLDEST}周岁以上"
    first = age // BAND * BAND
    return f"{first}至{first + BAND - 1}周岁"


def age_on(born: date, on: date) -> int:
    """This function will count the full years from a day of birth to a day; who was born on 29 February is older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def birth_year(text: str) -> str:
    """This function will keep the year of a written date of birth, or nothing where it names none."""
    match = re.search(r"(?:1[89]|20)\d{2}", text)
    return f"{match.group(0)}年" if match else ""
