"""The whole matrix of remedies: outcome by kind of office by period, as a text a lawyer can read through."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from law.outcomes import Outcome
from law.remedies import OfficeFacts, Remedy, paragraphs, remedy
from law.remedies.classes import procedural_papers

ROOT = Path(__file__).parents[1] / "data" / "remedies"
PERIODS = {
    "before-2024": (date(2023, 12, 29), "2024年1月1日以前（答复落款日以2023年12月29日为例）"),
    "from-2024": (date(2026, 6, 30), "2024年1月1日至2026年6月30日（以2026年6月30日为例）"),
    "from-2026-07": (date(2026, 11, 20), "2026年7月1日以后（以2026年11月20日为例）"),
}
# What must not differ within a period: its first and its last days.
EDGES = {
    "before-2024": (date(2019, 5, 15), date(2023, 12, 31)),
    "from-2024": (date(2024, 7, 1), date(2026, 6, 30)),
    "from-2026-07": (date(2026, 7, 1), date(2030, 1, 2)),
}
RAW = tomllib.loads((ROOT / "offices.toml").read_text(encoding="utf-8"))
SAID = {"A": "先复议（A）", "B": "复议或者起诉（B）", "C": "复议或者起诉（C，默认按B写）"}


def _office(row: dict[str, Any]) -> tuple[str, OfficeFacts, bool]:
    facts = {name: value for name, value in row.items() if name not in ("label", "electronic")}
    return row["label"], OfficeFacts.from_dict(facts), bool(row.get("electronic"))


OFFICES = [_office(row) for row in RAW["office"]]
MIXED = [(row["label"], row["items"]) for row in RAW["mixed"]]


def _group(found: Remedy) -> str:
    if found.written_as == "R":
        return "只写复议（C，本机关读法）"
    return SAID[found.cls]


def _of_office(label: str, office: OfficeFacts, electronic: bool, on: date) -> list[str]:
    said: dict[tuple[str, str], list[str]] = {}
    for outcome in Outcome:
        found = remedy(outcome, office, on, electronic=electronic)
        said.setdefault((_group(found), found.sentence), []).append(outcome.label)
    first = remedy(Outcome.DISCLOSE, office, on, electronic=electronic)
    lines = [f"## {label}：{office.name}", f"复议机关：{first.body}　　法院：{first.court}", ""]
    for (group, sentence), outcomes in said.items():
        lines += [f"【{group}】{'；'.join(outcomes)}", f"　　{sentence}"]
    silent = remedy("no_reply", office, on)
    lines += ["【逾期未答复】", f"　　{silent.sentence}"]
    for name, outcomes in MIXED:
        pairs = [(f"第{'一二三四'[n]}项", outcome) for n, outcome in enumerate(outcomes)]
        lines.append(f"【多项：{name}】")
        lines += [f"　　{text}" for text in paragraphs(pairs, office, on, electronic=electronic)]
    return [*lines, ""]


def matrix(period: str) -> str:
    """Write the remedies of one period: each office with each outcome."""
    on, said = PERIODS[period]
    lines = [f"# 救济途径全表：{said}", ""]
    for label, office, electronic in OFFICES:
        lines += _of_office(label, office, electronic, on)
    lines += ["## 程序性文书（P）", f"不写救济途径：{'、'.join(procedural_papers())}"]
    lines.append(f"收费通知写异议途径：{remedy('fee_notice', OFFICES[0][1], on).sentence}")
    return "\n".join(lines) + "\n"


def table() -> str:
    """Write the same as two tables for a reader: classes by outcome, bodies and courts by kind of office."""
    lines = [
        "# Remedies 救济途径", "",
        "Written by `REMEDIES=write ./dev test tests/law -k remedy -n0` from `law/remedies`; a test keeps it equal. The",
        "sentences themselves are in `tests/data/remedies/*.txt`. A: reconsideration first (复议前置); B: either; C: written as B",
        "([READINGS](../law/READINGS.md) R14). Procedural papers bear none.", "",
        "| 处理结果 | " + " | ".join(said.partition("（")[0] for _, said in PERIODS.values()) + " | 依据（现行） |",
        "|---|" + "---|" * (len(PERIODS) + 1),
    ]  # fmt: skip
    plain = OFFICES[0][1]
    for outcome in Outcome:
        found = [remedy(outcome, plain, on) for on, _ in PERIODS.values()]
        lines.append(
            f"| {outcome.label} | "
            + " | ".join(f.cls for f in found)
            + f" | {found[-1].citation}（{found[-1].certainty}） |"
        )
    lines += ["", "| 机关 | 复议机关：2024年以前 | 复议机关：2024年1月1日起 | 法院 |", "|---|---|---|---|"]
    for label, office, _ in OFFICES:
        before, after = (
            remedy(Outcome.DISCLOSE, office, PERIODS[p][0]) for p in ("before-2024", "from-2026-07")
        )
        lines.append(f"| {label} | {before.body} | {after.body} | {after.court} |")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("period", PERIODS)
def test_the_matrix_is_the_golden_text(period: str):
    path = ROOT / f"{period}.txt"
    if os.environ.get("REMEDIES") == "write":
        path.write_text(matrix(period), encoding="utf-8")
    assert matrix(period) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("period", PERIODS)
def test_a_period_reads_alike_from_its_first_day_to_its_last(period: str):
    first, last = EDGES[period]
    for _, office, electronic in OFFICES:
        for outcome in Outcome:
            one, other = (remedy(outcome, office, on, electronic=electronic) for on in (first, last))
            assert (one.sentence, one.cls) == (other.sentence, other.cls)


def test_every_kind_of_office_and_every_outcome_is_in_it():
    from law.remedies.office import KINDS, LEVELS

    assert {office.kind for _, office, _ in OFFICES} == set(KINDS)
    assert {office.level for _, office, _ in OFFICES} == set(LEVELS)
    for period in PERIODS:
        text = matrix(period)
        for outcome in Outcome:
            assert text.count(f"{outcome.label}") >= len(OFFICES)


@pytest.mark.parametrize("period", ["from-2024", "from-2026-07"])
def test_nothing_that_must_go_to_reconsideration_first_is_offered_direct_suit(period: str):
    """Read the written sentences, not the classes: 先 and no month in those, a month in all others."""
    for line in matrix(period).splitlines():
        if line.startswith("　　") and "先向" in line:
            assert "个月" not in line
            assert "15日内" in line
        elif line.startswith("　　对") and "只写" not in line and "先" not in line:
            assert "6个月内" in line or "行政复议决定书之日起15日内" in line


def test_before_2024_nothing_goes_to_reconsideration_first():
    text = matrix("before-2024")
    assert "先向" not in text
    assert "清源县人民政府或者安平市自然资源局申请行政复议" in text
