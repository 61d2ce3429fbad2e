"""Published reports are read in whatever shape they come: JSON, pages, workbooks; what is none of them is refused."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from law.annual.figures import Figures, as_json
from law.annual.html import html_table
from law.annual.layout import layout
from law.annual.names import place_of
from law.annual.printed import table3, table4
from law.annual.read_file import read_bytes, read_file
from law.annual.rules import check
from law.cli.report import run
from tests.law.annual_tables import IN, NEW, OUT, TABLES, called, made


@pytest.mark.parametrize("blank", [None, "", "/", "／", "—", "-", " ", "无", "\u3000"])
def test_a_blank_cell_is_a_warning_and_not_nought(blank: Any) -> None:
    data = made(5)
    row = data["table3"]["三、本年度办理结果/（五）不予处理/2.重复申请"]
    row["自然人"] = blank
    code, told, _ = called(data)
    assert (code, told["violations"]) == (0, [])
    assert any(one["rule"] == "blank" and "自然人" in one["message"] for one in told["warnings"])
    # What the other cells say already is more than the total: no figure in the blank one mends that.
    row["总计"] = sum(value for key, value in row.items() if key not in ("自然人", "总计")) - 1
    if row["总计"] >= 0:
        assert "R2" in [one["rule"] for one in called(data)[1]["violations"]]


LABELS = {
    "三、本年度办理结果/（三）不予公开/1.属于国家秘密": "refuse_1",
    "三、本年度办理结果／(三)不予公开／1．属于国家秘密": "refuse_1",
    "三、本年度办理结果（三）不予公开1、属于国家秘密": "refuse_1",
    "(三) 不予公开 / 3.危及\"三安全一稳定\"": "refuse_3",
    "三、（三）不予公开-2.其他法律、行政法规禁止公开": "refuse_2",
    "（三）不予公开/2.其他法律法规禁止公开": "refuse_2",
    "（三）不予公开/5.属于三类内部事物信息": "refuse_5",
    "（三）不予公开>8.属于行政查询事项": "refuse_8",
    "四、无法提供/1.本机关不掌握相关信息": "unable_1",
    "（四）无法提供/3.补正后申请内容仍不明确的": "unable_3",
    "（五）不予处理/1.信访、举报、投诉类申请": "not_handled_1",
    "（五）不予处理/5.要求行政机关确认或者重新出具己获取信息": "not_handled_5",
    "（六）其他处理/1.申请人无正当理由逾期不补正，行政机关不再处理": "other_1",
    "（六）其它处理/2.逾期未按收费通知要求缴费": "other_2",
    "三、本年度办理结果/（六）其他处理/3.其他": "other_3",
    "（六）其他处理3.其他": "other_3",
    "三、本年度办理结果/（六）其他处理": "other",
    "（二）部分公开": "partial",
    "（七）总计": "total",
    "本年新收政府信息公开申请数": "new",
    "二、上年度结转申请数量": "carried_in",
    "四、结转下一年度继续办理": "carried_out",
}  # fmt: skip


@pytest.mark.parametrize(("label", "row"), LABELS.items())
def test_labels_however_they_are_written(label: str, row: str) -> None:
    assert place_of(label).row == row


def test_every_label_of_the_layout_is_recognised() -> None:
    for row in (*layout().rows, *(group for group in layout().groups if group != "results")):
        path = layout().path(row)
        assert place_of(path).row == row
        assert place_of(path.split("/")).row == row


@pytest.mark.parametrize("year", [2019, 2021, 2025])
def test_other_handling_as_one_row_or_three_in_any_year(year: int) -> None:
    data = made(9, year)
    group = "三、本年度办理结果/（六）其他处理"
    parts = {key: cells for key, cells in data["table3"].items() if key.startswith(f"{group}/")}
    assert len(parts) == 3
    one = {column: sum(cells[column] for cells in parts.values()) for column in next(iter(parts.values()))}
    merged = {key: cells for key, cells in data["table3"].items() if key not in parts} | {group: one}
    assert called({**data, "table3": merged})[0] == 0
    both = {**data["table3"], group: one}
    assert called({**data, "table3": both})[0] == 0
    one["自然人"] += 1
    assert "R3" in [found["rule"] for found in called({**data, "table3": both})[1]["violations"]]


def test_shapes_of_json() -> None:
    """Rows nested under their heads, kinds under theirs, rows as lists, figures as text: all read the same."""
    data = made(11)
    plain = as_json(read_bytes(json.dumps(data).encode()))["table3"]
    nested: dict[str, Any] = {}
    for label, cells in data["table3"].items():
        place = nested
        *heads, last = label.split("/")
        for head in heads:
            place = place.setdefault(head, {})
        kinds = {key: str(value) for key, value in cells.items() if key not in ("自然人", "总计")}
        place[last] = {
            "自然人": f" {cells['自然人']}件",
            "法人或其他组织": kinds,
            "总 计": f"{cells['总计']}.0",
        }
    listed = {label: list(cells.values()) for label, cells in data["table3"].items()}
    rows = [{"label": label, **cells} for label, cells in data["table3"].items()]
    for shape in (nested, listed, rows):
        read = as_json(read_bytes(json.dumps({**data, "table3": shape}).encode()))
        assert {k: dict(sorted(v.items())) for k, v in read["table3"].items()} == {
            k: dict(sorted(v.items())) for k, v in plain.items()
        }


@pytest.mark.parametrize("nothing", [None, {}, "", "/"])
def test_a_blank_row_is_no_missing_row(nothing: Any) -> None:
    """A row that is printed without figures leaves its sums open; one that is not printed adds nothing to them."""
    data = made(3)
    row = "三、本年度办理结果/（三）不予公开/4.保护第三方合法权益"
    assert sum(data["table3"][row].values()) > 0
    code, told, _ = called({**data, "table3": {**data["table3"], row: nothing}})
    assert (code, told["violations"]) == (0, [])
    assert any(one["rule"] == "blank" and "整行空白" in one["message"] for one in told["warnings"])
    left = {label: cells for label, cells in data["table3"].items() if label != row}
    assert {one["rule"] for one in called({**data, "table3": left})[1]["violations"]} == {"R3"}


def test_a_table_written_column_by_column() -> None:
    data = made(4)
    names = list(next(iter(data["table3"].values())))
    turned = {name: {label: cells[name] for label, cells in data["table3"].items()} for name in names}
    read = as_json(read_bytes(json.dumps({**data, "table3": turned}).encode()))
    assert read["table3"] == as_json(read_bytes(json.dumps(data).encode()))["table3"]


def test_pages_whose_tables_lost_a_span_or_were_cut() -> None:
    """A page break cuts a table, an editor loses a span, a layout table stands around: the figures are read all the same."""
    data = made(6, 2023)
    figures = read_bytes(json.dumps(data).encode())
    three, four = html_table(table3(figures, 2023)), html_table(table4(figures))
    rows = three.split("<tr>")
    broken = {
        "cut": ("<tr>".join(rows[:15]) + "</table><p>续表</p><table><tr>" + "<tr>".join(rows[15:]), four),
        "no rowspan": (re.sub(r' rowspan="\d+"', "", three), four),
        "wrong colspan": (three.replace('colspan="5"', 'colspan="4"'), four),
        "more cells": (three.replace("</tr>", "<td></td><td></td></tr>"), four),
        "table four without rowspan": (three, re.sub(r' rowspan="\d+"', "", four)),
        "inside a layout": (f"<table><tr><td>自然人 总计</td><td>{three}", f"{four}</td></tr></table>"),
        "paragraphs": (re.sub(r">([^<>\n]+)</t", r"><p>&nbsp;<span>\1</span></p></t", three), four),
    }
    for name, (first, second) in broken.items():
        told = as_json(
            read_bytes(f"<html><body><p>2023年政府信息公开年度报告</p>{first}{second}</body></html>".encode())
        )
        assert told["table3"] == data["table3"], name
        assert told["table4"] == data["table4"], name


def test_figures_with_separators_and_full_width() -> None:
    data = made(1)
    data["table3"][NEW] |= {"自然人": "１,０００", "总计": data["table3"][NEW]["总计"]}
    figures = read_bytes(json.dumps(data).encode())
    assert figures.cell("new", "natural").value == 1000


@pytest.mark.parametrize(
    "content",
    [
        b"", b"no report", b"{", b"[]", b'{"year": 2023}', b'{"table3": {}}', b'{"table3": 5}', b"<p>no table</p>",
        b'{"table3": {"x": {"\xe8\x87\xaa\xe7\x84\xb6\xe4\xba\xba": 1}}}', b"PK\x03\x04rubbish", b"%PDF-1.7", b"<table><tr><td>1</td></tr></table>",
        b'{"table3": {"a": 1, "a": 2}}', b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe\x00", b"[" * 5000,
    ],
)  # fmt: skip
def test_what_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(content)
    code, told, said = called(None, name=str(path))
    assert code == 2
    assert not told
    assert any("\u4e00" <= char <= "\u9fff" for char in said)
    assert called(None, "--json", name=str(path))[1]["error"]


def test_no_file_and_no_argument() -> None:
    assert called(None, name="/nowhere/at/all.json")[0] == 2
    out = io.StringIO()
    assert run([], stdin=io.StringIO(), stdout=out, stderr=out) == 2


def test_previous_report(tmp_path: Path) -> None:
    now, before = made(2), made(4, 2024)
    before["table3"][OUT] = dict(now["table3"][IN])
    path = tmp_path / "2024.json"
    path.write_text(json.dumps(before), encoding="utf-8")
    code, told, _ = called(now, "--previous", str(path))
    assert code == 0
    assert [one["rule"] for one in told["warnings"] if one["rule"] == "R7"] == ["R7"]
    before["table3"][OUT]["商业企业"] += 1
    path.write_text(json.dumps(before), encoding="utf-8")
    assert [one["rule"] for one in called(now, "--previous", str(path))[1]["violations"]] == ["R4"]


def test_the_page_as_published() -> None:
    figures = read_file(TABLES / "shanghai-2019.html")
    assert figures.year == 2019
    assert {key: cell.value for key, cell in figures.narrative.items()} == {
        "new": 859,
        "carried_in": 18,
        "done": 805,
    }
    assert figures.cell("unable_1", "natural").value == 252
    assert figures.cell("granted", "all").blank
    assert figures.cell("other", "natural").blank
    assert (figures.remedy("reconsideration", "pending").value, figures.remedy("direct", "upheld").value) == (
        2,
        8,
    )
    assert figures.table2["规章"]["对外公开总数量"].value == 524
    page = (TABLES / "shanghai-2019.html").read_text(encoding="utf-8")
    broken = read_bytes(page.replace("<p>767</p>", "<p>768</p>").encode("gb18030"))
    assert [finding.rule for finding in check(broken) if finding.blocks] == ["R1", "R2"]
    contradicted = read_bytes(page.replace("申请859件", "申请895件").encode())
    assert [finding.rule for finding in check(contradicted)] == ["R9"]


def as_workbook(data: dict[str, Any]) -> bytes:
    """Write tables three and four into a workbook as offices do: one sheet, merged heads."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append([f"{data['year']}年政府信息公开工作年度报告"])
    page.append(
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", None, None, "申请人情况"]
    )
    page.append([None, None, None, "自然人", "法人或其他组织", None, None, None, None, "总计"])
    page.append([None, None, None, None, "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"])
    for area in ("A2:C4", "D2:J2", "D3:D4", "E3:I3", "J3:J4"):
        page.merge_cells(area)
    first: dict[str, int] = {}
    for label, cells in data["table3"].items():
        heads = label.split("/")
        row = page.max_row + 1
        for column in range(1, 4):
            page.cell(row, column)
        shown = [head for head in heads if first.setdefault(head, row) == row]
        place = len(heads) - len(shown)
        for head in shown:
            place += 1
            page.cell(row, place, head)
        for column, value in enumerate(cells.values(), 4):
            page.cell(row, column, value)
    for head in ("三、本年度办理结果", "（三）不予公开", "（五）不予处理"):
        rows = [number for number, label in enumerate(data["table3"], 5) if head in label.split("/")]
        column = 1 if head.startswith("三、") else 2
        page.merge_cells(start_row=rows[0], end_row=rows[-1], start_column=column, end_column=column)
    page.append([])
    page.append(["行政复议", *[None] * 4, "行政诉讼"])
    page.append([*(one.label for one in layout().results), "未经复议直接起诉", *[None] * 4, "复议后起诉"])
    page.append(
        [*[None] * 5, *(one.label for one in layout().results), *(one.label for one in layout().results)]
    )
    page.append([value for cells in data["table4"].values() for value in cells.values()])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_workbooks(seed: int, tmp_path: Path) -> None:
    data = made(seed, 2022)
    read = read_bytes(as_workbook(data))
    told = as_json(read)
    assert told["year"] == 2022
    assert told["table3"] == data["table3"]
    assert told["table4"] == data["table4"]
    data["table4"]["行政诉讼/复议后起诉"]["总计"] += 1
    path = tmp_path / "报告.xlsx"
    path.write_bytes(as_workbook(data))
    assert [one["rule"] for one in called(None, name=str(path))[1]["violations"]] == ["R5"]


def test_figures_of_a_page_survive_as_json() -> None:
    figures = read_file(TABLES / "shanghai-2019.html")
    again: Figures = read_bytes(json.dumps(as_json(figures)).encode())
    assert again.table3 == figures.table3 or as_json(again)["table3"] == as_json(figures)["table3"]
    assert as_json(again)["table4"] == as_json(figures)["table4"]
