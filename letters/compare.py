"""What changed between two texts, line by line, and within a line word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, GONE, SKIPPED = "same", "added", "gone", "skipped"
# Lines shown unchanged before and after a change.
AROUND = 2
# Two lines less alike than this are told as one gone and one added, not as one that was edited.
ALIKE = 0.4
# Beyond this many characters a line is compared by its sentences.
LONG = 4_000
UNITS = re.compile(r"[A-Za-z0-9]+|.", re.S)
SENTENCES = re.compile(r"[^。；！？]*[。；！？]?", re.S)


@dataclass(frozen=True)
class Changed:
    """One line of a comparison: what became of it, its numbers before and after, its parts as (mark, text)."""

    what: str
    before: int
    after: int
    parts: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """Return the line without its marks."""
        return "".join(text for _, text in self.parts)


def compared(before: Sequence[str], after: Sequence[str], *, around: int | None = AROUND) -> list[Changed]:
    """Return the lines of two texts with what is gone and what was added; none where they are the same.

    :param around: unchanged lines shown beside each change; None shows all of them
    """
    lines = list(_lines(before, after))
    if all(line.what == SAME for line in lines):
        return []
    return lines if around is None else list(_near(lines, around))


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Changed]:
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            for step in range(a1 - a0):
                yield Changed(SAME, a0 + step + 1, b0 + step + 1, ((SAME, before[a0 + step]),))
            continue
        for old, new in _paired(before[a0:a1], after[b0:b1]):
            if old is not None and new is not None:
                parts = _parts(before[a0 + old], after[b0 + new])
                yield Changed(GONE, a0 + old + 1, 0, tuple(p for p in parts if p[0] != ADDED))
                yield Changed(ADDED, 0, b0 + new + 1, tuple(p for p in parts if p[0] != GONE))
            elif old is not None:
                yield Changed(GONE, a0 + old + 1, 0, ((GONE, before[a0 + old]),))
            elif new is not None:
                yield Changed(ADDED, 0, b0 + new + 1, ((ADDED, after[b0 + new]),))


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Pair lines in order where they are alike enough to be one line edited."""
    done = 0
    for n, line in enumerate(old):
        found = next((m for m in range(done, len(new)) if _alike(line, new[m])), None)
        if found is None:
            yield n, None
            continue
        for extra in range(done, found):
            yield None, extra
        yield n, found
        done = found + 1
    for extra in range(done, len(new)):
        yield None, extra


def _alike(a: str, b: str) -> bool:
    match = SequenceMatcher(None, a, b, autojunk=len(a) > LONG)
    return match.real_quick_ratio() >= ALIKE and match.quick_ratio() >= ALIKE and match.ratio() >= ALIKE


def _parts(a: str, b: str) -> list[tuple[str, str]]:
    units = UNITS if len(a) + len(b) <= LONG else SENTENCES
    old, new = units.findall(a), units.findall(b)
    parts: list[tuple[str, str]] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append((SAME, "".join(old[a0:a1])))
            continue
        if a1 > a0:
            parts.append((GONE, "".join(old[a0:a1])))
        if b1 > b0:
            parts.append((ADDED, "".join(new[b0:b1])))
    return parts


def _near(lines: list[Changed], around: int) -> Iterator[Changed]:
    shown = {
        near
        for n, line in enumerate(lines)
        if line.what != SAME
        for near in range(max(0, n - around), min(len(lines), n + around + 1))
    }
    skipped = False
    for n, line in enumerate(lines):
        if n in shown:
            yield line
            skipped = False
        elif not skipped:
            yield Changed(SKIPPED, 0, 0, ())
            skipped = True
