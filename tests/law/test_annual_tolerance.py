"""The same published table, however it is typed, gives the same figures: labels, cells, pages, workbooks, encodings."""

from __future__ import annotations

import copy
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from law.annual.figures import as_json
from law.annual.html import html_table
from law.annual.printed import table3, table4
from law.annual.read_file import read_bytes
from tests.law.annual_tables import IN, NEW, OUT, TABLES, called

TABLE = json.loads((TABLES / "suqian-2023.json").read_text(encoding="utf-8"))
COLUMNS = list(TABLE["table3"][NEW])
Change = Callable[[str], str]


def _read(data: Any) -> dict[str, Any]:
    return as_json(read_bytes(json.dumps(data, ensure_ascii=False).encode()))


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


LABELS: dict[str, Change] = {
    "half width brackets": lambda label: label.replace("（", "(").replace("）", ")"),
    "full width stroke": lambda label: label.replace("/", "／"),
    "stroke between spaces": lambda label: label.replace("/", " / "),
    "two strokes": lambda label: label.replace("/", "//") + "/",
    "spaced": lambda label: " ".join(label),
    "without brackets": lambda label: re.sub("[（）]", "", label),
    "without numbers": lambda label: re.sub(r"(^|/)(（.）|.、|\d\.)", r"\1", label),
    "full width figures": lambda label: re.sub(r"\d", lambda found: _wide(found.group()), label),
    "figures with 、": lambda label: re.sub(r"(\d)\.", r"\1、", label),
    "figures in brackets": lambda label: re.sub(r"(\d)\.", r"（\1）", label),
    "figures in circles": lambda label: re.sub(r"(\d)\.", lambda found: "①②③④⑤⑥⑦⑧"[int(found.group(1)) - 1], label),
    "other quotation marks": lambda label: label.replace("“", '"').replace("”", '"'),
    "without quotation marks": lambda label: re.sub("[“”]", "", label),
    "its own words only": lambda label: label.rpartition("/")[2],
    "its own words and its group": lambda label: "/".join(label.split("/")[-2:]),
    "broken lines": lambda label: label.replace("/", "/\n"),
}  # fmt: skip


@pytest.mark.parametrize("how", LABELS)
def test_labels(how: str) -> None:
    typed = {LABELS[how](label): cells for label, cells in TABLE["table3"].items()}
    roads = TABLE["table4"]
    if how in ("full width stroke", "stroke between spaces", "spaced"):
        roads = {LABELS[how](road): cells for road, cells in roads.items()}
    assert len(typed) == len(TABLE["table3"])
    read = _read({**TABLE, "table3": typed, "table4": roads})
    assert (read["table3"], read["table4"]) == (TABLE["table3"], TABLE["table4"])


CELLS: dict[str, Callable[[int], Any]] = {
    "text": str,
    "float": float,
    "float as text": lambda number: f"{number}.0",
    "thousands": lambda number: f"{number:,}",
    "full width": lambda number: _wide(f"{number:,}"),
    "unit": lambda number: f"{number} 件",
    "spaces": lambda number: f"\u3000{number}\u00a0",
}


@pytest.mark.parametrize("how", CELLS)
def test_cells(how: str) -> None:
    typed = {
        table: {
            row: {column: CELLS[how](value) for column, value in cells.items()}
            for row, cells in TABLE[table].items()
        }
        for table in ("table3", "table4")
    }
    read = _read({**TABLE, **typed})
    assert (read["table3"], read["table4"]) == (TABLE["table3"], TABLE["table4"])


@pytest.mark.parametrize("blank", [None, "", "/", "／", "—", "无"])
def test_blanks_for_noughts(blank: Any) -> None:
    """A report that leaves its noughts blank is consistent, and told so row by row."""
    data = copy.deepcopy(TABLE)
    for table in ("table3", "table4"):
        for cells in data[table].values():
            cells.update({column: blank for column, value in cells.items() if value == 0})
    code, told, _ = called(data)
    assert (code, told["violations"]) == (0, [])
    assert sum(one["rule"] == "blank" for one in told["warnings"]) == 25 + 1


