"""The tables of a report are found among those of a page by their heads, and read by them or by counting."""

from __future__ import annotations

from typing import Any

import pytest

from law.annual.errors import Unreadable
from law.annual.figures import Cell, Figures, Note, cell_of
from law.annual.grid import Grid
from law.annual.layout import layout
from law.annual.read_grid import read_grids
from law.annual.rules import check

KINDS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
HEAD = ["项目", *KINDS, "总计"]
ROW = ["新收", "1", "2", "3", "4", "5", "6", "21"]
SEVEN = ("natural", "commercial", "research", "welfare", "legal_service", "other_org", "all")


def _grid(*rows: list[Any]) -> Grid:
    """Lay out a table: a cell is its text, or (text, columns, rows)."""
    return Grid.of_rows([cell if isinstance(cell, tuple) else (cell, 1, 1) for cell in row] for row in rows)


def _values(figures: Figures) -> dict[str, list[Any]]:
    return {row: [cells[one].value for one in SEVEN if one in cells] for row, cells in figures.table3.items()}


def _three(*grids: Grid) -> dict[str, list[Any]]:
    return _values(read_grids(grids, 2023))


NUMBERS = [1, 2, 3, 4, 5, 6, 21]


def test_no_table_three() -> None:
    for grids in (
        [],
        [Grid()],
        [_grid(["自然人", "备注"], ["新收", "1"])],
        [_grid(HEAD)],
        [_grid(HEAD, ["（一）予以公开", *"1234567"])],
    ):
        with pytest.raises(Unreadable) as refused:
            read_grids(grids, 2023)
        assert refused.value.message == (
            "没有找到表三（收到和处理政府信息公开申请情况）：表头应有“自然人”“商业企业”“总计”等列。"
        )


def test_a_plain_table() -> None:
    figures = read_grids([_grid(HEAD, ROW)], 2023)
    assert figures.year == 2023
    assert figures.table3 == {"new": {one: Cell(n, str(n)) for one, n in zip(SEVEN, NUMBERS, strict=True)}}
    assert Note("missing_table", "表四", "没有读到行政复议、行政诉讼情况表") in figures.notes


def test_the_table_is_the_first_that_reads_as_one() -> None:
    """Tables before it that only look alike are passed over."""
    before = [_grid(["年度", "2023"]), _grid(HEAD, ["备注", *"0000000"]), _grid(["自然人"], ["1"])]
    assert _three(*before, _grid(HEAD, ROW)) == {"new": NUMBERS}
    assert _three(_grid(HEAD, ["总计", *"1111117"])) == {"total": [1, 1, 1, 1, 1, 1, 7]}


