"""Why this day: the clock's ledger of a case as months and as a table."""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass
from typing import Any

from law.clock import LedgerDay, Reading, Status
from workflow.clock import reading
from workflow.selectors.as_known import reading_as_known
from workflow.selectors.timeliness import badge, standing, working_days_left

STATUS_BADGES = {Status.PAUSED: "paused", Status.STOPPED: "none", Status.MET: "done"}
SHORT = (
    ("周末", "周末"), ("等待补正", "补正"), ("等待缴费", "缴费"), ("等待说明", "说明"), ("征求", "征求"),
    ("等待", "停止"), ("原期限不再", "不计"), ("第0日", "第0日"), ("原答复", "不计"),
)  # fmt: skip


@dataclass(frozen=True)
class DayCell:
    """One day of a month strip: what it counts as, in full and in short, and how it is drawn."""

    date: dt.date
    n: int | None
    look: str
    why: str
    short: str = ""


@dataclass(frozen=True)
class Month:
    """One month with its days, Monday first; ``None`` fills the first week."""

    title: str
    cells: tuple[DayCell | None, ...]


@dataclass(frozen=True)
class Why:
    """A case's clock as it stands, ready to show."""

    reading: Reading
    left: int | None
    status: str
    status_label: str
    days: tuple[LedgerDay, ...]
    months: tuple[Month, ...]
    facts: tuple[tuple[str, Any], ...]

    @property
    def held_back_by(self) -> tuple[str, ...]:
        """Return what the hatched days wait for, each once, with the names of the consultations."""
        return tuple(dict.fromkeys(row.why.removesuffix("，不计入") for row in self.days if _is_pause(row)))

    @property
    def due_on(self) -> dt.date | None:
        """Return the due date as of the very day; the stored one may be some days old."""
        return self.reading.due_on


def why_this_day(case: Any, *, on: dt.date) -> Why:
    """Explain the due date of a case, day by day, with the article or notice behind each day."""
    found = reading(case, as_of=on, ledger=True)
    stands = standing(case, on=on)
    return Why(
        reading=found, left=working_days_left(found.due_on, on, case.office_id), status=badge(stands), status_label=stands.label, days=found.ledger,
        months=_months(found), facts=_facts(case, found),
    )  # fmt: skip


def why_as_known(case: Any, *, day: dt.date) -> Why:
    """Explain the due date of a case as it was known at the end of an earlier day. Raises Refusal."""
    found = reading_as_known(case, day=day)
    return Why(
        reading=found, left=found.left, status=STATUS_BADGES.get(found.status, ""), status_label=found.status.label,
        days=found.ledger, months=_months(found), facts=_facts(case, found),
    )  # fmt: skip


def _facts(case: Any, found: Reading) -> tuple[tuple[str, Any], ...]:
    rows = [
        ("到达", case.arrived_on), ("收到（法定）", found.received_on), ("起算", found.clock_start_on),
        ("原届满", found.original_due_on), ("现届满", found.due_on), ("提醒届满", found.alert_due_on),
        ("告知补正截止", found.supplement_notice_due_on if case.state in ("submitted", "registered") else None),
        ("补正截止", found.supplement_due_on if case.state == "supplementing" else None),
        ("答复", found.replied_on), ("完成送达", found.completed_on),
    ]  # fmt: skip
    return tuple((label, day) for label, day in rows if day is not None)


def _months(found: Reading) -> tuple[Month, ...]:
    by_day = {row.date: row for row in found.ledger}
    if not by_day:
        return ()
    first, last = min(by_day), max(by_day)
    made = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        made.append(_month(year, month, by_day, found.due_on))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(made)


def _month(year: int, month: int, by_day: dict[dt.date, LedgerDay], due: dt.date | None) -> Month:
    lead, length = months.monthrange(year, month)
    cells: list[DayCell | None] = [None] * lead
    for number in range(1, length + 1):
        day = dt.date(year, month, number)
        row = by_day.get(day)
        cells.append(
            DayCell(day, row.n, _look(row, day, due), row.why, _named(row))
            if row
            else DayCell(day, None, _look(None, day, due), "")
        )
    return Month(f"{year}年{month}月", tuple(cells))


def _look(row: LedgerDay | None, day: dt.date, due: dt.date | None) -> str:
    if row is None:
        return "off" if day.weekday() >= 5 else ""
    looks = ["counted" if row.counted else "pause" if _is_pause(row) else "off"]
    if day == due:
        looks.append("is-due")
    return " ".join(looks)


def _is_pause(row: LedgerDay) -> bool:
    return not row.counted and ("不计入" in row.why or "等待" in row.why)


def _named(row: LedgerDay) -> str:
    """Name a day off or a pause in a cell; a weekend is plain from its place."""
    return "" if row.counted or row.why.startswith("周末") else in_short(row)


def in_short(row: LedgerDay) -> str:
    """Say in up to three letters why a day is not counted, for a cell of a calendar."""
    for word, short in SHORT:
        if word in row.why:
            return short
    named = row.why.partition("放假")[0].partition("法定")[0]
    return named.removesuffix("节")[:3] if len(named) > 2 else named
