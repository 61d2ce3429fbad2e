"""Each rule of the annual report on a few cells: what breaks it, what is expected there and which cells it read."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from law.annual.figures import MISSING, Cell, Figures, cell_of
from law.annual.layout import layout
from law.annual.rules import Finding, Sum, check, column_label, leaves

KINDS = ("natural", "commercial", "research", "welfare", "legal_service", "other_org")
SEVEN = (*KINDS, "all")


def _cells(written: dict[str, Any]) -> dict[str, dict[str, Cell]]:
    return {
        row: {
            column: cell_of(value)
            for column, value in (cells if isinstance(cells, dict) else {"all": cells}).items()
        }
        for row, cells in written.items()
    }


def _report(
    table3: dict[str, Any] | None = None,
    *,
    table4: dict[str, Any] | None = None,
    table2: dict[str, Any] | None = None,
    **more: Any,
) -> Figures:
    """Make a report of the cells that are told; a row told as one figure has its total alone."""
    return Figures(
        table3=_cells(table3 or {}), table4=_cells(table4 or {}), table2=_cells(table2 or {}), **more
    )


def _read(*rows: str, column: str = "all", table: str = "3") -> tuple[tuple[str, str, str], ...]:
    return tuple((table, row, column) for row in rows)


def test_a_finding_is_worded_and_handed_on() -> None:
    found = Finding("R2", "表三 甲", 3, 4)
    assert found.sentence == "R2 表三 甲：应为 3，表中为 4"
    assert found.as_dict() == {"rule": "R2", "where": "表三 甲", "expected": 3, "found": 4}
    money = Finding("R7", "乙", Decimal("1.5"), "x").as_dict()
    assert (money["expected"], type(money["expected"]), money["found"]) == (1.5, float, "x")
    other = Finding("R7", "乙", 1, Decimal("2.5")).as_dict()
    assert (other["expected"], other["found"], type(other["found"])) == (1, 2.5, float)


@pytest.mark.parametrize(("rule", "blocks"), [*((f"R{n}", n <= 6) for n in range(1, 10))])
def test_which_rules_keep_a_report_back(rule: str, blocks: bool) -> None:
    assert Finding(rule, "", 0, 0).blocks is blocks


SUMS: list[tuple[list[Any], list[Any], bool]] = [
    ([1, 2], [3], False),
    ([1, 2], [4], True),
    ([2, 2], [3], True),
    # An open sum may be more than what is known of it, never less.
    ([1, None], [1], False),
    ([1, None], [5], False),
    ([2, None], [1], True),
    ([1], [1, None], False),
    ([5], [1, None], False),
    ([1], [2, None], True),
    ([5, None], [1, None], False),
    ([1, None], [5, None], False),
    ([], [], False),
    ([], [1], True),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "impossible"), SUMS)
def test_sums_that_cannot_be_equal(one: list[Any], other: list[Any], impossible: bool) -> None:
    assert Sum.of(map(cell_of, one)).cannot_be(Sum.of(map(cell_of, other))) is impossible


def test_a_sum_knows_what_is_open() -> None:
    assert Sum.of([Cell(1), Cell(2), MISSING]) == Sum(3, open_end=True)
    assert Sum.of([Cell(1)]) == Sum(1, open_end=False)
    assert Sum.of([Cell(None, "甲"), Cell(2)]) == Sum(2, open_end=True)


def test_names_of_columns() -> None:
    assert [column_label(one) for one in SEVEN] == [one.label for one in layout().columns]
    assert column_label("甲") == "甲"


BROKEN: dict[str, tuple[Callable[[], Figures], list[Finding]]] = {
    "nothing": (lambda: _report(), []),
    # R6
    "no count in table three": (
        lambda: _report({"甲": {"natural": None, "commercial": -1, "research": 2, "welfare": "若干", "甲": "x"}, "new": {"all": 1.5}}, extra={"甲": ""}),
        [
            Finding("R6", "表三 甲 · 商业企业", "非负整数", "-1", (("3", "甲", "commercial"),)),
            Finding("R6", "表三 甲 · 社会公益组织", "非负整数", "若干", (("3", "甲", "welfare"),)),
            Finding("R6", "表三 甲 · 甲", "非负整数", "x", (("3", "甲", "甲"),)),
            Finding("R6", "表三 一、本年新收政府信息公开申请数量 · 总计", "非负整数", "1.5", (("3", "new", "all"),)),
        ],
    ),
    "no count in table four": (
        lambda: _report(table4={"direct": {"upheld": "/", "corrected": "两", "pending": 1}, "after": {"upheld": -2}}),
        [
            Finding("R6", "表四 行政诉讼/未经复议直接起诉 · 结果纠正", "非负整数", "两", (("4", "direct", "corrected"),)),
            Finding("R6", "表四 行政诉讼/复议后起诉 · 结果维持", "非负整数", "-2", (("4", "after", "upheld"),)),
        ],
    ),
    "no count in table two": (
        lambda: _report(table2={"规章": {"本年制发件数": "", "本年废止件数": "甲", "现行有效件数": 3}, "其他": {"现行有效件数": 1.5}}),
        [
            Finding("R6", "表二 规章 · 本年废止件数", "非负整数", "甲"),
            Finding("R6", "表二 其他 · 现行有效件数", "非负整数", "1.5"),
        ],
    ),
    "money and changes are no counts": (
        lambda: _report(
            table2={
                "行政事业性收费": {"本年收费金额（单位：万元）": 1.5, "本年收费（万元）": 2.5, "本年增/减": -2, "采购总金额": 0.5, "本年制发件数": -1}
            }
        ),
        [Finding("R6", "表二 行政事业性收费 · 本年制发件数", "非负整数", "-1")],
    ),
    # R1
    "in and out": (
        lambda: _report({"new": 3, "carried_in": 2, "total": 4, "carried_out": 2}),
        [Finding("R1", "表三 总计列：一＋二＝三（七）＋四", 5, 6, _read("new", "carried_in", "total", "carried_out"))],
    ),
    "in and out of one column": (
        lambda: _report({"new": {"natural": 1, "research": 2}, "carried_in": {"natural": 0, "research": 0}, "total": {"natural": 1, "research": 0}, "carried_out": {"natural": 0, "research": 1}}),
        [Finding("R1", "表三 科研机构列：一＋二＝三（七）＋四", 2, 1, _read("new", "carried_in", "total", "carried_out", column="research"))],
    ),
    "in and out, one cell open": (lambda: _report({"new": 3, "total": 4, "carried_out": 2}), []),
    # R2
    "a total of a row": (
        lambda: _report({"granted": dict(zip(SEVEN, (1, 2, 3, 4, 5, 6, 20), strict=True))}),
        [Finding("R2", "表三 三、本年度办理结果/（一）予以公开：总计＝六列之和", 21, 20, tuple(("3", "granted", one) for one in SEVEN))],
    ),
    "a total of a row, one cell open": (
        lambda: _report({"granted": {"natural": 1, "all": 0}, "partial": {"natural": 1, "all": 2}}),
        [Finding("R2", "表三 三、本年度办理结果/（一）予以公开：总计＝六列之和", 1, 0, tuple(("3", "granted", one) for one in SEVEN))],
    ),
    "a row without its total": (lambda: _report({"granted": dict.fromkeys(KINDS, 1), "partial": dict(zip(SEVEN, (1, 0, 0, 0, 0, 0, 1), strict=True))}), []),
    # R3
    "the total of the results": (
        lambda: _report({"granted": 2, "refuse_1": 3, "total": 6}),
        [Finding("R3", "表三 总计列：（七）＝（一）至（六）各行之和", 5, 6, _read("granted", "refuse_1", "total"))],
    ),
    "no total printed": (lambda: _report({"granted": 2, "refuse_1": 3}), []),
    "no rows printed": (lambda: _report({"total": 6}), []),
    "the line of a group": (
        lambda: _report({"granted": 1, "refuse": 4, "refuse_1": 3, "refuse_2": 2, "total": 6}),
        [Finding("R3", "表三 总计列：三、本年度办理结果/（三）不予公开＝其下各行之和", 5, 4, _read("refuse_1", "refuse_2", "refuse"))],
    ),
    "the lines of two groups": (
        lambda: _report({"refuse_1": 1, "other": 2, "other_3": 1, "not_handled": 1, "not_handled_1": 0, "total": 2}),
        [
            Finding("R3", "表三 总计列：三、本年度办理结果/（五）不予处理＝其下各行之和", 0, 1, _read("not_handled_1", "not_handled")),
            Finding("R3", "表三 总计列：三、本年度办理结果/（六）其他处理＝其下各行之和", 1, 2, _read("other_3", "other")),
        ],
    ),
    "a row nobody knows counts in its group": (
        lambda: _report({"refuse_1": 1, "九": 2, "十": 4, "refuse": 1, "total": 3}, extra={"九": "refuse", "十": ""}),
        [Finding("R3", "表三 总计列：三、本年度办理结果/（三）不予公开＝其下各行之和", 3, 1, _read("refuse_1", "九", "refuse"))],
    ),
    # R5
    "a road of table four": (
        lambda: _report(table4={"reconsideration": {"upheld": 1, "corrected": 2, "other": 3, "pending": 4, "all": 9}}),
        [Finding("R5", "表四 行政复议：总计＝四项之和", 10, 9, tuple(("4", "reconsideration", one) for one in ("upheld", "corrected", "other", "pending", "all")))],
    ),
    "a road without its total": (
        lambda: _report(table4={"reconsideration": {"upheld": 1}, "after": {"upheld": 2, "corrected": 0, "other": 0, "pending": 0, "all": 1}}),
        [Finding("R5", "表四 行政诉讼/复议后起诉：总计＝四项之和", 2, 1, tuple(("4", "after", one) for one in ("upheld", "corrected", "other", "pending", "all")))],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_breaks_a_rule(name: str) -> None:
    figures, findings = BROKEN[name]
    assert check(figures()) == findings


def test_what_is_broken_is_told_in_the_order_of_the_rules() -> None:
    figures = _report(
        {"new": {"natural": -1, "all": 3}, "carried_in": 0, "total": 2, "carried_out": 0, "granted": 1},
        table4={"direct": {"upheld": 1, "all": 0, "corrected": 0, "other": 0, "pending": 0}},
        narrative={"new": Cell(9)},
    )
    assert [one.rule for one in check(figures)] == ["R1", "R3", "R5", "R6", "R9"]


LEAVES: dict[str, tuple[Callable[[], Figures], list[tuple[str, int | None]]]] = {
    "rows of a group": (lambda: _report({"granted": 1, "refuse_1": 2, "refuse_3": 3, "total": 9}), [("granted", 1), ("refuse_1", 2), ("refuse_3", 3)]),
    "the line of a group that has no rows": (lambda: _report({"refuse": 2, "partial": 1}), [("partial", 1), ("refuse", 2)]),
    "the line of a group that knows what its rows leave open": (lambda: _report({"refuse": 2, "refuse_1": None, "refuse_2": 1}), [("refuse", 2)]),
    "rows tell more than their group's line": (lambda: _report({"refuse": 2, "refuse_1": 1, "refuse_2": 1}), [("refuse_1", 1), ("refuse_2", 1)]),
    "an empty line of a group": (lambda: _report({"refuse": None, "refuse_1": None}), [("refuse_1", None)]),
    "an empty line of a group without rows": (lambda: _report({"refuse": None}), [("refuse", None)]),
    "what came is no result": (lambda: _report({"new": 1, "carried_in": 2, "carried_out": 3, "results": 4}), []),
    "unknown rows": (lambda: _report({"九": 1, "十": 2}, extra={"九": "refuse", "十": ""}), [("九", 1)]),
    "a row in the results themselves": (lambda: _report({"九": 1}, extra={"九": "results"}), [("九", 1)]),
    "a group after one without rows": (lambda: _report({"other_3": 1, "refuse_1": 1}), [("refuse_1", 1), ("other_3", 1)]),
}  # fmt: skip


@pytest.mark.parametrize("name", LEAVES)
def test_what_the_total_of_the_results_adds_up(name: str) -> None:
    figures, expected = LEAVES[name]
    assert [(row, cell.value) for row, cell in leaves(figures(), "all")] == expected


def _carried(before: dict[str, Any], now: dict[str, Any]) -> list[Finding]:
    return check(_report({"carried_in": now}, previous=_report({"carried_out": before})))


def test_what_was_carried_over() -> None:
    """R4: column by column, where both reports tell it."""
    assert _carried({"natural": 1, "all": 2}, {"natural": 1, "all": 2}) == []
    assert _carried(
        {"natural": None, "research": 2, "all": 1}, {"natural": 1, "research": None, "all": 2}
    ) == [Finding("R4", "表三 总计列：二（本年）＝四（上年）", 1, 2, (("3", "carried_in", "all"),))]
    assert _carried({"natural": 0, "all": 5}, {"natural": 3, "all": 5}) == [
        Finding("R4", "表三 自然人列：二（本年）＝四（上年）", 0, 3, (("3", "carried_in", "natural"),))
    ]
    assert check(_report({"carried_in": 3})) == []


def _in_force(before: dict[str, Any], now: dict[str, Any]) -> list[Finding]:
    return check(_report(table2=now, previous=_report(table2=before)))


RULES = {"本年制发件数": 3, "本年废止件数": 1, "现行有效件数": 12}


def test_what_is_in_force() -> None:
    """R7: last year's, and what was made, less what was repealed; a line by another longer name is the same line."""
    assert _in_force({"规章": {"现行有效件数": 10}}, {"规章": RULES}) == []
    wrong = [Finding("R7", "表二 规章：现行有效＝上年现行有效＋制发－废止", 13, 12)]
    assert _in_force({"规章": {"现行有效件数": 11}}, {"规章": RULES}) == wrong
    renamed = _in_force(
        {"规章": {"现行有效件数": 10}, "规范性文件": {"现行有效件数": 20}}, {"行政规范性文件": RULES}
    )
    assert renamed == [Finding("R7", "表二 行政规范性文件：现行有效＝上年现行有效＋制发－废止", 22, 12)]
    beside = {"地方规范性文件": {"现行有效件数": 99}, "规范性文件": {"现行有效件数": 10}}
    assert _in_force(beside, {"规范性文件": RULES}) == []
    assert _in_force({"其他性文件": {"现行有效件数": 20}}, {"性文件": RULES}) == []
    assert _in_force({"性文件": {"现行有效件数": 20}, "规章": {"现行有效件数": 1}}, {"无关": RULES}) == []
    for left in RULES:
        told = {name: number for name, number in RULES.items() if name != left}
        assert _in_force({"规章": {"现行有效件数": 99}}, {"规章": told, "章程": {}}) == []
    assert _in_force({"规章": {}, "条例": {"现行有效件数": 1}}, {"规章": RULES, "条例": RULES}) == [
        Finding("R7", "表二 条例：现行有效＝上年现行有效＋制发－废止", 3, 12)
    ]
    assert check(_report(table2={"规章": RULES})) == []


