"""The measures of the page, read from gbt9704.toml and turned into points."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

MM = 72 / 25.4


@cache
def table() -> dict[str, dict[str, Any]]:
    """Return the measures as written in the file."""
    with (Path(__file__).parent / "gbt9704.toml").open("rb") as file:
        return tomllib.load(file)


def mm(section: str, key: str) -> float:
    """Return a length of the standard in points (pt)."""
    return float(table()[section][key]) * MM


def number(section: str, key: str) -> float:
    """Return a count, a ratio or a size in points as written."""
    return float(table()[section][key])


PAGE_WIDTH = mm("page", "width")
PAGE_HEIGHT = mm("page", "height")
TOP = mm("page", "top")
LEFT = mm("page", "left")
TEXT_WIDTH = mm("page", "text_width")
TEXT_HEIGHT = mm("page", "text_height")
RIGHT = LEFT + TEXT_WIDTH
BOTTOM = TOP + TEXT_HEIGHT
ROWS = int(number("page", "rows"))
COLUMNS = int(number("page", "columns"))
# One character of the body is one cell of the grid: 28 of them are exactly the width of the text area.
CELL = TEXT_WIDTH / COLUMNS
PITCH = TEXT_HEIGHT / ROWS
TITLE = number("size_pt", "title")
NOTE = number("size_pt", "note")
TABLE = number("size_pt", "table")
# Height of the em box above the base line, of every shipped Chinese face.
ASCENT = 0.88
