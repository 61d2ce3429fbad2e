"""Withhold small cells of a public table, and as many others as it takes that none can be worked out (小单元格不公开)."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

Place = tuple[int, int]
#: A row (True) or a column (False) by its number.
Node = tuple[bool, int]


@dataclass(frozen=True)
class Public:
    """A table as it may be shown: rows and columns put together where their totals were small, cells None where withheld."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int


def publish(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[int]],
    *,
    least: int,
    rest: tuple[str, str],
) -> Public | None:
    """Make a table fit for the public; None where there is too little for any table.

    :param least: the smallest count above nought that may be shown
    :param rest: what rows and columns that were put together are called
    """
    whole = [list(row) for row in cells]
    names = list(rows)
    whole, names = _merged(whole, names, least, rest[0])
    turned, heads = _merged(
        [list(column) for column in zip(*whole, strict=True)], list(columns), least, rest[1]
    )
    whole = [list(row) for row in zip(*turned, strict=True)]
    total = sum(map(sum, whole))
    if total < least:
        return None
    withheld = hidden(whole, least=least)
    shown = tuple(
        tuple(None if (r, c) in withheld else number for c, number in enumerate(row))
        for r, row in enumerate(whole)
    )
    return Public(
        tuple(names), tuple(heads), shown, tuple(map(sum, whole)), tuple(sum(column) for column in zip(*whole, strict=True)), total
    )  # fmt: skip


def _merged(
    lines: list[list[int]], names: list[str], least: int, rest: str
) -> tuple[list[list[int]], list[str]]:
    """Put lines together whose totals are above nought and small, and the next smallest if that is small still."""
    order = sorted(range(len(lines)), key=lambda place: (sum(lines[place]), place))
    some = [place for place in order if 0 < sum(lines[place]) < least]
    others = [place for place in order if sum(lines[place]) >= least]
    # One line alone among the others would be told by the whole.
    while some and others and (sum(sum(lines[place]) for place in some) < least or len(some) < 2):
        some.append(others.pop(0))
    if not some:
        return lines, names
    kept = [place for place in range(len(lines)) if place not in some]
    together = [sum(numbers) for numbers in zip(*(lines[place] for place in some), strict=True)]
    return [*(lines[place] for place in kept), together], [*(names[place] for place in kept), rest]


def hidden(cells: Sequence[Sequence[int]], *, least: int) -> frozenset[Place]:
    """Choose the cells to withhold: the small ones, and further ones until no withheld cell can be worked out.

    A cell can be worked out where no other table of counts has the same totals and the same shown cells but another
    number in it.
    """
    places = [(r, c) for r, row in enumerate(cells) for c, _ in enumerate(row)]
    withheld = {(r, c) for r, c in places if 0 < cells[r][c] < least}
    while told := [place for place in sorted(withheld) if not _open(cells, withheld, place)]:
        more = _cheapest_way(cells, withheld, told[0])
        if not more:
            return frozenset(places)
        withheld |= more
    return frozenset(withheld)


def _cheapest_way(cells: Sequence[Sequence[int]], withheld: set[Place], place: Place) -> set[Place]:
    """Find the closed way that lets a cell go up and withholds the fewest and smallest further cells; {} if there is none."""
    row, column = place
    start: Node = (False, column)
    cheapest: dict[Node, tuple[int, int]] = {start: (0, 0)}
    came: dict[Node, tuple[Node, Place]] = {}
    todo: list[tuple[tuple[int, int], Node]] = [((0, 0), start)]
    while todo:
        paid, here = heapq.heappop(todo)
        if paid > cheapest[here]:
            continue
        in_row, number = here
        if here == (True, row):
            break
        for other in range(len(cells[0]) if in_row else len(cells)):
            over = (number, other) if in_row else (other, number)
            if over == place or (not in_row and cells[over[0]][over[1]] == 0):
                continue
            price = (0, 0) if over in withheld else (1, cells[over[0]][over[1]])
            total, there = (paid[0] + price[0], paid[1] + price[1]), (not in_row, other)
            if there not in cheapest or total < cheapest[there]:
                cheapest[there], came[there] = total, (here, over)
                heapq.heappush(todo, (total, there))
    way: set[Place] = set()
    here = (True, row)
    while here in came:
        here, over = came[here]
        way.add(over)
    return way - withheld


def _open(cells: Sequence[Sequence[int]], withheld: set[Place], place: Place) -> bool:
    """Tell whether a withheld cell could be another number with everything shown as it is.

    Another table differs by turns around closed ways of withheld cells, up on one and down on the next; a cell goes
    down only where something is in it.
    """
    row, column = place
    up = _leads(cells, withheld, place, column, row)
    return up or (cells[row][column] > 0 and _leads_down(cells, withheld, place))


def _leads(cells: Sequence[Sequence[int]], withheld: set[Place], place: Place, column: int, row: int) -> bool:
    """Look for a way that lets a cell go up: down in its column, up in another, … and down in its row."""
    seen, todo = {column}, [column]
    while todo:
        here = todo.pop()
        for r, c in withheld:
            if c != here or (r, c) == place or cells[r][c] == 0:
                continue
            if r == row:
                return True
            for r2, c2 in withheld:
                if r2 == r and c2 not in seen:
                    seen.add(c2)
                    todo.append(c2)
    return False


def _leads_down(cells: Sequence[Sequence[int]], withheld: set[Place], place: Place) -> bool:
    """Look for a way that lets a cell go down: up in its column, down in another, … and up in its row."""
    row, column = place
    seen, todo = {column}, [column]
    while todo:
        here = todo.pop()
        for r, c in withheld:
            if c != here or (r, c) == place:
                continue
            if r == row:
                return True
            for r2, c2 in withheld:
                if r2 == r and c2 not in seen and cells[r2][c2] > 0:
                    seen.add(c2)
                    todo.append(c2)
    return False