@pytest.mark.parametrize(
    "year", [2023, "2023", "2023年", "２０２３", 2023.0, "二〇二三年", "二○二三年", "2023年度"]
)
def test_years(year: Any) -> None:
    assert _read({**TABLE, "year": year})["year"] == 2023


def test_columns_by_other_words() -> None:
    names = {"其他": "其他组织", "总计": "合 计", "商业企业": "法人或其他组织/商业企业"}
    typed = {
        row: {names.get(key, key): cell for key, cell in cells.items()}
        for row, cells in TABLE["table3"].items()
    }
    assert _read({**TABLE, "table3": typed})["table3"] == TABLE["table3"]


def test_roads_by_other_words() -> None:
    one, two, three = TABLE["table4"].values()
    for typed in (
        {"行政复议": one, "行政诉讼": {"未经复议直接起诉": two, "复议后起诉": three}},
        {"行政复议": one, "未经复议直接起诉": two, "复议后起诉": three},
        {"行政复议": list(one.values()), "行政诉讼/未经复议直接起诉": list(two.values()), "行政诉讼/复议后起诉": list(three.values())},
    ):  # fmt: skip
        assert _read({**TABLE, "table4": typed})["table4"] == TABLE["table4"]


@pytest.mark.parametrize("nothing", [None, {}, [], "", "/"])
def test_without_table_four_or_text(nothing: Any) -> None:
    code, told, _ = called({**TABLE, "table4": nothing, "narrative": nothing})
    assert (code, told["violations"]) == (0, [])
    assert [one["rule"] for one in told["warnings"]] == ["missing_table"]


def test_a_remark_is_no_row() -> None:
    """Words among the rows are a remark; words where a count belongs in a row of the table are a fault."""
    remarked = {**TABLE["table3"], "备注": "含派出机构的申请。", "说明": {"自然人": "见附件", "总计": ""}}
    code, told, _ = called({**TABLE, "table3": remarked})
    assert (code, told["violations"]) == (0, [])
    assert [one["rule"] for one in told["warnings"]] == ["remark", "remark"]
    code, told, _ = called({**TABLE, "table3": {**TABLE["table3"], OUT: "见附件"}})
    assert (code, [one["rule"] for one in told["violations"]]) == (1, ["R6"])


def test_a_row_too_many_and_one_too_few() -> None:
    """A row that the form does not know counts in its group; where it makes the total wrong, the total is wrong."""
    more = "三、本年度办理结果/（三）不予公开/9.属于工作秘密"
    for number, rules in ((0, []), (1, ["R3", "R3"])):
        row = dict.fromkeys(COLUMNS, 0) | {"自然人": number, "总计": number}
        code, told, _ = called({**TABLE, "table3": {**TABLE["table3"], more: row}})
        assert [one["rule"] for one in told["violations"]] == rules
        assert [one["rule"] for one in told["warnings"]] == ["unknown_row"]
    for label in (NEW, IN, OUT):
        left = {row: cells for row, cells in TABLE["table3"].items() if row != label}
        code, told, _ = called({**TABLE, "table3": left})
        assert (code, told["violations"]) == (0, [])
        assert [one["rule"] for one in told["warnings"]] == ["missing_row"]


def test_a_group_without_figures() -> None:
    """The line of a group in which nothing stands, and below which no row does, is blank and not missing."""
    page = (TABLES / "shanghai-2019.html").read_text(encoding="utf-8")
    told = [note for note in read_bytes(page.encode()).notes if "其他处理" in note.where]
    assert [(note.code, note.message[:4]) for note in told] == [("blank", "整行空白")]


def test_words_instead_of_their_numbers() -> None:
    for words, found in (
        ("全年新收政府信息公开申请3511件。", []),
        ("全年新收政府信息公开申请3607件。", [3607]),
    ):
        told = called({**TABLE, "narrative": words})[1]["warnings"]
        assert [one["found"] for one in told if one["rule"] == "R9"] == found


# ------------------------------------------------------------------------------------------ pages, workbooks


def _tables() -> tuple[str, str]:
    figures = read_bytes(json.dumps(TABLE).encode())
    return html_table(table3(figures, 2023)), html_table(table4(figures))


