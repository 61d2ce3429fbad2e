"""Days and the clock beside numpy and the oracle; `clock OPEN ARCHIVED [apart]` recomputes open cases on a throw-away PostgreSQL."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta

import chinese_calendar
import numpy as np

import calendars
from bench.timing import Timing
from bench.timing import measure_alone as measure
from law.clock import evaluate
from tests.pg import cluster

DAY = date(2026, 3, 2)
MANY = 100_000
EVENTS = (
    {"type": "supplement_notice", "on": date(2026, 3, 5), "days": 15},
    {"type": "supplement_received", "on": date(2026, 3, 18)},
    {"type": "consultation_sent", "id": "a", "party": "third", "on": date(2026, 3, 20), "delivered_on": date(2026, 3, 23)},
    {"type": "opinion_received", "id": "a", "on": date(2026, 4, 1)},
    {"type": "extension", "on": date(2026, 4, 10), "days": 20},
)  # fmt: skip


def run(arguments: Sequence[str]) -> int:
    """Print a table of costs; with numbers, recompute so many open cases beside so many archived ones."""
    if arguments:
        return _recompute(arguments)
    _days()
    _clock()
    return 0


def _days() -> None:
    calendar = calendars.load()
    first, last = calendar.published_from, calendar.published_until
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    off = np.array([day for day in every if not calendar.is_working_day(day)], dtype="datetime64[D]")
    # Every weekday counts for numpy and each day off is a holiday: it knows no make-up days otherwise.
    theirs = np.busdaycalendar(weekmask="1111111", holidays=off)
    start = np.datetime64(DAY)
    starts = np.full(MANY, start)
    assert np.busday_offset(start, 20, roll="backward", busdaycal=theirs).item() == calendar.add_working_days(
        DAY, 20
    )
    ours = measure("add 20 working days", lambda: calendar.add_working_days(DAY, 20))
    scalar = measure(
        "numpy busday_offset, scalar",
        lambda: np.busday_offset(start, 20, roll="backward", busdaycal=theirs),
    )
    vector = measure(
        f"numpy busday_offset, {MANY:,}",
        lambda: np.busday_offset(starts, 20, roll="backward", busdaycal=theirs),
        rounds=5,
    )
    for timing in (
        ours,
        scalar,
        vector,
        measure("chinesecalendar, day by day", lambda: _oracle(DAY, 20), rounds=3),
    ):
        print(timing.line())
    print(
        f"numpy's vector: {MANY / vector.median:,.0f} /s; ours: {scalar.median / ours.median:.1f} × its scalar call"
    )
    _kept.append(scalar)


_kept: list[Timing] = []


def _clock() -> None:
    def whole(ledger: bool) -> object:
        return evaluate(
            channel="counter", arrived_on=DAY, events=EVENTS, as_of=date(2026, 4, 20), ledger=ledger
        )

    for name, ledger in (("clock, five events", False), ("the same with its ledger", True)):
        timing = measure(name, lambda ledger=ledger: whole(ledger))  # type: ignore[misc]
        print(f"{timing.line()}  {timing.median / _kept[0].median:.1f} × numpy's scalar call")


def _oracle(day: date, n: int) -> date:
    while n:
        day += timedelta(days=1)
        n -= chinese_calendar.is_workday(day)
    return day


def _recompute(arguments: Sequence[str]) -> int:
    with cluster() as url, tempfile.TemporaryDirectory() as data:
        place = {**os.environ, "DATABASE_URL": url, "DATA_DIR": data}
        for command in (
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            [sys.executable, "-m", "bench", "recompute", *arguments],
        ):
            code = subprocess.run(command, env=place, check=False).returncode
            if code:
                return code
    return 0
