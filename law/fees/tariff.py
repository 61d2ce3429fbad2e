"""The tariff of the information processing fee in force on a day (国办函〔2020〕109号)."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=1)
def tariffs() -> list[dict[str, Any]]:
    """Read the tariffs in order of their days."""
    raw = tomllib.loads((Path(__file__).parent / "tariff.toml").read_text(encoding="utf-8"))
    return sorted(raw["tariff"], key=lambda t: t["from"])


def in_force(on: date) -> dict[str, Any] | None:
    """Give the tariff in force on a day, or nothing where there was none."""
    found = [t for t in tariffs() if t["from"] <= on and ("until" not in t or on <= t["until"])]
    return found[-1] if found else None
