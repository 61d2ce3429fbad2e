"""The tables of the annual report as they are printed: every cell with its span and the figure it shows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from law.annual.figures import MISSING, Cell, Figures
from law.annual.html import html_table
from law.annual.layout import layout
from law.annual.printed import NOTE, Print, Table, shown, table2, table3, table4

COLUMNS = [one.id for one in layout().columns]


def _drawn(cell: Print) -> str:
    """Write a cell as one would sketch it: its text, × for a span of columns, ↓ for one of rows, # a head, ~ one in the middle."""
    span = (f" ×{cell.columns}" if cell.columns != 1 else "") + (f" ↓{cell.rows}" if cell.rows != 1 else "")
    return f"{'#' if cell.head else ''}{'~' if cell.centre else ''}{cell.text}{span}"


def _rows(table: Table) -> list[list[str]]:
    """Sketch a table's rows, the cells of figures left out."""
    return [[_drawn(cell) for cell in row if not any(cell.key)] for row in table.rows]


@pytest.mark.parametrize(
    ("cell", "text"), [(Cell(0), "0"), (Cell(12, "１２"), "12"), (Cell(Decimal("1.50")), "1.50"), (MISSING, ""), (Cell(None, "若干"), "若干")]
)  # fmt: skip
def test_what_is_shown_of_a_figure(cell: Cell, text: str) -> None:
    assert shown(cell) == text


HEAD = [
    [f"#{NOTE} ×3 ↓3", "#申请人情况 ×7"],
    ["#自然人 ↓2", "#法人或其他组织 ×5", "#总计 ↓2"],
    ["#商业企业", "#科研机构", "#社会公益组织", "#法律服务机构", "#其他"],
    ["#一、本年新收政府信息公开申请数量 ×3"],
    ["#二、上年结转政府信息公开申请数量 ×3"],
]
REFUSED = [
    ["#~（三）不予公开 ↓8", "#1.属于国家秘密"],
    ["#2.其他法律行政法规禁止公开"],
    ["#3.危及“三安全一稳定”"],
    ["#4.保护第三方合法权益"],
    ["#5.属于三类内部事务信息"],
    ["#6.属于四类过程性信息"],
    ["#7.属于行政执法案卷"],
    ["#8.属于行政查询事项"],
    ["#~（四）无法提供 ↓3", "#1.本机关不掌握相关政府信息"],
    ["#2.没有现成信息需要另行制作"],
    ["#3.补正后申请内容仍不明确"],
    ["#~（五）不予处理 ↓5", "#1.信访举报投诉类申请"],
    ["#2.重复申请"],
    ["#3.要求提供公开出版物"],
    ["#4.无正当理由大量反复申请"],
    ["#5.要求行政机关确认或重新出具已获取信息"],
]
PARTIAL = "#（二）部分公开（区分处理的，只计这一情形，不计其他情形） ×2"
END = [["#（七）总计 ×2"], ["#四、结转下年度继续办理 ×3"]]


def test_table_three_as_printed_until_2020() -> None:
    assert _rows(table3(Figures(), 2020)) == [
        *HEAD,
        ["#~三、本年度办理结果 ↓20", "#（一）予以公开 ×2"],
        [PARTIAL],
        *REFUSED,
        ["#（六）其他处理 ×2"],
        *END,
    ]


def test_table_three_as_printed_since_2021() -> None:
    printed = table3(Figures(), 2021)
    assert _rows(printed) == [
        *HEAD,
        ["#~三、本年度办理结果 ↓22", "#（一）予以公开 ×2"],
        [PARTIAL],
        *REFUSED,
        ["#~（六）其他处理 ↓3", "#1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"],
        ["#2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"],
        ["#3.其他"],
        *END,
    ]
    assert (printed.name, printed.widths, printed.head_rows) == (
        "收到和处理政府信息公开申请情况",
        (9, 17, 43, *[10] * 7),
        3,
    )