def _page(three: str, four: str) -> str:
    return (
        f"<html><body><h1>宿迁市<br>2023年政府信息公开工作年度报告</h1>{three}<p>四、</p>{four}</body></html>"
    )


def _same(content: bytes) -> bool:
    read = as_json(read_bytes(content))
    return (read["year"], read["table3"], read["table4"]) == (2023, TABLE["table3"], TABLE["table4"])


def test_encodings() -> None:
    page = _page(*_tables())
    assert _same(page.encode("gb18030"))
    assert _same(page.replace("<body>", '<meta charset="gb2312"><body>').encode("gbk"))
    assert _same(page.replace("<body>", '<meta charset="utf-8"><body>').encode("gb18030"))
    assert _same(page.replace("<body>", '<meta charset="gb2312"><body>').encode())
    assert _same(b"\xef\xbb\xbf" + page.encode())
    assert _same(page.encode("utf-16"))
    data = json.dumps(TABLE, ensure_ascii=False)
    assert all(_same(data.encode(one)) for one in ("utf-8-sig", "gb18030", "utf-16"))


PAGES: dict[str, Change] = {
    "upper case": lambda table: re.sub(r"</?(table|tr|td|th)", lambda found: found.group().upper(), table),
    "not closed": lambda table: re.sub("</(td|th|tr)>", "", table),
    "lines in labels": lambda table: re.sub(r">([^<>\d]{3})([^<>\d]{3,})</t", r">\1<br/>\2</t", table),
    "blanks around figures": lambda table: re.sub(r">(\d+)</t", r">&nbsp;<p> \1 </p></t", table),
    "thousands": lambda table: re.sub(r">(\d)(\d{3})</t", r">\1,\2</t", table),
    "full width": lambda table: re.sub(r">(\d+)</t", lambda found: f">{_wide(found.group(1))}</t", table),
    "units": lambda table: re.sub(r">(\d+)</t", r">\1件</t", table),
    "parts": lambda table: table.replace("<tr>", "<tbody><tr>", 1).replace("</table>", "</tbody></table>"),
    "a line for the widths": lambda table: table.replace("<tr>", "<tr><td width=1></td></tr><tr>", 1),
}  # fmt: skip


@pytest.mark.parametrize("how", PAGES)
def test_pages(how: str) -> None:
    three, four = _tables()
    assert PAGES[how](three) != three
    assert _same(_page(PAGES[how](three), PAGES[how](four)).encode())


@pytest.mark.parametrize("between", ["</table><p>— 3 —</p>", ""])
def test_a_head_printed_again(between: str) -> None:
    """A table that goes on over the page prints its head again: in a table of its own, or among the rows."""
    three, four = _tables()
    rows = three.split("<tr>")
    head, first, rest = rows[:4], rows[4:16], rows[16:]
    again = ["<table border='1'>" if between else "", *rows[1:4]]
    whole = "<tr>".join(head + first) + between + "<tr>".join(again + rest)
    assert _same(_page(whole, four).encode())
    # The table of another office is none that goes on.
    assert _same(_page(three.replace("</table>", "</table>" + three, 1), four).encode())


@pytest.mark.parametrize("text", [True, False])
@pytest.mark.parametrize("apart", [True, False])
def test_workbooks(text: bool, apart: bool) -> None:
    """Tables on sheets of their own or on one; figures as numbers, fractions or text."""
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.append(["宿迁市2023年政府信息公开工作年度报告"])
    sheet = book.create_sheet("表三")
    sheet.append(["项目", None, None, *COLUMNS])
    told: set[str] = set()
    for label, cells in TABLE["table3"].items():
        heads = [None if head in told else head for head in label.split("/")]
        told.update(label.split("/")[:-1])
        values = [str(value) if text else float(value) for value in cells.values()]
        sheet.append([*heads, *[None] * (3 - len(heads)), *values])
    four = book.create_sheet("表四") if apart else sheet
    four.append([None])
    four.append([None, *TABLE["table4"]["行政复议"]])
    for road, cells in TABLE["table4"].items():
        four.append([road, *cells.values()])
    out = io.BytesIO()
    book.save(out)
    assert _same(out.getvalue())
