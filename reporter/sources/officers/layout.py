"""Where the tables of a sheet are: the rows of their headings and of their figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reporter.sources.officers.grid import At, Cell, Grid
from reporter.sources.officers.mapping import alike
from reporter.sources.officers.values import is_numeric
from reporter.sources.officers.vocabulary import area_of, is_period, role_of, symbol_of


@dataclass(frozen=True, slots=True)
class Block:
    """A table: its first and last row of headings, and the row before which it ends (0: none)."""

    first: int
    last: int
    until: int = 0

    @property
    def headings(self) -> str:
        """The rows as a mapping writes them."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def is_year(cell: Cell) -> bool:
    """Whether a number is likely a year."""
    return not cell.percent and not cell.pounds and bool(re.fullmatch(r"(19|20)\d\d", cell.text))


def blocks(grid: Grid) -> tuple[tuple[Block, ...], tuple[At, ...]]:
    """The tables of `grid`, from the top, and the first cell of figures that have no headings."""
    lines = _Lines(grid)
    found: list[Block] = []
    lost: list[At] = []
    inside = False
    for row in range(1, grid.rows + 1):
        if lines.heads(row, found[-1].last if found and inside else 0):
            inside = False
        if not lines.is_data(row) or inside:
            continue
        last = lines.heading_above(row, found[-1].last if found else 0)
        if last:
            first = lines.top(last)
            found = [*found[:-1], *([_ended(found[-1], first)] if found else [])]
            found.append(Block(first, last))
            inside = True
        elif not found:
            lost.append(lines.first_figure(row))
    return tuple(found), tuple(lost[:1])


def _ended(block: Block, until: int) -> Block:
    return Block(block.first, block.last, until)


class _Lines:
    """What kind of line each row of a sheet is."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.filled: dict[int, list[int]] = {}
        for row, column in sorted(grid.cells):
            self.filled.setdefault(row, []).append(column)
        self.figures = {
            column
            for (row, column), cell in grid.cells.items()
            if is_numeric(cell) and not is_year(cell)
        }
        self._data: dict[int, bool] = {}

    def cells(self, row: int) -> list[Cell]:
        return [self.grid.cells[row, column] for column in self.filled.get(row, ())]

    def is_data(self, row: int) -> bool:
        """Whether a row states figures: numbers that are no headings."""
        if row not in self._data:
            cells = self.cells(row)
            years = [cell for cell in cells if is_year(cell)]
            bands = [cell for cell in cells if BAND.fullmatch(cell.text.strip())]
            bands = bands if len(bands) > 1 else []
            numbers = [
                cell for cell in cells
                if is_numeric(cell) and not is_year(cell) and cell not in bands
            ]  # fmt: skip
            words = [cell for cell in cells if not is_numeric(cell)]
            told = bool(numbers) and (bool(words) or bool(years) or len(numbers) > 1)
            counts = bool(years) and bool(words) and not _consecutive(years) and not numbers
            self._data[row] = told or (counts and not self._says(row)) or self._without(row)
        return self._data[row]

    def _without(self, row: int) -> bool:
        """Whether a row has a label, and says in place of each figure why there is none."""
        over = [c for c in self.filled.get(row, ()) if c in self.figures]
        cells = [self.grid.cells[row, column] for column in over]
        labelled = any(c not in self.figures for c in self.filled.get(row, ()))
        return labelled and bool(cells) and all(map(is_no_figure, cells))

    def _says(self, row: int) -> int:
        """How many cells of a row say a period or a word of headings."""
        return sum(
            cell.day or is_period(cell.text) or role_of(cell.text) is not None
            or bool(area_of(cell.text))
            for cell in self.cells(row)
            if not is_numeric(cell)
        )  # fmt: skip

    def distinct(self, row: int) -> int:
        """How many cells of a row hold something, a merged one counted once."""
        return len(self.filled.get(row, ()))

    def heads(self, row: int, above: int) -> bool:
        """Whether a row below the headings `above` of a table begins the headings of another."""
        if not above or self.is_data(row) or self.distinct(row) < 2 or self._same(row, above):
            return False
        over_figures = sum(column in self.figures for column in self.filled.get(row, ()))
        follows = any(self.is_data(next_) for next_ in range(row + 1, row + 5))
        apart = not self.is_data(row - 1)  # a row of words amid figures is one of the table
        begins = self._says(row) >= 2 or (over_figures >= 2 and apart)
        return follows and begins and over_figures >= 1

    def _same(self, row: int, other: int) -> bool:
        return [c.text for c in self.cells(row)] == [c.text for c in self.cells(other)]

    def heading_above(self, row: int, floor: int) -> int:
        """The lowest row of headings above the figures of `row`; 0 where there is none."""
        for above in range(row - 1, max(floor, row - 12), -1):
            if self.is_data(above):
                return 0
            if self.distinct(above) >= 2:
                return above
        return 0

    def top(self, last: int) -> int:
        """The first row of the headings that end in row `last`."""
        first = last
        while first > 1 and self._joins(first - 1) and last - first < 7:
            first -= 1
        return first

    def _joins(self, row: int) -> bool:
        """Whether a row stands over the headings below it, and is no title of the whole sheet."""
        columns = self.filled.get(row, [])
        if not columns or self.is_data(row):
            return False
        if len(columns) >= 2:
            return True
        cell = self.grid.cells[row, columns[0]]
        wide = any(top == row and left == columns[0] and at != (row, left)
                   for at, (top, left) in self.grid.merged.items())  # fmt: skip
        return columns[0] > min(c for cs in self.filled.values() for c in cs) and (
            wide or is_period(cell.text)
        )

    def first_figure(self, row: int) -> At:
        cells = (c for c in self.filled[row] if is_numeric(self.grid.cells[row, c]))
        return row, next(cells, self.filled[row][0])


BAND = re.compile(
    r"(?:aged? )?\d{1,3}\s*(?:-|–|to)\s*\d{1,3}(?: years?)?|\d{1,3}\s?\+|\d{1,3} (?:and|or) over"
    r"|(?:under|over) \d{1,3}s?", re.I,
)  # fmt: skip
"""A band of ages, as several stand side by side in headings."""


def is_no_figure(cell: Cell) -> bool:
    """Whether a cell stands for a figure that is missing, or begins with digits and is none."""
    if is_numeric(cell) or cell.day or is_period(cell.text):
        return False
    missing = symbol_of(cell.text) is not None and alike(cell.text) not in _ALSO_WORDS
    return missing or bool(re.match(r"[£<>≥≤~(-]{0,2}\d", cell.text))


_ALSO_WORDS = ("#", "annual", "due", "low", "?", ".")
"""Symbols that stand as words in headings, too."""


def _consecutive(years: Sequence[Cell]) -> bool:
    numbers = [int(cell.text) for cell in years]
    steps = {later - earlier for earlier, later in pairwise(numbers)}
    return len(numbers) > 1 and steps in ({1}, {-1})
