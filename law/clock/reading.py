"""What a clock tells: its dates, its status, its count, and how sure they are."""

from __future__ import annotations

from datetime import date
from enum import IntFlag, StrEnum
from typing import Any, NamedTuple

_Date = date


class Status(StrEnum):
    """Name where a clock stands; the one definition of timeliness. Due today is in time."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    MET = "met"
    MET_AFTER_EXTENSION = "met after extension"
    LATE = "late"

    @property
    def label(self) -> str:
        """Name the status in Chinese."""
        return _LABELS[self.value]


_LABELS = {
    "running": "办理中",
    "paused": "暂停计时",
    "stopped": "停止计时",
    "met": "按期",
    "met after extension": "延期后按期",
    "late": "逾期",
}


class MovedBy(IntFlag):
    """Name what the due date rests on besides the term itself: the authority for taking longer (条例32–35)."""

    EXTENSION = 1
    CONSULTATION = 2
    DELAY = 4
    WAITING = 8

    @property
    def label(self) -> str:
        """Name it in Chinese, several joined; "" for nothing."""
        return "、".join(_AUTHORITIES[one] for one in MovedBy if one in self)


_AUTHORITIES = {
    MovedBy.EXTENSION: "延期",
    MovedBy.CONSULTATION: "征求意见",
    MovedBy.DELAY: "延迟答复",
    MovedBy.WAITING: "等待缴费、说明理由",
}


class LedgerDay(NamedTuple):
    """Hold one day of the ledger: counted as the n-th day, or why not, and by which article or notice."""

    date: _Date
    counted: bool
    n: int | None
    why: str
    source: str
    provisional: bool

    def as_json(self) -> dict[str, Any]:
        """Give the row with its date as text."""
        return {**self._asdict(), "date": self.date.isoformat()}


class Reading(NamedTuple):
    """Hold what a clock tells as of a day; dates are None where there is none.

    `moved_by` says on what authority the due date is later than the term alone would have it. `used` and `left` are working days, `left` negative when late. `waiting` names what a stopped clock awaits
    (confirmation, supplement, fee). `earlier_breach` says that a clock given up before was already broken.
    """

    received_on: date | None
    risk_received_on: date
    clock_start_on: date | None
    original_due_on: date | None
    due_on: date | None
    alert_due_on: date | None
    provisional: bool
    may_change: bool
    earliest_due_on: date | None
    replied_on: date | None
    completed_on: date | None
    status: Status
    used: int
    left: int | None
    quota: int
    waiting: str
    supplement_notice_due_on: date | None
    supplement_due_on: date | None
    fee_due_on: date | None
    extended_days: int
    assumed: bool
    earlier_breach: bool
    flags: tuple[str, ...]
    ledger: tuple[LedgerDay, ...]
    moved_by: MovedBy

    @property
    def is_open(self) -> bool:
        """Say whether the reply is still owed."""
        return self.status in (Status.RUNNING, Status.PAUSED, Status.STOPPED) or (
            self.status is Status.LATE and self.completed_on is None and "withdrawn" not in self.flags
        )

    def as_json(self) -> dict[str, Any]:
        """Give the reading for other systems: dates as text, the ledger as rows."""
        answer: dict[str, Any] = {}
        for name, held in self._asdict().items():
            if isinstance(held, date):
                answer[name] = held.isoformat()
            elif name == "ledger":
                answer[name] = [row.as_json() for row in held]
            elif isinstance(held, MovedBy):
                answer[name] = [one.name.lower() for one in MovedBy if one in held and one.name]
            elif isinstance(held, tuple):
                answer[name] = list(held)
            else:
                answer[name] = held
        return answer
