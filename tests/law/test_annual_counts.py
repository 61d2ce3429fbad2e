"""Requests and proceedings are counted into the cells of a period, and reports are put together and added up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from law.annual.assemble import add_rows, note_table4, seven
from law.annual.errors import Unreadable
from law.annual.figures import MISSING, Cell, Figures, Note
from law.annual.layout import layout
from law.annual.tally import Period, Proceeding, Request, add, counted_proceedings, moves, result_row, tables

YEAR = Period.of_year(2025)
SEVEN = ("natural", "commercial", "research", "welfare", "legal_service", "other_org", "all")


def test_periods() -> None:
    assert Period.of_year(2024) == Period(date(2024, 1, 1), date(2024, 12, 31))
    assert Period.of_month(2024, 2) == Period(date(2024, 2, 1), date(2024, 2, 29))
    assert Period.of_month(2025, 11) == Period(date(2025, 11, 1), date(2025, 11, 30))
    assert Period.of_month(2025, 12) == Period(date(2025, 12, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("received", "done", "rows"),
    [
        ("2025-01-01", "2025-12-31", ["new", "granted"]),
        ("2024-12-31", "2025-01-01", ["carried_in", "granted"]),
        ("2024-12-31", "2024-12-31", []),
        ("2024-06-01", None, ["carried_in", "carried_out"]),
        ("2025-12-31", None, ["new", "carried_out"]),
        ("2025-12-31", "2026-01-01", ["new", "carried_out"]),
        ("2026-01-01", None, []),
        ("2026-01-01", "2026-01-02", []),
    ],
)
def test_where_a_request_counts(received: str, done: str | None, rows: list[str]) -> None:
    """One that was there in the period counts once as it came and once as it was left, both ends of the period included."""
    done_on = date.fromisoformat(done) if done else None
    request = Request(1, "natural", date.fromisoformat(received), done_on, "disclose")
    assert list(request.rows(YEAR)) == rows


def test_a_result_without_an_outcome_is_among_the_others() -> None:
    assert result_row("") == "other_3"
    assert result_row("refuse_process") == "refuse_6"


@pytest.mark.parametrize(
    ("received", "decided", "result"),
    [
        ("2025-01-01", "2025-12-31", "upheld"),
        ("2024-01-01", "2025-01-01", "upheld"),
        ("2024-01-01", "2024-12-31", ""),
        ("2025-12-31", None, "pending"),
        ("2025-12-31", "2026-01-01", "pending"),
        ("2026-01-01", None, ""),
    ],
)
def test_where_a_proceeding_counts(received: str, decided: str | None, result: str) -> None:
    decided_on = date.fromisoformat(decided) if decided else None
    assert (
        Proceeding(1, "direct", date.fromisoformat(received), decided_on, "upheld").result_in(YEAR) == result
    )


def _suit(
    number: int, received: date, *, decided: date | None = None, after: int | None = None
) -> Proceeding:
    return Proceeding(number, "after", received, decided, "corrected", after)


def test_of_several_instances_the_last_that_had_begun() -> None:
    first = _suit(1, date(2025, 2, 1), decided=date(2025, 5, 1))
    appeal = _suit(2, date(2025, 12, 31), after=1)
    late = _suit(3, date(2026, 1, 1), after=1)
    old = _suit(4, date(2024, 1, 1), decided=date(2024, 2, 1))
    assert counted_proceedings([first, appeal, old], YEAR) == [appeal]
    assert counted_proceedings([first, late, old], YEAR) == [first]
    assert counted_proceedings([late, old, first], YEAR) == [first]


def _numbers(figures: Figures, row: str) -> list[int]:
    return [figures.table3[row][column].value for column in SEVEN]  # type: ignore[misc]


def test_requests_counted_one_by_one() -> None:
    day = date(2025, 3, 1)
    requests = [
        Request(1, "natural", day, day, "disclose"),
        Request(2, "natural", day, None, ""),
        Request(3, "research", date(2024, 12, 1), day, "petition"),
        Request(4, "natural", day, day, "disclose"),
    ]
    assert moves(requests, YEAR) == {
        ("new", "natural"): 3,
        ("granted", "natural"): 2,
        ("carried_out", "natural"): 1,
        ("carried_in", "research"): 1,
        ("not_handled_1", "research"): 1,
    }


MOVED = {
    ("new", "natural"): 7, ("new", "research"): 2, ("carried_in", "natural"): 1, ("granted", "natural"): 3, ("refuse_6", "research"): 2,
    ("other_1", "natural"): 1, ("other_3", "natural"): 2, ("carried_out", "natural"): 2,
}  # fmt: skip
PROCEEDINGS = [
    Proceeding(1, "reconsideration", date(2025, 1, 1), date(2025, 2, 1), "upheld"),
    Proceeding(2, "reconsideration", date(2025, 1, 1), date(2025, 3, 1), "upheld"),
    Proceeding(3, "after", date(2025, 3, 1), None, ""),
    Proceeding(4, "after", date(2025, 4, 1), date(2025, 5, 1), "other"),
    Proceeding(5, "direct", date(2026, 1, 1), None, ""),
]


@pytest.mark.parametrize("year", [2020, 2025])
def test_tables_from_counts(year: int) -> None:
    figures = tables(year, YEAR, MOVED, PROCEEDINGS)
    assert figures.year == year
    assert list(figures.table3) == [row.id for row in layout().printed_rows(year)]
    told = {
        "new": [7, 0, 2, 0, 0, 0, 9],
        "carried_in": [1, 0, 0, 0, 0, 0, 1],
        "granted": [3, 0, 0, 0, 0, 0, 3],
        "refuse_6": [0, 0, 2, 0, 0, 0, 2],
        "total": [6, 0, 2, 0, 0, 0, 8],
        "carried_out": [2, 0, 0, 0, 0, 0, 2],
    }
    # What is handled otherwise is one row in the old tables, three in those of today.
    told |= (
        {"other": [3, *[0] * 5, 3]}
        if year == 2020
        else {"other_1": [1, *[0] * 5, 1], "other_3": [2, *[0] * 5, 2]}
    )
    assert {row: _numbers(figures, row) for row in figures.table3 if any(_numbers(figures, row))} == told
    assert figures.cell("new", "natural") == Cell(7, "7")
    results = [result.id for result in layout().results]
    assert {road: [cells[one] for one in results] for road, cells in figures.table4.items()} == {
        "reconsideration": [Cell(n, str(n)) for n in (2, 0, 0, 0, 2)],
        "direct": [Cell(0, "0")] * 5,
        "after": [Cell(n, str(n)) for n in (0, 0, 1, 1, 2)],
    }


def test_reports_of_several_offices_added_up() -> None:
    one = Figures(
        table3={"new": {"natural": Cell(1), "all": Cell(3)}, "total": {"all": MISSING}},
        table4={"direct": {"all": Cell(1)}},
        table2={"规章": {"现行有效件数": Cell(2)}},
    )
    two = Figures(
        table3={"new": {"natural": Cell(2), "research": Cell(4), "all": MISSING}, "total": {"all": Cell(5)}},
        table4={"direct": {"all": Cell(2)}, "after": {"all": Cell(0)}},
        table2={"规章": {"现行有效件数": Cell(3)}, "行政许可": {"数量": Cell(1)}},
    )
    whole = add([one, two], 2025)
    assert whole.year == 2025
    assert whole.table3 == {
        "new": {"natural": Cell(3, "3"), "research": Cell(4), "all": Cell(3)},
        "total": {"all": Cell(5)},
    }
    assert whole.table4 == {"direct": {"all": Cell(3, "3")}, "after": {"all": Cell(0)}}
    assert whole.table2 == {"规章": {"现行有效件数": Cell(5, "5")}, "行政许可": {"数量": Cell(1)}}
    assert one.table3["new"]["natural"] == Cell(1)


# ------------------------------------------------------------------------------------- rows put in their places

FULL = dict(zip(SEVEN, (1, 0, 0, 0, 0, 0, 1), strict=True))


def _read(*rows: tuple[Sequence[str], dict[str, Any]], whole: bool = True) -> Figures:
    """Put rows into a report; one that is whole gets the rows that nothing is told of, so that no gap is noted."""
    figures = Figures()
    add_rows(figures, rows)
    if whole:
        figures.notes = [note for note in figures.notes if note.code != "missing_row"]
    return figures


NEW = (["一、本年新收政府信息公开申请数量"], FULL)


def test_rows_in_their_places() -> None:
    figures = _read(
        NEW, (["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"], FULL), (["（七）总计"], FULL)
    )
    one = {column: Cell(number, str(number)) for column, number in FULL.items()}
    assert figures.table3 == {"new": one, "refuse_1": one, "total": one}
    assert figures.printed == {
        "new": "一、本年新收政府信息公开申请数量",
        "refuse_1": "三、本年度办理结果/（三）不予公开/1.属于国家秘密",
        "total": "（七）总计",
    }
    assert (figures.extra, figures.notes) == ({}, [])


def test_a_head_without_figures_says_where_the_next_rows_stand() -> None:
    empty = dict.fromkeys(SEVEN, "")
    figures = _read(
        NEW, (["（三）不予公开"], empty), (["天气"], FULL), (["（四）无法提供"], empty), (["地震"], FULL)
    )
    assert figures.extra == {"天气": "refuse", "地震": "unable"}
    assert figures.notes == [
        Note("unknown_row", "表三 天气", "表式中没有这一行，按其所在的一组计入总计"),
        Note("unknown_row", "表三 地震", "表式中没有这一行，按其所在的一组计入总计"),
    ]


def test_where_a_group_ends() -> None:
    empty = dict.fromkeys(SEVEN, "")
    for end in ("（七）总计", "四、结转下年度继续办理", "二、上年结转申请数量", "（一）予以公开"):
        figures = _read(NEW, (["（三）不予公开"], empty), ([end], FULL), (["天气"], FULL))
        assert figures.extra == {"天气": ""}, end
    figures = _read((["（三）不予公开"], empty), NEW, (["天气"], FULL))
    assert figures.notes[0] == Note("unknown_row", "表三 天气", "表式中没有这一行，不计入总计")
    assert _read((["天气"], FULL), NEW).extra == {"天气": ""}
    # The head of all results ends no group by itself, a row of figures of a group goes on with it.
    figures = _read(
        NEW,
        (["（五）不予处理", "2.重复申请"], FULL),
        (["天气"], FULL),
        (["三、本年度办理结果"], empty),
        (["地震"], FULL),
    )
    assert figures.extra == {"天气": "not_handled", "地震": "not_handled"}
    figures = _read(NEW, (["（五）不予处理"], FULL), (["天气"], FULL))
    assert figures.extra == {"天气": "not_handled"}


def test_a_line_nobody_knows_without_figures_is_left_out() -> None:
    figures = _read(NEW, (["备注"], dict.fromkeys(SEVEN, "/")), (["（七）总计"], FULL))
    assert list(figures.table3) == ["new", "total"]


def test_a_row_told_twice() -> None:
    again = _read(NEW, NEW)
    assert again.notes == [
        Note("repeated_row", "表三 一、本年新收政府信息公开申请数量", "这一行出现了两次，数字相同")
    ]
    assert list(again.table3) == ["new"]
    with pytest.raises(Unreadable) as refused:
        _read(NEW, (["一、本年新收政府信息公开申请数量"], {**FULL, "all": 2}))
    assert (
        refused.value.message
        == "表三“一、本年新收政府信息公开申请数量”出现了两次，数字不同，请改正后再核对。"
    )


def test_two_rows_that_look_like_one() -> None:
    figures = _read(NEW, (["不予公开", "1.涉密"], FULL), (["不予公开", "国家秘密"], {**FULL, "all": 2}))
    assert figures.extra == {"不予公开/国家秘密": "refuse"}
    assert figures.table3["refuse_1"]["all"] == Cell(1, "1")
    assert figures.table3["不予公开/国家秘密"]["all"] == Cell(2, "2")
    assert figures.printed["不予公开/国家秘密"] == "不予公开/国家秘密"
    assert figures.notes == [
        Note("unknown_row", "表三 不予公开/国家秘密", "与另一行同类，作为所在一组的另一行计入总计")
    ]


def test_the_line_of_the_results_stands_for_their_total() -> None:
    alone = _read(NEW, (["三、办理结果"], {**FULL, "all": 5}))
    assert alone.table3["total"]["all"] == Cell(5, "5")
    assert alone.printed["total"] == "三、办理结果"
    both = _read(NEW, (["三、办理结果"], {**FULL, "all": 5}), (["总计"], FULL))
    assert both.table3["total"]["all"] == Cell(1, "1")
    assert both.printed["total"] == "总计"
    assert "results" not in alone.table3 | both.table3


def test_what_is_no_table_three() -> None:
    with pytest.raises(Unreadable) as refused:
        _read((["（一）予以公开"], FULL))
    assert refused.value.message == "没有读到表三：找不到“本年新收政府信息公开申请数量”和“（七）总计”两行。"
    assert list(_read((["总计"], FULL)).table3) == ["total"]
    assert list(_read(NEW).table3) == ["new"]


def test_gaps_are_noted() -> None:
    left = {"natural": 1, "commercial": "", "welfare": 0, "legal_service": 0, "other_org": 0, "all": "-"}
    figures = _read((["新收"], left), (["上年结转"], dict.fromkeys(SEVEN)), (["总计"], FULL), whole=False)
    blank = "不作零处理，有关的勾稽只核对能确定的部分"
    assert figures.notes[:2] == [
        Note("blank", "表三 新收", f"商业企业、科研机构、总计空白，{blank}"),
        Note("blank", "表三 上年结转", f"整行空白，{blank}"),
    ]
    missing = [row for row in layout().rows if row not in ("new", "carried_in", "total")]
    assert figures.notes[2:] == [
        Note("missing_row", f"表三 {layout().path(row)}", "没有这一行") for row in missing
    ]


def test_the_line_of_a_group_stands_for_its_rows() -> None:
    figures = _read(NEW, (["（三）不予公开"], FULL), (["（六）其他处理", "3.其他"], FULL), whole=False)
    told = {note.where.removeprefix("表三 ") for note in figures.notes}
    missing = {
        layout().path(row)
        for row in layout().rows
        if not row.startswith("refuse") and row not in ("new", "other_3")
    }
    assert told == missing


def test_gaps_of_table_four_are_noted() -> None:
    figures = Figures()
    note_table4(figures)
    assert figures.notes == [Note("missing_table", "表四", "没有读到行政复议、行政诉讼情况表")]
    whole = {result.id: Cell(0) for result in layout().results}
    figures = Figures(table4={"after": {**whole, "upheld": MISSING, "all": MISSING}, "direct": {}})
    note_table4(figures)
    assert figures.notes == [
        Note("missing_row", "表四 行政复议", "没有这一组"),
        Note("blank", "表四 行政诉讼/未经复议直接起诉", "整组空白，不作零处理"),
        Note("blank", "表四 行政诉讼/复议后起诉", "结果维持、总计空白，不作零处理"),
    ]
    figures = Figures(table4={"reconsideration": {}, "direct": whole, "after": whole})
    note_table4(figures)
    assert [note.code for note in figures.notes] == ["blank"]
    figures = Figures(table4=dict.fromkeys(("reconsideration", "direct", "after"), whole))
    note_table4(figures)
    assert figures.notes == []


def test_seven_values_or_six() -> None:
    assert seven([1, 2, 3, 4, 5, 6, 7]) == dict(zip(SEVEN, range(1, 8), strict=True))
    assert seven([1, 2, 3, 4, 5, 6]) == dict(zip(SEVEN[:6], range(1, 7), strict=True))
    for count in (0, 5, 8):
        with pytest.raises(Unreadable) as refused:
            seven([0] * count)
        assert refused.value.message == f"表三每行应为 7 列，读到 {count} 列。"
