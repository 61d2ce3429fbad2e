"""Masks by kind: how much of a number stays, the rest becomes asterisks."""

from __future__ import annotations

import re
from typing import NamedTuple

from workflow.review.redaction.detect import found as kinds


class Kept(NamedTuple):
    """How many characters stay at the beginning and at the end."""

    first: int
    last: int


#: By kind. 110105********1234, 138****0000, 6228***********1234, 京A*****.
KEPT = {
    kinds.RESIDENT_ID: Kept(6, 4), kinds.MOBILE: Kept(3, 4), kinds.BANK_CARD: Kept(4, 4), kinds.PASSPORT: Kept(1, 2),
    kinds.PERMIT: Kept(1, 2), kinds.PLATE: Kept(2, 0), kinds.CREDIT_CODE: Kept(18, 0), kinds.WECHAT: Kept(1, 0),
    kinds.QQ: Kept(2, 0), kinds.LANDLINE: Kept(0, 4),
}  # fmt: skip
#: Words between a landline number and its extension.
EXTENSION = "转分机"
_SEPARATOR = re.compile(r"[\s　\-·().（）+]")


def mask(kind: str, text: str) -> str:
    """This function will mask a piece of text of a kind; separators stay, and what has no rule is masked whole.

    An identity number keeps six digits of its county and the last four, never the day of birth between them; one of 15
    digits keeps its last three only at the end. An address of e-mail keeps its first letter and its domain.

    :param kind: a kind of `detect.found`
    :param text: as it stands in the document
    """
    if kind == kinds.EMAIL:
        name, _, domain = text.partition("@")
        return name[:1] + "***@" + domain
    if kind == kinds.LANDLINE:
        return _landline(text)
    kept = KEPT.get(kind, Kept(0, 0))
    places = [place for place, char in enumerate(text) if not _SEPARATOR.match(char)]
    last = 3 if kind == kinds.RESIDENT_ID and len(places) == 15 else kept.last
    if kept.first + last >= len(places) and kind != kinds.CREDIT_CODE:
        kept, last = Kept(0, 0), 0
    hidden = set(places[kept.first : len(places) - last])
    return "".join("*" if place in hidden else char for place, char in enumerate(text))


def _landline(text: str) -> str:
    """Keep the area code and the last two digits of a landline number; of two digits or fewer, none."""
    match = re.match(r"([（(]?(?:\+?86[\s-]?)?0\d{2,3}[）)]?[\s\-—]*)?(.*)$", text, re.S)
    area, local = (match.group(1) or "", match.group(2)) if match else ("", text)
    digits = [place for place, char in enumerate(local) if char.isdigit()]
    kept = set(digits[-2:]) if len(digits) > 2 else set()
    hidden = [
        place not in kept and char not in EXTENSION and not _SEPARATOR.match(char)
        for place, char in enumerate(local)
    ]
    return area + "".join("*" if hide else char for hide, char in zip(hidden, local, strict=True))
