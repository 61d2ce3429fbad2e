"""The report as a file: JSON for other systems, a page for the website, a document, a workbook, a PDF."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from html import escape
from typing import Any

from law.annual.figures import as_json
from law.annual.html import html_table
from law.annual.printed import Print, Table
from workflow.annual.document import Report
from workflow.word_file import WordFile, left_read, placed

NUMERIC = 8
FORMATS = ("json", "xlsx", "html", "docx", "pdf")
CONTENT_TYPES = {
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def as_file(report: Report, form: str, *, on: dt.date) -> bytes:
    """Return a report in one of the forms.

    :param on: the day on which the file is made, as the PDF's own
    """
    made: dict[str, Callable[[], bytes]] = {
        "json": lambda: _json(report),
        "xlsx": lambda: _xlsx(report),
        "html": lambda: _html(report).encode(),
        "docx": lambda: _docx(report),
        "pdf": lambda: _pdf(report, on),
    }
    return made[form]()


def _json(report: Report) -> bytes:
    told: dict[str, Any] = {
        "office": report.office,
        "title": report.title,
        "scope": report.scope,
        **as_json(report.figures),
        "due_on": report.due_on.isoformat(),
        "parts": [{"heading": part.heading, "paragraphs": list(part.paragraphs)} for part in report.parts],
        "findings": [finding.as_dict() for finding in report.findings],
        "gaps": list(report.gaps),
        "notes": list(report.notes),
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _html(report: Report) -> str:
    body = [f"<h1>{escape(report.title)}</h1>"]
    for part in report.parts:
        body.append(f"<h2>{escape(part.heading)}</h2>")
        body += [f"<p>{escape(text)}</p>" for text in part.paragraphs]
        if part.table:
            body.append(html_table(part.table))
    inside = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(report.title)}</title></head>\n'
        f"<body>\n{inside}\n</body></html>\n"
    )


def _xlsx(report: Report) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    book = Workbook()
    first = book.active
    assert first is not None  # a new workbook has its sheet
    first.title = "正文"
    first.column_dimensions["A"].width = 100
    lines = [report.title] + [text for part in report.parts for text in (part.heading, *part.paragraphs)]
    for number, text in enumerate(lines, 1):
        cell = first.cell(number, 1, text)
        cell.data_type = "s"  # words, whatever sign they begin with
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    first["A1"].font = Font(bold=True, size=14)
    thin = Side(style="thin")
    for part in report.parts:
        if part.table is None:
            continue
        page = book.create_sheet(f"表{'一二三四五六'[part.number - 1]}")
        wide = len(part.table.widths)
        page.append([f"{report.title}　{part.table.name}"])
        page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=wide)
        for row, column, cell in placed(part.table):
            at = page.cell(row + 2, column + 1, _number(cell))
            at.alignment = Alignment(
                horizontal="left" if left_read(part.table, row, cell) else "center", vertical="center", wrap_text=True
            )  # fmt: skip
            at.font = Font(bold=cell.head)
            if cell.rows > 1 or cell.columns > 1:
                page.merge_cells(
                    start_row=row + 2, end_row=row + 1 + cell.rows, start_column=column + 1, end_column=column + cell.columns
                )  # fmt: skip
        for cells in page.iter_rows(min_row=2, max_row=len(part.table.rows) + 1, max_col=wide):
            for at in cells:
                at.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        for place, width in enumerate(part.table.widths, 1):
            page.column_dimensions[get_column_letter(place)].width = max(width, NUMERIC)
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _number(cell: Print) -> str | int | float:
    """Return a figure as a number, so that a spreadsheet can add it up; words as they are."""
    if not cell.key[0] or not cell.text:
        return cell.text
    try:
        return int(cell.text)
    except ValueError:
        try:
            return float(cell.text)
        except ValueError:
            return cell.text


def _docx(report: Report) -> bytes:
    document = WordFile(report.title, report.office)
    document.line(report.title, face="宋体", size=22, centre=True)
    for part in report.parts:
        document.line(part.heading, face="黑体")
        for text in part.paragraphs:
            document.line(text)
        if part.table:
            document.table(part.table)
    return document.content()


def _pdf(report: Report, on: dt.date) -> bytes:
    from letters.render_paper import pdf

    blocks: list[dict[str, Any]] = [{"type": "title", "text": report.title}]
    for part in report.parts:
        blocks.append({"type": "heading", "level": 1, "text": part.heading})
        blocks += [{"type": "para", "text": text} for text in part.paragraphs]
        if part.table:
            blocks += [_block(part.table), {"type": "blank"}]
    return pdf(blocks, form="sheet", title=report.title, author=report.office, on=on, draft=False)


def _block(table: Table) -> dict[str, Any]:
    """Return a table as the typesetting takes it: a cell over several rows stands under itself in each further one."""
    rows: list[dict[int, dict[str, Any]]] = [{} for _ in table.rows]
    for row, column, cell in placed(table):
        shown = {"text": cell.text, "span": cell.columns, "middle": True}
        if cell.head:
            shown["role"] = "heading" if row < table.head_rows or cell.centre else "body"
        if not left_read(table, row, cell):
            shown["align"] = "center"
        if cell.rows > 1:
            shown["down"] = cell.rows
        rows[row][column] = shown
        for deeper in range(1, cell.rows):
            rows[row + deeper][column] = {"text": "", "span": cell.columns, "under": True}
    return {
        "type": "table", "columns": list(table.widths), "size": 9, "head_rows": table.head_rows,
        "rows": [[row[column] for column in sorted(row)] for row in rows],
    }  # fmt: skip
