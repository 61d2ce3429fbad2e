"""Break a paragraph into justified lines by the rules of Chinese line ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import add

from letters.typeset.units import (
    FORBIDDEN,
    GIVING,
    NO_END,
    NO_START,
    SQUEEZE_AFTER,
    check_marks,
    kerns,
    pieces,
    soft_cuts,
)

Measure = Callable[[str], float]
TOLERANCE = 0.01
# How far a line may be let out, in widths of a character, before a worse place to end it is tried.
LOOSE_WORD = 2.2
LOOSE_ANY = 9.5
# A word of so many letters, an address for instance, may be cut behind its signs.
LONG = 16
# A line that would need a wider space than this between its characters stays short instead.
RAGGED = 0.22
# A wider space than this between two characters is seen.
WIDE_GAP = 0.12
# Room to fill, in widths of a character, from which pulling a piece in is thought of, and from which it is done.
WORTH_PULLING, LOOSE_PULLED = 0.75, 1.6
# So much of a mark may go without being noticed.
GENTLE = 0.26
# Of the blank half of a mark, this part may go.
SQUEEZE = 0.36


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text and the space added (or taken) behind each character, in points."""

    text: str
    gaps: tuple[float, ...]
    width: float


# How gladly a line ends at a place: between pieces, inside a word behind a sign, anywhere in a word, against the rules.
BETWEEN, BEHIND_SIGN, IN_WORD, AGAINST = range(4)


