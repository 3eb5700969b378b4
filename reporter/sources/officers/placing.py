"""Where the headings of a table stand: next quarter's workbook may have rows more above it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reporter.sources.officers.grid import Grid
from reporter.sources.officers.headings import LABELS, Book, Column, columns_of
from reporter.sources.officers.mapping import Heading, alike
from reporter.sources.officers.period_words import read_words
from reporter.sources.officers.values import is_numeric

_SHIFT = 40


def columns_under(
    book: Book, grid: Grid, rows: tuple[int, ...], others: Collection[int] = ()
) -> tuple[tuple[int, ...], tuple[Column, ...]]:
    """The rows of the headings and the columns under them; rows inserted or taken away above the
    table are allowed for.

    `rows` are where the mapping has them, `others` the rows of the sheet's other tables.
    """
    for shift in sorted(range(-_SHIFT, _SHIFT + 1), key=abs):
        there = tuple(row + shift for row in rows)
        if there[0] < 1 or there[-1] >= grid.rows or (shift and set(there) & set(others)):
            continue
        if _are_headings(book, grid, there) or (not shift and _say_when_or_what(book, grid, there)):
            return there, columns_of(grid, there, book)
    return rows, columns_of(grid, rows, book)


def _are_headings(book: Book, grid: Grid, rows: Sequence[int]) -> bool:
    """Whether `rows` have a heading that the mapping says to hold labels, and end with headings."""
    known = [[heading.holds for heading in _known(book, grid, row)] for row in rows]
    if any(holds in LABELS for holds in known[-1]):
        return True
    above = any(holds in LABELS for row in known for holds in row)
    return above and len(_known(book, grid, rows[-1] + 1)) < 2


def _say_when_or_what(book: Book, grid: Grid, rows: Sequence[int]) -> bool:
    """Whether the last of `rows`, and none below it, says two periods or measures at least."""
    return _told(book, grid, rows[-1]) > 1 >= _told(book, grid, rows[-1] + 1)


def _told(book: Book, grid: Grid, row: int) -> int:
    """How many cells of a row without figures say a period or name a measure."""
    cells = [grid.cell(row, column) for column in range(1, grid.columns + 1)]
    told = [
        cell for cell in cells
        if cell.day or read_words(cell.text).says or alike(cell.text) in book.measures
    ]  # fmt: skip
    return 0 if any(is_numeric(cell) for cell in cells if cell not in told) else len(told)


def _known(book: Book, grid: Grid, row: int) -> list[Heading]:
    """What the mapping says of the words in a row."""
    texts = (grid.shown(row, column).text for column in range(1, grid.columns + 1))
    return [found for text in texts if text and (found := book.headings.get(alike(text)))]
