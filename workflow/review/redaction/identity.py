"""Resident identity numbers (公民身份号码) in folded text, by the check character of GB 11643."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHAPE = re.compile(
    r"(?=([1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9x]))"
)
#: The first two digits of the provinces of GB/T 2260, and of residents of Hong Kong, Macao and Taiwan.
PROVINCES = frozenset({
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
    "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
})  # fmt: skip
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10x98765432"


def valid(number: str) -> bool:
    """Tell whether eighteen folded characters carry the check character they must."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == number[17]


def numbers(folded: str) -> Iterator[str]:
    """Yield the valid numbers in a folded text, also where they stand within a longer run of digits."""
    for found in _SHAPE.finditer(folded):
        if valid(found[1]):
            yield found[1]
