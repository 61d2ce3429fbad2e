"""Break a paragraph into justified lines by the rules of Chinese line ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from letters.typeset.units import (
    NO_END,
    NO_START,
    SQUEEZE_AFTER,
    SQUEEZE_BEFORE,
    kern,
    legal,
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


class Cut(NamedTuple):
    """A place where a line may end: behind so many characters; the grade says how gladly."""

    at: int
    grade: int  # 0 between pieces, 1 inside a word behind a sign, 2 anywhere in a word, 3 against the rules


class Breaker:
    """The text of one paragraph with its widths and its possible line ends."""

    def __init__(self, text: str, measure: Measure, em: float) -> None:
        self.text = text
        self.em = em
        self.kerns = [em * kern(a, b) for a, b in pairwise(text)] + [0.0]
        self.sums = [0.0]
        for char, close in zip(text, self.kerns, strict=False):
            self.sums.append(self.sums[-1] + measure(char) + close)

    @property
    def cuts(self) -> list[Cut]:
        """Return where a line may end, in order."""
        return self._found[0]

    @property
    def inside(self) -> set[int]:
        """Return the places within words and numbers, where no space is let in."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[list[Cut], set[int]]:
        cuts: list[Cut] = []
        inside: set[int] = set()
        at = 0
        for piece in pieces(self.text):
            soft = set(soft_cuts(piece)) if len(piece) >= LONG else set()
            for n in range(1, len(piece)):
                inside.add(at + n)
                grade = (
                    1 if n in soft else 2 if piece[n] not in NO_START and piece[n - 1] not in NO_END else 3
                )
                cuts.append(Cut(at + n, grade))
            at += len(piece)
            if at < len(self.text):
                ok = legal(self.text[at - 1], self.text[at])
                cuts.append(Cut(at, 0 if ok else 3))
        cuts.append(Cut(len(self.text), 0))
        return cuts, inside

    def natural(self, start: int, end: int) -> float:
        """Return the width of a stretch of text, in points, spaces at its end not counted."""
        while end > start and self.text[end - 1] == " ":
            end -= 1
        if end == start:
            return 0.0
        return self.sums[end] - self.sums[start] - self.kerns[end - 1]

    def squeezable(self, start: int, end: int) -> float:
        """Return how much narrower a stretch can be set by taking blanks from its marks, in points."""
        count = sum(1 for n in range(start, end) if self._squeeze_behind(n, end))
        return count * SQUEEZE * self.em

    def _squeeze_behind(self, n: int, end: int) -> bool:
        if n + 1 >= end:
            return self.text[n] in SQUEEZE_AFTER
        if self.kerns[n]:
            return False  # already closed up
        return self.text[n] in SQUEEZE_AFTER or self.text[n + 1] in SQUEEZE_BEFORE

    def choose(self, start: int, room: float) -> int:
        """Return where the line that starts here ends."""
        if self.natural(start, len(self.text)) <= room + TOLERANCE:
            return len(self.text)
        best: dict[int, int] = {}
        pulled = None
        for cut in self.cuts:
            if cut.at <= start:
                continue
            wide = self.natural(start, cut.at) - room
            if wide <= TOLERANCE:
                best[cut.grade] = cut.at
            elif cut.grade == 0 and wide <= self.squeezable(start, cut.at):
                pulled = cut.at
                break
            elif wide > 4 * self.em:
                break
        slack = {grade: room - self.natural(start, at) for grade, at in best.items()}
        if pulled is not None and self._better_pulled(start, pulled, room, slack.get(0, room)):
            return pulled
        for grade, limit in ((0, LOOSE_WORD), (1, LOOSE_WORD), (0, LOOSE_ANY), (1, LOOSE_ANY)):
            if grade in best and slack[grade] <= limit * self.em:
                return best[grade]
        return best.get(2) or best.get(0) or best.get(1) or best.get(3) or start + 1

    def _better_pulled(self, start: int, end: int, room: float, slack: float) -> bool:
        """Return whether pulling a piece into the line is seen less than letting the line out without it."""
        if slack <= WORTH_PULLING * self.em:
            return False
        at_end = 0.5 * self.em if self._squeeze_behind(end - 1, end) else 0.0
        left = self.natural(start, end) - room - at_end
        others = sum(1 for n in range(start, end - 1) if self._squeeze_behind(n, end))
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
        earlier = [cut.at for cut in self.cuts if cut.grade == 0 and start < cut.at < ends[-2]]
        if earlier and room - self.natural(start, earlier[-1]) <= 3 * self.em:
            return [*ends[:-2], earlier[-1], ends[-1]]
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
        inside = self.inside
        places = [n for n in range(start, end - 1) if n + 1 not in inside]
        if not places:
            return Line(text, self._kerned(start, (0.0,) * len(text)), natural)
        if room - natural > WIDE_GAP * self.em * len(places):
            places = list(range(start, end - 1))  # a line of one long word: its letters share the room
        share = (room - natural) / len(places)
        if share > RAGGED * self.em:
            return Line(text, self._kerned(start, (0.0,) * len(text)), natural)
        open_ = set(places)
        gaps = tuple(share if n in open_ else 0.0 for n in range(start, end))
        return Line(text, self._kerned(start, gaps), room)

    def _kerned(self, start: int, gaps: tuple[float, ...]) -> tuple[float, ...]:
        last = len(gaps) - 1
        return tuple(gap + (self.kerns[start + n] if n < last else 0.0) for n, gap in enumerate(gaps))

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
