"""An inspection as a person may see it: the sample, one result sheet, the sum of its faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from letters.lint.finding import rules
from office.models import User
from workflow.beside.step import may
from workflow.drawing_lots import draw, fingerprint
from workflow.file_check import CHECKS, LACKS, findings_in_words, lacks_in_words
from workflow.models import Inspection, InspectionSheet
from workflow.selectors import beside_supervision as supervision
from workflow.spreadsheet import sheet as spreadsheet

RESULTS = [(value, label) for value, label in InspectionSheet.Result.choices if value]


@dataclass(frozen=True)
class Page:
    """A sample with the sheets that may be seen; ``redrawn`` says whether drawing again gives the same cases.

    ``whole`` tells the inspecting office's view of every case drawn from an inspected office's view of its own.
    """

    row: Inspection
    whole: bool
    drawn: int
    sheets: tuple[InspectionSheet, ...]
    fingerprint: str
    redrawn: bool
    results: tuple[tuple[str, int], ...]
    faults: tuple[tuple[str, str, int], ...]

    @property
    def summary(self) -> str:
        """Return the summary; one on several offices is not for one of them."""
        return self.row.summary if self.whole or self.row.about_id else ""

    @property
    def left(self) -> int:
        """Return how many cases have no result yet."""
        return sum(not sheet.result for sheet in self.sheets)


@dataclass(frozen=True)
class SheetPage:
    """One case's result sheet, with every line of the list."""

    row: Inspection
    sheet: InspectionSheet
    findings: tuple[tuple[str, str, str], ...]
    missing: tuple[tuple[str, str], ...]
    held: tuple[str, ...]
    open: bool


def page(user: User, record_id: int) -> Page | None:
    """Read a sample this person may see, drawing it again from what was kept; None for any other.

    An inspected office sees of it the filled sheets on its own cases, and counts of these alone.
    """
    row = _row(user, record_id)
    if row is None:
        return None
    sheets = tuple(_sheets(user, row).order_by("seq"))
    drawn = list(row.sheets.order_by("seq").values_list("case_id", flat=True))
    return Page(
        row,
        may("check_sheet", user, row.office_id),
        len(drawn),
        sheets,
        fingerprint(row.population),
        draw(row.population, seed=row.seed, size=row.size) == drawn,
        _results(sheets),
        _faults(sheets),
    )


def sheet(user: User, record_id: int, seq: int) -> SheetPage | None:
    """Read one result sheet of a sample this person may see; None for any other."""
    row = _row(user, record_id)
    found = _sheets(user, row).filter(seq=seq).first() if row else None
    if row is None or found is None:
        return None
    held = tuple(LACKS[name][0] for name in CHECKS if name not in found.missing)
    return SheetPage(
        row, found, tuple(findings_in_words(found.findings)), tuple(lacks_in_words(found.missing)), held,
        row.stage == Inspection.Stage.DRAWN and may("check_sheet", user, row.office_id),
    )  # fmt: skip


def as_spreadsheet(page: Page) -> bytes:
    """Return a sample with its results as a workbook; no applicant is named."""
    head: list[Any] = [
        "序号",
        "案件编号",
        "机关",
        "答复日",
        "答复书检查",
        "案卷缺少",
        "检查结果",
        "检查意见",
        "检查人",
        "检查日",
    ]
    rows = [head]
    for one in page.sheets:
        found = "；".join(f"{words}（{article}）" for words, article, _ in findings_in_words(one.findings))
        lacks = "、".join(words for words, _ in lacks_in_words(one.missing))
        rows.append(
            [
                one.seq,
                one.case.number,
                one.case.office.name,
                one.case.replied_on,
                found or "没有发现问题",
                lacks or "齐全",
                one.get_result_display(),
                one.remarks,
                one.checked_by.display if one.checked_by else "",
                one.checked_on,
            ]
        )
    row = page.row
    heading = (
        f"{row.title}　种子：{row.seed}　范围：{row.first_on}至{row.last_on}答复的{len(row.population)}件"
    )
    return spreadsheet("抽查结果", rows, widths=(6, 24, 24, 12, 48, 28, 10, 40, 12, 12), heading=heading)


def _sheets(user: User, row: Inspection) -> QuerySet[InspectionSheet]:
    rows = supervision.visible_sheets(user).filter(inspection=row)
    return rows.select_related("case__office", "checked_by")


def _row(user: User, record_id: int) -> Any:
    return (
        supervision.visible(user, "inspection")
        .select_related("about", "drawn_by")
        .filter(pk=record_id)
        .first()
    )


def _results(sheets: Sequence[InspectionSheet]) -> tuple[tuple[str, int], ...]:
    counted = Counter(sheet.result for sheet in sheets)
    return tuple(
        (str(label), counted[value]) for value, label in InspectionSheet.Result.choices if counted[value]
    )


def _faults(sheets: Sequence[InspectionSheet]) -> tuple[tuple[str, str, int], ...]:
    """Count in how many cases each fault was found, the most frequent first."""
    counted: Counter[tuple[str, str]] = Counter()
    for one in sheets:
        counted.update({(rules()[rule].finds, rules()[rule].article) for rule, _ in one.findings})
        counted.update({(f"案卷缺少{LACKS[name][0]}", LACKS[name][1]) for name in one.missing})
    return tuple((words, article, count) for (words, article), count in counted.most_common())
