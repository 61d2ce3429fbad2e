"""A published report is read from whatever file it is: by its content, in the encodings offices use."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import Workbook

from law.annual.errors import Unreadable
from law.annual.figures import Cell, Figures, Note
from law.annual.layout import layout
from law.annual.read_file import MOST_BYTES, read_bytes, read_file

KINDS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
HEAD, ROW = ["项目", *KINDS, "总计"], ["新收", *"1234560"]
JSON = '{"year": 2023, "table3": {"新收": {"自然人": 5}}}'


def _page(words: str = "", head: str = "", cells: list[list[str]] | None = None) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells or [HEAD, ROW]
    )
    return f"<html><head>{head}</head><body>{words}<table>{rows}</table></body></html>"


def _new(figures: Figures) -> list[Any]:
    return [figures.cell("new", one.id).value for one in layout().columns]


def _refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_bytes(content)
    return refused.value.message


def _zipped(name: str) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr(name, "x")
    return out.getvalue()


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b" \n", "文件是空的。"),
    "too much": (lambda: b"{" + b" " * MOST_BYTES, "文件超过 30 MB，不像是年度报告。"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx", "这是旧格式的 xls 或者 doc 文件，请另存为 xlsx 再核对。"),
    "a PDF": (lambda: b"%PDF-1.7", "PDF 里没有可以核对的表格，请用网页、xlsx 或者 JSON。"),
    "plain words": (lambda: "政府信息公开年度报告".encode(), "不认识这个文件：应为 JSON、网页（含表格）或者 xlsx。"),
    "a page without a table": (lambda: b"<p>1 < 2 and t&d</p>", "不认识这个文件：应为 JSON、网页（含表格）或者 xlsx。"),
    "letters of no encoding": (lambda: b"\xff\xff\xff", "文件的文字编码无法识别，请存为 UTF-8。"),
    "a page of remarks": (lambda: b"<!-- <table> -->", "网页无法读取，请检查文件。"),
    "letters of no encoding, of an even number": (lambda: b"\xff" * 4, "文件的文字编码无法识别，请存为 UTF-8。"),
    "a broken package": (lambda: b"PK\x03\x04rubbish", "文件已经损坏，打不开。"),
    "another package": (lambda: _zipped("a.txt"), "这个文件不是可以读取的 xlsx 表格。"),
    "a workbook cut off": (lambda: _damaged("xl/worksheets/sheet1.xml", lambda raw: raw[:-9]), "这个文件不是可以读取的 xlsx 表格。"),
    "a workbook of no sheets": (lambda: _damaged("xl/workbook.xml", lambda raw: b"<a"), "这个文件不是可以读取的 xlsx 表格。"),
    "a workbook with a letter changed": (lambda: _spoiled(), "这个文件不是可以读取的 xlsx 表格。"),
    "no document": (lambda: _zipped("word/document.xml"), "这个文件不是可以读取的 docx 文档。"),
}  # fmt: skip


def _workbook(*sheets: tuple[str, list[list[Any]]]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(number: int) -> list[list[Any]]:
    return [
        ["项目", *(one.label for one in layout().columns)],
        ["一、本年新收", number, 0, 0, 0, 0, 0, number],
    ]


def _damaged(part: str, how: Callable[[bytes], bytes]) -> bytes:
    whole, out = ZipFile(io.BytesIO(_saved(_workbook(("表三", _rows(1)))))), io.BytesIO()
    with ZipFile(out, "w") as package:
        for name in whole.namelist():
            package.writestr(name, how(whole.read(name)) if name == part else whole.read(name))
    return out.getvalue()


def _spoiled() -> bytes:
    content = _saved(_workbook(("表三", _rows(1))))
    entry = ZipFile(io.BytesIO(content)).getinfo("xl/worksheets/sheet1.xml")
    at = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    return content[:at] + bytes(255 - one for one in content[at : at + 8]) + content[at + 8 :]


def test_a_sheet_that_is_said_to_reach_far() -> None:
    """A format set on the last cell of a sheet makes no million of rows to read."""
    book = _workbook(("表三", _rows(7)))
    book["表三"]["XFD1048576"] = "注"
    assert read_bytes(_saved(book)).cell("new", "all").value == 7


def test_a_hidden_sheet_goes_behind_the_shown() -> None:
    book = _workbook(("旧", _rows(1)), ("表三", _rows(7)))
    book["旧"].sheet_state = "hidden"
    assert read_bytes(_saved(book)).cell("new", "all").value == 7


def test_the_year_of_a_sheet_in_brackets() -> None:
    for title, year in (
        ("三、收到和处理申请情况（2023年度）", 2023),
        ("表三(2023)", 2023),
        ("（2022年度）（2023年度）", None),
    ):
        assert read_bytes(_saved(_workbook(("表三", [[title], *_rows(1)])))).year == year


def test_the_mark_of_a_note_is_no_digit() -> None:
    heads = "".join(f"<td>{one.label}</td>" for one in layout().columns)
    cells = "<td>0</td>" * 5
    page = f"<table><tr><td></td>{heads}</tr><tr><td>本年新收<sup>2</sup></td><td>12<sup>1</sup></td>{cells}<td>12</td></tr></table>"
    assert read_bytes(page.encode()).cell("new", "natural").value == 12


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    content, message = REFUSED[name]
    assert _refusal(content()) == message


def test_as_much_as_a_report_may_be() -> None:
    assert "30 MB" not in _refusal(b"x" + b" " * (MOST_BYTES - 1))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        read_file(tmp_path / "2023.json")
    assert refused.value.message == "读不到文件“2023.json”：没有这个文件。"
    with pytest.raises(Unreadable, match="这是文件夹"):
        read_file(tmp_path)
    (tmp_path / "2023.html").write_text(JSON, encoding="utf-8")
    assert read_file(tmp_path / "2023.html").year == 2023


ENCODED: dict[str, bytes] = {
    "utf-8": JSON.encode(),
    "utf-8 with its mark": JSON.encode("utf-8-sig"),
    "blanks before": f" \n {JSON}".encode(),
    "gb18030": JSON.encode("gb18030"),
    "utf-16": JSON.encode("utf-16"),
    "utf-16, big end first": b"\xfe\xff" + JSON.encode("utf-16-be"),
    "a page": _page("2023年政府信息公开年度报告").encode(),
    "a page in gb18030": _page("2023年政府信息公开年度报告").encode("gb18030"),
    "a page that says it is gbk": _page("2023年政府信息公开年度报告", '<META CHARSET = "GBK">').encode("gbk"),
    "a page with a declaration": ('<?xml version="1.0" encoding="gb2312"?>' + _page("2023年政府信息公开年度报告")).encode(),
    "a page in capitals": _page("2023年政府信息公开年度报告").upper().encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", ENCODED)
def test_encodings(name: str) -> None:
    figures = read_bytes(ENCODED[name])
    assert figures.year == 2023
    assert figures.cell("new", "natural").value == (1 if "page" in name else 5)


@pytest.mark.parametrize("named", ["text/html; charset=Big5", "text/html; CHARSET = big5"])
def test_an_encoding_that_a_page_names_goes_before_those_it_happens_to_fit(named: str) -> None:
    """Big5 reads as GB18030 as well, to other words."""
    head = f'<meta http-equiv="x" content="{named}">'
    page = _page("", head, [HEAD, ROW, ["備註資訊", *ROW[1:]]])
    figures = read_bytes(page.encode("big5", "xmlcharrefreplace"))
    assert "備註資訊" in figures.extra


def test_list_of_json_is_refused_as_json() -> None:
    assert _refusal(b" [1]") == "JSON 的最外层应为对象，含 year、table3、table4。"


# ---------------------------------------------------------------------------------------------------- pages


def test_a_page() -> None:
    page = _page(
        "<script>99年</script><style>一、总体情况收到申请7件二、主动公开</style><p>一、总体情况</p><p>新<b>收</b>申请 21 件</p><p>二、主动公开</p>",
        "<title>某市2022年政府信息公开工作年度报告</title>",
    )
    figures = read_bytes(page.encode())
    assert _new(figures) == [1, 2, 3, 4, 5, 6, 0]
    assert figures.year == 2022
    assert figures.narrative == {"new": Cell(21, "21")}


def test_the_cells_of_a_page() -> None:
    """Blanks and marks inside a cell, spans, heads in th, tables inside others, spans that are none."""
    rows = (
        "<tr><td rowspan='2' colspan=' 1 '>项目</td><td ROWSPAN=2>自然人</td><th colspan='5'>法人</th><td rowspan='2'>总计</td></tr>"
        "<tr><td>商业<br>企业</td><td><p>科研</p><p>机构</p></td><td colspan='x'>公益</td><td colspan=''>法律 服务</td><td colspan='1000'>其他</td></tr>"
        "<tbody><tr><td rowspan='1000'>新 <!-- 99 --><script>8</script>收</td><td> 1 </td><td>2</td><td colspan='x'>3</td><td>4</td><td>5</td><td>6</td><td><table><tr><td>0</td></tr></table></td></tr>"
        "<tr><td>（七）总计</td><td>7</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>7</td></tr></tbody>"
    )
    figures = read_bytes(f"<div><p>x</p><table>{rows}</table>".encode())
    assert figures.cell("new", "research").value == 3
    assert _new(figures) == [1, 2, 3, 4, 5, 6, 0]
    assert figures.printed == {"new": "新 收", "total": "（七）总计"}
    assert figures.cell("total", "natural").value == 7
    assert figures.notes[-1] == Note("no_year", "年度", "没有读到报告的年度，R8 不能核对")


YEARS = {
    "某局2023年政府信息公开工作年度报告": 2023,
    "２０２１年度政府信息公开年报": 2021,
    "2020 年某市某区人民政府办公室政府信息公开报告": 2020,
    "本报告数据期限为2019年1月1日至12月31日。": 2019,
    "自2018 年 1 月 1 日起至 2018 年 12 月 31 日止": 2018,
    "2017年发布。政府信息公开年度报告": None,
    "2023年政府信息公开工作": None,
    "数据自2016年1月1日至2022年，2021年政府信息公开年度报告": 2021,
    "": None,
}


@pytest.mark.parametrize("words", YEARS)
def test_the_year_of_a_page(words: str) -> None:
    figures = read_bytes(_page(f"<h1>{words}</h1>").encode())
    assert figures.year == YEARS[words]
    assert (Note("no_year", "年度", "没有读到报告的年度，R8 不能核对") in figures.notes) is (
        YEARS[words] is None
    )


def test_words_in_a_table_of_figures_are_no_text() -> None:
    told = "一、总体情况新收申请9件二、主动公开"
    assert read_bytes(_page(cells=[HEAD, ROW, [told]]).encode()).narrative == {}
    around = f"<table><tr><td>{told}{_page()}</td></tr></table>"
    assert read_bytes(around.encode()).narrative == {"new": Cell(9, "9")}


# ------------------------------------------------------------------------------------------------ workbooks


def _book(*sheets: tuple[str, list[list[Any]], list[str]]) -> bytes:
    """Make a workbook of sheets: title, rows, areas merged."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows, areas in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for area in areas:
            sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook() -> None:
    text = [["一、总体情况"], ["新收申请"], ["21件"], ["二、主动公开"]]
    rows = [
        ["说明", None, "自然人", "法人或其他组织", None, None, None, None, "总计"],
        [None, None, None, *KINDS[1:], None],
        ["新收", None, 1, 2.0, "3", "4 件", 5, None, 21],
        ["三、办理结果", "（二） 部分\n公开", 1.5, 0, 0, 0, 0, 0, 0],
        [None, "（三）不予公开", 2, 0, 0, 0, 0, 0, 2],
    ]
    areas = ["A1:B2", "C1:C2", "D1:H1", "I1:I2", "A3:B3", "A4:A5"]
    figures = read_bytes(_book(("2022年政府信息公开年度报告", text, []), ("表", rows, areas)))
    assert figures.year == 2022
    assert figures.narrative == {"new": Cell(21, "21")}
    assert figures.cell("refuse", "natural").value == 2
    assert figures.table3["partial"]["natural"].raw == "1.5"
    assert figures.printed["partial"] == "三、办理结果/（二） 部分 公开"
    assert figures.printed["refuse"] == "三、办理结果/（三）不予公开"


