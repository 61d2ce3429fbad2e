"""`report check` on tables of published reports: right ones pass, and each planted fault is found by its own rule."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.annual.read_file import read_file
from law.annual.rules import check
from law.cli import bare
from tests.law.annual_tables import IN, NEW, OUT, TABLES, TOTAL, called, loaded, made

#: What is wrong with each table as its office published it; the others are consistent.
PUBLISHED = {
    "hangzhou-2025.json": ["R8"],
    "shanghai-2019.html": [],
    "huaian-2025.json": ["R1", "R1"],
    "longgang-2024.json": [],
    "changchun-2023.json": ["R9"],
    "suqian-2025.json": ["R8"],
    "qiyang-2024.json": [],
    "yueyang-nanhu-2019.json": [],
    "lantian-2023.json": [],
    "shenji-2020.json": [],
}
#: Whole enough to plant every fault in.
WHOLE = ("hangzhou-2025.json", "shenji-2020.json", "shanghai-2019.html", "made")
DIRECT = "行政诉讼/未经复议直接起诉"


@pytest.mark.parametrize(("name", "wrong"), PUBLISHED.items())
def test_published_tables(name: str, wrong: list[str]) -> None:
    """Ten tables typed from published reports: each passes or fails for what is really wrong with it."""
    figures = read_file(TABLES / name)
    assert [finding.rule for finding in check(figures)] == wrong
    code, told, _ = called(None, name=str(TABLES / name))
    assert code == (1 if {"R1"} & set(wrong) else 0)
    assert [one["rule"] for one in told["violations"]] == [rule for rule in wrong if rule == "R1"]


def test_no_database_and_no_environment_is_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A check answers at once whatever the environment says; other calls of the command need the settings."""
    named = {"DATABASE_URL": "postgres://nobody@nowhere/none", "DATA_DIR": str(tmp_path)}
    assert bare.answer(["report", "check", str(TABLES / "huaian-2025.json")], named, tmp_path) == 1
    assert '"rule": "R1"' in capsys.readouterr().out
    assert bare.answer(["report", "check", str(tmp_path / "none.json")], {}, tmp_path) == 2
    assert bare.answer(["report", "annual"], {}, tmp_path) is None


def test_every_table_names_its_source() -> None:
    assert len(PUBLISHED) >= 10
    assert {path.name for path in TABLES.iterdir()} - {"README.md"} == set(PUBLISHED)
    for name in PUBLISHED:
        text = (TABLES / name).read_text(encoding="utf-8")
        assert '"source"' in text or "来源：" in text


def _bump(table: str, row: str, column: str, by: int = 1) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        data[table][row][column] += by

    return change


def _r1(data: dict[str, Any]) -> None:
    for column in ("自然人", "总计"):
        data["table3"][OUT][column] += 1


def _r3(data: dict[str, Any]) -> None:
    """Count one more as received and as done: only the rows no longer make up their total."""
    for column in ("自然人", "总计"):
        data["table3"][TOTAL][column] += 1
        data["table3"][NEW][column] += 1


def _r4(data: dict[str, Any]) -> None:
    before = deepcopy(data)
    before.pop("previous", None)
    before["year"] -= 1
    before["table3"][OUT] = dict(data["table3"][IN])
    before["table3"][OUT]["自然人"] += 1
    before["table2"] = {}
    data["previous"] = before


def _r6(data: dict[str, Any]) -> None:
    data["table3"][OUT]["科研机构"] = "若干"


def _r7(data: dict[str, Any]) -> None:
    before = deepcopy(data)
    before["table3"][OUT] = dict(data["table3"][IN])
    before["table2"] = {"规章": {"现行有效件数": 2}}
    data["table2"] = {"规章": {"本年制发件数": 1, "本年废止件数": 0, "现行有效件数": 2}}
    data["previous"] = before


def _r8(data: dict[str, Any]) -> None:
    data["year"] = 2024
    data["table4"][DIRECT] = {"结果维持": 1, "结果纠正": 0, "其他结果": 0, "尚未审结": 0, "总计": 1}


def _r9(data: dict[str, Any]) -> None:
    data["narrative"] = {"new": data["table3"][NEW]["总计"] + 2}


FAULTS: dict[str, tuple[Callable[[dict[str, Any]], None], int, list[str]]] = {
    "R1": (_r1, 1, ["R1", "R1"]),
    "R2": (_bump("table3", "三、本年度办理结果/（一）予以公开", "总计"), 1, ["R2", "R3"]),
    "R3": (_r3, 1, ["R3", "R3"]),
    "R4": (_r4, 1, ["R4"]),
    "R5": (_bump("table4", "行政复议", "总计"), 1, ["R5"]),
    "R6": (_r6, 1, ["R6"]),
    "R7": (_r7, 0, ["R7"]),
    "R8": (_r8, 0, ["R8"]),
    "R9": (_r9, 0, ["R9"]),
}


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("rule", FAULTS)
def test_planted_faults(rule: str, name: str) -> None:
    """Each rule's fault, planted in four whole tables, is found by that rule with what had to stand there."""
    data = loaded(name)
    data["year"], data["table4"][DIRECT] = 2022, dict.fromkeys(data["table4"][DIRECT], 0)
    assert called(data)[1]["violations"] == []
    plant, code, rules = FAULTS[rule]
    plant(data)
    found_code, told, said = called(data)
    found = [*told["violations"], *(one for one in told["warnings"] if one["rule"].startswith("R"))]
    assert (found_code, [one["rule"] for one in found]) == (code, rules)
    assert all(set(one) == {"rule", "where", "expected", "found"} for one in found)
    assert all(one["expected"] != one["found"] for one in found)
    assert rule in said
    assert told["consistent"] is (code == 0)


def test_what_is_expected_and_found() -> None:
    data = made(3)
    data["table3"][NEW]["总计"] += 5
    right = data["table3"][NEW]["总计"] - 5
    told = called(data)[1]["violations"]
    assert {
        "rule": "R2",
        "where": f"表三 {NEW}：总计＝六列之和",
        "expected": right,
        "found": right + 5,
    } in told
    assert [one["rule"] for one in told] == ["R1", "R2"]


@settings(max_examples=max(60, settings.default.max_examples // 4))
@given(seed=st.integers(0, 10_000))
def test_one_changed_cell_is_always_seen(seed: int) -> None:
    """Whatever single cell of tables three and four is changed, some rule breaks."""
    data, rng = made(seed), random.Random(seed)
    assert called(data)[0] == 0
    table = data[rng.choice(["table3", "table4"])]
    cells = table[rng.choice(list(table))]
    cells[rng.choice(list(cells))] += rng.randrange(1, 4)
    assert called(data)[0] == 1