SUED = [Finding("R8", "表四 行政诉讼/未经复议直接起诉（不予公开、部分公开的应当先申请行政复议）", 0, 1, tuple(("4", "direct", one) for one in ("upheld", "corrected", "other", "pending", "all")))]  # fmt: skip
NONE = {"upheld": 0, "corrected": 0, "other": 0, "pending": 0, "all": 0}


@pytest.mark.parametrize(
    ("year", "direct", "expected"),
    [
        (2024, {**NONE, "upheld": 1, "all": 1}, SUED),
        (2025, {"upheld": 1}, SUED),
        (2023, {**NONE, "upheld": 1, "all": 1}, []),
        (None, {**NONE, "upheld": 1, "all": 1}, []),
        (2024, NONE, []),
        (2024, {"upheld": None}, []),
        (2024, {}, []),
    ],
)  # fmt: skip
def test_suits_before_reconsideration(
    year: int | None, direct: dict[str, Any], expected: list[Finding]
) -> None:
    """R8: from 2024 on a suit brought without a reconsideration is remarked on."""
    assert check(_report(table4={"direct": direct}, year=year)) == expected


@pytest.mark.parametrize(
    ("key", "row", "where"),
    [
        ("new", "new", "正文：新收件数＝表三 一"),
        ("carried_in", "carried_in", "正文：上年结转件数＝表三 二"),
        ("done", "total", "正文：办结件数＝表三 三（七）"),
        ("carried_out", "carried_out", "正文：结转下年度件数＝表三 四"),
    ],
)
def test_what_the_text_tells(key: str, row: str, where: str) -> None:
    """R9: against the total as printed, or as the six kinds make it up; nothing told is nothing wrong."""
    rest = {one: None for one in ("new", "carried_in", "total", "carried_out") if one != row}

    def told(cell: Cell, total: Any = 5) -> list[Finding]:
        return check(_report({**rest, row: total}, narrative={key: cell}))

    assert told(Cell(5)) == []
    assert told(Cell(6)) == [Finding("R9", where, 5, 6, (("3", row, "all"),))]
    assert told(Cell(None, "多件")) == [Finding("R9", where, 5, "多件", (("3", row, "all"),))]
    assert told(MISSING) == []
    assert told(Cell(6), None) == []
    assert told(Cell(6), dict.fromkeys(KINDS, 1)) == []
    assert told(Cell(6), dict.fromkeys(KINDS, 2)) == [Finding("R9", where, 12, 6, (("3", row, "all"),))]
    assert told(Cell(6), dict.fromkeys(KINDS[:5], 2)) == []


def test_every_number_of_the_text_is_compared() -> None:
    """One that is not told, or has no figure beside it, does not end the comparison."""
    figures = _report(
        {"new": None, "carried_in": 1, "total": 2, "carried_out": 0},
        narrative={"new": Cell(1), "done": Cell(3), "carried_out": Cell(4)},
    )
    assert [(one.rule, one.expected, one.found) for one in check(figures) if one.rule == "R9"] == [
        ("R9", 2, 3),
        ("R9", 0, 4),
    ]