def test_cells_of_a_workbook_that_are_merged() -> None:
    """A merged head stands over all its columns; a merged place without words is none that is named."""
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [
        ["行政复议", *[None] * 4, "行政诉讼", *[None] * 9, "备注"],
        [*results, "未经复议直接起诉", *[None] * 4, "复议后起诉"],
        [*[None] * 5, *results, *results],
        list(range(16)),
    ]
    areas = ["A1:E1", "F1:O1", "F2:J2", "K2:O2", *(f"{column}2:{column}3" for column in "ABCDE")]
    three = [[*HEAD[:1], None, *HEAD[1:]], ["新收", None, *range(7)], [None, None, *range(7)]]
    figures = read_bytes(_book(("三", three, ["A1:B1", "A2:B2", "A3:B3"]), ("四", rows, areas)))
    assert list(figures.table3) == ["new"]
    assert [
        cell.value
        for road in ("reconsideration", "direct", "after")
        for cell in figures.table4[road].values()
    ] == list(range(15))


def test_figures_of_a_workbook() -> None:
    figures = read_bytes(_book(("表", [HEAD, ["新收", 1, 2.0, "3", "4 件", 5, "=1+1", 0]], [])))
    assert [cell.raw for cell in figures.table3["new"].values()] == ["1", "2", "3", "4件", "5", "", "0"]
    assert figures.year is None
    assert figures.notes[-1].code == "no_year"


