"""Terms the house sets itself: defaults from a file, an office's own from its parameters."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from office import parameters
from workflow import rules

FILE = Path(__file__).with_suffix(".toml")


@cache
def table() -> dict[str, dict[str, Any]]:
    """Read the defaults with their Chinese names, by key."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def last_day(key: str, *, office: Any, on: dt.date) -> dt.date:
    """Return the last day of a term of the house that begins after a day, by the calendar of the office's region."""
    return rules.of(office).calendar.project(on, days(key, office=office, on=on)).date


def days(key: str, *, office: Any, on: dt.date) -> int:
    """Return a term of the house in working days: the office's own on a day, else the default.

    Raises KeyError for a term there is none of.
    """
    return int(parameters.get(key, office=office, on=on, default=table()[key]["value"]))
