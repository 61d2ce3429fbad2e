"""The clock's ledger as a sheet of paper for a court or a reconsideration body."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from law.clock import LedgerDay, Reading
from office.web.dates import chinese_date
from workflow.selectors import documents
from workflow.selectors.documents import Document

#: Weeks that fit on one page with two lines a day; longer clocks get one line.
ROOMY = 7
WEEK = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
SHORT = (("周末", "周末"), ("不计入", "停计"), ("等待", "停止"), ("原期限不再", "原期限"), ("第0日", "第0日"))


def ledger_pdf(case: Any, found: Reading, *, on: dt.date, as_of: dt.date | None) -> Document:
    """Typeset the ledger of a case: its dates, every day in weeks, and why days do not count."""
    title = "答复期限逐日计算单"
    known = f"按{_day(as_of)}已登记事项和已公布安排计算" if as_of else f"截至{_day(on)}"
    blocks = [
        {"type": "title", "text": title, "tight": True},
        {"type": "sheet_line", "left": case.office.name, "right": f"登记编号：{case.number}"},
        {"type": "sheet_line", "left": known},
        {"type": "table", "columns": [17, 33, 17, 33], "rows": _facts(case, found)},
    ]
    if found.ledger:
        blocks.append({"type": "table", "columns": [1] * 7, "rows": _weeks(found), "head_rows": 1})
        blocks.append({"type": "table", "columns": [40, 60], "rows": _reasons(found.ledger), "head_rows": 1})
    content = documents.pdf(blocks, form="sheet", title=title, author=case.office.name, on=on, draft=False)
    return Document(f"{case.number} {title}.pdf", content)


def _facts(case: Any, found: Reading) -> list[list[dict[str, Any]]]:
    due = _day(found.due_on)
    if found.provisional:
        due += f"（暂定，最早{_day(found.earliest_due_on)}）"
    pairs = [
        ("到达日期", _day(case.arrived_on)), ("收到日期", _day(found.received_on)),
        ("起算日", _day(found.clock_start_on)), ("期限", f"{found.quota}个工作日"),
        ("原届满日", _day(found.original_due_on)), ("届满日", due),
        ("完成日期", _day(found.completed_on)), ("期限状态", found.status.label),
    ]  # fmt: skip
    return [
        [
            cell
            for label, value in pairs[n : n + 2]
            for cell in (_head(label), {"text": value, "middle": True})
        ]
        for n in range(0, len(pairs), 2)
    ]


def _weeks(found: Reading) -> list[list[dict[str, Any]]]:
    by_day = {row.date: row for row in found.ledger}
    first, last = min(by_day), max(by_day)
    monday = first - dt.timedelta(days=first.weekday())
    count = (last - monday).days // 7 + 1
    join = "\n" if count <= ROOMY else " "
    rows = [[_head(name) for name in WEEK]]
    for week in range(count):
        days = [monday + dt.timedelta(days=7 * week + n) for n in range(7)]
        rows.append([_cell(by_day.get(day), day == found.due_on, join) for day in days])
    return rows


def _cell(row: LedgerDay | None, is_due: bool, join: str) -> dict[str, Any]:
    if row is None:
        return {"text": "", "align": "center"}
    day = f"{row.date.month}.{row.date.day}"
    if join == " ":
        text = f"{day} ({row.n})" if row.counted else f"{day} —"
    else:
        text = f"{day}\n第{row.n}日" if row.counted else f"{day}\n{_short(row)}"
    return {"text": text, "align": "center", "role": "heading" if is_due else "body"}


def _short(row: LedgerDay) -> str:
    for word, short in SHORT:
        if word in row.why:
            return short
    return row.why.partition("放假")[0].partition("法定")[0][:4]


def _reasons(ledger: tuple[LedgerDay, ...]) -> list[list[dict[str, Any]]]:
    """List why days do not count, and the make-up days that do, with the article or notice behind each."""
    told: dict[tuple[str, str], list[dt.date]] = {}
    for row in ledger:
        if row.counted and "调休" not in row.why:
            continue
        why = "周末" if row.why.startswith("周末") and "暂定" not in row.why else row.why
        told.setdefault((why, row.source), []).append(row.date)
    rows = [[_head("说明和依据"), _head("日期")]]
    for (why, source), days in told.items():
        rows.append([{"text": f"{why}：{source}"}, {"text": _spans(days), "middle": True}])
    return rows


def _spans(days: list[dt.date]) -> str:
    """Write days as spans: 4.4至4.6、4.11."""
    written = []
    for _, group in groupby(enumerate(days), lambda pair: pair[1].toordinal() - pair[0]):
        run = [day for _, day in group]
        ends = [f"{day.month}.{day.day}" for day in dict.fromkeys((run[0], run[-1]))]
        written.append("至".join(ends))
    return "、".join(written)


def _head(text: str) -> dict[str, Any]:
    return {"text": text, "role": "heading", "align": "center"}


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day else "—"