def test_a_head_of_several_lines() -> None:
    grid = _grid(
        [("说明：第一项加第二项之和，等于第三项加第四项之和", 2, 3), ("申请人情况", 7, 1)],
        [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
        KINDS[1:],
        [("新收", 2, 1), *ROW[1:]],
        [("三、本年度办理结果", 1, 2), "（二）部分公开", *"0123456"],
        ["（三）不予公开", *"6543210"],
        [],
        [("四、结转下年度继续办理", 2, 1), *"7777777"],
        [("新收", 2, 1), *"9999999"],
    )
    assert _three(grid) == {
        "new": NUMBERS,
        "partial": [0, 1, 2, 3, 4, 5, 6],
        "refuse": [6, 5, 4, 3, 2, 1, 0],
        "carried_out": [7] * 7,
    }


def test_a_head_is_five_lines_at_most_and_ends_where_rows_begin() -> None:
    """The columns are named on the line of 自然人 or the four below it; what names a row names no column."""
    first, last, remarked = ["项目", *KINDS], ["单位：件", *[""] * 6, "总计"], [*ROW, "见附注"]
    assert _three(_grid(first, [], [], [], last, remarked)) == {"new": NUMBERS}
    with pytest.raises(Unreadable):
        # Without all seven columns the figures are counted from the end, where the remark stands.
        read_grids([_grid(first, [], [], [], [], last, remarked)], None)
    assert _three(_grid(first, ["总计", *"1111117"])) == {"total": [1, 1, 1, 1, 1, 1, 7]}


def test_what_makes_a_head() -> None:
    """自然人, and 商业企业 or 总计; other words beside them are as long as no column is called."""
    assert _three(_grid(["本年收到的申请", "自然人", *"甲乙丙丁戊", "总计"], ROW)) == {"new": NUMBERS}
    assert _three(_grid(["项目", "自然人", "商业企业", *"甲乙丙丁", "数"], ROW)) == {"new": NUMBERS}
    with pytest.raises(Unreadable):
        read_grids([_grid(["项目", "自然人", *"甲乙丙丁戊己"], ROW)], None)
    long = "自然人（含港澳台居民在内）个数"
    assert _three(_grid(["项目", f"{long}呀", *KINDS[1:], "总计"], ROW)) == {"new": NUMBERS}
    with pytest.raises(Unreadable):
        read_grids([_grid(["项目", f"{long}呀吗", *KINDS[1:], "总计"], ROW)], None)
    remark = "以上各列由各部门分别填报后汇总而成"
    assert _three(_grid([*HEAD, remark], [*ROW, "见附注"])) == {"new": NUMBERS}
    assert _three(_grid(["各项合计"], HEAD, [*ROW, "见附注"])) == {"new": NUMBERS}


def test_columns_that_do_not_follow_each_other_are_counted() -> None:
    """A lost span shifts the head against the figures; the last seven cells of a row are its figures."""
    lost = _grid(["项目", ("说明", 2, 1), *KINDS, "总计"], ROW, ["", "（一）予以公开", *ROW[1:], "", ""])
    assert _three(lost) == {"new": NUMBERS, "granted": NUMBERS}
    mixed = _grid(["项目", "总计", *KINDS], ROW)
    assert _three(mixed) == {"new": NUMBERS}


def test_rows_read_by_counting() -> None:
    """Heads that reach down from above belong to a row; empty cells at its end do not, nor rows of words or of too few cells."""
    shifted = ["甲", "乙", "丙", *KINDS, "总计"]
    grid = _grid(
        shifted,
        [("新收", 1, 1), *ROW[1:]],
        ["备注", "本行", "没有", "数字", "只有", "文字", "的话", "很多", "如此"],
        ["短", "1", "2"],
        [("（三）不予公开", 1, 3), "1.涉密", *"1000001"],
        ["2.其他法律法规", *"0100001"],
        [*"0010001"],
        ["（七）总计", *"1110003", "", ""],
    )  # fmt: skip
    assert _three(grid) == {
        "new": NUMBERS,
        "refuse_1": [1, 0, 0, 0, 0, 0, 1],
        "refuse_2": [0, 1, 0, 0, 0, 0, 1],
        "refuse": [0, 0, 1, 0, 0, 0, 1],
        "total": [1, 1, 1, 0, 0, 0, 3],
    }
    # Only what is empty behind all seven is none of them.
    assert _three(_grid(shifted, ["", "新收", *"123456", ""])) == {"new": [1, 2, 3, 4, 5, 6, None]}
    assert _three(_grid(shifted, ["", "新收", *"1234560", ""])) == {"new": [1, 2, 3, 4, 5, 6, 0]}
    assert _three(_grid(shifted, ROW, [("（三）不予公开", 1, 2), *"1000001"], [*"000000"])) == {
        "new": NUMBERS,
        "refuse": [1, 0, 0, 0, 0, 0, 1],
    }
    # Seven figures without any name are no row.
    assert _three(_grid(shifted, ROW, [*"7777777"])) == {"new": NUMBERS}


def test_words_in_the_columns_of_figures() -> None:
    """A row of words is none; a word among the figures of a row that the table has is a fault of that row."""
    grid = _grid(
        HEAD,
        ROW,
        ["总计", *["见附件"] * 4, *ROW[5:]],
        ["备注", "见附件", *ROW[2:]],
        ["", *ROW[1:]],
        ["（二）部分公开", "3件", "/", "若", *ROW[4:]],
        ["四、结转下年度", "#REF!", *ROW[2:]],
    )
    assert _three(grid) == {
        "new": NUMBERS,
        "partial": [3, None, None, 4, 5, 6, 21],
        "carried_out": [None, 2, 3, 4, 5, 6, 21],
    }
    assert [one.where for one in check(read_grids([grid], 2023)) if one.rule == "R6"] == [
        "表三 （二）部分公开 · 科研机构",
        "表三 四、结转下年度 · 自然人",
    ]


def test_a_label_that_fills_several_places_is_told_once() -> None:
    grid = _grid(
        ["", "", "", *KINDS, "总计"],
        ["新收", "新收", "新收", *ROW[1:]],
        ["（三）不予公开", "", "1.涉密", *ROW[1:]],
    )
    figures = read_grids([grid], None)
    assert figures.printed == {"new": "新收", "refuse_1": "（三）不予公开/1.涉密"}


@pytest.mark.parametrize(
    "after", ["行政复议", "四、政府信息公开行政复议、行政诉讼情况", "结果维持", "五、存在的主要问题"]
)
def test_what_follows_the_table_is_not_read(after: str) -> None:
    grid = _grid(HEAD, ROW, [after], ["（二）部分公开", *ROW[1:]])
    assert _three(grid) == {"new": NUMBERS}


def test_a_table_cut_by_a_page_break() -> None:
    """What follows without a head goes on with it, until the last row is read or another table begins."""
    first, rest = _grid(HEAD, ROW), _grid(["", "（二）部分公开", *ROW[1:]])
    end = _grid(["四、结转下年度继续办理", *ROW[1:]])
    more = _grid(["（一）予以公开", *ROW[1:]])
    figures = read_grids([first, rest, end, more], 2023)
    assert list(figures.table3) == ["new", "partial", "carried_out"]
    assert "repeated_row" not in [note.code for note in figures.notes]
    assert list(_three(first, _grid(HEAD, ["总计", *ROW[1:]]), more)) == ["new"]
    assert list(_three(first, more)) == ["new", "granted"]


# ------------------------------------------------------------------------------------------------- table four

RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
ROADS = ("reconsideration", "direct", "after")


def _four(*grids: Grid) -> dict[str, list[Any]]:
    figures = read_grids([_grid(HEAD, ROW), *grids], 2023)
    return {
        road: [cells[one.id].value for one in layout().results if one.id in cells]
        for road, cells in figures.table4.items()
    }


FIFTEEN = [str(number) for number in range(15)]
READ = {"reconsideration": [0, 1, 2, 3, 4], "direct": [5, 6, 7, 8, 9], "after": [10, 11, 12, 13, 14]}


def test_table_four_as_printed() -> None:
    grid = _grid(
        [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
        [*((one, 1, 2) for one in RESULTS), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        [*RESULTS, *RESULTS],
        FIFTEEN,
    )
    assert _four(grid) == READ
    # Another one behind it says nothing more, a table of something else before it is passed over.
    other = _grid(["", *RESULTS], ["行政复议", *"99999"])
    assert _four(_grid(["结果维持"]), grid, other) == READ


def test_the_roads_in_another_order() -> None:
    grid = _grid(
        [("行政诉讼", 10, 1), ("行政复议", 5, 1)],
        [("复议后起诉", 5, 1), ("未经复议直接起诉", 5, 1), *((one, 1, 2) for one in RESULTS)],
        [*RESULTS, *RESULTS],
        FIFTEEN,
    )
    assert _four(grid) == {
        "after": READ["reconsideration"],
        "direct": READ["direct"],
        "reconsideration": READ["after"],
    }


def test_table_four_whose_heads_lost_their_spans() -> None:
    """Fifteen figures under heads that fit nowhere are read in the printed order; fewer are not."""
    heads = [["行政复议", "行政诉讼"], [*RESULTS, "未经复议直接起诉", "复议后起诉"], [*RESULTS, *RESULTS]]
    assert _four(_grid(*heads, FIFTEEN)) == READ
    assert _four(_grid(*heads, ["件数", *FIFTEEN])) == READ
    assert _four(_grid(*heads, FIFTEEN[:14])) == {}
    assert _four(_grid(*heads)) == {}


PRINTED = [
    [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
    [*((one, 1, 2) for one in RESULTS), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
    [*RESULTS, *RESULTS],
]


def test_table_four_without_figures() -> None:
    assert _four(_grid(*PRINTED)) == {}
    assert _four(_grid(*PRINTED, [])) == dict.fromkeys(READ, [None] * 5)


def test_columns_of_table_four_that_are_none_of_the_fifteen() -> None:
    """A sum over all roads before them, a remark behind, another inside a road."""
    heads = [
        [("", 1, 2), ("行政复议", 6, 1), ("行政诉讼", 10, 1), ("备注", 1, 3)],
        [*((one, 1, 2) for one in RESULTS), ("说明", 1, 2), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        ["合计", *RESULTS, *RESULTS],
    ]
    assert _four(_grid(*heads, ["99", *FIFTEEN[:5], "无", *FIFTEEN[5:], "无"])) == READ


def test_words_above_table_four() -> None:
    """Its title may name all roads; what stands further above is no part of it."""
    remarked = [[*PRINTED[0], ("备注", 1, 3)], *PRINTED[1:], [*FIFTEEN, "99"]]
    assert _four(_grid([("四、行政复议、行政诉讼情况", 16, 1)], *remarked)) == READ
    assert _four(_grid([("复议后起诉的另附说明", 16, 1)], [("单位：件", 16, 1)], *remarked)) == READ


@pytest.mark.parametrize(("letters", "read"), [(20, True), (21, False)])
def test_how_long_the_name_of_a_road_may_be(letters: int, read: bool) -> None:
    road = "未经复议直接起诉".ljust(letters, "件")
    heads = [PRINTED[0] + [("备注", 1, 3)], [*PRINTED[1][:5], (road, 5, 1), ("复议后起诉", 5, 1)], PRINTED[2]]
    assert (_four(_grid(*heads, [*FIFTEEN, "99"])) == READ) is read


def test_how_long_the_name_of_a_result_may_be_in_fifteen_columns() -> None:
    long = "结果维持的案件数量以及有关说"
    heads = [PRINTED[0] + [("备注", 1, 3)], [(long, 1, 2), *PRINTED[1][1:]], PRINTED[2]]
    assert _four(_grid(*heads, [*FIFTEEN, "99"])) == READ


def test_table_four_road_by_road() -> None:
    grid = _grid(
        ["", "类型", *RESULTS],
        ["", "行政复议", *"12306"],
        [("行政诉讼", 1, 2), "未经复议直接起诉", *"00011"],
        ["复议后起诉", *"10001"],
        ["备注", "说明", *"99999"],
    )
    assert _four(grid) == {
        "reconsideration": [1, 2, 3, 0, 6],
        "direct": [0, 0, 0, 1, 1],
        "after": [1, 0, 0, 0, 1],
    }
    assert _four(_grid(["行政复议类别", *RESULTS], ["复议后起诉", *"10001"])) == {"after": [1, 0, 0, 0, 1]}
    assert _four(_grid(["行政复议另列"], ["", *RESULTS], ["复议后起诉", *"10001"])) == {
        "after": [1, 0, 0, 0, 1]
    }
    assert _four(_grid(["", *RESULTS[:1], "总计"], ["行政复议", "3", "4"])) == {"reconsideration": [3, 4]}


def test_long_words_are_no_headings() -> None:
    long = "结果维持的案件数量以及有关说明"
    assert len(long) == 15
    assert _four(_grid(["", long, "总计"], ["行政复议", "3", "4"])) == {}
    assert _four(_grid(["", long[:14], "总计"], ["行政复议", "3", "4"])) == {"reconsideration": [3, 4]}


# -------------------------------------------------------------------------------------------------- table two


def test_table_two() -> None:
    grid = _grid(
        [("第二十条第（一）项", 4, 1)],
        ["规章", "0", "0", "0"],
        ["信息内容", "本年制发件数", "", "现行有效件数"],
        ["规 章", "3", "1", "12"],
        ["其他", "9", "9", "9"],
        ["行政规范性文件", "4", "", "/"],
        [("第二十条第（五）项", 4, 1)],
        ["信息内容", ("本年处理 决定数量", 3, 1)],
        ["行政许可", ("1,234件", 3, 1)],
        ["规章", "7", "7", "7"],
        ["行政处罚", ("5", 3, 1)],
    )
    figures = read_grids([_grid(HEAD, ROW), grid, _grid(["行政强制", "6"])], 2023)
    assert figures.table2 == {
        "规章": {"本年制发件数": cell_of("3"), "现行有效件数": cell_of("12")},
        "行政规范性文件": {"本年制发件数": cell_of("4"), "现行有效件数": cell_of("/")},
        "行政许可": {"本年处理决定数量": cell_of("1,234件")},
        "行政处罚": {"本年处理决定数量": cell_of("5")},
    }


def test_columns_of_table_two_that_nobody_knows() -> None:
    grid = _grid(["信息内容", "备注（件）", "采购总金额"], ["政府集中采购", "1", "2.5万元"])
    assert read_grids([_grid(HEAD, ROW), grid], 2020).table2 == {
        "政府集中采购": {"备注（件）": cell_of("1"), "采购总金额": cell_of("2.5")}
        | {"采购总金额": cell_of("2.5万元")}
    }
