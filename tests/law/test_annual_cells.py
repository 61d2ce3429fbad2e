"""What stands in one cell, in the rows of a printed table, and in the text beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from law.annual.figures import MISSING, Cell, Figures, as_json, cell_of, json_value
from law.annual.grid import Grid, Spot
from law.annual.layout import HandTable, Heading, Row, layout
from law.annual.told import first_part, told_in
from law.outcomes import Outcome

CELLS: list[tuple[Any, Cell]] = [
    (None, MISSING),
    (0, Cell(0, "0")),
    (12, Cell(12, "12")),
    (-3, Cell(-3, "-3")),
    (True, Cell(None, "True")),
    (2.0, Cell(2, "2.0")),
    (2.5, Cell(Decimal("2.5"), "2.5")),
    (Decimal("3.10"), Cell(Decimal("3.10"), "3.10")),
    (float("inf"), Cell(None, "inf")),
    (float("nan"), Cell(None, "nan")),
    ("7", Cell(7, "7")),
    (" １２ ", Cell(12, "12")),
    ("1 2", Cell(12, "12")),
    ("3\u200b4", Cell(34, "34")),
    ("+5", Cell(5, "+5")),
    ("-5", Cell(-5, "-5")),
    ("4件", Cell(4, "4件")),
    ("4万元", Cell(4, "4万元")),
    ("6(其中重复2)", Cell(6, "6(其中重复2)")),
    ("１,２３４", Cell(1234, "1234")),
    ("1,234,567", Cell(1234567, "1234567")),
    ("1,234.5", Cell(Decimal("1234.5"), "1234.5")),
    ("1,23", Cell(None, "1,23")),
    ("1.50", Cell(Decimal("1.50"), "1.50")),
    ("若干", Cell(None, "若干")),
    ("12①", Cell(12, "12")),
    ("12²", Cell(12, "12")),
    ("③", Cell(3, "3")),
    ("1½", Cell(None, "11⁄2")),
    # No count of requests is as long; written out, the last would fill the memory.
    ("9" * 12, Cell(10**12 - 1, "9" * 12)),
    ("9" * 16, Cell(None, "9" * 16)),
    (10**12, Cell(None, str(10**12))),
    (Decimal("1e999999999"), Cell(None, "1E+999999999")),
    ("4 件多", Cell(None, "4件多")),
    *((blank, MISSING) for blank in ("", " ", "/", "\\", "-", "--", "———"[:2], "—", "–", "一", "无", "空", "NULL", "None", "N/A", "\ufeff")),
]  # fmt: skip


@pytest.mark.parametrize(("written", "cell"), CELLS, ids=lambda one: repr(one)[:20])
def test_what_a_cell_says(written: Any, cell: Cell) -> None:
    read = cell_of(written)
    assert (read, type(read.value)) == (cell, type(cell.value))


@pytest.mark.parametrize(
    ("cell", "blank", "count", "plain"),
    [
        (MISSING, True, False, None),
        (Cell(0, "0"), False, True, 0),
        (Cell(1, ""), False, True, 1),
        (Cell(-1, "-1"), False, False, -1),
        (Cell(Decimal("1.5"), "1.5"), False, False, 1.5),
        (Cell(None, "若干"), False, False, "若干"),
    ],
)
def test_blank_cells_counts_and_json(cell: Cell, blank: bool, count: bool, plain: Any) -> None:
    assert (cell.blank, cell.is_count) == (blank, count)
    assert json_value(cell) == plain
    assert type(json_value(cell)) is type(plain)


def test_a_cell_nobody_read_says_nothing() -> None:
    figures = Figures(table3={"new": {"all": Cell(1)}}, table4={"direct": {"all": Cell(2)}})
    assert (figures.cell("new", "all"), figures.remedy("direct", "all")) == (Cell(1), Cell(2))
    assert figures.cell("new", "natural") == figures.cell("total", "all") == MISSING
    assert figures.remedy("direct", "upheld") == figures.remedy("after", "all") == MISSING


def test_a_rows_total_as_printed_or_added_up() -> None:
    kinds = layout().kinds
    six = {kind: Cell(number) for number, kind in enumerate(kinds)}
    assert Figures(table3={"new": {**six, "all": Cell(99)}}).total("new") == 99
    assert Figures(table3={"new": six}).total("new") == 15
    assert Figures(table3={"new": dict.fromkeys(kinds, Cell(0))}).total("new") == 0
    assert Figures(table3={"new": {**six, "welfare": MISSING}}).total("new") is None
    assert Figures().total("new") is None


def test_what_a_row_is_called() -> None:
    figures = Figures(extra={"九": "refuse"}, printed={"new": "新收", "十": "十一"})
    assert figures.name("new") == "新收"
    assert figures.name("九") == "九"
    assert figures.name("total") == "三、本年度办理结果/（七）总计"


def test_figures_as_they_are_handed_on() -> None:
    """Labels stand for every row, column, road and result; a row nobody knows keeps its own."""
    figures = Figures(
        year=2023,
        table2={"规章": {"本年制发件数": Cell(1), "本年收费": Cell(Decimal("1.5"))}},
        table3={
            "new": {"natural": Cell(1), "all": MISSING, "甲": Cell(3)},
            "九": {"all": Cell(None, "若干")},
        },
        table4={"after": {"upheld": Cell(2), "乙": Cell(0)}},
        narrative={"new": Cell(4), "done": MISSING},
        extra={"九": "refuse"},
    )
    assert as_json(figures) == {
        "year": 2023,
        "table2": {"规章": {"本年制发件数": 1, "本年收费": 1.5}},
        "table3": {"一、本年新收政府信息公开申请数量": {"自然人": 1, "总计": None, "甲": 3}, "九": {"总计": "若干"}},
        "table4": {"行政诉讼/复议后起诉": {"结果维持": 2, "乙": 0}},
        "narrative": {"new": 4, "done": None},
    }  # fmt: skip


# ---------------------------------------------------------------------------------------------- the layout


def test_the_layout_as_the_tables_say_it() -> None:
    held = layout()
    assert held.columns[0] == Heading("natural", "自然人", ("自然人", "公民", "个人"), "natural")
    assert held.columns[-1] == Heading("all", "总计", ("总计", "合计", "共计"), "")
    assert held.roads[1] == Heading(
        "direct", "行政诉讼/未经复议直接起诉", ("未经复议", "直接起诉", "直接诉讼", "未经行政复议")
    )
    assert held.results[3] == Heading("pending", "尚未审结", ("尚未审结", "未审结", "未结"))
    assert held.groups["not_handled"] == Row(
        "not_handled", "（五）不予处理", "", 5, frozenset(), (("不予处理",),), ()
    )
    assert held.groups["results"].number == 0
    assert held.rows["granted"] == Row(
        "granted",
        "（一）予以公开",
        "results",
        1,
        frozenset({Outcome.DISCLOSE, Outcome.ALREADY_PUBLIC}),
        (("予以公开",), ("予公开",)),
        ("不予", "部分"),
    )
    assert held.rows["carried_in"] == Row(
        "carried_in",
        "二、上年结转政府信息公开申请数量",
        "",
        0,
        frozenset(),
        (("上年", "转"), ("上一年", "转"), ("上年度", "转")),
        ("下年", "下一年"),
    )
    assert held.hand[0] == HandTable(
        "第二十条第（一）项",
        ("本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", "行政规范性文件"),
        frozenset(),
        frozenset(),
    )
    assert held.hand[3].money == {"本年收费金额（单位：万元）"}
    assert held.old_hand[1].signed == {"本年增/减"}
    assert (held.old_hand[4].money, held.old_hand[4].signed) == ({"采购总金额"}, frozenset())
    assert (held.split_other_from, held.old_table2_until, held.first_year, held.direct_suits_from) == (
        2021,
        2020,
        2019,
        2024,
    )
    assert layout() is held
    assert held.kinds == ("natural", "commercial", "research", "welfare", "legal_service", "other_org")


def test_the_rows_of_results() -> None:
    groups = {"refuse": 8, "unable": 3, "not_handled": 5, "other": 3}
    rows = [
        "granted",
        "partial",
        *(f"{group}_{n}" for group, most in groups.items() for n in range(1, most + 1)),
    ]
    assert [row.id for row in layout().leaves] == rows
    assert list(layout().rows) == ["new", "carried_in", *rows, "total", "carried_out"]


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2025])
def test_how_a_years_tables_are_printed(year: int) -> None:
    old = year <= 2020
    printed = [row.id for row in layout().printed_rows(year)]
    other = ["other"] if old else ["other_1", "other_2", "other_3"]
    place = printed.index("not_handled_5") + 1
    assert printed[place:] == [*other, "total", "carried_out"]
    assert printed[:place] == list(layout().rows)[:place]
    assert layout().hand_tables(year) == (layout().old_hand if old else layout().hand)


PATHS = {
    "new": "一、本年新收政府信息公开申请数量",
    "results": "三、本年度办理结果",
    "granted": "三、本年度办理结果/（一）予以公开",
    "refuse": "三、本年度办理结果/（三）不予公开",
    "refuse_1": "三、本年度办理结果/（三）不予公开/1.属于国家秘密",
    "total": "三、本年度办理结果/（七）总计",
}


@pytest.mark.parametrize(("row", "path"), PATHS.items())
def test_the_heads_a_row_stands_under(row: str, path: str) -> None:
    assert layout().path(row) == path


def test_the_row_an_outcome_counts_in() -> None:
    assert layout().row_of("disclose") == layout().row_of(Outcome.ALREADY_PUBLIC) == "granted"
    assert layout().row_of("refuse_process") == "refuse_6"
    assert layout().row_of("not_ours") == "unable_1"
    assert layout().row_of(Outcome.WITHDRAWN) == "other_3"


# ---------------------------------------------------------------------------------------------- the grid


def _shown(grid: Grid, columns: int) -> list[str]:
    return ["|".join(grid.text(row, column) for column in range(columns)) for row in grid.numbered_rows()]


def test_merged_cells_stand_at_every_place_they_cover() -> None:
    grid = Grid.of_rows([
        [("甲", 1, 2), ("乙", 2, 1), ("丙", 1, 1)],
        [("丁", 1, 1), ("戊", 1, 2), ("己", 1, 1)],
        [("庚", 0, 0), ("辛", 1, 1)],
    ])  # fmt: skip
    assert _shown(grid, 5) == ["甲|乙|乙|丙|", "甲|丁|戊|己|", "庚|辛|戊||"]
    assert grid.height == 3
    assert list(grid.numbered_rows()) == [0, 1, 2]
    assert [spot.text for spot in grid.spots(1)] == ["甲", "丁", "戊", "己"]
    assert [spot.text for spot in grid.own(1)] == ["丁", "戊", "己"]
    assert grid.spots(0)[1] == Spot("乙", 0, 1, 1, 2)
    assert grid.own(2) == [Spot("庚", 2, 0), Spot("辛", 2, 1)]


def test_a_cell_that_reaches_below_the_last_row_makes_rows() -> None:
    grid = Grid.of_rows([[("甲", 1, 3)], []])
    assert _shown(grid, 1) == ["甲", "甲", "甲"]
    assert Grid.of_rows([[], [("甲", 1, 1)]]).height == 2


def test_what_lies_outside_a_table_is_empty() -> None:
    grid = Grid.of_rows([[("甲", 1, 1)], [("乙", 1, 1)]])
    assert (grid.text(0, 0), grid.text(1, 0)) == ("甲", "乙")
    assert grid.text(-1, 0) == grid.text(2, 0) == grid.text(0, 1) == ""
    assert grid.places_of(0) == {0: Spot("甲", 0, 0)}
    assert (grid.places_of(3), grid.height) == ({}, 4)


def test_a_place_is_taken_once() -> None:
    grid = Grid()
    grid.put(Spot("宽", 0, 0, 2, 2))
    grid.put(Spot("后", 1, 1, 1, 2))
    assert _shown(grid, 3) == ["宽|宽|", "宽|宽|后"]
    assert [spot.text for spot in grid.own(1)] == ["后"]


def test_a_page_that_claims_more_than_any_report_is_not_read_on() -> None:
    assert Grid.of_rows([[("甲", 1, 1)]] * 2001).height == 2000
    wide = Grid.of_rows([[(str(number), 1, 1) for number in range(66)], [("乙", 100, 1), ("丙", 1, 1)]])
    assert sorted(wide.places[0]) == sorted(wide.places[1]) == list(range(64))
    assert (wide.text(0, 63), wide.text(0, 64)) == ("63", "")
    deep = Grid.of_rows([[("甲", 1, 999)], *[[("乙", 1, 999)]] * 1500])
    assert deep.height == 2000
    assert deep.places[1999]


# ---------------------------------------------------------------------------------------------- the text

TOLD: dict[str, dict[str, int]] = {
    "本年新收政府信息公开申请859件": {"new": 859},
    "全年共收到政府信息公开申请１２件，上年结转 3 件，办结申请 14 件，结转下年度 1 件。": {"new": 12, "carried_in": 3, "done": 14, "carried_out": 1},
    "受理20件政府信息公开申请": {"new": 20},
    "收到政府信息公开申请3,511件，办结1,234件，其中予以公开7件": {"new": 3511, "done": 1234},
    "办结建议提案30件；待办结3件，其中予以公开1件": {},
    "上一年度结转申请7宗；答复依申请公开申请5份；结转至下一年度继续办理的申请2件": {"carried_in": 7, "done": 5, "carried_out": 2},
    "办结申请5件，尚未办结的申请2件，待答复申请1件": {"done": 5},
    # Told twice alike it is told; told twice otherwise, one may be of a part.
    "新收申请3件。收到申请3件": {"new": 3},
    "新收申请3件，其中收到申请2件": {},
    "新收申请3件，收到申请2件，上年结转1件": {"carried_in": 1},
    "公开信息100条": {},
    "": {},
}  # fmt: skip


@pytest.mark.parametrize("words", TOLD)
def test_numbers_told_of_the_whole_year(words: str) -> None:
    assert told_in(words) == {key: Cell(number, str(number)) for key, number in TOLD[words].items()}


def test_the_first_part_of_the_text() -> None:
    assert first_part("年报 一、 总体\n情况 新收１件 二、主动公开 信息 二、主动公开") == "新收1件"
    assert first_part("一、总体情况 新收1件") == ""
    assert first_part("") == ""
