"""Shapes of a report in which only one way of reading is right: figures by their heads, rows below rows, words among figures."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import pytest

from law.annual.assemble import add_rows
from law.annual.errors import Unreadable
from law.annual.figures import Figures, Note
from law.annual.grid import Grid, Spot
from law.annual.read_file import read_bytes, read_file
from law.annual.read_grid import _column, _wordy, read_grids
from law.annual.read_json import _apart, read_json

KINDS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
HEAD = ["项目", *KINDS, "总计"]
SEVEN = ("natural", "commercial", "research", "welfare", "legal_service", "other_org", "all")
NUMBERS = [1, 2, 3, 4, 5, 6, 21]
NEW = "一、本年新收政府信息公开申请数量"


def new_of(figures: Figures) -> list[Any]:
    return [figures.cell("new", one).value for one in SEVEN]


def plain_grid(*rows: list[str]) -> Grid:
    return Grid.of_rows([(cell, 1, 1) for cell in row] for row in rows)


def test_a_figure_beside_the_table_is_read_by_the_spans_of_the_head() -> None:
    """Counted from the end, the numbered remark would be the total."""
    page = (
        "<table><tr><td rowspan='2'>项目</td><td rowspan='2'>自然人</td><td colspan='5'>法人或其他组织</td>"
        "<td rowspan='2'>总计</td><td rowspan='2'>备注</td></tr>"
        f"<tr>{''.join(f'<td>{one}</td>' for one in KINDS[1:])}</tr>"
        f"<tr><td>新收</td>{''.join(f'<td>{one}</td>' for one in NUMBERS)}<td>7</td></tr></table>"
    )
    assert new_of(read_bytes(page.encode())) == NUMBERS


def test_a_second_name_of_a_row_is_no_figure() -> None:
    rows = [[NEW, *map(str, NUMBERS)], ["三、本年度办理结果", "（一）予以公开", *map(str, NUMBERS)]]
    found = read_grids([plain_grid(HEAD, *rows)], 2023)
    assert [found.cell("granted", one).value for one in SEVEN] == NUMBERS


def test_rows_of_no_name_do_not_keep_a_table_from_going_on() -> None:
    known, more = [NEW, *map(str, NUMBERS)], ["三、本年度办理结果/（一）予以公开", *map(str, NUMBERS)]
    unknown = ["另行统计的数", *"0000000"]
    found = read_grids([plain_grid(HEAD, known, unknown), plain_grid(HEAD, more, unknown)], 2023)
    assert new_of(found) == NUMBERS
    assert [found.cell("granted", one).value for one in SEVEN] == NUMBERS


def test_a_row_may_hold_words_among_its_figures_up_to_half() -> None:
    found = read_grids([plain_grid(HEAD, [NEW, "见附件", "见附件", "见附件", "4", "5", "6", "21"])], 2023)
    assert new_of(found) == [None, None, None, 4, 5, 6, 21]
    four = [NEW, "见附件", "见附件", "见附件", "见附件", "5", "6", "21"]
    with pytest.raises(Unreadable):
        read_grids([plain_grid(HEAD, four)], 2023)


@pytest.mark.parametrize(
    "text, wordy", [("甲", False), ("见附", True), ("见附件", True), ("5件", False), ("无", False), ("", False), ("null", False)]
)  # fmt: skip
def test_what_is_words(text: str, wordy: bool) -> None:
    assert _wordy(text) is wordy


def test_a_spot_without_words_is_no_column() -> None:
    assert _column(Spot("", 0, 0)) == ""
    assert _column(Spot("自然人", 0, 0)) == "natural"


@pytest.mark.parametrize("value, cells, below", [
    ({"自然人": {"甲": 5}, "备注": "x"}, {}, {"自然人": {"甲": 5}, "备注": "x"}),
    ({"自然人": {"甲": 5}}, {}, {"自然人": {"甲": 5}}),
    ({"备注": "x"}, {}, {"备注": "x"}),
    ({"总计": 3, "其中": {"甲": 1}}, {"all": 3}, {"其中": {"甲": 1}}),
    ({"总计": 3, "其他": {"自然人": 1}}, {"all": 3}, {"其他": {"自然人": 1}}),
    ({"总计": 3, "其他": {"value": 1}}, {"all": 3, "other_org": {"value": 1}}, {}),
    ({"总计": 3, "（一）予以公开": 5}, {"all": 3}, {"（一）予以公开": 5}),
    ({"总计": 3, "备注": "x"}, {"all": 3}, {}),
])  # fmt: skip
def test_cells_are_told_from_rows(
    value: dict[str, Any], cells: dict[str, Any], below: dict[str, Any]
) -> None:
    assert _apart(value) == (cells, below)


def test_rows_may_stand_in_a_row_of_a_list() -> None:
    rows = [
        {"label": NEW, "自然人": 1},
        {"label": "三、本年度办理结果", "rows": {"（一）予以公开": {"自然人": 2}}},
    ]
    found = read_json(json.dumps({"table3": rows}))
    assert found.cell("granted", "natural").value == 2


def test_a_row_of_words_that_is_unknown_is_noted_as_a_remark() -> None:
    figures = Figures()
    add_rows(figures, [((NEW,), {"all": 1}), (("说明", "填报"), {"all": "由各部门填报"})])
    assert Note("remark", "表三 说明/填报", "不是数字，作为说明看待，不核对") in figures.notes


def test_a_report_of_another_year_beside_it_is_noted() -> None:
    figures = Figures(year=2023)
    figures.follow(Figures(year=2021))
    told = "上年度报告写的是2021年度，本报告是2023年度，请看 R4、R7 是否适用"
    assert figures.notes == [Note("other_year", "上年度", told)]
    for before in (Figures(year=2022), Figures()):
        next_to_it = Figures(year=2023)
        next_to_it.follow(before)
        assert next_to_it.notes == []
        assert next_to_it.previous is before


def test_an_unknown_road_is_told_with_all_it_stands_under() -> None:
    found = read_json(json.dumps({"table3": {NEW: {"总计": 1}}, "table4": {"甲": {"乙": {"结果维持": 1}}}}))
    assert any(note.where == "表四 甲/乙" for note in found.notes)


@pytest.mark.parametrize("error, said", [
    (FileNotFoundError(errno.ENOENT, "x"), "没有这个文件"), (IsADirectoryError(errno.EISDIR, "x"), "这是文件夹"),
    (PermissionError(errno.EACCES, "x"), "没有权限"), (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    (OSError("坏了"), "坏了"),
])  # fmt: skip
def test_why_a_file_cannot_be_read_is_said(
    error: OSError, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(Unreadable) as refused:
        read_file(Path("a.json"))
    assert refused.value.message == f"读不到文件“a.json”：{said}。"
