"""Terms the house sets itself: defaults from a file, an office's own from its parameters."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from office import parameters

FILE = Path(__file__).with_suffix(".toml")


@cache
def table() -> dict[str, dict[str, Any]]:
    """Read the defaults with their Chinese names, by key."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def days(key: str, *, office: Any, on: dt.date) -> int:
    """Return a term of the house in working days: the office's own on a day, else the default.

    Raises KeyError for a term there is none of.
    """
    return int(parameters.get(key, office=office, on=on, default=table()[key]["value"]))
