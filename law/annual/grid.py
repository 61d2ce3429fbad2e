"""A table as a page or a sheet lays it out: cells at their places, merged ones at each place they cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

#: More rows or columns than any report has; a page that claims more is not read on.
MOST_ROWS, MOST_COLUMNS = 2000, 64


@dataclass(frozen=True, slots=True)
class Spot:
    """Hold a cell: its text, where it begins and over how many rows and columns it reaches."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass
class Grid:
    """Hold the cells of a table by row and column; a place that nothing covers is empty."""

    places: list[dict[int, Spot]] = field(default_factory=list)

    @classmethod
    def of_rows(cls, rows: Iterable[Sequence[tuple[str, int, int]]]) -> Grid:
        """Lay out rows of cells, each with its text and how many columns and rows it reaches over, as a browser does."""
        grid = cls()
        for number, cells in enumerate(rows):
            if number >= MOST_ROWS:
                break
            grid._reach(number)
            column = 0
            for text, wide, deep in cells:
                while column in grid.places[number]:
                    column += 1
                if column >= MOST_COLUMNS:
                    break
                grid.put(Spot(text, number, column, max(1, deep), max(1, wide)))
                column += max(1, wide)
        return grid

    def put(self, spot: Spot) -> None:
        """Put a cell at every place it covers that is still free."""
        last = min(spot.row + spot.rows, MOST_ROWS)
        self._reach(last - 1)
        for row in range(spot.row, last):
            for column in range(spot.column, min(spot.column + spot.columns, MOST_COLUMNS)):
                self.places[row].setdefault(column, spot)

    def _reach(self, row: int) -> None:
        while len(self.places) <= row:
            self.places.append({})

    def places_of(self, row: int) -> dict[int, Spot]:
        """Return what covers a row so far, by column."""
        self._reach(row)
        return self.places[row]

    @property
    def height(self) -> int:
        """Return the number of rows."""
        return len(self.places)

    def text(self, row: int, column: int) -> str:
        """Return what stands at a place, the text of the merged cell that covers it included."""
        spot = self.places[row].get(column) if 0 <= row < self.height else None
        return spot.text if spot else ""

    def spots(self, row: int) -> list[Spot]:
        """Return the cells that cover a row from left to right, each once."""
        seen: list[Spot] = []
        for _, spot in sorted(self.places[row].items()):
            if not seen or seen[-1] is not spot:
                seen.append(spot)
        return seen

    def own(self, row: int) -> list[Spot]:
        """Return the cells that begin in a row."""
        return [spot for spot in self.spots(row) if spot.row == row]

    def numbered_rows(self) -> Iterator[int]:
        """Yield the numbers of the rows."""
        yield from range(self.height)
