"""Coarser values: addresses to the county, ages to bands, days to months; the least that mends a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workflow.review.mosaic.tables import DIRECT, QUASI, Row, report

COUNTY = re.compile(r"^(.*?(?:省|自治区))?(.*?(?:市|自治州|地区|盟))?(.*?(?:县|区|旗|市))")
DAY = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})(?:\s*[-月./]\s*\d{1,2}\s*日?)?")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
HIDDEN = "＊"
Coarser = Callable[[str], str]


@dataclass(frozen=True)
class Proposal:
    """One coarsening: of which column, how, and how many rows would still break the table afterwards."""

    column: str
    how: str
    still: int


def to_county(value: str) -> str:
    """Return an address down to its county or district; one without either is hidden."""
    found = COUNTY.match(value.strip())
    return found.group(0) if found else HIDDEN


def to_month(value: str) -> str:
    """Return a day as its month."""
    found = DAY.search(value)
    return f"{found.group(1)}年{int(found.group(2))}月" if found else value


def to_year(value: str) -> str:
    """Return a day as its year."""
    found = DAY.search(value)
    return f"{found.group(1)}年" if found else value


def to_band(value: str, *, width: int = 10) -> str:
    """Return a number as a band, e.g. 37 as 30至39."""
    found = NUMBER.fullmatch(value.strip().removesuffix("岁"))
    if not found:
        return value
    low = int(float(found.group()) // width) * width
    return f"{low}至{low + width - 1}"


def hidden(value: str) -> str:
    """Return nothing of a value."""
    return HIDDEN


def ladder(column: str) -> tuple[tuple[str, Coarser], ...]:
    """Return the ways to make a column coarser, the mildest first."""
    if re.search(r"住址|地址|户籍|籍贯|村|组|小区|社区", column):
        return (("只写到县（区）", to_county), ("不写", hidden))
    if re.search(r"出生|生日|日期|时间", column):
        return (("只写年月", to_month), ("只写年份", to_year), ("不写", hidden))
    if re.search(r"年龄|人口", column):
        return (("按十岁（十人）分段", to_band), ("不写", hidden))
    return (("不写", hidden),)


def proposals(rows: Sequence[Row], *, kinds: Mapping[str, str], k: int, variety: int) -> list[Proposal]:
    """Propose coarsenings one after the other, each the one that leaves the fewest breaking rows, until none is left.

    Direct identifiers come first: they are masked or left out whatever the groups are. What helps nothing is not proposed.
    """
    found = [Proposal(name, "掩码或者不写", 0) for name, kind in kinds.items() if kind == DIRECT]
    now = [dict(row) for row in rows]
    steps = {name: list(ladder(name)) for name, kind in kinds.items() if kind == QUASI}
    left = len(report(now, kinds=kinds, k=k, variety=variety).breaking)
    while left and any(steps.values()):
        best = min(_tried(now, steps, kinds, k, variety), key=lambda one: one[0])
        broken, column, how, changed = best
        steps[column].pop(0)
        if broken >= left and any(steps.values()):
            # No gain by itself; it may take two columns together, so it is kept and the search goes on.
            now = changed
            found.append(Proposal(column, how, broken))
            continue
        now, left = changed, broken
        found.append(Proposal(column, how, broken))
    return _without_detours(found)


def _tried(
    rows: list[dict[str, str]], steps: dict[str, list[tuple[str, Coarser]]], kinds: Mapping[str, str], k: int, variety: int
) -> Iterator[tuple[int, str, str, list[dict[str, str]]]]:  # fmt: skip
    for column, ways in steps.items():
        if ways:
            how, coarser = ways[0]
            changed = [row | {column: coarser(str(row.get(column, "")))} for row in rows]
            yield len(report(changed, kinds=kinds, k=k, variety=variety).breaking), column, how, changed


def _without_detours(found: list[Proposal]) -> list[Proposal]:
    """Keep of several steps on one column the last, in the order in which these came."""
    last = {one.column: place for place, one in enumerate(found)}
    return [one for place, one in enumerate(found) if last[one.column] == place]
