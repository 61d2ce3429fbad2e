"""The clean table that goes out beside the pages: what the marks cover is black in its cells, and it is proved as they are."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from workflow.review.redaction import Box, Finding, Leaks, Mark
from workflow.review.redaction.folded import fold
from workflow.review.redaction.probe.kinds import Reader, pieces_of
from workflow.review.redaction.probe.run import search
from workflow.review.redaction.probe.secrets import Secrets
from workflow.review.redaction.tables import BLACK, Sheet, csv_of, open_numbers, xlsx
from workflow.review.sandbox import Limits
from workflow.review.sandbox.tables import NAME_ROW, SIZE, CellLine, Lay, lay

#: A character is covered where a mark lies over so much of its width and of its height.
_COVERED = 0.2
#: How far a line reaches above and below its base line, in sizes of its letters.
_ABOVE, _BELOW = 0.88, 0.12
_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|styles|sharedStrings|theme/theme1)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet\d+\.xml"
)
#: What a clean workbook has none of: formulas, names, hidden sheets, rows and columns, links, drawings.
_UNCLEAN = re.compile(
    rb"<f[ >/]|<definedName[ >]|hidden=\"(?:1|true)\"|externalReference|<drawing|<legacyDrawing|<hyperlink"
)


class Moved(Exception):
    """Raised where the table cannot be set as it was set for its pages."""


@dataclass(frozen=True)
class TableMade:
    """A proved table.

    :param told: its hashes and probes, for the certificate
    """

    data: bytes
    told: dict[str, Any]


@dataclass
class _Cells:
    """The cells as they go out, and what was covered in them."""

    sheets: list[Sheet]
    covered: set[str] = field(default_factory=set)
    count: int = 0


def table_copy(table: bytes, pages: bytes, marks: Sequence[Mark]) -> TableMade:
    """Return the clean workbook of a table in which every character under a mark is black, searched before it is returned.

    :param table: the working copy's table, visible values alone
    :param pages: the same table set on pages, on which the marks were made
    :raises Moved: where the table is not set as those pages are
    :raises Leaks: where something is left, an open identity number included
    """
    laid = lay(table, Limits())
    if laid.pdf() != pages:
        raise Moved
    cells = _blackened(laid, marks)
    made = xlsx(cells.sheets)
    texts = [csv_of(sheet.rows) for sheet in cells.sheets]
    probes = _proved(made, texts, cells)
    return TableMade(
        made,
        {
            "xlsx": {"sha256": hashlib.sha256(made).hexdigest(), "sheets": len(cells.sheets)},
            "csv": [{"sha256": hashlib.sha256(text).hexdigest()} for text in texts],
            "covered_cells": cells.count,
            "probes": probes,
        },
    )


def _blackened(laid: Lay, marks: Sequence[Mark]) -> _Cells:
    boxes: dict[int, list[Box]] = defaultdict(list)
    for mark in marks:
        boxes[mark.page].append(mark.box)
    lines: dict[tuple[int, int, int], list[CellLine]] = defaultdict(list)
    for line in laid.lines:
        lines[line.sheet, line.row, line.column].append(line)
    cells = _Cells([Sheet(name, [list(row) for row in grid]) for name, grid in laid.sheets])
    for (sheet, row, column), held in lines.items():
        chars = [
            (char, _hidden(box, boxes[line.page.number]))
            for line in held
            for char, box in _placed(laid, line)
        ]
        if not any(hidden for _, hidden in chars):
            continue
        cells.count += 1
        cells.covered |= set(_runs(chars))
        if row == NAME_ROW:
            cells.sheets[sheet] = Sheet(BLACK, cells.sheets[sheet].rows)
        else:
            cells.sheets[sheet].rows[row][column] = _shown(chars)
    return cells


def _placed(laid: Lay, line: CellLine) -> Iterator[tuple[str, Box]]:
    x = line.x
    for char in line.text:
        width = laid.setting.width(char, SIZE)
        yield char, Box(x, line.y - _ABOVE * SIZE, x + width, line.y + _BELOW * SIZE)
        x += width


def _hidden(char: Box, boxes: Sequence[Box]) -> bool:
    for box in boxes:
        met = char.common(box)
        if met.area > 0 and met.width >= _COVERED * char.width and met.height >= _COVERED * char.height:
            return True
    return False


def _shown(chars: Sequence[tuple[str, bool]]) -> str:
    """Return a cell's text with each covered stretch as a bar of one width."""
    shown: list[str] = []
    before = False
    for char, hidden in chars:
        if not hidden:
            shown.append(char)
        elif not before:
            shown.append(BLACK)
        before = hidden
    return "".join(shown)


def _runs(chars: Sequence[tuple[str, bool]]) -> Iterator[str]:
    run: list[str] = []
    for char, hidden in [*chars, ("", False)]:
        if hidden:
            run.append(char)
        elif run:
            yield "".join(run)
            run = []


def _proved(made: bytes, texts: Sequence[bytes], cells: _Cells) -> list[dict[str, Any]]:
    """Search the files for what was covered, and look for anything beside texts. Raises Leaks."""
    # What another cell still shows was left open by the same marks, as it is on the pages.
    left = "\n".join(
        text for sheet in cells.sheets for row in [[sheet.name], *sheet.rows] for text in row if text
    )
    secrets = [text for text in sorted(cells.covered) if len(fold(text)) >= 3]
    sought = Secrets(secrets, ["遮盖下的文字"] * len(secrets), known=[left])
    findings, looked = list(open_numbers(cells.sheets)), 0
    for name, data in (("表格.xlsx", made), *((f"表格{n}.csv", text) for n, text in enumerate(texts, 1))):
        for part in sought.parts():
            report = search(pieces_of(data, name, "", Reader(False, 0)), part)
            findings += report.findings
            findings += [
                Finding(0, "不应有的内容", f"{name} › {one.where}（{one.why}）") for one in report.unread
            ]
            looked += report.looked
    findings += _not_ours(made)
    if findings:
        raise Leaks(findings)
    return [
        {"probe": "table_identity_numbers", "result": "nothing", "cells": sum(len(row) for one in cells.sheets for row in one.rows)},
        {"probe": "table_structure", "result": "nothing"},
        {"probe": "table_texts_and_bytes", "result": "nothing", "strings": len(sought), "looked": looked},
    ]  # fmt: skip


def _not_ours(made: bytes) -> list[Finding]:
    findings = []
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        for name in book.namelist():
            if not _PARTS.fullmatch(name) or _UNCLEAN.search(book.read(name)):
                findings.append(Finding(0, "不应有的内容", f"表格.xlsx › {name}"))
    return findings
