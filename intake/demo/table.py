"""Print tables in which Chinese characters take two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """Count the columns a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Set rows under a head in columns as wide as their widest cell."""
    every = [list(head), *[list(row) for row in rows]]
    widths = [max(width(row[place]) for row in every) for place in range(len(head))]
    lines = ["  ".join(_pad(cell, wide) for cell, wide in zip(row, widths, strict=True)) for row in every]
    rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
    return "\n".join([lines[0].rstrip(), rule, *[line.rstrip() for line in lines[1:]]])


def _pad(cell: str, wide: int) -> str:
    return cell + " " * (wide - width(cell))
