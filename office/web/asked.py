"""What stands in an address, read without trust."""

from __future__ import annotations

#: So many digits fit into every key and every offset of a database; with more nothing is ever asked for.
MOST_DIGITS = 18


def whole_number(text: str) -> int | None:
    """Return the number that a text writes in digits alone; None for any other text, and for one that is too long."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None
