"""A report typed as JSON is read however it is nested, and what cannot be read is refused by saying why."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from law.annual.errors import Unreadable
from law.annual.figures import MISSING, Cell, Figures, Note
from law.annual.read_json import read_json, year_of

NEW = {"自然人": 1, "总计": 1}
KINDS = ("natural", "commercial", "research", "welfare", "legal_service", "other_org")
SEVEN = (*KINDS, "all")


def _read(table3: Any = None, **more: Any) -> Figures:
    return read_json(
        json.dumps({"table3": {"新收": NEW} if table3 is None else table3, **more}, ensure_ascii=False)
    )


def _table3(table3: Any) -> dict[str, dict[str, Any]]:
    """Read a table three and give its rows as plain values."""
    return {
        row: {column: cell.value for column, cell in cells.items()}
        for row, cells in _read(table3).table3.items()
    }


def _refusal(text: str) -> str:
    with pytest.raises(Unreadable) as refused:
        read_json(text)
    return refused.value.message


REFUSED = {
    '{"table3": {"a": 1,\n ]}': "不是可以读取的 JSON（第 2 行第 2 列），请检查文件。",
    "[" * 200_000: "不是可以读取的 JSON，请检查文件。",
    "[]": "JSON 的最外层应为对象，含 year、table3、table4。",
    '"x"': "JSON 的最外层应为对象，含 year、table3、table4。",
    "{}": "没有 table3（表三：收到和处理政府信息公开申请情况），不能核对。",
    '{"table3": {}}': "没有 table3（表三：收到和处理政府信息公开申请情况），不能核对。",
    '{"year": 1, "year": 2}': "“year”写了两次，内容不同，请只留一个。",
    '{"table3": 5}': "table3 应为对象：行名、各列的数字。",
    '{"table3": "新收"}': "table3 应为对象：行名、各列的数字。",
    '{"table3": [5]}': "表三的每一行应为一个对象：列名、数字。",
    '{"table3": [{"自然人": 5}]}': "表三的行没有写明是哪一行（label）。",
    '{"table3": {"新收": [1, 2]}}': "表三每行应为 7 列，读到 2 列。",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda one: one[:20])
def test_what_is_refused(text: str) -> None:
    assert _refusal(text) == REFUSED[text]


def test_the_same_written_twice_alike_is_no_fault() -> None:
    assert read_json('{"table3": {"新收": {"总计": 1, "总计": 1}}}').table3 == {"new": {"all": Cell(1, "1")}}


def test_numbers_as_json_writes_them() -> None:
    cells = read_json(
        '{"table3": {"新收": {"自然人": 1.10, "商业企业": NaN, "科研机构": Infinity, "公益": 2.0, "总计": 3}}}'
    ).table3["new"]
    assert cells == {
        "natural": Cell(Decimal("1.10"), "1.10"),
        "commercial": MISSING,
        "research": Cell(None, "Infinity"),
        "welfare": Cell(2, "2.0"),
        "all": Cell(3, "3"),
    }


@pytest.mark.parametrize(
    ("written", "year"),
    [(2023, 2023), ("2023", 2023), ("2023年度", 2023), ("截至2021-12-31", 2021), (None, None), ("", None), (12023, None), (20231, None), (1999, None)],
)  # fmt: skip
def test_years(written: Any, year: int | None) -> None:
    assert year_of(written) == year
    figures = _read(year=written)
    assert figures.year == year
    assert (Note("no_year", "year", "没有写明年度，R8 不能核对") in figures.notes) is (year is None)


@pytest.mark.parametrize(
    "name", ["table3", "table_3", "Table 3", "表三", "表三：收到和处理政府信息公开申请情况"]
)
def test_names_of_the_parts(name: str) -> None:
    rest = {name.replace("3", "2").replace("三", "二"): {"规章": {"现行有效件数": 2}}}
    rest[name.replace("3", "4").replace("三", "四")] = {"行政复议": {"结果维持": 3}}
    figures = read_json(
        json.dumps(
            {"其他": 1, name: {"新收": NEW}, **rest, "年度": 2023, "正文": {"新收": 1}}, ensure_ascii=False
        )
    )
    assert figures.table3["new"]["all"].value == 1
    assert figures.table2 == {"规章": {"现行有效件数": Cell(2, "2")}}
    assert figures.table4 == {"reconsideration": {"upheld": Cell(3, "3")}}
    assert (figures.year, figures.narrative) == (2023, {"new": Cell(1, "1")})


@pytest.mark.parametrize("name", ["previous", "previous_year", "last_year", "上年", "上年度", "上一年度"])
def test_last_years_report_inside(name: str) -> None:
    before = _read(**{name: {"table3": {"四、结转下年度继续办理": {"总计": 4}, "总计": 1}}}).previous
    assert before is not None
    assert before.cell("carried_out", "all").value == 4
    assert before.previous is None
    # What it carried out is enough of it; of this year's it is not.
    before = _read(**{name: {"table3": {"四、结转下年度继续办理": {"总计": 4}}}}).previous
    assert before is not None
    assert before.cell("carried_out", "all").value == 4
    for nothing in ({}, None, "2022"):
        assert _read(**{name: nothing}).previous is None
    # A part that begins alike is another one.
    assert _read(**{f"{name}x": {"table3": 5}}).previous is None


@pytest.mark.parametrize(
    ("now", "then", "noted"), [(2023, 2022, False), (2023, 2021, True), (2023, None, False)]
)
def test_a_report_of_another_year_than_the_last(now: int, then: int | None, noted: bool) -> None:
    """It is compared all the same: a year may be a slip of the pen."""
    figures = _read(year=now, previous={"year": then, "table3": {"新收": {"总计": 4}}})
    assert figures.previous is not None
    assert [one.code for one in figures.notes if one.code == "other_year"] == ["other_year"] * noted


def test_a_road_that_nobody_knows() -> None:
    figures = _read(table4={"国家赔偿": {"结果维持": 0, "总计": 3}})
    assert Note("unknown_row", "表四 国家赔偿", "表式中没有这一组，不核对") in figures.notes


SHAPES: dict[str, tuple[Any, dict[str, dict[str, Any]]]] = {
    "rows by label": ({"新收": NEW}, {"new": {"natural": 1, "all": 1}}),
    "a row of its total": ({"新收": 5, "总计": "6件"}, {"new": {"all": 5}, "total": {"all": 6}}),
    "rows as lists of seven": ({"新收": [1, 0, 0, 0, 0, 0, 1]}, {"new": dict(zip(SEVEN, (1, 0, 0, 0, 0, 0, 1), strict=True))}),
    "rows as lists of six": ({"新收": [1, 0, 0, 0, 0, 0]}, {"new": dict(zip(KINDS, (1, 0, 0, 0, 0, 0), strict=True))}),
    "rows below their heads": (
        {"新收": NEW, "（三）不予公开": {"天气": {"自然人": 2}, "1.涉密": {"自然人": 3}}},
        {"new": {"natural": 1, "all": 1}, "（三）不予公开/天气": {"natural": 2}, "refuse_1": {"natural": 3}},
    ),
    "rows that name themselves": (
        [{"label": "新收", **NEW}, {"行 名": "总计", "自然人": 2}, {"自然人": 4, "指标": "（二）部分公开"}],
        {"new": {"natural": 1, "all": 1}, "total": {"natural": 2}, "partial": {"natural": 4}},
    ),
    "a row that names itself and tells nothing": ([{"label": "新收"}], {"new": {}}),
    "a row that names itself, its cells inside": (
        [{"label": "新收", "cells": NEW}, {"label": "总计", "values": [1, 0, 0, 0, 0, 0, 1]}],
        {"new": {"natural": 1, "all": 1}, "total": dict(zip(SEVEN, (1, 0, 0, 0, 0, 0, 1), strict=True))},
    ),
    "a group with figures of its own and rows below": (
        {"新收": NEW, "（三）不予公开": {"自然人": 3, "总计": 3, "1.涉密": {"自然人": 3, "总计": 3}}},
        {"new": {"natural": 1, "all": 1}, "refuse": {"natural": 3, "all": 3}, "refuse_1": {"natural": 3, "all": 3}},
    ),
    "rows of one figure named like columns": (
        {"新收": 5, "三、本年度办理结果": {"（一）予以公开": 2, "（六）其他处理": {"2.逾期未缴费": 1, "3.其他": 2}, "（七）总计": 5}},
        {"new": {"all": 5}, "granted": {"all": 2}, "other_2": {"all": 1}, "other_3": {"all": 2}, "total": {"all": 5}},
    ),
    "something in a cell that is no figure": ({"新收": {"自然人": 1, "科研机构": {"值": 2}, "总计": 1}}, {"new": {"natural": 1, "research": None, "all": 1}}),
    "the sum of the five beside them": ({"新收": {"企业": 1, "其他": 2, "法人或其他组织小计": 3}}, {"new": {"commercial": 1, "other_org": 2}}),
    "kinds below their head": (
        {"新收": {"自然人": 4, "总计": 7, "法人或其他组织": {"企业": 1, "科研": 2, "合计": 3}}},
        {"new": {"commercial": 1, "research": 2, "natural": 4, "all": 7}},
    ),
    "a head of kinds with nothing in it": ({"新收": {"法人或其他组织": {"备注": 3}, "自然人": 4}}, {"new": {"natural": 4}}),
    "kinds named with their head": ({"新收": {"法人或其他组织/商业企业": 1, "": 2, "备注": 3}}, {"new": {"commercial": 1}}),
    "columns with rows inside": (
        {"自然人": {"新收": 1, "总计": 2}, "企业": {"新收": 3}, "总计": {"新收": 4, "总计": 5}},
        {"new": {"natural": 1, "commercial": 3, "all": 4}, "total": {"natural": 2, "all": 5}},
    ),
    "too few to be columns": (
        {"自然人": {"新收": 1, "总计": 2}, "总计": {"新收": 3, "总计": 4}},
        {"自然人": {"all": 2}, "total": {"all": 4}},
    ),
    "one is no column": (
        {"自然人": {"总计": 2}, "企业": {"总计": 1}, "总计": {"总计": 4}, "备注": {"总计": 3}},
        {"自然人": {"all": 2}, "企业": {"all": 1}, "total": {"all": 4}, "备注": {"all": 3}},
    ),
    "one has no name": ({"": {"总计": 2}, "企业": {"总计": 1}, "总计": {"总计": 4}}, {"": {"all": 2}, "企业": {"all": 1}, "total": {"all": 4}}),
    "rows named like columns": (
        {"总计": {"自然人": 1}, "（七）总计": {"自然人": 1}, "合计": {"自然人": 1}},
        {"total": {"natural": 1}},
    ),
    "one of them is a figure": ({"自然人": 1, "企业": {"总计": 2}, "总计": {"新收": 3, "总计": 4}}, {"自然人": {"all": 1}, "企业": {"all": 2}, "total": {"all": 4}}),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_of_table_three(name: str) -> None:
    written, read = SHAPES[name]
    assert _table3(written) == read


@pytest.mark.parametrize("nothing", [None, {}, "", "/", " — "])
def test_a_label_beside_which_nothing_stands(nothing: Any) -> None:
    """A row is a blank row, as is the line of a group below which no row stands; a line nobody knows tells nothing."""
    lines = ("1.属于国家秘密", "（三）不予公开", "（五）不予处理", "备注")
    read = _table3({"新收": 1, **dict.fromkeys(lines, nothing)})
    blank = dict.fromkeys(SEVEN)
    assert read == {"new": {"all": 1}, "refuse_1": blank, "not_handled": blank}


def test_the_line_of_a_group_says_where_the_rows_after_it_stand() -> None:
    figures = _read({"新收": 1, "（三）不予公开": None, "天气": 2, "（六）其他处理": "", "3.其他": 3})
    assert figures.extra == {"天气": "refuse"}
    assert [(row, cells["all"].value) for row, cells in figures.table3.items()] == [
        ("new", 1),
        ("天气", 2),
        ("other_3", 3),
    ]


def test_how_deep_rows_may_lie() -> None:
    def nested(heads: int) -> dict[str, Any]:
        inside: dict[str, Any] = {"总计": NEW}
        for number in range(heads):
            inside = {f"第{number}层": inside}
        return inside

    assert _table3(nested(6)) == {"total": {"natural": 1, "all": 1}}
    assert _refusal(json.dumps({"table3": nested(7)})) == "表三嵌套过深，每行应为一个对象：列名、数字。"


FIVE = {"upheld": 1, "corrected": 2, "other": 3, "pending": 4, "all": 10}
WRITTEN = {"结果维持": 1, "结果纠正": 2, "其他结果": 3, "尚未审结": 4, "总计": 10}
REMEDIES: dict[str, tuple[Any, dict[str, dict[str, Any]]]] = {
    "roads by name": ({"行政复议": WRITTEN, "行政诉讼/复议后起诉": WRITTEN}, {"reconsideration": FIVE, "after": FIVE}),
    "roads below their head": (
        {"行政诉讼": {"未经复议直接起诉": {"维持": 1}, "复议后起诉": {"维持": 2}}, "行政复议": {"维持": 3}},
        {"direct": {"upheld": 1}, "after": {"upheld": 2}, "reconsideration": {"upheld": 3}},
    ),
    "lists of five": ({"行政复议": list(FIVE.values())}, {"reconsideration": FIVE}),
    "a list of another length": ({"行政复议": [1, 2, 3, 4], "复议后": {"维持": 1}}, {"after": {"upheld": 1}}),
    "roads and results in one name": (
        {"行政复议/结果维持": 1, "行政复议/总计": 2, "未经复议/总计": 3, "行政诉讼/复议后起诉/总计": 4},
        {"reconsideration": {"upheld": 1, "all": 2}, "direct": {"all": 3}, "after": {"all": 4}},
    ),
    "results told in two places": ({"行政复议": {"维持": 1}, "一、行政复议": {"纠正": 2}}, {"reconsideration": {"upheld": 1, "corrected": 2}}),
    "a road nobody knows": ({"调解": {"维持": 1}, "行政复议": {"维持": 2, "说明": "无", "": 3}}, {"reconsideration": {"upheld": 2}}),
    "results of no road": ({"维持": 1, "行政复议": "无"}, {}),
    "below the results of the road": ({"行政复议": {"维持": 1, "其中": {"纠正": 2}}}, {"reconsideration": {"upheld": 1, "corrected": 2}}),
    "no table": ("无", {}),
}  # fmt: skip


@pytest.mark.parametrize("name", REMEDIES)
def test_shapes_of_table_four(name: str) -> None:
    written, read = REMEDIES[name]
    figures = _read(table4=written)
    assert {
        road: {key: cell.value for key, cell in cells.items()} for road, cells in figures.table4.items()
    } == read
    assert any(note.code == "missing_table" for note in figures.notes) is (not read)


def test_how_deep_a_road_may_lie() -> None:
    def nested(heads: int) -> Any:
        inside: dict[str, Any] = {"行政复议": {"维持": 1}}
        for number in range(heads - 1):
            inside = {f"第{number}层": inside}
        return _read(table4=inside).table4

    assert nested(6) == {"reconsideration": {"upheld": Cell(1, "1")}}
    assert nested(7) == {}


def test_table_two() -> None:
    figures = _read(
        table2={
            "说明": "无",
            "第二十条第（一）项": {
                "规章": {"现行有效件数": 2, "备注": "无"},
                "说明": "无",
                "": {"现行有效件数": 9},
            },
            "第二十条第（五）项/行政许可": {"本年处理决定数量": "3件"},
            "空": {},
        }
    )
    assert figures.table2 == {
        "规章": {"现行有效件数": Cell(2, "2"), "备注": MISSING},
        "行政许可": {"本年处理决定数量": Cell(3, "3件")},
        "空": {},
    }
    assert _read(table2=5).table2 == {}


def test_what_the_text_tells() -> None:
    told = {"NEW ": 1, "上年结转": "2件", "答复": None, "办结": 3, "结转下年度": 4, "备注": 5}
    assert _read(narrative=told).narrative == {
        "new": Cell(1, "1"),
        "carried_in": Cell(2, "2件"),
        "done": Cell(3, "3"),
        "carried_out": Cell(4, "4"),
    }
    assert _read(narrative="新收1件").narrative == {}
