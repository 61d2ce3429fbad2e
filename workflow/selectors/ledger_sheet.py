"""The clock's ledger as a sheet of paper for a court or a reconsideration body."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from law.clock import LedgerDay, Reading
from office.web.dates import chinese_date
from workflow.selectors import documents
from workflow.selectors.documents import Document
from workflow.selectors.ledger import in_short

TITLE = "答复期限逐日计算单"
WEEK = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


class Look(NamedTuple):
    """Hold one way to lay out the sheet: weeks side by side, and the size of its letters in points."""

    side_by_side: int
    days: float | None
    words: float | None


#: From roomy to dense; the first that fits on one page is taken.
LOOKS = (Look(1, None, None), Look(1, 9, 9), Look(2, 7.5, 9), Look(2, 7.5, 7.5), Look(2, 6.5, 6.5))


def ledger_pdf(case: Any, found: Reading, *, on: dt.date, as_of: dt.date | None) -> Document:
    """Typeset the ledger of a case on one page: its dates, every day in weeks, and why days do not count."""
    known = f"按{_day(as_of)}已登记事项和已公布安排计算" if as_of else f"截至{_day(on)}"
    return Document(f"{case.number} {TITLE}.pdf", typeset_ledger(case, found, known=known, on=on))


def typeset_ledger(case: Any, found: Any, *, known: str, on: dt.date) -> bytes:
    """Typeset a reading of the clock, live or frozen, in the roomiest way that fits on one page.

    :param known: a line that says as of when the reading is
    """
    content = b""
    for look in LOOKS:
        blocks = _blocks(case, found, look, known=known)
        content = documents.pdf(
            blocks, form="sheet", title=TITLE, author=case.office.name, on=on, draft=False
        )
        if documents.page_count(content) == 1:
            break
    return content


def _blocks(case: Any, found: Any, look: Look, *, known: str) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = [
        {"type": "title", "text": TITLE, "tight": True},
        {"type": "sheet_line", "left": case.office.name, "right": f"登记编号：{case.number}"},
        {"type": "sheet_line", "left": known},
        _table([17, 33, 17, 33], _facts(case, found), look.words),
    ]
    if found.ledger:
        weeks = _weeks(found, look.side_by_side)
        blocks.append(_table([1] * (7 * look.side_by_side), weeks, look.days, head_rows=1))
        reasons = _reasons(found.ledger, short=look.side_by_side > 1)
        blocks.append(_table([56, 44], reasons, look.words, head_rows=1))
    return blocks


def _table(
    columns: list[int], rows: list[list[dict[str, Any]]], size: float | None, *, head_rows: int = 0
) -> dict[str, Any]:
    block: dict[str, Any] = {"type": "table", "columns": columns, "rows": rows, "head_rows": head_rows}
    return block if size is None else {**block, "size": size}


def _facts(case: Any, found: Any) -> list[list[dict[str, Any]]]:
    due = _day(found.due_on)
    if found.provisional:
        due += f"（暂定，最早{_day(found.earliest_due_on)}）"
    pairs = [
        ("到达日期", _day(case.arrived_on)), ("收到日期", _day(found.received_on)),
        ("起算日", _day(found.clock_start_on)), ("期限", f"{found.quota}个工作日"),
        ("原届满日", _day(found.original_due_on)), ("届满日", due),
        ("完成日期", _day(found.completed_on)), ("期限状态", _status(found)),
    ]  # fmt: skip
    return [
        [
            cell
            for label, value in pairs[n : n + 2]
            for cell in (_head(label), {"text": value, "middle": True})
        ]
        for n in range(0, len(pairs), 2)
    ]


def _status(found: Any) -> str:
    """Tell the status with what is left of the term, or by how much it was exceeded, in working days."""
    label: str = found.status.label
    if found.left is None or (found.completed_on is not None and found.left >= 0):
        return label
    return f"{label}，剩{found.left}个工作日" if found.left >= 0 else f"{label}，超过{-found.left}个工作日"


def _weeks(found: Any, side_by_side: int) -> list[list[dict[str, Any]]]:
    by_day = {row.date: row for row in found.ledger}
    first, last = min(by_day), max(by_day)
    if side_by_side > 1 and found.clock_start_on is not None:
        # Days of a clock that was given up are told in words below, so that the present one can be read.
        first = max(first, found.clock_start_on)
    monday = first - dt.timedelta(days=first.weekday())
    width = 7 * side_by_side
    rows = [[_head(name) for name in WEEK * side_by_side]]
    while monday <= last:
        days = [monday + dt.timedelta(days=n) for n in range(width)]
        rows.append([_cell(by_day.get(day) if day >= first else None, day == found.due_on) for day in days])
        monday += dt.timedelta(days=width)
    return rows


def _cell(row: LedgerDay | None, is_due: bool) -> dict[str, Any]:
    if row is None:
        return {"text": "", "align": "center"}
    what = f"第{row.n}日" if row.counted else in_short(row)
    text = f"{row.date.month}.{row.date.day}\n{what}"
    return {"text": text, "align": "center", "role": "heading" if is_due else "body"}


def _reasons(ledger: tuple[LedgerDay, ...], *, short: bool) -> list[list[dict[str, Any]]]:
    """List why days do not count, and the make-up days that do, with the article or notice behind each."""
    told: dict[tuple[str, str], list[dt.date]] = {}
    for row in ledger:
        why = row.why
        if row.counted and "调休" not in why:
            told.setdefault((why, row.source), [])
            continue
        if why.startswith("周末"):
            why = "周末（暂定）" if "暂定" in why else "周末"
        told.setdefault((why, row.source), []).append(row.date)
    off = {row.date for row in ledger if not row.counted}
    rows = [[_head("说明和依据"), _head("日期")]]
    for (why, source), days in told.items():
        spans = _spans(days, off if "不计入" in why else set()) if days else "表中注明“第×日”的各日"
        if short and why.startswith("周末"):
            spans = "表中注明“周末”的各日"
        rows.append([{"text": f"{why}：{source}"}, {"text": spans, "middle": True}])
    return rows


def _spans(days: list[dt.date], between: set[dt.date]) -> str:
    """Write days as spans: 4.4至4.6、4.11.

    :param between: days that do not end a span: a weekend inside a consultation
    """
    runs: list[list[dt.date]] = []
    for day in days:
        if runs and all(d in between for d in _after(runs[-1][-1], day)):
            runs[-1].append(day)
        else:
            runs.append([day])
    first = days[0].year
    return "、".join(
        "至".join(_short_day(d, first) for d in dict.fromkeys((run[0], run[-1]))) for run in runs
    )


def _after(earlier: dt.date, later: dt.date) -> list[dt.date]:
    return [earlier + dt.timedelta(days=n) for n in range(1, (later - earlier).days)]


def _short_day(day: dt.date, year: int) -> str:
    return f"{day.month}.{day.day}" if day.year == year else f"{day.year}.{day.month}.{day.day}"


def _head(text: str) -> dict[str, Any]:
    return {"text": text, "role": "heading", "align": "center"}


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day else "—"
