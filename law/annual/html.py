"""A printed table as a web page has it."""

from __future__ import annotations

from html import escape

from law.annual.printed import Print, Table


def html_table(table: Table) -> str:
    """Write a table with its spans and the scope of its heads."""
    rows = []
    for place, row in enumerate(table.rows):
        cells = "".join(_html_cell(cell, in_head=place < table.head_rows) for cell in row)
        rows.append(f"<tr>{cells}</tr>")
    return f'<table border="1"><caption>{escape(table.name)}</caption>\n' + "\n".join(rows) + "\n</table>"


def _html_cell(cell: Print, *, in_head: bool) -> str:
    name = "th" if cell.head else "td"
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    scope = f' scope="{"col" if in_head else "row"}"' if cell.head else ""
    return f"<{name}{scope}{spans}>{escape(cell.text)}</{name}>"
