"""`report check` on tables of published reports: right ones pass, and each planted fault is found by its own rule."""

from __future__ import annotations

import json
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

#: What is wrong with each table as its office published it; the others are consistent. Whole tables three and four.
PUBLISHED = {
    "hangzhou-2025.json": ["R8"],
    "hongze-2023.json": ["R5", "R5"],
    "hongze-2024.json": ["R8", "R9"],
    "huaian-2024.json": ["R8"],
    "shanghai-2019.html": [],
    "shanghai-2025.json": ["R8"],
    "shanghai-kewei-2024.json": [],
    "shuyang-2023.html": [],
    "suqian-2023.json": [],
    "suqian-2024.json": ["R8"],
}
#: The same of tables that could be read in part only.
PARTS = {
    "parts/changchun-2023.json": ["R9"],
    "parts/huaian-2025.json": ["R1", "R1"],
    "parts/lantian-2023.json": [],
    "parts/longgang-2024.json": [],
    "parts/qiyang-2024.json": [],
    "parts/suqian-2025.json": ["R8"],
    "parts/yueyang-nanhu-2019.json": [],
}
DIRECT = "行政诉讼/未经复议直接起诉"
BLOCKING = {"R1", "R2", "R3", "R4", "R5", "R6"}


@pytest.mark.parametrize(("name", "wrong"), (PUBLISHED | PARTS).items())
def test_published_tables(name: str, wrong: list[str]) -> None:
    """Tables typed from published reports: each passes or fails for what is really wrong with it."""
    figures = read_file(TABLES / name)
    assert [finding.rule for finding in check(figures)] == wrong
    code, told, _ = called(None, name=str(TABLES / name))
    assert code == (1 if BLOCKING & set(wrong) else 0)
    assert [one["rule"] for one in told["violations"]] == [rule for rule in wrong if rule in BLOCKING]


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_tables_are_whole(name: str) -> None:
    """No row of table three and no road of table four is missing, and none is unknown."""
    notes = read_file(TABLES / name).notes
    assert len(PUBLISHED) == 10
    assert {note.code for note in notes} <= {"blank"}


def test_what_the_published_ones_have_wrong() -> None:
    """Two totals of a published table four are nought beside eleven and five; a text tells of a part of what its table counts."""
    told = called(None, name=str(TABLES / "hongze-2023.json"))[1]["violations"]
    assert [(one["where"], one["expected"], one["found"]) for one in told] == [
        ("表四 行政复议：总计＝四项之和", 11, 0),
        ("表四 行政诉讼/复议后起诉：总计＝四项之和", 5, 0),
    ]
    told = called(None, name=str(TABLES / "hongze-2024.json"))[1]["warnings"]
    assert [(one["expected"], one["found"]) for one in told if one["rule"] == "R9"] == [(95, 17)]


@pytest.mark.parametrize("town", ["hongze", "suqian"])
def test_one_year_after_the_other(town: str, tmp_path: Path) -> None:
    """What a report says was carried in, the one of the year before says is carried out (R4, R7); any other is found."""
    before, now = TABLES / f"{town}-2023.json", str(TABLES / f"{town}-2024.json")
    found = called(None, "--previous", str(before), name=now)[1]
    assert {one["rule"] for one in (*found["violations"], *found["warnings"])} <= {"R8", "R9"}
    data = json.loads(before.read_text(encoding="utf-8"))
    data["table3"][OUT]["商业企业"] += 2
    data["table2"]["行政规范性文件"]["现行有效件数"] -= 1
    other = tmp_path / "2023.json"
    other.write_text(json.dumps(data), encoding="utf-8")
    code, found, _ = called(None, "--previous", str(other), name=now)
    assert code == 1
    assert [one["where"] for one in found["violations"]] == ["表三 商业企业列：二（本年）＝四（上年）"]
    assert [one["where"][:9] for one in found["warnings"] if one["rule"] == "R7"] == ["表二 行政规范性文"]


