"""Tables in plain text: rows of cells parted by tabs or wide gaps, and the head above a cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_GAP = re.compile(r"\t|[ 　]{2,}|(?<=\S)\|(?=\S)")
_WIDE = re.compile(r"　+| {2,}")
_BLANK = re.compile(r"[\s　]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell below the first row of a table: where it stands, and the head of its column."""

    start: int
    end: int
    head: str


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found, place = [], start
    for gap in _GAP.finditer(text, start, end):
        found.append((place, gap.start()))
        place = gap.end()
    found.append((place, end))
    # A gap at the beginning of a line is an indent, no cell; an empty cell between tabs is one.
    return found[1:] if found[0][0] == found[0][1] and text[start : start + 1] != "\t" else found


def _wide_cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cells parted by single wide blanks, where a line has at least four; a name written apart (王　芳) stays one."""
    found: list[tuple[int, int]] = []
    place = start
    for gap in (*_WIDE.finditer(text, start, end), None):
        stop = gap.start() if gap else end
        if found and stop - place == 1 and found[-1][1] - found[-1][0] == 1:
            found[-1] = (found[-1][0], stop)
        elif stop > place:
            found.append((place, stop))
        place = gap.end() if gap else end
    return found if len(found) >= 4 else []


def _tables(text: str) -> Iterator[list[list[tuple[int, int]]]]:
    rows: list[list[tuple[int, int]]] = []
    place = 0
    for line in text.split("\n"):
        cells = _cells(text, place, place + len(line)) if line.strip() else []
        if len(cells) < 4 and "\t" not in line and "　" in line:
            cells = _wide_cells(text, place, place + len(line)) or cells
        if len(cells) >= 2:
            rows.append(cells)
        elif rows:
            yield rows
            rows = []
        place += len(line) + 1
    if rows:
        yield rows


_HEAD = re.compile(
    "姓名|户主|申请人|序号|编号|证号|证件|身份证|电话|联系方式|金额|面积|住址|地址|签字|签名|备注|性别|账号|卡号|日期|关系|单位|年龄|民族"
)
#: A title or a line about the whole table may stand above the heads.
_ABOVE = 3


def _head_row(text: str, rows: list[list[tuple[int, int]]]) -> int:
    """Tell which of the first rows holds the heads: the one with the most cells that look like one."""
    count = [
        sum(bool(_HEAD.search(text, start, min(end, start + 12))) for start, end in row)
        for row in rows[:_ABOVE]
    ]
    return max(range(len(count)), key=lambda number: (count[number] >= 2 and count[number], -number))


@lru_cache(maxsize=16)
def cells(text: str) -> tuple[Cell, ...]:
    """This function will give the cells of all tables of a text that stand below the first row of their table."""
    if "\t" not in text and "  " not in text and "　" not in text and "|" not in text:
        return ()
    found = []
    for rows in _tables(text):
        top = _head_row(text, rows)
        heads = [_BLANK.sub("", text[start:end]) for start, end in rows[top]]
        for row in rows[top + 1 :]:
            found += [
                Cell(start, end, heads[column])
                for column, (start, end) in enumerate(row)
                if column < len(heads)
            ]
    return tuple(found)


@lru_cache(maxsize=16)
def _starts(text: str) -> list[int]:
    return [cell.start for cell in cells(text)]


def heading(text: str, place: int) -> str:
    """This function will give the head of the column in which a place stands, without blanks, or nothing."""
    found = cells(text)
    if not found:
        return ""
    number = bisect_right(_starts(text), place) - 1
    return found[number].head if number >= 0 and place < found[number].end else ""
