"""The state of a clock while its events are told in order; days are ordinals."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from calendars.clock import Pause, counted, nth_counted, union
from calendars.line import Line
from law.clock.reading import MovedBy
from law.clock.terms import Terms, terms_on
from law.values import Overrides


class Interval(NamedTuple):
    """Hold one pause of the clock: days after `after` up to `until`, its reason, and whether `until` is assumed."""

    after: int
    until: int
    reason: str
    name: str
    delivered: int | None
    assumed: bool


class Chapter(NamedTuple):
    """Hold a clock that was given up: when it stopped, when the next one started, and why."""

    reason: str
    start: int
    stopped: int
    restarted: int


class Track:
    """Follow one request's clock: its start, its quota of working days, its pauses, what it waits for."""

    __slots__ = (
        "arrived",
        "as_of",
        "asked",
        "base_quota",
        "broken",
        "chapters",
        "completed",
        "delay",
        "delay_extended",
        "ended",
        "ends",
        "extended",
        "extensions",
        "fee_due",
        "fee_noticed",
        "flags",
        "line",
        "notice_due",
        "noticed",
        "opened",
        "ordered",
        "overrides",
        "pauses",
        "quota",
        "received",
        "replied",
        "start",
        "stopped",
        "terms",
        "waiting",
        "window_due",
    )  # fmt: skip

    def __init__(
        self, *, line: Line, arrived: date, received: date | None, as_of: int, overrides: Overrides | None
    ) -> None:
        self.line = line
        self.as_of = as_of
        self.overrides = overrides
        self.arrived = arrived.toordinal()
        self.terms: Terms = terms_on(received or arrived, overrides)
        self.received = received.toordinal() if received else None
        self.start = self.received
        self.quota = self.base_quota = self.terms.reply_days
        self.waiting = "" if received else "confirmation"
        self.stopped = self.arrived
        self.pauses: list[Interval] = []
        self.ends: dict[object, int] = {}
        self.opened: set[object] = set()
        self.chapters: list[Chapter] = []
        self.broken = False
        self.flags: list[str] = []
        self.extensions = 0
        self.extended = 0
        self.delay: int | None = None
        self.delay_extended = 0
        self.asked: int | None = None
        self.noticed = False
        self.fee_noticed = False
        self.ordered = False
        self.replied: int | None = None
        self.completed: int | None = None
        self.ended: int | None = None
        self.window_due: int | None = None
        self.fee_due: int | None = None
        notice = self.terms.notice_days
        self.notice_due = None if notice is None or self.received is None else line.add(self.received, notice)

    def merged(self) -> list[Pause]:
        """Give the pauses of the present clock as disjoint intervals."""
        pauses = self.pauses
        if not pauses:
            return []
        if len(pauses) == 1:
            return [pauses[0][:2]]
        return union([p[:2] for p in pauses])

    def due(self) -> int | None:
        """Tell the day the reply is due as things stand, or nothing while the clock is stopped."""
        start = self.start
        if self.waiting or start is None:
            return None
        if self.pauses or self.delay is not None:
            return self.due_from(start, self.merged())
        return self.line.add(start, self.quota)

    def firm_due(self) -> int:
        """Find the day the quota of a running clock ends by what is known, assumed pauses left out."""
        assert self.start is not None
        firm = union([p[:2] for p in self.pauses if not p.assumed])
        return nth_counted(self.line, self.start, self.quota, firm)

    def due_from(self, start: int, pauses: list[Pause]) -> int:
        """Find the day the quota ends when counted from a day, or the stated day of a delay if that is later."""
        due = nth_counted(self.line, start, self.quota, pauses)
        if self.delay is None:
            return due
        # A pause holds back the quota, never the stated day itself; only on a day that counts can it be met.
        stated = nth_counted(self.line, self.delay - 1, 1, pauses)
        if self.delay_extended:
            stated = nth_counted(self.line, stated, self.delay_extended, pauses)
        return max(due, stated)

    def stop(self, waiting: str, day: int) -> None:
        """Stop the clock until the applicant has done what is awaited."""
        self.waiting = waiting
        self.stopped = day

    def restart(self, day: int, reason: str, *, days: int | None = None) -> None:
        """Start a new clock on a day; pauses and extension of the old one fall away (条例30、109号第六条)."""
        stopped = self.stopped if self.waiting else day
        self.broken = self.broken or self._is_late(day)
        self.chapters.append(Chapter(reason, self.start or self.arrived, stopped, day))
        self.start = day
        self.waiting = ""
        self.terms = terms_on(date.fromordinal(day), self.overrides)
        self.quota = self.base_quota = days or self.terms.reply_days
        self.pauses = []
        self.extensions = self.extended = 0
        self.delay = None
        self.delay_extended = 0
        self.asked = None

    def _is_late(self, day: int) -> bool:
        """Say whether the clock given up had been broken by then."""
        due = self.due()
        return due is not None and (self.completed or day) > due

    def moved_by(self, due: int | None) -> MovedBy:
        """Tell on what authority the present clock runs longer than its term; nothing of a clock that was given up."""
        found = MovedBy(0)
        if self.extensions:
            found |= MovedBy.EXTENSION
        if self.delay is not None:
            found |= MovedBy.DELAY
        for pause in self.pauses:
            if due is None or pause.after < due:
                asked = pause.reason in self.terms.pauses
                found |= MovedBy.CONSULTATION if asked else MovedBy.WAITING
        return found

    def used(self, until: int) -> int:
        """Count the days of the present clock's quota used by the end of a day."""
        return 0 if self.start is None else counted(self.line, self.start, until, self.merged())
