"""Unnamed offices by kind and level, as the command line spells them: county_department, customs, street_office."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from law.errors import BadFacts
from law.remedies.office import OfficeFacts

_ABOVE = {"province": "nation", "city": "province", "county": "city"}


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    return {name: kind for kind, row in _tables()["kinds"].items() for name in row["names"]}


@lru_cache(maxsize=1)
def _prefixes() -> dict[str, str]:
    return {name: level for level, names in _tables()["levels"].items() for name in names}


def choices() -> str:
    """List the spellings with their Chinese names, for a refusal and for help."""
    kinds = "、".join(f"{kind}（{row['label']}）" for kind, row in _tables()["kinds"].items())
    return f"{kinds}；可冠以层级 {'、'.join(_tables()['levels'])}，如 county_department、city_government"


def _read(spelling: str) -> tuple[str, str]:
    """Read level and kind; a kind without a level is taken at county level."""
    if spelling in _spellings():
        return "county", _spellings()[spelling]
    found = [
        (level, _spellings()[spelling.removeprefix(f"{prefix}_")])
        for prefix, level in _prefixes().items()
        if spelling.startswith(f"{prefix}_") and spelling.removeprefix(f"{prefix}_") in _spellings()
    ]
    if not found:
        raise BadFacts("office_kind", f"没有名为“{spelling}”的机关类型，可用：{choices()}。")
    return found[0]


def generic(spelling: str, *, region: str = "") -> OfficeFacts:
    """Describe an unnamed office of a kind, written `department` or with its level, `county_department`.

    :param region: the name of the region whose government it belongs to (清源县), to name that government
    :raises BadFacts: listing the kinds there are
    """
    named = spelling.strip().lower().replace("-", "_")
    level, kind = _read(named)
    labels = _tables()["level_labels"]
    # A township, a street office and their like belong under a county's government, wherever their name begins.
    own = "county" if level == "township" else level
    if kind == "township":
        level = "township"
    above = _ABOVE.get(own, "nation")
    court = "本机关所在地中级人民法院"
    if own == "nation":
        government = "国务院"
    elif region:
        government = f"{region}人民政府"
    elif level == "township":
        government = f"{labels[own]}人民政府"
    else:
        government = f"本级人民政府（{labels[own]}人民政府）"
    return OfficeFacts(
        kind=kind,
        level=level,
        name="本机关",
        government_name=government,
        superior_government=f"上一级人民政府（{labels[above]}人民政府）" if above != "nation" else "国务院",
        superior_department="上一级司法行政部门" if kind == "justice" else "上一级主管部门",
        # What customs decide begins at the intermediate court (行诉法15(2)); by its kind alone nothing tells them apart.
        basic_court=court if named.endswith("customs") else "本机关所在地基层人民法院",
        intermediate_court=court,
    )
