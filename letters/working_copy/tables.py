"""Tables of sheets in a working copy."""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from letters.typeset.measures import TEXT_WIDTH

HEADING_FACE = "黑体"
# Lines of a table stand this far apart, in points, as in the PDF.
LEAD = 17.5


def put_table(document: Any, block: dict[str, Any], style: str) -> Any:
    """Append a table as the PDF sets it: column widths in percent, spans, head rows repeated; return its element."""
    columns = block["columns"]
    made = document.add_table(rows=0, cols=len(columns))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    widths = [Pt(TEXT_WIDTH * share / sum(columns)) for share in columns]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for _ in block["rows"]:
        made.add_row()
    for number, row in enumerate(block["rows"]):
        held, at = made.rows[number], 0
        for cell in row:
            span, down = int(cell.get("span", 1)), int(cell.get("down", 1))
            target = made.cell(number, at)
            if span > 1 or down > 1:
                target = target.merge(made.cell(number + down - 1, at + span - 1))
            if not cell.get("under"):
                target.width = Pt(sum(width.pt for width in widths[at : at + span]))
                _fill(target, cell, style)
            at += span
        _row(held, row, head=number < int(block.get("head_rows", 0)))
    return made._tbl


def _row(held: Any, row: list[dict[str, Any]], *, head: bool) -> None:
    properties = held._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    lines = max((int(cell.get("rows", 1)) for cell in row if int(cell.get("down", 1)) == 1), default=1)
    if lines > 1:
        held.height_rule, held.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Pt(LEAD * lines)


def _fill(target: Any, cell: dict[str, Any], style: str) -> None:
    lines = cell["text"].split("\n") + ([cell["foot"]] if cell.get("foot") else [])
    for number, line in enumerate(lines):
        paragraph = target.paragraphs[0] if number == 0 else target.add_paragraph()
        paragraph.style = style
        run = paragraph.add_run(line)
        paragraph.alignment = (
            WD_ALIGN_PARAGRAPH.CENTER if cell.get("align") == "center" else WD_ALIGN_PARAGRAPH.LEFT
        )
        if cell.get("role") == "heading":
            run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HEADING_FACE)
        if cell.get("foot") and number == len(lines) - 1:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if cell.get("middle", True):
        target.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