# ------------------------------------------------------------------------------------------------ documents


def _document(words: list[str], rows: list[list[str]], merged: list[tuple[int, int, int, int]] = []) -> bytes:  # noqa: B006
    """Make a document of paragraphs and one table; merged areas are (row, column, last row, last column)."""
    document = Document()
    for word in words:
        document.add_paragraph(word)
    table = document.add_table(len(rows), max(map(len, rows)))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    for row, column, last_row, last_column in merged:
        text = rows[row][column]
        table.cell(row, column).merge(table.cell(last_row, last_column)).text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_document() -> None:
    rows = [
        ["说明", "", "自然人", "法人或其他组织", "", "", "", "", "总计"],
        ["", "", "", *KINDS[1:], ""],
        ["新收", "", *"1234560"],
        ["（三）不予公开", "1.属于\n国家 秘密", *"1000001"],
        ["", "2.其他法律法规", *"0100001"],
    ]
    merged = [(0, 0, 1, 1), (0, 2, 1, 2), (0, 3, 0, 7), (0, 8, 1, 8), (2, 0, 2, 1), (3, 0, 4, 0)]
    words = ["2021年政府信息公开年度报告", "一、总体情况", "新收申请", "21件", "二、主动公开"]
    figures = read_bytes(_document(words, rows, merged))
    assert figures.year == 2021
    assert figures.narrative == {"new": Cell(21, "21")}
    assert _new(figures) == [1, 2, 3, 4, 5, 6, 0]
    assert figures.printed == {
        "new": "新收",
        "refuse_1": "（三）不予公开/1.属于 国家 秘密",
        "refuse_2": "（三）不予公开/2.其他法律法规",
    }
    assert figures.cell("refuse_2", "commercial").value == 1


def test_a_document_in_which_a_row_lacks_its_last_cell() -> None:
    document = Document(io.BytesIO(_document([], [HEAD, ROW, ["备注", *[""] * 7]])))
    last = document.tables[0].rows[2]
    last._tr.remove(last.cells[-1]._tc)
    out = io.BytesIO()
    document.save(out)
    assert _new(read_bytes(out.getvalue())) == [1, 2, 3, 4, 5, 6, 0]


def test_a_document_that_does_not_tell_its_year() -> None:
    figures = read_bytes(_document(["报告"], [HEAD, ROW]))
    assert (figures.year, figures.notes[-1].code) == (None, "no_year")
    assert json.dumps(_new(figures)) == "[1, 2, 3, 4, 5, 6, 0]"