def test_no_database_and_no_environment_is_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A check answers at once whatever the environment says; other calls of the command need the settings."""
    named = {"DATABASE_URL": "postgres://nobody@nowhere/none", "DATA_DIR": str(tmp_path)}
    assert bare.answer(["report", "check", str(TABLES / "parts/huaian-2025.json")], named, tmp_path) == 1
    assert '"rule": "R1"' in capsys.readouterr().out
    assert bare.answer(["report", "check", str(tmp_path / "none.json")], {}, tmp_path) == 2
    assert bare.answer(["report", "annual"], {}, tmp_path) is None


def test_every_table_names_its_source() -> None:
    """Whose report it is and of which year stands with the table; no table lies there untested."""
    files = {str(path.relative_to(TABLES)) for path in TABLES.rglob("*") if path.suffix in (".json", ".html")}
    assert files == set(PUBLISHED | PARTS)
    for name in files:
        text = (TABLES / name).read_text(encoding="utf-8")
        source = (
            json.loads(text)["source"]
            if name.endswith(".json")
            else text.partition("来源：")[2].partition("-->")[0]
        )
        assert "年度报告" in source, name
        assert len(source) > 20, name


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


#: Rule → how it is broken, the exit code, the rules that find it, and where they find it.
FAULTS: dict[str, tuple[Callable[[dict[str, Any]], None], int, list[str], str]] = {
    "R1": (_r1, 1, ["R1", "R1"], "自然人列：一＋二＝三（七）＋四"),
    "R2": (_bump("table3", "三、本年度办理结果/（一）予以公开", "总计"), 1, ["R2", "R3"], "（一）予以公开：总计＝"),
    "R3": (_r3, 1, ["R3", "R3"], "自然人列：（七）＝"),
    "R4": (_r4, 1, ["R4"], "自然人列：二（本年）＝四（上年）"),
    "R5": (_bump("table4", "行政复议", "总计"), 1, ["R5"], "表四 行政复议：总计＝"),
    "R6": (_r6, 1, ["R6"], "四、结转下年度继续办理 · 科研机构"),
    "R7": (_r7, 0, ["R7"], "表二 规章：现行有效＝"),
    "R8": (_r8, 0, ["R8"], "表四 行政诉讼/未经复议直接起诉"),
    "R9": (_r9, 0, ["R9"], "正文：新收件数＝表三 一"),
}  # fmt: skip


@pytest.mark.parametrize("name", [*PUBLISHED, "made"])
@pytest.mark.parametrize("rule", FAULTS)
def test_planted_faults(rule: str, name: str) -> None:
    """Each rule's fault, planted in each of the published tables, is found by that rule, there, with what had to stand."""
    data = loaded(name)
    data["year"], data["table4"][DIRECT] = 2022, dict.fromkeys(data["table4"][DIRECT], 0)
    assert called(data)[1]["violations"] == []
    plant, code, rules, where = FAULTS[rule]
    plant(data)
    found_code, told, said = called(data)
    found = [*told["violations"], *(one for one in told["warnings"] if one["rule"].startswith("R"))]
    assert (found_code, [one["rule"] for one in found]) == (code, rules)
    assert all(set(one) == {"rule", "where", "expected", "found"} for one in found)
    assert all(one["expected"] != one["found"] for one in found)
    assert where in found[0]["where"]
    assert rule in said
    assert told["consistent"] is (code == 0)


@pytest.mark.parametrize("value", [-1, 1.5, "1.5", "若干", True, "3份左右", "２.５", "Infinity"])
@pytest.mark.parametrize(("table", "row"), [("table3", IN), ("table4", "行政诉讼/复议后起诉")])
def test_what_is_no_count(table: str, row: str, value: Any) -> None:
    """R6: a figure below nought, a fraction or a word is no count, wherever it stands."""
    data = loaded("suqian-2023.json")
    column = "自然人" if table == "table3" else "结果纠正"
    data[table][row][column] = value
    code, told, _ = called(data)
    assert code == 1
    assert [one["where"] for one in told["violations"] if one["rule"] == "R6"] == [
        f"表{'三' if table == 'table3' else '四'} {row} · {column}"
    ]


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
