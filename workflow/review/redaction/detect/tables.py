"""The tables beside the detectors: lists of words and numbers in `data/`, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """This function will give a table of `data/NAME.toml`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def classes(name: str) -> dict[str, str]:
    """This function will give the lines of `data/NAME.txt`: a name, a blank, and what belongs to it."""
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return {
        key: rest
        for key, _, rest in (line.partition(" ") for line in lines if line and not line.startswith("#"))
    }
