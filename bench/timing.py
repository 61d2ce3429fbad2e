"""Time a small piece of work, honestly: the median of several rounds, garbage collector off."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import repeat


@dataclass(frozen=True)
class Timing:
    """What one piece of work cost, in seconds a call."""

    name: str
    median: float
    best: float
    worst: float

    def line(self) -> str:
        """Give one line of a table."""
        rate = 1 / self.median if self.median else float("inf")
        return (
            f"{self.name:32} {self.median * 1e6:12.2f} µs {rate:14,.0f} /s  (best {self.best * 1e6:.2f} µs)"
        )


def measure(
    name: str,
    work: Callable[[], object],
    *,
    rounds: int = 7,
    at_least: float = 0.2,
    clock: Callable[[], float] = time.perf_counter,
) -> Timing:
    """Repeat a piece of work in rounds of at least so many seconds each and give the cost of one call.

    :param clock: `time.process_time` for what only this process works on, so that neighbours do not count
    """
    calls, spent = 1, 0.0
    while spent < at_least / 10:
        calls *= 4
        spent = _spend(work, calls, clock)
    calls = max(1, int(calls * at_least / spent))
    was_on = gc.isenabled()
    gc.disable()
    try:
        costs = [_spend(work, calls, clock) / calls for _ in range(rounds)]
    finally:
        if was_on:
            gc.enable()
    return Timing(name, statistics.median(costs), min(costs), max(costs))


def _spend(work: Callable[[], object], calls: int, clock: Callable[[], float]) -> float:
    started = clock()
    for _ in repeat(None, calls):
        work()
    return clock() - started


#: For what only this process works on: by processor time, so that its neighbours do not count.
measure_alone = partial(measure, clock=time.process_time)