@pytest.mark.parametrize("year", [2020, 2021])
def test_the_figures_of_table_three(year: int) -> None:
    """Each row has a figure in each column, and it says which one it is."""
    figures = Figures()
    for number, row in enumerate(layout().printed_rows(year)):
        figures.table3[row.id] = {column: Cell(100 * number + place) for place, column in enumerate(COLUMNS)}
    rows = [[cell for cell in row if any(cell.key)] for row in table3(figures, year).rows]
    assert rows[:3] == [[], [], []]
    assert rows[3:] == [
        [Print(str(100 * number + place), key=("3", row.id, column)) for place, column in enumerate(COLUMNS)]
        for number, row in enumerate(layout().printed_rows(year))
    ]


def test_table_four_as_printed() -> None:
    figures = Figures(
        table4={
            road.id: {one.id: Cell(10 * number + place) for place, one in enumerate(layout().results)}
            for number, road in enumerate(layout().roads)
        }
    )
    printed = table4(figures)
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    heads = [f"#{one}" for one in results]
    assert _rows(printed)[:3] == [
        ["#行政复议 ×5", "#行政诉讼 ×10"],
        [*(f"{head} ↓2" for head in heads), "#未经复议直接起诉 ×5", "#复议后起诉 ×5"],
        [*heads, *heads],
    ]
    assert printed.rows[3] == tuple(
        Print(str(10 * number + place), key=("4", road, one))
        for number, road in enumerate(("reconsideration", "direct", "after"))
        for place, one in enumerate(("upheld", "corrected", "other", "pending", "all"))
    )
    assert len(printed.rows) == 4
    assert (printed.name, printed.widths, printed.head_rows) == (
        "政府信息公开行政复议、行政诉讼情况",
        (1,) * 15,
        3,
    )


CLAUSE = "#~第二十条第（{}）项 ×4"
CONTENT = "#~信息内容"


def test_table_two_as_printed_since_2021() -> None:
    figures = Figures(table2={"规章": {"本年制发件数": Cell(3), "现行有效件数": Cell(5)}})
    printed = table2(figures, 2021)
    assert _rows(printed) == [
        [CLAUSE.format("一")],
        [CONTENT, "#~本年制发件数", "#~本年废止件数", "#~现行有效件数"],
        ["#规章"],
        ["#行政规范性文件"],
        [CLAUSE.format("五")],
        [CONTENT, "#~本年处理决定数量 ×3"],
        ["#行政许可"],
        [CLAUSE.format("六")],
        [CONTENT, "#~本年处理决定数量 ×3"],
        ["#行政处罚"],
        ["#行政强制"],
        [CLAUSE.format("八")],
        [CONTENT, "#~本年收费金额（单位：万元） ×3"],
        ["#行政事业性收费"],
    ]
    assert printed.rows[2] == (
        Print("规章", head=True),
        Print("3", key=("2", "规章", "本年制发件数")),
        Print("", key=("2", "规章", "本年废止件数")),
        Print("5", key=("2", "规章", "现行有效件数")),
    )
    assert printed.rows[-1][1:] == (Print("", 3, key=("2", "行政事业性收费", "本年收费金额（单位：万元）")),)
    assert (printed.name, printed.widths, printed.head_rows) == ("主动公开政府信息情况", (31, 24, 24, 24), 0)


def test_table_two_as_printed_until_2020() -> None:
    """Two columns share the room of three: the first is the wider one."""
    rows = table2(Figures(), 2020).rows
    assert [_drawn(cell) for cell in rows[-2]] == [CONTENT, "#~采购项目数量 ×2", "#~采购总金额"]
    assert rows[-1][1:] == (
        Print("", 2, key=("2", "政府集中采购", "采购项目数量")),
        Print("", 1, key=("2", "政府集中采购", "采购总金额")),
    )


def test_a_table_as_a_page_has_it() -> None:
    table = Table(
        "甲<乙",
        (1, 1),
        (
            (Print("头", 2, head=True),),
            (Print("侧", 1, 2, head=True), Print("1 & 2")),
            (Print("3", key=("3", "new", "all")),),
        ),
        1,
    )
    assert html_table(table) == (
        '<table border="1"><caption>甲&lt;乙</caption>\n'
        '<tr><th scope="col" colspan="2">头</th></tr>\n'
        '<tr><th scope="row" rowspan="2">侧</th><td>1 &amp; 2</td></tr>\n'
        "<tr><td>3</td></tr>\n"
        "</table>"
    )
