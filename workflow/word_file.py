"""A document for Word and WPS in the margins of GB/T 9704: lines and printed tables."""

from __future__ import annotations

import io
from typing import Any

from law.annual.printed import Print, Table
from workflow.xml_text import fit


def placed(table: Table) -> list[tuple[int, int, Print]]:
    """Return every cell with the row and the column it begins in."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            found.append((row, column, cell))
            taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
            column += cell.columns
    return found


def left_read(table: Table, row: int, cell: Print) -> bool:
    """Tell whether a cell is read from its left edge: the names of rows; all else stands in the middle."""
    return cell.head and not cell.centre and row >= table.head_rows


class WordFile:
    """One document, written from top to bottom."""

    def __init__(self, title: str, author: str) -> None:
        """Begin an A4 page in the official margins, set in 仿宋 of size three."""
        from docx import Document
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        self._document: Any = Document()
        page = self._document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = (
            Mm(28),
            Mm(26),
            Mm(37),
            Mm(35),
        )
        style = self._document.styles["Normal"]
        style.font.name, style.font.size = "仿宋", Pt(16)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
        self._document.core_properties.title, self._document.core_properties.author = fit(title), fit(author)

    def line(
        self,
        text: str,
        *,
        face: str = "仿宋",
        size: int = 16,
        centre: bool = False,
        right: bool = False,
        indent: bool = True,
    ) -> None:
        """Write one paragraph, its first line two characters in unless it stands in the middle or at the right."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml.ns import qn
        from docx.shared import Pt

        paragraph = self._document.add_paragraph()
        run = paragraph.add_run(fit(text))
        run.font.name, run.font.size = face, Pt(size)
        run._element.rPr.rFonts.set(qn("w:eastAsia"), face)
        if centre or right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centre else WD_ALIGN_PARAGRAPH.RIGHT
        elif indent:
            paragraph.paragraph_format.first_line_indent = Pt(2 * size)

    def table(self, table: Table, *, room_mm: int = 156) -> None:
        """Write a printed table over the width of the type area."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt

        made = self._document.add_table(rows=len(table.rows), cols=len(table.widths))
        made.style, made.autofit = "Table Grid", False
        for column, width in enumerate(table.widths):
            made.columns[column].width = Mm(room_mm) * width // sum(table.widths)
        grid = [list(row.cells) for row in made.rows]
        for row, column, cell in placed(table):
            at = grid[row][column]
            if cell.rows > 1 or cell.columns > 1:
                at = at.merge(grid[row + cell.rows - 1][column + cell.columns - 1])
            paragraph = at.paragraphs[0]
            run = paragraph.add_run(fit(cell.text))
            run.font.size, run.font.bold = Pt(9), cell.head and row < table.head_rows
            left = left_read(table, row, cell)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER

    def content(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()
