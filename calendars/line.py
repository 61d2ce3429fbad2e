"""Working days laid out in a row, so that counting is indexing."""

from __future__ import annotations

from collections.abc import Iterable


class Line:
    """Hold the working days of a run of days; days are ordinals (`date.toordinal()`).

    `before[o - base]` is the number of working days from the base up to and including day `o`;
    `ordinals` lists the working days. An index outside the run raises IndexError: the caller knows
    which year that is.
    """

    __slots__ = ("base", "before", "ordinals")

    def __init__(self, base: int, flags: Iterable[bool]) -> None:
        self.base = base
        self.before: list[int] = []
        self.ordinals: list[int] = []
        for day, working in enumerate(flags, base):
            if working:
                self.ordinals.append(day)
            self.before.append(len(self.ordinals))

    def add(self, day: int, n: int) -> int:
        """Find the n-th working day (n from 1) after a day."""
        index = day - self.base
        if index < 0:
            raise IndexError(day)
        return self.ordinals[self.before[index] + n - 1]

    def count(self, after: int, until: int) -> int:
        """Count working days after one day up to and including another; 0 when the second is not later."""
        if until <= after:
            return 0
        index = after - self.base
        if index < 0:
            raise IndexError(after)
        return self.before[until - self.base] - self.before[index]

    def working(self, day: int) -> bool:
        """Say whether a day of the run is a working day."""
        index = day - self.base
        if index < 0:
            raise IndexError(day)
        if index == 0:
            return self.before[0] == 1
        return self.before[index] != self.before[index - 1]