class Breaker:
    """The text of one paragraph with its widths and its possible line ends."""

    def __init__(self, text: str, measure: Measure, em: float) -> None:
        check_marks(text)
        self.text = text
        self.em = em
        self.kerns = kerns(text, em) or [0.0]
        self.sums = [0.0, *accumulate(map(add, map(measure, text), self.kerns))]

    @property
    def grades(self) -> bytearray:
        """Return for each place, counted in characters from the start, how gladly a line ends there."""
        return self._found[0]

    @property
    def inside(self) -> bytearray:
        """Return for each place whether it is within a word or number, where no space is let in."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[bytearray, bytearray]:
        text = self.text
        grades, inside = bytearray(len(text) + 1), bytearray(len(text) + 1)
        for match in FORBIDDEN.finditer(text):
            grades[match.end() if match.group() in NO_END else match.start()] = AGAINST
        at = 0
        for piece in pieces(text):
            if len(piece) > 1:
                soft = set(soft_cuts(piece)) if len(piece) >= LONG else ()
                for n in range(1, len(piece)):
                    inside[at + n] = 1
                    if n in soft:
                        grades[at + n] = BEHIND_SIGN
                    elif grades[at + n] != AGAINST:
                        grades[at + n] = IN_WORD
            at += len(piece)
        grades[len(text)] = BETWEEN
        return grades, inside

    @cached_property
    def _giving(self) -> list[int]:
        """Return for each place how many marks before it can give of their blank to what follows them."""
        text, close = self.text, self.kerns
        gives = bytearray(len(text))
        for match in GIVING.finditer(text):
            n = match.start() if match.group() in SQUEEZE_AFTER else match.start() - 1
            if n >= 0 and not close[n]:  # else it is closed up already
                gives[n] = 1
        return [0, *accumulate(gives)]

    def natural(self, start: int, end: int) -> float:
        """Return the width of a stretch of text, in points, spaces at its end not counted."""
        while end > start and self.text[end - 1] == " ":
            end -= 1
        if end == start:
            return 0.0
        return self.sums[end] - self.sums[start] - self.kerns[end - 1]

    def squeezable(self, start: int, end: int) -> float:
        """Return how much narrower a stretch can be set by taking blanks from its marks, in points."""
        if end == start:
            return 0.0
        count = self._giving[end - 1] - self._giving[start] + (self.text[end - 1] in SQUEEZE_AFTER)
        return count * SQUEEZE * self.em

    def _squeeze_behind(self, n: int, end: int) -> bool:
        if n + 1 >= end:
            return self.text[n] in SQUEEZE_AFTER
        return self._giving[n + 1] > self._giving[n]

    def choose(self, start: int, room: float) -> int:
        """Return where the line that starts here ends."""
        size = len(self.text)
        if self.natural(start, size) <= room + TOLERANCE:
            return size
        best: dict[int, int] = {}
        pulled = None
        grades = self.grades
        near = max(start + 1, bisect_right(self.sums, self.sums[start] + room) - 1)
        for at in range(near, size + 1):
            wide = self.natural(start, at) - room
            if wide <= TOLERANCE:
                best[grades[at]] = at
            elif grades[at] == BETWEEN and wide <= self.squeezable(start, at):
                pulled = at
                break
            elif wide > 4 * self.em:
                break
        at = near - 1
        while BETWEEN not in best and at > start:
            best.setdefault(grades[at], at)
            at -= 1
        slack = {grade: room - self.natural(start, at) for grade, at in best.items()}
        if pulled is not None and self._better_pulled(start, pulled, room, slack.get(BETWEEN, room)):
            return pulled
        for grade, limit in (
            (BETWEEN, LOOSE_WORD), (BEHIND_SIGN, LOOSE_WORD), (BETWEEN, LOOSE_ANY), (BEHIND_SIGN, LOOSE_ANY),
        ):  # fmt: skip
            if grade in best and slack[grade] <= limit * self.em:
                return best[grade]
        return next((best[g] for g in (IN_WORD, BETWEEN, BEHIND_SIGN, AGAINST) if g in best), start + 1)

    def _better_pulled(self, start: int, end: int, room: float, slack: float) -> bool:
        """Return whether pulling a piece into the line is seen less than letting the line out without it."""
        if slack <= WORTH_PULLING * self.em:
            return False
        at_end = 0.5 * self.em if self._squeeze_behind(end - 1, end) else 0.0
        left = self.natural(start, end) - room - at_end
        others = self._giving[end - 1] - self._giving[start]
        return left <= GENTLE * self.em * others or slack > LOOSE_PULLED * self.em

    def ends(self, width: float, indent: float) -> list[int]:
        """Return the ends of all lines, the last never a lone character."""
        found: list[int] = []
        start, room = 0, width - indent
        while start < len(self.text):
            end = self.choose(start, room)
            found.append(end)
            start, room = self._skip_spaces(end), width
        if len(found) > 1:
            found = self._no_orphan(found, width, indent)
        return found

    def _skip_spaces(self, at: int) -> int:
        while at < len(self.text) and self.text[at] == " ":
            at += 1
        return at

    def _no_orphan(self, ends: list[int], width: float, indent: float) -> list[int]:
        last = self.text[self._skip_spaces(ends[-2]) :]
        if sum(1 for char in last if char not in NO_START) > 1:
            return ends
        start = self._skip_spaces(ends[-3]) if len(ends) > 2 else 0
        room = width if len(ends) > 2 else width - indent
        if self.natural(start, len(self.text)) - room <= self.squeezable(start, len(self.text)):
            return [*ends[:-2], ends[-1]]
        earlier = self.grades.rfind(BETWEEN, start + 1, ends[-2])
        if earlier > 0 and room - self.natural(start, earlier) <= 3 * self.em:
            return [*ends[:-2], earlier, ends[-1]]
        return ends

    def line(self, start: int, end: int, room: float, *, last: bool) -> Line:
        """Return a line with the spaces that fill its room; the last line stays as it is."""
        while end > start and self.text[end - 1] == " ":
            end -= 1
        text = self.text[start:end]
        natural = self.natural(start, end)
        if natural > room + TOLERANCE:
            return Line(text, self._kerned(start, self._squeezed(start, end, natural - room)), room)
        if last or natural > room - TOLERANCE:
            return Line(text, self._kerned(start, (0.0,) * len(text)), natural)
        inside = self.inside[start + 1 : end]
        places = len(inside) - inside.count(1)
        if not places:
            return Line(text, self._kerned(start, (0.0,) * len(text)), natural)
        if room - natural > WIDE_GAP * self.em * places:
            inside = bytearray(len(inside))  # a line of one long word: its letters share the room
            places = len(inside)
        share = (room - natural) / places
        if share > RAGGED * self.em:
            return Line(text, self._kerned(start, (0.0,) * len(text)), natural)
        gaps = (*(0.0 if within else share for within in inside), 0.0)
        return Line(text, self._kerned(start, gaps), room)

    def _kerned(self, start: int, gaps: tuple[float, ...]) -> tuple[float, ...]:
        close = self.kerns[start : start + len(gaps) - 1]
        if not any(close):
            return gaps
        return (*map(add, gaps, close), gaps[-1])

    def _squeezed(self, start: int, end: int, excess: float) -> tuple[float, ...]:
        places = {n for n in range(start, end) if self._squeeze_behind(n, end)}
        if not places:
            return (0.0,) * (end - start)
        # A mark at the very end gives first: its blank is not seen there.
        at_end = min(excess, 0.5 * self.em) if end - 1 in places else 0.0
        others = len(places) - (1 if end - 1 in places else 0)
        rest = (excess - at_end) / others if others else 0.0
        return tuple(
            -at_end if n == end - 1 and n in places else -rest if n in places else 0.0
            for n in range(start, end)
        )


def break_lines(
    text: str, measure: Measure, *, em: float, width: float, indent: float = 0.0
) -> Iterator[Line]:
    """Break a text into lines of a width, the first indented; all lengths in points.

    The measure gives the advance of one character in points; em is the width of a Chinese character.
    """
    breaker = Breaker(text, measure, em)
    start, room = 0, width - indent
    ends = breaker.ends(width, indent)
    for end in ends:
        yield breaker.line(start, end, room, last=end == ends[-1])
        start, room = breaker._skip_spaces(end), width
